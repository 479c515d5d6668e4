use thiserror::Error;
use vocabulary::{DocumentCode, Quantity, Sku};

use super::{OPEN_PRODUCTION_ORDERS_MAX, PRODUCTION_QUANTITY_MAX, ProductionState};

/// What stands against a step of a production order.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProductionRejection {
    /// No order has this code.
    #[error("no production order {code} is known: plan it first")]
    NotFound {
        /// The code.
        code: DocumentCode,
    },
    /// It is closed or cancelled.
    #[error("production order {code} is {}: plan another", state.as_str())]
    Ended {
        /// The code.
        code: DocumentCode,
        /// What it is.
        state: ProductionState,
    },
    /// An order of another kind has this code: promises are made for one of them.
    #[error("{code} is the key of an order of another kind: choose another key")]
    CodeTaken {
        /// The code.
        code: DocumentCode,
    },
    /// Nobody released it.
    #[error("production order {code} is only planned: release it first")]
    NotReleased {
        /// The code.
        code: DocumentCode,
    },
    /// It is released, and nothing more of its components can be promised.
    #[error("production order {code} is released already, and nothing more is to be promised for it")]
    AlreadyReleased {
        /// The code.
        code: DocumentCode,
    },
    /// Nothing was made or used up.
    #[error("nothing was made of production order {code}: cancel it instead")]
    NotStarted {
        /// The code.
        code: DocumentCode,
    },
    /// Nothing more is made.
    #[error("production order {code} is finished: close it, or plan another")]
    Finished {
        /// The code.
        code: DocumentCode,
    },
    /// Something may still be made.
    #[error("production order {code} is {}: finish it first", state.as_str())]
    NotFinished {
        /// The code.
        code: DocumentCode,
        /// What it is.
        state: ProductionState,
    },
    /// More would be made than may be.
    #[error("{asked} more of production order {code}, which may make {left} more: plan more, or report less")]
    OverTolerance {
        /// The code.
        code: DocumentCode,
        /// How much more.
        asked: Quantity,
        /// How much more may be made.
        left: Quantity,
    },
    /// Less was made than has to be.
    #[error(
        "{made} made of production order {code}, which should make {least} at least: make more, or say that it is short"
    )]
    UnderTolerance {
        /// The code.
        code: DocumentCode,
        /// How much.
        made: Quantity,
        /// How much is enough.
        least: Quantity,
    },
    /// It takes nothing of the item.
    #[error("production order {code} takes no {sku}: name one of its components")]
    NoComponent {
        /// The code.
        code: DocumentCode,
        /// The item.
        sku: Sku,
    },
    /// What it takes of the item is not issued to it.
    #[error("{sku} of production order {code} is taken where it is stored: it is not issued")]
    NotIssued {
        /// The code.
        code: DocumentCode,
        /// The item.
        sku: Sku,
    },
    /// Less of a component is there than the step takes.
    #[error("{needed} of {sku} needed for production order {code}, {there} there: issue or receive {} more", lacking(*needed, *there))]
    ComponentLacking {
        /// The code.
        code: DocumentCode,
        /// The component.
        sku: Sku,
        /// How much the step takes.
        needed: Quantity,
        /// How much of it is there for the order.
        there: Quantity,
    },
    /// Components lie at the place of work.
    #[error(
        "{left} of {sku} lies at the place of work for production order {code}: return it, use it up, or close without it"
    )]
    ComponentsLeft {
        /// The code.
        code: DocumentCode,
        /// The component.
        sku: Sku,
        /// How much.
        left: Quantity,
    },
    /// Something of the item was made, issued or used, and the plan would have it otherwise.
    #[error(
        "{sku} of production order {code} was made, issued or used already: it stays in the plan as it is"
    )]
    InUse {
        /// The code.
        code: DocumentCode,
        /// The item.
        sku: Sku,
    },
    /// Something was made or used up.
    #[error("something of production order {code} was made or used up: finish it instead")]
    Made {
        /// The code.
        code: DocumentCode,
    },
    /// A quantity of which no part would be exact.
    #[error(
        "production order {code} makes or takes more than {PRODUCTION_QUANTITY_MAX} of an item: plan several"
    )]
    TooLarge {
        /// The code.
        code: DocumentCode,
    },
    /// What is expected follows from the order.
    #[error(
        "what is expected under this key follows from production order {code}: plan it otherwise, or report what was made"
    )]
    ExpectationKept {
        /// The code.
        code: DocumentCode,
    },
    /// The component is to be brought to where it is.
    #[error("{sku} is at the place of work of production order {code}: name another location")]
    SamePlace {
        /// The code.
        code: DocumentCode,
        /// The component.
        sku: Sku,
    },
    /// It makes something else.
    #[error("production order {code} makes {sku}: report that, and say with --besides what else came out")]
    OtherProduct {
        /// The code.
        code: DocumentCode,
        /// What it makes.
        sku: Sku,
    },
    /// As many orders are open as may be.
    #[error("{OPEN_PRODUCTION_ORDERS_MAX} production orders are open: close or cancel some first")]
    TooMany,
}

fn lacking(needed: Quantity, there: Quantity) -> Quantity {
    needed.checked_sub(there).unwrap_or_default()
}
