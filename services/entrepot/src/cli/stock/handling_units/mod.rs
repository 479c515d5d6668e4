//! `entrepot stock unit …`: handling units.

mod ranges;
mod verbs;
mod views;

use clap::{Args, Subcommand};
use proto::stock::v1::{GetHandlingUnitRequest, ListHandlingUnitsRequest};

use self::views::{UnitRowView, UnitView};
use super::post;
use crate::cli::Context;
use crate::client::pages;
use crate::output::Failure;

/// `entrepot stock unit …`
#[derive(Debug, Subcommand)]
pub(crate) enum UnitCommand {
    /// A handling unit comes to be, empty; its SSCC is the next of the warehouse's range, or a given one.
    Open(verbs::OpenArgs),
    /// Goods at a unit's place go into it: loose ones, or those of another unit (`--handling-unit`).
    Pack(verbs::PackArgs),
    /// Goods come out of a unit and are loose; all of them when no item is named.
    Unpack(verbs::UnpackArgs),
    /// A unit is put into another one at the same place, or taken out.
    Nest(verbs::NestArgs),
    /// A unit moves inside the warehouse with all that is in it.
    Move(verbs::MoveArgs),
    /// A unit goes out to a customer with all that is in it.
    Ship(verbs::ShipArgs),
    /// A unit, which is empty, is broken up.
    Close(verbs::CloseArgs),
    /// One unit with the goods right in it.
    Show(ShowArgs),
    /// Units, by SSCC.
    List(UnitsArgs),
    /// Show where the numbers of new units come from; with `--company-prefix`, set it.
    Range(verbs::RangeArgs),
}

/// `entrepot stock unit show`
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// Its SSCC.
    sscc: String,
    /// As of this sequence of the journal; now when absent.
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "SEQUENCE")]
    as_of: u64,
}

/// `entrepot stock unit list`
#[derive(Debug, Args)]
pub(crate) struct UnitsArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// Comparisons joined by AND, for example `location = "MAIN" AND kind = "PALLET"`; also `parent` and `handling_unit`.
    #[arg(long, default_value = "", hide_default_value = true)]
    filter: String,
    /// Only units that this item is right in.
    #[arg(long, short, default_value = "", hide_default_value = true)]
    sku: String,
    /// At most this many; all when absent.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// As of this sequence of the journal; now when absent.
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "SEQUENCE")]
    as_of: u64,
}

pub(super) async fn run(command: UnitCommand, context: &Context) -> Result<(), Failure> {
    match command {
        UnitCommand::Open(args) => post::send(args.post()?, context).await,
        UnitCommand::Pack(args) => post::send(args.post()?, context).await,
        UnitCommand::Unpack(args) => post::send(args.post()?, context).await,
        UnitCommand::Nest(args) => post::send(args.post()?, context).await,
        UnitCommand::Move(args) => post::send(args.post()?, context).await,
        UnitCommand::Ship(args) => post::send(args.post()?, context).await,
        UnitCommand::Close(args) => post::send(args.post()?, context).await,
        UnitCommand::Show(args) => show(args, context).await,
        UnitCommand::List(args) => list(args, context).await,
        UnitCommand::Range(args) if args.is_question() => ranges::show(args.warehouse(), context).await,
        UnitCommand::Range(args) => ranges::set(args, context).await,
    }
}

async fn show(args: ShowArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let ShowArgs { warehouse, sscc: handling_unit, as_of: as_of_sequence } = args;
    let request = GetHandlingUnitRequest { warehouse, handling_unit, as_of_sequence };
    let answer = client.call(&request, async |r| client.stock().get_handling_unit(r).await).await?;
    context.output().one(&UnitView::new(answer.handling_unit.unwrap_or_default(), answer.as_of_sequence))
}

async fn list(args: UnitsArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let rows = pages(args.limit, async |page_size, page_token| {
        let request = ListHandlingUnitsRequest {
            warehouse: args.warehouse.clone(),
            page_size,
            page_token,
            filter: args.filter.clone(),
            as_of_sequence: args.as_of,
            sku: args.sku.clone(),
        };
        let page = client.call(&request, async |r| client.stock().list_handling_units(r).await).await?;
        let as_of = page.as_of_sequence;
        let views = page.handling_units.into_iter().map(|row| UnitRowView::new(row, as_of)).collect();
        Ok((views, page.next_page_token))
    });
    context.output().many(&rows.await?)
}
