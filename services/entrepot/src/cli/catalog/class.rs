use clap::{Args, Subcommand};
use proto::catalog::v1::{
    CreateItemClassRequest, GetItemClassRequest, ItemClass, ListItemClassesRequest, RetireItemClassRequest,
    UpdateItemClassRequest,
};

use super::args::{Change, Expected, List};
use super::mask::Mask;
use super::views::ClassView;
use crate::cli::Context;
use crate::client::pages;
use crate::output::Failure;

/// `entrepot catalog class …`
#[derive(Debug, Subcommand)]
pub(crate) enum ClassCommand {
    /// Create an item class.
    Create(CreateArgs),
    /// Show an item class.
    Get(GetArgs),
    /// List item classes.
    List(List),
    /// Change the fields that are given.
    Update(UpdateArgs),
    /// Retire an item class.
    Retire(RetireArgs),
}

/// `… create`
#[derive(Debug, Args)]
pub(crate) struct CreateArgs {
    /// The class's code, for example BOOKS.
    code: String,
    /// Name for people; the code when absent.
    #[arg(long)]
    name: Option<String>,
    /// Code of the coding rule that new SKUs of the class obey.
    #[arg(long, default_value = "", hide_default_value = true, value_name = "CODE")]
    rule: String,
    #[command(flatten)]
    change: Change,
}

/// `… get`
#[derive(Debug, Args)]
pub(crate) struct GetArgs {
    /// The class.
    code: String,
}

/// `… update`
#[derive(Debug, Args)]
pub(crate) struct UpdateArgs {
    /// The class.
    code: String,
    /// New name.
    #[arg(long)]
    name: Option<String>,
    /// Code of the coding rule; empty for none.
    #[arg(long, value_name = "CODE")]
    rule: Option<String>,
    #[command(flatten)]
    expected: Expected,
    #[command(flatten)]
    change: Change,
}

/// `… retire`
#[derive(Debug, Args)]
pub(crate) struct RetireArgs {
    /// The class.
    code: String,
    #[command(flatten)]
    expected: Expected,
    #[command(flatten)]
    change: Change,
}

pub(super) async fn run(command: ClassCommand, context: &Context) -> Result<(), Failure> {
    match command {
        ClassCommand::Create(args) => create(args, context).await,
        ClassCommand::Get(args) => get(args, context).await,
        ClassCommand::List(args) => list(args, context).await,
        ClassCommand::Update(args) => update(args, context).await,
        ClassCommand::Retire(args) => retire(args, context).await,
    }
}

async fn create(args: CreateArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let class = ItemClass {
        name: args.name.unwrap_or_else(|| args.code.clone()),
        code: args.code,
        coding_rule: args.rule,
        ..ItemClass::default()
    };
    let request = CreateItemClassRequest {
        request_id: args.change.request_id(),
        item_class: Some(class),
        validate_only: args.change.dry_run,
    };
    let answer = client.call(&request, async |r| client.catalog().create_item_class(r).await).await?;
    context.output().one(&ClassView::new(answer.item_class.unwrap_or_default(), Some(answer.revision)))
}

async fn get(args: GetArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let request = GetItemClassRequest { code: args.code };
    let answer = client.call(&request, async |r| client.catalog().get_item_class(r).await).await?;
    context.output().one(&ClassView::new(answer.item_class.unwrap_or_default(), None))
}

async fn list(args: List, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let classes = pages(args.limit, async |page_size, page_token| {
        let request = ListItemClassesRequest { page_size, page_token, filter: args.filter.clone() };
        let page = client.call(&request, async |r| client.catalog().list_item_classes(r).await).await?;
        Ok((page.item_classes, page.next_page_token))
    });
    let views: Vec<_> = classes.await?.into_iter().map(|c| ClassView::new(c, None)).collect();
    context.output().many(&views)
}

async fn update(args: UpdateArgs, context: &Context) -> Result<(), Failure> {
    let mut item_class = ItemClass { code: args.code, etag: args.expected.etag, ..ItemClass::default() };
    let mut mask = Mask::default();
    mask.set("name", &mut item_class.name, args.name);
    mask.set("coding_rule", &mut item_class.coding_rule, args.rule);
    let request = UpdateItemClassRequest {
        request_id: args.change.request_id(),
        item_class: Some(item_class),
        update_mask: Some(mask.finish()?),
        validate_only: args.change.dry_run,
    };
    let client = context.client().await?;
    let answer = client.call(&request, async |r| client.catalog().update_item_class(r).await).await?;
    context.output().one(&ClassView::new(answer.item_class.unwrap_or_default(), Some(answer.revision)))
}

async fn retire(args: RetireArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let request = RetireItemClassRequest {
        request_id: args.change.request_id(),
        code: args.code,
        etag: args.expected.etag,
        validate_only: args.change.dry_run,
    };
    let answer = client.call(&request, async |r| client.catalog().retire_item_class(r).await).await?;
    context.output().one(&ClassView::new(answer.item_class.unwrap_or_default(), Some(answer.revision)))
}
