//! What a journal entry does to the view. Pure: no I/O, no clock, no floats, no hash order in any result.

#![deny(clippy::float_arithmetic)]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

mod alert;
mod atp;
mod book;
mod detail;
mod effect;
mod head;
mod lot;
mod place;
mod plan;
mod slice;
mod total;
mod trace;
mod value;

#[cfg(test)]
mod alert_tests;
#[cfg(test)]
#[path = "../../tests/it/journal.rs"]
mod journal;
#[cfg(test)]
mod tests;

pub use alert::{Alert, AlertKey, AlertKind, Due};
pub use atp::{ATP_DAYS_MAX, AtpDay, Horizon, Outlook};
pub use book::{Book, Offer};
pub use detail::Detail;
pub use effect::{Effect, Malformed, Promised, Touched, Touches, touched_edges};
pub use head::Head;
pub use lot::LotState;
pub use place::Place;
pub use plan::{Expected, Plan};
pub use slice::Slice;
pub use total::{Total, TotalOverflow};
pub use trace::{Edge, EdgeKey, EdgeKind, Node, Step, steps};
pub use value::{Open, OpenTerms, Value};
