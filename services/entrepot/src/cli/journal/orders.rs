//! Changes of outbound orders, in words.

use std::fmt;

use proto::events::v1::order_changed::Change;
use proto::events::v1::{OrderChanged, OrderRefused};
use serde::Serialize;

use crate::cli::text::{number, short_name};

/// A change of an order.
#[derive(Debug, Serialize)]
pub(super) struct OrderView {
    change: &'static str,
    order: String,
    /// What else there is to say.
    detail: String,
}

impl OrderView {
    pub(super) fn read(changed: OrderChanged) -> Option<Self> {
        let (change, order, detail) = match changed.change? {
            Change::Placed(placed) => {
                let detail = format!("{} lines for {}", placed.lines.len(), placed.customer);
                ("place", placed.order, detail)
            }
            Change::Released(released) => {
                ("release", released.order, format!("in {} to {}", released.wave, released.staging))
            }
            Change::Short(short) => {
                let detail = format!("{} missing at {}", number(short.quantity), short.location);
                ("short pick of", short.order, detail)
            }
            Change::Shipped(shipped) => ("ship", shipped.order, shipped.tracking),
            Change::Closed(closed) => ("close", closed.order, String::new()),
            Change::Cancelled(cancelled) => ("cancel", cancelled.order, String::new()),
        };
        Some(Self { change, order, detail })
    }
}

impl fmt::Display for OrderView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { change, order, detail } = self;
        write!(f, "{change} order {order}")?;
        if detail.is_empty() { Ok(()) } else { write!(f, ": {detail}") }
    }
}

/// A refusal in words.
pub(super) fn refusal(refused: &OrderRefused) -> String {
    let why = short_name(refused.refusal().as_str_name(), "ORDER_REFUSAL").to_lowercase().replace('_', " ");
    format!("order {}: {why}", refused.order)
}
