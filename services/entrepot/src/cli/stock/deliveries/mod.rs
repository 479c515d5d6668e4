//! `entrepot stock delivery …`: goods that are announced to come.

mod dispose;
mod forms;
mod of_delivery;
mod put_away;
mod verbs;
mod views;

use clap::{Args, Subcommand};
use proto::stock::v1::{GetDeliveryRequest, ListDeliveriesRequest};

pub(super) use self::dispose::DisposeForm;
pub(super) use self::forms::{
    AnnounceForm, CancelForm, CloseForm, DeclareForm, InspectionForm, ReceiveUnitForm, ReferenceForm,
};
pub(super) use self::of_delivery::{InspectedArgs, OfDeliveryArgs};
pub(super) use self::verbs::{Answerable, tolerance};
use self::views::{DeliveryView, LineView, UnitGoodsView};
use super::post;
use crate::cli::Context;
use crate::client::pages;
use crate::output::Failure;

/// `entrepot stock delivery …`
#[derive(Debug, Subcommand)]
pub(crate) enum DeliveryCommand {
    /// Goods will come, or otherwise than announced before. Handling units of a despatch advice: `stock post`.
    Announce(verbs::AnnounceArgs),
    /// A handling unit that it announces came, with all that should be in it.
    Unit(verbs::UnitArgs),
    /// Goods that came are damaged, or not what they should be.
    Declare(verbs::DeclareArgs),
    /// Where goods that came are best put, and why; with --confirm they are moved there.
    PutAway(put_away::PutAwayArgs),
    /// Goods of a purchase go back to their supplier.
    ReturnToSupplier(dispose::SupplierReturnArgs),
    /// What becomes of goods of a customer's return for good: restocked, refurbished or scrapped; or of a purchase: scrapped.
    Dispose(dispose::DisposeArgs),
    /// Nothing more will come.
    Close(verbs::CloseArgs),
    /// Nothing will come.
    Cancel(verbs::CancelArgs),
    /// The lines of one, with what came of them and what is wrong.
    Show(ShowArgs),
    /// The handling units that one announces, with their goods.
    Units(ShowArgs),
    /// Deliveries, by key.
    List(ListArgs),
}

/// `entrepot stock delivery show` and `units`
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// Its key.
    delivery: String,
    /// As of this sequence of the journal; now when absent.
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "SEQUENCE")]
    as_of: u64,
}

/// `entrepot stock delivery list`
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// Comparisons joined by AND, for example `state = "arriving" AND due <= "2026-03-01"`; also `source`, `partner`, `carrier` and `delivery`.
    #[arg(long, default_value = "", hide_default_value = true)]
    filter: String,
    /// At most this many; all when absent.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// As of this sequence of the journal; now when absent.
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "SEQUENCE")]
    as_of: u64,
}

pub(super) async fn run(command: DeliveryCommand, context: &Context) -> Result<(), Failure> {
    match command {
        DeliveryCommand::Announce(args) => post::send(args.post()?, context).await,
        DeliveryCommand::Unit(args) => post::send(args.post()?, context).await,
        DeliveryCommand::Declare(args) => post::send(args.post()?, context).await,
        DeliveryCommand::PutAway(args) => put_away::run(args, context).await,
        DeliveryCommand::ReturnToSupplier(args) => post::send(args.post()?, context).await,
        DeliveryCommand::Dispose(args) => post::send(args.post()?, context).await,
        DeliveryCommand::Close(args) => post::send(args.post()?, context).await,
        DeliveryCommand::Cancel(args) => post::send(args.post()?, context).await,
        DeliveryCommand::Show(args) => {
            let (delivery, as_of) = get(args, context).await?;
            context.output().many(&LineView::of(delivery, as_of))
        }
        DeliveryCommand::Units(args) => {
            let (delivery, as_of) = get(args, context).await?;
            context.output().many(&UnitGoodsView::of(delivery, as_of))
        }
        DeliveryCommand::List(args) => list(args, context).await,
    }
}

async fn get(args: ShowArgs, context: &Context) -> Result<(proto::events::v1::Delivery, u64), Failure> {
    let client = context.client().await?;
    let ShowArgs { warehouse, delivery, as_of: as_of_sequence } = args;
    let request = GetDeliveryRequest { warehouse, delivery, as_of_sequence };
    let answer = client.call(&request, async |r| client.stock().get_delivery(r).await).await?;
    Ok((answer.delivery.unwrap_or_default(), answer.as_of_sequence))
}

async fn list(args: ListArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let rows = pages(args.limit, async |page_size, page_token| {
        let request = ListDeliveriesRequest {
            warehouse: args.warehouse.clone(),
            page_size,
            page_token,
            filter: args.filter.clone(),
            as_of_sequence: args.as_of,
        };
        let page = client.call(&request, async |r| client.stock().list_deliveries(r).await).await?;
        let as_of = page.as_of_sequence;
        let views = page.deliveries.into_iter().map(|row| DeliveryView::new(row, as_of)).collect();
        Ok((views, page.next_page_token))
    });
    context.output().many(&rows.await?)
}
