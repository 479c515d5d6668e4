use clap::{Args, Subcommand};
use proto::catalog::v1::{GetItemRequest, Item, ListItemsRequest, RestoreItemRequest, RetireItemRequest};

use super::args::{Change, Expected, List};
use super::views::ItemView;
use super::{item_edit, item_file, item_import};
use crate::cli::Context;
use crate::client::{Client, pages};
use crate::output::Failure;

/// `entrepot catalog item …`
#[derive(Debug, Subcommand)]
pub(crate) enum ItemCommand {
    /// Create an item.
    Create(item_edit::CreateArgs),
    /// Show an item.
    Get(GetArgs),
    /// List items.
    List(List),
    /// Change the fields that are given.
    Update(item_edit::UpdateArgs),
    /// Retire an item: it stays for history and is refused in new documents.
    Retire(RetireArgs),
    /// Take a retired item back into use.
    Restore(RetireArgs),
    /// Create and change items as a CSV file says; running it again changes nothing.
    Import(item_import::ImportArgs),
    /// Write items as CSV, as `import` reads them.
    Export(item_file::ExportArgs),
}

/// `… get`
#[derive(Debug, Args)]
pub(crate) struct GetArgs {
    /// The item.
    sku: String,
}

/// `… retire` and `… restore`
#[derive(Debug, Args)]
pub(crate) struct RetireArgs {
    /// The item.
    sku: String,
    #[command(flatten)]
    expected: Expected,
    #[command(flatten)]
    change: Change,
}

pub(super) async fn run(command: ItemCommand, context: &Context) -> Result<(), Failure> {
    match command {
        ItemCommand::Create(args) => item_edit::create(args, context).await,
        ItemCommand::Get(args) => get(args, context).await,
        ItemCommand::List(args) => list(args, context).await,
        ItemCommand::Update(args) => item_edit::update(args, context).await,
        ItemCommand::Retire(args) => retire(args, context).await,
        ItemCommand::Restore(args) => restore(args, context).await,
        ItemCommand::Import(args) => item_import::import(&args, context).await,
        ItemCommand::Export(args) => item_file::export(args, context).await,
    }
}

/// All items that pass a filter.
pub(super) async fn fetch(client: &Client, list: &List) -> Result<Vec<Item>, Failure> {
    pages(list.limit, async |page_size, page_token| {
        let request = ListItemsRequest { page_size, page_token, filter: list.filter.clone() };
        let page = client.call(&request, async |r| client.catalog().list_items(r).await).await?;
        Ok((page.items, page.next_page_token))
    })
    .await
}

async fn get(args: GetArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let request = GetItemRequest { sku: args.sku };
    let answer = client.call(&request, async |r| client.catalog().get_item(r).await).await?;
    context.output().one(&ItemView::new(answer.item.unwrap_or_default(), None))
}

async fn list(args: List, context: &Context) -> Result<(), Failure> {
    let items = fetch(&context.client().await?, &args).await?;
    let views: Vec<_> = items.into_iter().map(|item| ItemView::new(item, None)).collect();
    context.output().many(&views)
}

async fn retire(args: RetireArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let request = RetireItemRequest {
        request_id: args.change.request_id(),
        sku: args.sku,
        etag: args.expected.etag,
        validate_only: args.change.dry_run,
    };
    let answer = client.call(&request, async |r| client.catalog().retire_item(r).await).await?;
    context.output().one(&ItemView::new(answer.item.unwrap_or_default(), Some(answer.revision)))
}

async fn restore(args: RetireArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let request = RestoreItemRequest {
        request_id: args.change.request_id(),
        sku: args.sku,
        etag: args.expected.etag,
        validate_only: args.change.dry_run,
    };
    let answer = client.call(&request, async |r| client.catalog().restore_item(r).await).await?;
    context.output().one(&ItemView::new(answer.item.unwrap_or_default(), Some(answer.revision)))
}
