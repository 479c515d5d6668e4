use laws::NegativeStock;
use vocabulary::{DocumentCode, LocationCode, Quantity, Sku};
use work_core::ProductionPlan;

use crate::{LineGoods, Place};

/// A line about a production order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProductionLine {
    /// It is planned, or otherwise than before.
    Plan(Box<ProductionPlan>),
    /// It may be worked on.
    Release {
        /// Which.
        order: DocumentCode,
        /// Whether its components are promised to it.
        promise: ComponentPromise,
    },
    /// A component is brought to its place of work.
    Issue {
        /// Of which order.
        order: DocumentCode,
        /// What, and where it is.
        goods: ProductionGoods,
    },
    /// A component is brought back.
    Return {
        /// Of which order.
        order: DocumentCode,
        /// What, and where it is put.
        goods: ProductionGoods,
    },
    /// A component is used up by hand.
    Consume {
        /// For which order.
        order: DocumentCode,
        /// What, and where it is, if somebody said.
        goods: ProductionGoods,
        /// The virtual place of production.
        to: Place,
    },
    /// Something was made.
    Report(Box<ProductionReport>),
    /// Nothing more is made.
    Finish {
        /// Of which order.
        order: DocumentCode,
        /// Whether less than enough was made.
        is_short: bool,
        /// In somebody's words; may be empty.
        note: String,
    },
    /// It is over.
    Close {
        /// Which.
        order: DocumentCode,
        /// Whether what is left of its components stays where it is.
        without_rest: bool,
    },
    /// Nothing is made.
    Cancel {
        /// Which.
        order: DocumentCode,
    },
}

/// Whether components are promised to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ComponentPromise {
    /// They are not.
    #[default]
    None,
    /// As much of each as is there.
    Partial,
    /// All that is missing, or nothing is done.
    All,
}

/// Something was made, with all that this took and brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductionReport {
    /// Of which order.
    pub order: DocumentCode,
    /// What was made of it, and where it is put; always with a quantity and a place.
    pub made: ProductionGoods,
    /// What was used, where it is not what the plan says.
    pub used: Vec<ProductionGoods>,
    /// What came out besides, where it is not what the plan says.
    pub besides: Vec<ProductionGoods>,
    /// The virtual place of production.
    pub production: Place,
}

/// Goods that a step moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductionGoods {
    /// The item.
    pub sku: Sku,
    /// The item's policy when the line was checked.
    pub negative: NegativeStock,
    /// How much, in the base unit; `None` for what the plan says.
    pub quantity: Option<Quantity>,
    /// Which goods; `None` for plain ones of an item that is not tracked.
    pub goods: Option<Box<LineGoods>>,
    /// Where they are, or are put; `None` for where the plan says.
    pub at: Option<LocationCode>,
}
