//! What a journal entry does to the view. Pure: no I/O, no clock, no floats, no hash order in any result.

#![deny(clippy::float_arithmetic)]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

mod book;
mod effect;
mod head;
mod total;
mod trace;
mod value;

#[cfg(test)]
#[path = "../../tests/it/journal.rs"]
mod journal;
#[cfg(test)]
mod tests;

pub use book::{Book, Offer};
pub use effect::{Effect, Malformed, Touched, touched, touched_edges};
pub use head::Head;
pub use total::{Total, TotalOverflow};
pub use trace::{Edge, EdgeKey, EdgeKind, Node, Step, steps};
pub use value::{Open, Value};
