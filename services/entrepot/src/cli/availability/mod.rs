//! `entrepot availability …`: the network-wide view.

mod alerts;
mod at_least;
mod atp;
mod duplicates;
mod read;
mod slices;
mod views;
mod watch;

pub(super) use at_least::at_least;
use clap::{Args, Subcommand};
use proto::visibility::v1::RebuildViewRequest;

use super::Context;
use crate::output::Failure;

/// `entrepot availability …`
#[derive(Debug, Subcommand)]
pub(crate) enum AvailabilityCommand {
    /// Items in warehouses, each pair.
    Get(read::GetArgs),
    /// An item over all warehouses, or a warehouse over all items.
    List(read::ListArgs),
    /// Goods by lot, status and owner: also what is held back or somebody else's.
    Slices(slices::SlicesArgs),
    /// What can be promised on each of the next days, from what is available and what is expected.
    Atp(atp::AtpArgs),
    /// What somebody should look at: below the minimum, about to expire, below zero, or there twice.
    Alerts(alerts::AlertsArgs),
    /// Every change as it happens, until interrupted.
    Watch(watch::WatchArgs),
    /// Units whose serial number several warehouses have, each with who has it: the first arrival first.
    Duplicates,
    /// Throw the view away and build it again from the event log, while it serves.
    Rebuild(RebuildArgs),
}

/// `… rebuild`
#[derive(Debug, Args)]
pub(crate) struct RebuildArgs {
    /// Only this warehouse; all when absent.
    #[arg(long, short)]
    warehouse: Option<String>,
}

pub(super) async fn run(command: AvailabilityCommand, context: &Context) -> Result<(), Failure> {
    match command {
        AvailabilityCommand::Get(args) => read::get(args, context).await,
        AvailabilityCommand::List(args) => read::list(args, context).await,
        AvailabilityCommand::Slices(args) => slices::list(args, context).await,
        AvailabilityCommand::Atp(args) => atp::get(args, context).await,
        AvailabilityCommand::Alerts(args) => alerts::list(args, context).await,
        AvailabilityCommand::Watch(args) => watch::watch(args, context).await,
        AvailabilityCommand::Duplicates => duplicates::list(context).await,
        AvailabilityCommand::Rebuild(args) => rebuild(args, context).await,
    }
}

async fn rebuild(args: RebuildArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let request = RebuildViewRequest { warehouse: args.warehouse.unwrap_or_default() };
    let answer = client.call(&request, async |r| client.availability().rebuild_view(r).await).await?;
    let views: Vec<_> = answer.freshness.into_iter().map(views::FreshnessView::from).collect();
    context.output().many(&views)
}
