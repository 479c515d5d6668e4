//! What needs the network.

use std::path::Path;
use std::time::Duration;

use clap::Args;
use edge::{EdgeFault, EdgeLedger, Synced};
use edge_core::{Device, Number, OperationState, Refusal, Wish};
use proto::stock::v1::GetJournalHeadRequest;
use rpc::client::RemoteError;
use rpc::{Backoff, Reason, clock};
use tokio::time::Instant;
use vocabulary::{PartyCode, Timestamp, WarehouseCode};

use super::fault;
use super::goods::{Header, SpotArgs};
use super::views::{DeviceView, GrantView, SyncedView};
use crate::cli::Context;
use crate::client::Client;
use crate::output::Failure;

const MICROS_AN_HOUR: i64 = 3_600_000_000;

/// `entrepot edge init`
#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// The device's own code: the holder of what it is granted. 1 to 32 of A-Z, 0-9, '-' and '_'.
    #[arg(long)]
    device: String,
    /// The warehouse that it works for.
    #[arg(long, short)]
    warehouse: String,
}

/// `entrepot edge grant`
#[derive(Debug, Args)]
pub(super) struct GrantArgs {
    #[command(flatten)]
    spot: SpotArgs,
    /// For how many hours from now.
    #[arg(long, value_name = "HOURS", value_parser = clap::value_parser!(u32).range(1..=8760))]
    hours: u32,
    #[command(flatten)]
    header: Header,
}

/// `entrepot edge sync`
#[derive(Debug, Args)]
pub(super) struct SyncArgs {
    /// Have everything that may still be taken kept for this many hours from now, where less than half of that is left.
    #[arg(long, value_name = "HOURS", value_parser = clap::value_parser!(u32).range(1..=8760))]
    renew_hours: Option<u32>,
}

/// `entrepot edge settle`
#[derive(Debug, Args)]
pub(super) struct SettleArgs {
    /// Only this grant; all when absent.
    #[arg(long, value_name = "NUMBER")]
    grant: Option<u64>,
}

pub(super) async fn init(file: &Path, args: InitArgs, context: &Context) -> Result<(), Failure> {
    let device =
        Device { code: PartyCode::parse(&args.device)?, warehouse: WarehouseCode::parse(&args.warehouse)? };
    let client = context.client().await?;
    let request = GetJournalHeadRequest { warehouse: device.warehouse.to_string() };
    client.call(&request, async |r| client.journal().get_journal_head(r).await).await?;
    let ledger = EdgeLedger::init(file, device).await.map_err(fault::failure)?;
    let shown = context.output().one(&DeviceView::new(ledger.device()));
    ledger.close().await;
    shown
}

pub(super) async fn grant(ledger: &EdgeLedger, args: GrantArgs, context: &Context) -> Result<(), Failure> {
    let stamp = args.header.stamp()?;
    let (spot, quantity) = (args.spot.spot()?, args.spot.quantity()?);
    let wish = Wish { spot, quantity, expires_at: later(stamp.at, args.hours) };
    let asked = ledger.ask(&wish, &stamp).await.map_err(fault::failure)?;
    until_done(ledger, context).await.map_err(|failure| failure.with("request_id", stamp.request_id))?;
    let Some(asked) = asked.first() else { return Ok(()) };
    let now = ledger.operation(asked.number).await.map_err(fault::failure)?;
    if let OperationState::Refused(refusal) = now.state {
        return Err(refused(refusal).with("request_id", stamp.request_id));
    }
    let grants = ledger.grants().await.map_err(fault::failure)?;
    match grants.into_iter().find(|grant| grant.number == asked.number) {
        Some(grant) => context.output().one(&GrantView::new(&grant, clock::now())),
        None => Ok(()),
    }
}

pub(super) async fn sync(ledger: &EdgeLedger, args: &SyncArgs, context: &Context) -> Result<(), Failure> {
    if let Some(hours) = args.renew_hours {
        let now = clock::now();
        let half = i64::from(hours) * MICROS_AN_HOUR / 2;
        ledger.renew(after(now, half), later(now, hours), now).await.map_err(fault::failure)?;
    }
    show_synced(ledger, context).await
}

pub(super) async fn settle(ledger: &EdgeLedger, args: &SettleArgs, context: &Context) -> Result<(), Failure> {
    ledger.settle(args.grant.map(Number::new), clock::now()).await.map_err(fault::failure)?;
    show_synced(ledger, context).await
}

async fn show_synced(ledger: &EdgeLedger, context: &Context) -> Result<(), Failure> {
    let synced = until_done(ledger, context).await?;
    let status = ledger.status().await.map_err(fault::failure)?;
    context.output().one(&SyncedView::new(&synced, &status))
}

/// Synchronises, again and again while the connection is lost or the server says that it may work later, within the timeout.
async fn until_done(ledger: &EdgeLedger, context: &Context) -> Result<Synced, Failure> {
    let waiting = ledger.status().await.map_err(fault::failure)?.waiting;
    let client = context.client().await.map_err(|failure| failure.with("waiting", waiting))?;
    let deadline = Instant::now() + client.timeout();
    let mut backoff = Backoff::new(Duration::from_millis(50), Duration::from_secs(2));
    loop {
        let lost = match attempt(ledger, &client, deadline).await {
            Ok(synced) => return Ok(synced),
            Err(EdgeFault::Remote { cause, waiting }) => (cause, waiting),
            Err(other) => return Err(fault::failure(other)),
        };
        let next = Instant::now() + backoff.delay_after(lost.0.retry_after);
        if !may_work_later(&lost.0) || next >= deadline {
            return Err(fault::failure(EdgeFault::Remote { cause: lost.0, waiting: lost.1 }));
        }
        tokio::time::sleep_until(next).await;
    }
}

async fn attempt(ledger: &EdgeLedger, client: &Client, deadline: Instant) -> Result<Synced, EdgeFault> {
    ledger.sync(&client.stock(), deadline.saturating_duration_since(Instant::now())).await
}

/// An error without a reason comes from the transport.
fn may_work_later(error: &RemoteError) -> bool {
    error.is_retryable() || error.reason.is_empty()
}

/// What the warehouse said, as if it had been asked just now.
fn refused(refusal: Refusal) -> Failure {
    let reason = Reason::parse(&refusal.reason).unwrap_or(Reason::Internal);
    let failure = Failure::new(reason, refusal.message);
    match refusal.sequence {
        Some(sequence) => failure.with("sequence", sequence),
        None => failure,
    }
}

fn later(now: Timestamp, hours: u32) -> Timestamp {
    after(now, i64::from(hours) * MICROS_AN_HOUR)
}

fn after(now: Timestamp, micros: i64) -> Timestamp {
    Timestamp::from_micros(now.micros() + micros).unwrap_or(now)
}
