use clap::Args;
use proto::visibility::v1::WatchAvailabilityRequest;

use super::at_least::at_least;
use super::views::ChangeView;
use crate::cli::Context;
use crate::output::Failure;

/// `entrepot availability watch`
#[derive(Debug, Args)]
pub(crate) struct WatchArgs {
    /// Only this item; repeatable.
    #[arg(long, short)]
    sku: Vec<String>,
    /// Only this warehouse; repeatable.
    #[arg(long, short)]
    warehouse: Vec<String>,
    /// Start after this sequence: WAREHOUSE=SEQUENCE; repeatable. A warehouse that is not named starts now.
    #[arg(long, value_name = "SEQUENCE")]
    after: Vec<String>,
    /// End after this many changes.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

pub(super) async fn watch(args: WatchArgs, context: &Context) -> Result<(), Failure> {
    let after = at_least(&args.after, &args.warehouse)?;
    let client = context.client().await?;
    let (skus, warehouses) = (args.sku, args.warehouse);
    let request = WatchAvailabilityRequest { skus, warehouses, after, ..Default::default() };
    let mut changes =
        client.open(request, async |r| client.availability().watch_availability(r).await).await?;
    let mut out = context.output().stream();
    let mut left = args.limit.unwrap_or(usize::MAX);
    while left > 0 {
        let Some(change) = changes.message().await.map_err(|status| Failure::from(&status))? else { break };
        out.push(&ChangeView::from(change))?;
        left -= 1;
    }
    out.finish()
}
