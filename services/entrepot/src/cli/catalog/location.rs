use clap::{Args, Subcommand};
use proto::catalog::v1::{
    CreateLocationRequest, GetLocationRequest, ListLocationsRequest, Location, LocationKind,
    RetireLocationRequest, UpdateLocationRequest,
};

use super::args::{Change, Expected, List, location_kind};
use super::mask::Mask;
use super::views::LocationView;
use crate::cli::Context;
use crate::client::pages;
use crate::output::Failure;

/// `entrepot catalog location …`
#[derive(Debug, Subcommand)]
pub(crate) enum LocationCommand {
    /// Create a location.
    Create(CreateArgs),
    /// Show a location.
    Get(Key),
    /// List locations, virtual ones too.
    List(ListArgs),
    /// Change the fields that are given.
    Update(UpdateArgs),
    /// Retire a location: it stays for history and is refused in new documents.
    Retire(RetireArgs),
}

/// Which location.
#[derive(Debug, Args)]
pub(crate) struct Key {
    /// Code of the warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// Code of the location, for example MAIN.
    code: String,
}

/// `… create`
#[derive(Debug, Args)]
pub(crate) struct CreateArgs {
    #[command(flatten)]
    key: Key,
    /// What it is for: dock, storage, pick or quality.
    #[arg(long, value_parser = location_kind, default_value = "storage")]
    kind: LocationKind,
    /// Code of the location that this one is in.
    #[arg(long, default_value = "", hide_default_value = true)]
    parent: String,
    /// Name for people.
    #[arg(long, default_value = "", hide_default_value = true)]
    name: String,
    #[command(flatten)]
    change: Change,
}

/// `… list`
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// Only of this warehouse.
    #[arg(long, short)]
    warehouse: Option<String>,
    #[command(flatten)]
    list: List,
}

/// `… update`
#[derive(Debug, Args)]
pub(crate) struct UpdateArgs {
    #[command(flatten)]
    key: Key,
    /// What it is for: dock, storage, pick or quality.
    #[arg(long, value_parser = location_kind)]
    kind: Option<LocationKind>,
    /// Code of the location that it is in; empty for the top.
    #[arg(long)]
    parent: Option<String>,
    /// New name.
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    expected: Expected,
    #[command(flatten)]
    change: Change,
}

/// `… retire`
#[derive(Debug, Args)]
pub(crate) struct RetireArgs {
    #[command(flatten)]
    key: Key,
    #[command(flatten)]
    expected: Expected,
    #[command(flatten)]
    change: Change,
}

pub(super) async fn run(command: LocationCommand, context: &Context) -> Result<(), Failure> {
    match command {
        LocationCommand::Create(args) => create(args, context).await,
        LocationCommand::Get(key) => get(key, context).await,
        LocationCommand::List(args) => list(args, context).await,
        LocationCommand::Update(args) => update(args, context).await,
        LocationCommand::Retire(args) => retire(args, context).await,
    }
}

async fn create(args: CreateArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let location = Location {
        warehouse: args.key.warehouse,
        code: args.key.code,
        parent: args.parent,
        kind: args.kind.into(),
        name: args.name,
        ..Location::default()
    };
    let request = CreateLocationRequest {
        request_id: args.change.request_id(),
        location: Some(location),
        validate_only: args.change.dry_run,
    };
    let answer = client.call(&request, async |r| client.catalog().create_location(r).await).await?;
    context.output().one(&LocationView::new(answer.location.unwrap_or_default(), Some(answer.revision)))
}

async fn get(key: Key, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let request = GetLocationRequest { warehouse: key.warehouse, code: key.code };
    let answer = client.call(&request, async |r| client.catalog().get_location(r).await).await?;
    context.output().one(&LocationView::new(answer.location.unwrap_or_default(), None))
}

async fn list(args: ListArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let filter = with_warehouse(args.list.filter, args.warehouse.as_deref());
    let locations = pages(args.list.limit, async |page_size, page_token| {
        let request = ListLocationsRequest { page_size, page_token, filter: filter.clone() };
        let page = client.call(&request, async |r| client.catalog().list_locations(r).await).await?;
        Ok((page.locations, page.next_page_token))
    });
    let views: Vec<_> = locations.await?.into_iter().map(|l| LocationView::new(l, None)).collect();
    context.output().many(&views)
}

fn with_warehouse(filter: String, warehouse: Option<&str>) -> String {
    match warehouse {
        None => filter,
        Some(code) if filter.is_empty() => format!("warehouse = \"{code}\""),
        Some(code) => format!("warehouse = \"{code}\" AND {filter}"),
    }
}

async fn update(args: UpdateArgs, context: &Context) -> Result<(), Failure> {
    let mut location = Location {
        warehouse: args.key.warehouse,
        code: args.key.code,
        etag: args.expected.etag,
        ..Location::default()
    };
    let mut mask = Mask::default();
    mask.set("kind", &mut location.kind, args.kind.map(Into::into));
    mask.set("parent", &mut location.parent, args.parent);
    mask.set("name", &mut location.name, args.name);
    let request = UpdateLocationRequest {
        request_id: args.change.request_id(),
        location: Some(location),
        update_mask: Some(mask.finish()?),
        validate_only: args.change.dry_run,
    };
    let client = context.client().await?;
    let answer = client.call(&request, async |r| client.catalog().update_location(r).await).await?;
    context.output().one(&LocationView::new(answer.location.unwrap_or_default(), Some(answer.revision)))
}

async fn retire(args: RetireArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let request = RetireLocationRequest {
        request_id: args.change.request_id(),
        warehouse: args.key.warehouse,
        code: args.key.code,
        etag: args.expected.etag,
        validate_only: args.change.dry_run,
    };
    let answer = client.call(&request, async |r| client.catalog().retire_location(r).await).await?;
    context.output().one(&LocationView::new(answer.location.unwrap_or_default(), Some(answer.revision)))
}
