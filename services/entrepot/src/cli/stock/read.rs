use clap::Args;
use prost_types::Timestamp;
use proto::stock::v1::{
    GetPositionRequest, GetReservationRequest, ListBalancesRequest, ListPositionsRequest,
    ListReservationsRequest,
};

use super::views::{BalanceView, PositionView, ReservationView};
use crate::cli::Context;
use crate::cli::text::time;
use crate::client::pages;
use crate::output::Failure;

/// As of when.
#[derive(Debug, Clone, Args)]
pub(crate) struct WhenArgs {
    /// As of this sequence of the journal; now when absent.
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "SEQUENCE")]
    as_of: u64,
    /// What was there at this time, RFC 3339, by when things happened; says nothing of promises.
    #[arg(long, value_name = "TIME")]
    effective_as_of: Option<String>,
    /// As the warehouse knew it at this time, RFC 3339.
    #[arg(long, value_name = "TIME", conflicts_with = "as_of")]
    recorded_as_of: Option<String>,
}

impl WhenArgs {
    fn effective(&self) -> Result<Option<Timestamp>, Failure> {
        self.effective_as_of.as_deref().map(time).transpose().map_err(|failure| failure.at("effective_as_of"))
    }

    fn recorded(&self) -> Result<Option<Timestamp>, Failure> {
        self.recorded_as_of.as_deref().map(time).transpose().map_err(|failure| failure.at("recorded_as_of"))
    }
}

/// `entrepot stock get`
#[derive(Debug, Args)]
pub(crate) struct GetArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// The item.
    #[arg(long, short)]
    sku: String,
    /// The location.
    #[arg(long, short)]
    location: String,
    /// Only goods of this lot.
    #[arg(long, default_value = "", hide_default_value = true)]
    lot: String,
    /// Only goods of this status, for example `quarantine`.
    #[arg(long, default_value = "", hide_default_value = true)]
    status: String,
    /// Only goods of this owner: own, consignment:PARTY or customer:PARTY.
    #[arg(long, default_value = "", hide_default_value = true)]
    owner: String,
    #[command(flatten)]
    when: WhenArgs,
}

/// `entrepot stock positions`
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// Comparisons joined by AND, for example `sku = "A-100" AND on_hand > 0`.
    #[arg(long, default_value = "", hide_default_value = true)]
    filter: String,
    /// At most this many; all when absent.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    #[command(flatten)]
    when: WhenArgs,
}

/// `entrepot stock balances`
#[derive(Debug, Args)]
pub(crate) struct BalancesArgs {
    #[command(flatten)]
    list: ListArgs,
    /// As this channel sees them: available is what it may take, without what is kept for others and as a buffer.
    #[arg(long, value_name = "CODE", default_value = "", hide_default_value = true)]
    channel: String,
}

/// `entrepot stock reservations`
#[derive(Debug, Args)]
pub(crate) struct ReservationsArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// Comparisons joined by AND, for example `sku = "A-100" AND kind = "soft"`.
    #[arg(long, default_value = "", hide_default_value = true)]
    filter: String,
    /// At most this many; all when absent.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// As of this sequence of the journal; now when absent.
    #[arg(long, value_name = "SEQUENCE", default_value_t = 0, hide_default_value = true)]
    as_of: u64,
}

/// `entrepot stock reservation`
#[derive(Debug, Args)]
pub(crate) struct ReservationArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// The reservation, as `reserve` answered it.
    id: String,
}

pub(super) async fn get(args: GetArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let request = GetPositionRequest {
        warehouse: args.warehouse,
        sku: args.sku,
        location: args.location,
        lot: args.lot,
        status: args.status,
        owner: args.owner,
        as_of_sequence: args.when.as_of,
        effective_as_of: args.when.effective()?,
        recorded_as_of: args.when.recorded()?,
    };
    let answer = client.call(&request, async |r| client.stock().get_position(r).await).await?;
    context.output().one(&PositionView::new(answer.position.unwrap_or_default(), answer.as_of_sequence))
}

pub(super) async fn positions(args: ListArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let rows = pages(args.limit, async |page_size, page_token| {
        let request = ListPositionsRequest {
            warehouse: args.warehouse.clone(),
            page_size,
            page_token,
            filter: args.filter.clone(),
            as_of_sequence: args.when.as_of,
            effective_as_of: args.when.effective()?,
            recorded_as_of: args.when.recorded()?,
        };
        let page = client.call(&request, async |r| client.stock().list_positions(r).await).await?;
        let as_of = page.as_of_sequence;
        let views = page.positions.into_iter().map(|row| PositionView::new(row, as_of)).collect();
        Ok((views, page.next_page_token))
    });
    context.output().many(&rows.await?)
}

pub(super) async fn balances(args: BalancesArgs, context: &Context) -> Result<(), Failure> {
    let BalancesArgs { list: args, channel } = args;
    let client = context.client().await?;
    let rows = pages(args.limit, async |page_size, page_token| {
        let request = ListBalancesRequest {
            warehouse: args.warehouse.clone(),
            page_size,
            page_token,
            filter: args.filter.clone(),
            as_of_sequence: args.when.as_of,
            effective_as_of: args.when.effective()?,
            recorded_as_of: args.when.recorded()?,
            channel: channel.clone(),
        };
        let page = client.call(&request, async |r| client.stock().list_balances(r).await).await?;
        let as_of = page.as_of_sequence;
        let views = page.balances.into_iter().map(|row| BalanceView::new(row, as_of)).collect();
        Ok((views, page.next_page_token))
    });
    context.output().many(&rows.await?)
}

pub(super) async fn reservation(args: ReservationArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let request = GetReservationRequest { warehouse: args.warehouse, reservation_id: args.id };
    let answer = client.call(&request, async |r| client.stock().get_reservation(r).await).await?;
    context.output().one(&ReservationView::new(answer.reservation.unwrap_or_default(), answer.as_of_sequence))
}

pub(super) async fn reservations(args: ReservationsArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let rows = pages(args.limit, async |page_size, page_token| {
        let request = ListReservationsRequest {
            warehouse: args.warehouse.clone(),
            page_size,
            page_token,
            filter: args.filter.clone(),
            as_of_sequence: args.as_of,
        };
        let page = client.call(&request, async |r| client.stock().list_reservations(r).await).await?;
        let as_of = page.as_of_sequence;
        let views = page.reservations.into_iter().map(|row| ReservationView::new(row, as_of)).collect();
        Ok((views, page.next_page_token))
    });
    context.output().many(&rows.await?)
}
