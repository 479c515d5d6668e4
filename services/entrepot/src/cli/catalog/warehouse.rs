use clap::{Args, Subcommand};
use proto::catalog::v1::{
    CreateWarehouseRequest, GetWarehouseRequest, ListWarehousesRequest, RetireWarehouseRequest,
    UpdateWarehouseRequest, Warehouse,
};

use super::args::{Change, Expected, List};
use super::mask::Mask;
use super::views::WarehouseView;
use crate::cli::Context;
use crate::client::pages;
use crate::output::Failure;

/// `entrepot catalog warehouse …`
#[derive(Debug, Subcommand)]
pub(crate) enum WarehouseCommand {
    /// Create a warehouse; its virtual locations come with it.
    Create(CreateArgs),
    /// Show a warehouse.
    Get(GetArgs),
    /// List warehouses.
    List(List),
    /// Change the fields that are given.
    Update(UpdateArgs),
    /// Retire a warehouse: it stays for history and is refused in new documents.
    Retire(RetireArgs),
}

/// `… create`
#[derive(Debug, Args)]
pub(crate) struct CreateArgs {
    /// The warehouse's code, for example BER.
    code: String,
    /// Name for people; the code when absent.
    #[arg(long)]
    name: Option<String>,
    /// GS1 global location number, 13 digits.
    #[arg(long, default_value = "", hide_default_value = true)]
    gln: String,
    /// The legal entity that owns the stock; the code when absent.
    #[arg(long, value_name = "NAME")]
    legal_entity: Option<String>,
    /// IANA time zone, for example Europe/Berlin.
    #[arg(long, default_value = "UTC", value_name = "ZONE")]
    time_zone: String,
    /// ISO 4217 currency code; never changes later.
    #[arg(long, default_value = "EUR", value_name = "CODE")]
    currency: String,
    #[command(flatten)]
    change: Change,
}

/// `… get`
#[derive(Debug, Args)]
pub(crate) struct GetArgs {
    /// The warehouse.
    code: String,
}

/// `… update`
#[derive(Debug, Args)]
pub(crate) struct UpdateArgs {
    /// The warehouse.
    code: String,
    /// New name.
    #[arg(long)]
    name: Option<String>,
    /// New GLN; empty for none.
    #[arg(long)]
    gln: Option<String>,
    /// New legal entity.
    #[arg(long, value_name = "NAME")]
    legal_entity: Option<String>,
    /// New IANA time zone.
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    #[command(flatten)]
    expected: Expected,
    #[command(flatten)]
    change: Change,
}

/// `… retire`
#[derive(Debug, Args)]
pub(crate) struct RetireArgs {
    /// The warehouse.
    code: String,
    #[command(flatten)]
    expected: Expected,
    #[command(flatten)]
    change: Change,
}

pub(super) async fn run(command: WarehouseCommand, context: &Context) -> Result<(), Failure> {
    match command {
        WarehouseCommand::Create(args) => create(args, context).await,
        WarehouseCommand::Get(args) => get(args, context).await,
        WarehouseCommand::List(args) => list(args, context).await,
        WarehouseCommand::Update(args) => update(args, context).await,
        WarehouseCommand::Retire(args) => retire(args, context).await,
    }
}

async fn create(args: CreateArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let warehouse = Warehouse {
        name: args.name.unwrap_or_else(|| args.code.clone()),
        legal_entity: args.legal_entity.unwrap_or_else(|| args.code.clone()),
        code: args.code,
        gln: args.gln,
        time_zone: args.time_zone,
        currency: args.currency,
        ..Warehouse::default()
    };
    let request = CreateWarehouseRequest {
        request_id: args.change.request_id(),
        warehouse: Some(warehouse),
        validate_only: args.change.dry_run,
    };
    let answer = client.call(&request, async |r| client.catalog().create_warehouse(r).await).await?;
    context.output().one(&WarehouseView::new(answer.warehouse.unwrap_or_default(), Some(answer.revision)))
}

async fn get(args: GetArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let request = GetWarehouseRequest { code: args.code };
    let answer = client.call(&request, async |r| client.catalog().get_warehouse(r).await).await?;
    context.output().one(&WarehouseView::new(answer.warehouse.unwrap_or_default(), None))
}

async fn list(args: List, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let warehouses = pages(args.limit, async |page_size, page_token| {
        let request = ListWarehousesRequest { page_size, page_token, filter: args.filter.clone() };
        let page = client.call(&request, async |r| client.catalog().list_warehouses(r).await).await?;
        Ok((page.warehouses, page.next_page_token))
    });
    let views: Vec<_> = warehouses.await?.into_iter().map(|w| WarehouseView::new(w, None)).collect();
    context.output().many(&views)
}

async fn update(args: UpdateArgs, context: &Context) -> Result<(), Failure> {
    let mut warehouse = Warehouse { code: args.code, etag: args.expected.etag, ..Warehouse::default() };
    let mut mask = Mask::default();
    mask.set("name", &mut warehouse.name, args.name);
    mask.set("gln", &mut warehouse.gln, args.gln);
    mask.set("legal_entity", &mut warehouse.legal_entity, args.legal_entity);
    mask.set("time_zone", &mut warehouse.time_zone, args.time_zone);
    let request = UpdateWarehouseRequest {
        request_id: args.change.request_id(),
        warehouse: Some(warehouse),
        update_mask: Some(mask.finish()?),
        validate_only: args.change.dry_run,
    };
    let client = context.client().await?;
    let answer = client.call(&request, async |r| client.catalog().update_warehouse(r).await).await?;
    context.output().one(&WarehouseView::new(answer.warehouse.unwrap_or_default(), Some(answer.revision)))
}

async fn retire(args: RetireArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let request = RetireWarehouseRequest {
        request_id: args.change.request_id(),
        code: args.code,
        etag: args.expected.etag,
        validate_only: args.change.dry_run,
    };
    let answer = client.call(&request, async |r| client.catalog().retire_warehouse(r).await).await?;
    context.output().one(&WarehouseView::new(answer.warehouse.unwrap_or_default(), Some(answer.revision)))
}
