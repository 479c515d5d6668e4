//! `entrepot stock order …`: what customers want is promised, picked and shipped.

mod allocate;
mod views;

use clap::{Args, Subcommand};
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{
    CancelOrder, CloseOrder, GetOrderRequest, GetPickListRequest, ListOrdersRequest, PlaceOrder, PlacedLine,
    PostDocumentRequest, ReleaseWave, ShipOrder, ShortPick,
};

use self::allocate::AllocateArgs;
pub(crate) use self::allocate::every as allocate_all;
use self::views::{LineView, PickView, SummaryView};
use super::post;
use super::verbs::Header;
use crate::cli::Context;
use crate::cli::text::{decimal, time};
use crate::client::pages;
use crate::output::Failure;

/// `entrepot stock order …`
#[derive(Debug, Subcommand)]
pub(crate) enum OrderCommand {
    /// A customer wants goods; of an order that is open this says what is wanted now.
    Place(PlaceArgs),
    /// What is there is promised for it.
    Allocate(AllocateArgs),
    /// Orders are picked together from now on.
    Wave(WaveArgs),
    /// What is to be picked for a wave, in walking order.
    Picklist(PicklistArgs),
    /// Promised goods are not where they should be.
    Short(ShortArgs),
    /// What was picked leaves.
    Ship(ShipArgs),
    /// Nothing more will leave.
    Close(CloseArgs),
    /// Nothing will leave.
    Cancel(WhichArgs),
    /// What is wanted, and what became of it.
    Show(ShowArgs),
    /// Orders, by key.
    List(ListArgs),
}

/// `… order place`
#[derive(Debug, Args)]
pub(crate) struct PlaceArgs {
    /// Its own key, for example SO-17.
    order: String,
    /// Who wants it.
    #[arg(long, value_name = "PARTY")]
    customer: String,
    /// The day on which the goods are needed, YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    due: String,
    /// An item and how much of it; give one for each line, which are numbered from 1.
    #[arg(long, num_args = 2, value_names = ["SKU", "QUANTITY"], required = true)]
    line: Vec<String>,
    /// Where to, as the carrier reads it.
    #[arg(long, default_value = "", hide_default_value = true)]
    ship_to: String,
    /// What it weighs when goods are short: 0 to 9, and the higher wins.
    #[arg(long, default_value_t = 0)]
    priority: u32,
    /// It leaves as a whole or not at all.
    #[arg(long)]
    complete: bool,
    /// Who carries it.
    #[arg(long, default_value = "", hide_default_value = true)]
    carrier: String,
    /// When the carrier comes, RFC 3339.
    #[arg(long, value_name = "TIME")]
    cut_off: Option<String>,
    /// Through which channel it came.
    #[arg(long, value_name = "CODE", default_value = "", hide_default_value = true)]
    channel: String,
    #[command(flatten)]
    header: Header,
}

/// `… order cancel`
#[derive(Debug, Args)]
pub(crate) struct WhichArgs {
    /// The order's key.
    order: String,
    #[command(flatten)]
    header: Header,
}

/// `… order wave`
#[derive(Debug, Args)]
pub(crate) struct WaveArgs {
    /// The wave's key.
    wave: String,
    /// Where picked goods are put.
    #[arg(long, value_name = "LOCATION")]
    staging: String,
    /// Keys of orders.
    #[arg(required = true)]
    orders: Vec<String>,
    #[command(flatten)]
    header: Header,
}

/// `… order picklist`
#[derive(Debug, Args)]
pub(crate) struct PicklistArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// The wave's key.
    wave: String,
    /// Only at locations whose codes begin so.
    #[arg(long, default_value = "", hide_default_value = true)]
    zone: String,
    /// Also what was picked already.
    #[arg(long)]
    with_picked: bool,
}

/// `… order short`
#[derive(Debug, Args)]
pub(crate) struct ShortArgs {
    /// The order's key.
    order: String,
    /// The promise that the goods are of, as the pick list says.
    #[arg(long, value_name = "ID")]
    reservation: String,
    /// Where they should be.
    #[arg(long, short)]
    location: String,
    /// How much is missing, in the base unit.
    #[arg(long, short)]
    quantity: String,
    /// Of which lot.
    #[arg(long, default_value = "", hide_default_value = true)]
    lot: String,
    /// A unit that is missing; once for each.
    #[arg(long = "serial", value_name = "SERIAL")]
    serials: Vec<String>,
    /// What was seen.
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    header: Header,
}

/// `… order ship`
#[derive(Debug, Args)]
pub(crate) struct ShipArgs {
    /// The order's key.
    order: String,
    /// The carrier's number.
    #[arg(long, default_value = "", hide_default_value = true)]
    tracking: String,
    #[command(flatten)]
    header: Header,
}

/// `… order close`
#[derive(Debug, Args)]
pub(crate) struct CloseArgs {
    /// The order's key.
    order: String,
    /// What has not left is not wanted any more.
    #[arg(long)]
    without_rest: bool,
    #[command(flatten)]
    header: Header,
}

/// `… order show`
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// The order's key.
    order: String,
    /// As of this sequence of the journal; now when absent.
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "SEQUENCE")]
    as_of: u64,
}

/// `… order list`
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// Comparisons joined by AND, for example `state = "placed" AND carrier = "DHL"`; also `order`, `customer`, `wave` and `due`.
    #[arg(long, default_value = "", hide_default_value = true)]
    filter: String,
    /// At most this many; all when absent.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// As of this sequence of the journal; now when absent.
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "SEQUENCE")]
    as_of: u64,
}

pub(super) async fn run(command: OrderCommand, context: &Context) -> Result<(), Failure> {
    match command {
        OrderCommand::Place(args) => post::send(args.post()?, context).await,
        OrderCommand::Allocate(args) => allocate::run(args, context).await,
        OrderCommand::Wave(args) => {
            let WaveArgs { wave, staging: staging_location, orders, header } = args;
            let release = ReleaseWave { wave, staging_location, orders };
            post::send(header.post(Action::ReleaseWave(release))?, context).await
        }
        OrderCommand::Picklist(args) => picklist(args, context).await,
        OrderCommand::Short(args) => post::send(args.post()?, context).await,
        OrderCommand::Ship(args) => {
            let ship = ShipOrder { order: args.order, tracking: args.tracking };
            post::send(args.header.post(Action::ShipOrder(ship))?, context).await
        }
        OrderCommand::Close(args) => {
            let close = CloseOrder { order: args.order, without_rest: args.without_rest };
            post::send(args.header.post(Action::CloseOrder(close))?, context).await
        }
        OrderCommand::Cancel(args) => {
            let cancel = Action::CancelOrder(CancelOrder { order: args.order });
            post::send(args.header.post(cancel)?, context).await
        }
        OrderCommand::Show(args) => show(args, context).await,
        OrderCommand::List(args) => list(args, context).await,
    }
}

impl PlaceArgs {
    fn post(self) -> Result<PostDocumentRequest, Failure> {
        let line = |(number, goods): (u32, &[String])| {
            let [sku, quantity] = goods else { return PlacedLine::default() };
            PlacedLine { number, sku: sku.clone(), quantity: decimal(quantity), ..PlacedLine::default() }
        };
        let place = PlaceOrder {
            order: self.order,
            customer: self.customer,
            ship_to: self.ship_to,
            due: self.due,
            priority: self.priority,
            ships_complete: self.complete,
            carrier: self.carrier,
            cut_off: self.cut_off.as_deref().map(time).transpose()?,
            channel: self.channel,
            lines: (1..).zip(self.line.chunks(2)).map(line).collect(),
        };
        self.header.post(Action::PlaceOrder(place))
    }
}

impl ShortArgs {
    fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { order, reservation: reservation_id, location, quantity, lot, serials, reason, header } =
            self;
        let quantity = decimal(&quantity);
        let short = ShortPick { order, reservation_id, location, lot, quantity, serials, reason };
        header.post(Action::ShortPick(short))
    }
}

async fn picklist(args: PicklistArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let rows = pages(None, async |page_size, page_token| {
        let (warehouse, wave, zone) = (args.warehouse.clone(), args.wave.clone(), args.zone.clone());
        let with_picked = args.with_picked;
        let request = GetPickListRequest { warehouse, wave, zone, with_picked, page_size, page_token };
        let page = client.call(&request, async |r| client.stock().get_pick_list(r).await).await?;
        Ok((page.picks.into_iter().map(PickView::new).collect(), page.next_page_token))
    });
    context.output().many(&rows.await?)
}

async fn show(args: ShowArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let ShowArgs { warehouse, order, as_of: as_of_sequence } = args;
    let request = GetOrderRequest { warehouse, order, as_of_sequence };
    let answer = client.call(&request, async |r| client.stock().get_order(r).await).await?;
    context.output().many(&LineView::of(answer))
}

async fn list(args: ListArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let rows = pages(args.limit, async |page_size, page_token| {
        let request = ListOrdersRequest {
            warehouse: args.warehouse.clone(),
            page_size,
            page_token,
            filter: args.filter.clone(),
            as_of_sequence: args.as_of,
        };
        let page = client.call(&request, async |r| client.stock().list_orders(r).await).await?;
        Ok((page.orders.into_iter().map(SummaryView::new).collect(), page.next_page_token))
    });
    context.output().many(&rows.await?)
}
