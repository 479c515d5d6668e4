//! `entrepot trace …`: where a lot or a unit came from, and what became of it.

mod tree;
mod views;

use clap::Args;
use proto::visibility::v1::{TraceDirection, TraceKey, TraceLotRequest};

use self::views::{GraphView, NodeView};
use super::Context;
use super::availability::at_least;
use crate::output::{Failure, Format};

/// `entrepot trace`
#[derive(Debug, Args)]
pub(crate) struct TraceArgs {
    /// The item.
    sku: String,
    /// The lot; or give a unit with --serial.
    #[arg(required_unless_present = "serial", conflicts_with = "serial")]
    lot: Option<String>,
    /// The unit with this serial number.
    #[arg(long)]
    serial: Option<String>,
    /// Only to what it was made of.
    #[arg(long)]
    up: bool,
    /// Only to what was made of it.
    #[arg(long)]
    down: bool,
    /// How many productions far, 1 to 1,000.
    #[arg(long, value_name = "N", default_value_t = 10)]
    levels: u32,
    /// At most this many lots and units, up to 5,000.
    #[arg(long, value_name = "N", default_value_t = 1000)]
    nodes: u32,
    /// Wait until the view contains this sequence of a journal, as answered by a write: WAREHOUSE=SEQUENCE; repeatable.
    #[arg(long, value_name = "SEQUENCE")]
    at_least: Vec<String>,
}

pub(super) async fn run(args: TraceArgs, context: &Context) -> Result<(), Failure> {
    let direction = match (args.up, args.down) {
        (true, false) => TraceDirection::Up,
        (false, true) => TraceDirection::Down,
        (true, true) | (false, false) => TraceDirection::Both,
    };
    let key = TraceKey {
        sku: args.sku,
        lot: args.lot.unwrap_or_default(),
        serial: args.serial.unwrap_or_default(),
    };
    let request = TraceLotRequest {
        key: Some(key),
        direction: direction.into(),
        levels: args.levels,
        nodes_max: args.nodes,
        at_least: at_least(&args.at_least, &[])?,
    };
    let client = context.client().await?;
    let graph = client.call(&request, async |r| client.trace().trace_lot(r).await).await?;
    match context.output().format() {
        Format::Table => context.output().raw(tree::drawn(&graph, direction).as_bytes()),
        Format::Json => context.output().one(&GraphView::new(graph)),
        Format::Csv => context.output().many(&NodeView::all(&graph)),
    }
}
