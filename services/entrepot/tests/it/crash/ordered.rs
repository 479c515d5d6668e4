//! Outbound orders in the crash test.

use stock_core::OrderFact;
use work_core::{OrderChange, OrderRejection};

/// A change in the model's words.
pub(super) fn told(fact: &OrderFact) -> String {
    let line = fact.line;
    match &fact.change {
        OrderChange::Placed(placed) => format!("{line} placed {} {}", placed.code, placed.lines.len()),
        OrderChange::Released { code, wave } => {
            format!("{line} released {code} {} {}", wave.code, wave.staging)
        }
        OrderChange::Short { code, short } => {
            format!("{line} short {code} {} {} {}", short.line, short.location, short.quantity)
        }
        OrderChange::Shipped { code, tracking } => format!("{line} shipped {code} {tracking}"),
        OrderChange::Closed { code } => format!("{line} closed {code}"),
        OrderChange::Cancelled { code } => format!("{line} dropped {code}"),
    }
}

pub(super) const fn reason(rejection: &OrderRejection) -> &'static str {
    match rejection {
        OrderRejection::NotFound { .. } => "ORDER_NOT_FOUND",
        OrderRejection::Ended { .. } => "ORDER_ENDED",
        OrderRejection::LineNotFound { .. } => "ORDER_LINE_NOT_FOUND",
        OrderRejection::LineInUse { .. } => "ORDER_LINE_IN_USE",
        OrderRejection::Incomplete { .. } => "ORDER_INCOMPLETE",
        OrderRejection::NothingPromised { .. } => "ORDER_NOT_ALLOCATED",
        OrderRejection::AlreadyReleased { .. } => "ORDER_IN_WAVE",
        OrderRejection::NotReleased { .. } => "ORDER_IN_NO_WAVE",
        OrderRejection::NothingPicked { .. } => "ORDER_NOT_PICKED",
        OrderRejection::Picked { .. } => "ORDER_PICKED",
        OrderRejection::Shipped { .. } => "ORDER_SHIPPED",
        OrderRejection::LineOpen { .. } => "ORDER_LINE_OPEN",
        OrderRejection::TooMany => "TOO_MANY_ORDERS",
    }
}
