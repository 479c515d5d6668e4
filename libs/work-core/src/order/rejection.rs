use thiserror::Error;
use vocabulary::{DocumentCode, Quantity};

use super::{OPEN_ORDERS_MAX, OrderState};

/// A business fact about an order that stands against a step.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OrderRejection {
    /// No order has this code.
    #[error("no order {code} is placed: place it first")]
    NotFound {
        /// The code.
        code: DocumentCode,
    },
    /// It is closed or cancelled.
    #[error("order {code} is {}: place another", .state.as_str())]
    Ended {
        /// The code.
        code: DocumentCode,
        /// What it is.
        state: OrderState,
    },
    /// It has no such line.
    #[error("order {code} has no line {line}")]
    LineNotFound {
        /// The code.
        code: DocumentCode,
        /// The line.
        line: u32,
    },
    /// Something of the line is promised or has left.
    #[error(
        "{used} of line {line} of order {code} is promised or has left: leave its goods as they are, and at least that much of it"
    )]
    LineInUse {
        /// The code.
        code: DocumentCode,
        /// The line.
        line: u32,
        /// How much.
        used: Quantity,
    },
    /// It leaves as a whole, and something is missing.
    #[error(
        "order {code} leaves as a whole, and {missing} of line {line} is missing: wait for it, or let the order leave in parts"
    )]
    Incomplete {
        /// The code.
        code: DocumentCode,
        /// The first line of which something is missing.
        line: u32,
        /// How much.
        missing: Quantity,
    },
    /// Nothing is promised for it.
    #[error("nothing is promised for order {code}: allocate it first")]
    NothingPromised {
        /// The code.
        code: DocumentCode,
    },
    /// It is in a wave already.
    #[error("order {code} is picked in wave {wave} already")]
    AlreadyReleased {
        /// The code.
        code: DocumentCode,
        /// The wave.
        wave: DocumentCode,
    },
    /// It is in no wave.
    #[error("order {code} is in no wave: release it first")]
    NotReleased {
        /// The code.
        code: DocumentCode,
    },
    /// Nothing of it stands where it is picked to.
    #[error("nothing of order {code} is picked: move its goods to its staging place first")]
    NothingPicked {
        /// The code.
        code: DocumentCode,
    },
    /// Picked goods wait to leave.
    #[error("goods of order {code} are picked: ship them, or put them back first")]
    Picked {
        /// The code.
        code: DocumentCode,
    },
    /// Something of it has left.
    #[error("goods of order {code} have left: close it instead")]
    Shipped {
        /// The code.
        code: DocumentCode,
    },
    /// A line has not left as a whole.
    #[error("{open} of line {line} of order {code} has not left: ship it, or close the order without it")]
    LineOpen {
        /// The code.
        code: DocumentCode,
        /// The line.
        line: u32,
        /// How much.
        open: Quantity,
    },
    /// As many orders are open as may be.
    #[error("{OPEN_ORDERS_MAX} orders are open: close or cancel some first")]
    TooMany,
}
