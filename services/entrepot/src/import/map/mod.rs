//! The mapping file: what the columns of an order file mean, which text is which warehouse, and what is not an item at all.
//!
//! A map is TOML. Unknown keys are refused, so that a misspelt rule never silently does nothing.

mod check;
mod pattern;
mod table;

pub(super) use check::{MapFault, OrderMap};
pub(super) use table::{Case, Known, NegativeMeaning, WarehouseTable, WithoutItem};
