use vocabulary::{Quantity, Timestamp};

use super::item::ItemNumber;

/// A line that becomes a movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its place among the data lines, from 1.
    pub(crate) ordinal: u32,
    /// Its number for people.
    pub(crate) line: u64,
    /// When it happened.
    pub(crate) time: Timestamp,
    /// Index of the map's warehouse.
    pub(crate) warehouse: u16,
    /// Number of the customer; 0 is nobody.
    pub(crate) customer: u32,
    /// The item.
    pub(crate) item: ItemNumber,
    /// What happened.
    pub(crate) action: Action,
}

/// What a line does to the stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// Goods went to a customer; positive.
    Issue(Quantity),
    /// Goods came back; positive.
    Return(Quantity),
    /// Stock was corrected.
    Adjust {
        /// By how much; not zero.
        delta: Quantity,
        /// Number of the reason.
        reason: u32,
    },
}

impl Action {
    /// What stock changes by.
    pub(crate) fn effect(self) -> Quantity {
        match self {
            Self::Issue(quantity) => quantity.negated(),
            Self::Return(quantity) => quantity,
            Self::Adjust { delta, .. } => delta,
        }
    }
}
