//! Changes of production orders, in words.

use std::fmt;

use proto::events::v1::production_changed::Change;
use proto::events::v1::{ProductionChanged, ProductionProgressed, ProductionRefused, ProductionStep};
use serde::Serialize;

use crate::cli::text::{number, short_name};

/// A change of a production order.
#[derive(Debug, Serialize)]
pub(super) struct ProductionView {
    change: &'static str,
    order: String,
    /// What else there is to say.
    detail: String,
}

impl ProductionView {
    pub(super) fn read(changed: ProductionChanged) -> Option<Self> {
        let (change, order, detail) = match changed.change? {
            Change::Planned(plan) => {
                let detail = format!("{} of {} by {}", number(plan.quantity), plan.sku, plan.due);
                ("plan", plan.order, detail)
            }
            Change::Released(released) => ("release", released.order, String::new()),
            Change::Progressed(progress) => progressed(progress),
            Change::Finished(finished) => ("finish", finished.order, finished.note),
            Change::Closed(closed) => ("close", closed.order, String::new()),
            Change::Cancelled(cancelled) => ("cancel", cancelled.order, String::new()),
        };
        Some(Self { change, order, detail })
    }
}

fn progressed(progress: ProductionProgressed) -> (&'static str, String, String) {
    let change = match progress.step() {
        ProductionStep::Issued => "issue to",
        ProductionStep::Returned => "return from",
        ProductionStep::Consumed => "consume for",
        ProductionStep::Reported => "report",
        ProductionStep::TakenBack => "take back a step of",
        ProductionStep::Unspecified => "move for",
    };
    let made = number(progress.made);
    let detail = if made == "0" { String::new() } else { format!("{made} made") };
    (change, progress.order, detail)
}

impl fmt::Display for ProductionView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { change, order, detail } = self;
        write!(f, "{change} production order {order}")?;
        if detail.is_empty() { Ok(()) } else { write!(f, ": {detail}") }
    }
}

/// A refusal in words.
pub(super) fn refusal(refused: &ProductionRefused) -> String {
    let why =
        short_name(refused.refusal().as_str_name(), "PRODUCTION_REFUSAL").to_lowercase().replace('_', " ");
    let of = if refused.sku.is_empty() { String::new() } else { format!(" ({})", refused.sku) };
    format!("production order {}: {why}{of}", refused.order)
}
