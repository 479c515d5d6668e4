//! What a scanned text means in a warehouse.
//!
//! [`interpret`] goes four steps, each in a file of its own:
//!
//! 1. [`Separators`]: a scanner that works as a keyboard cannot type FNC1 and types something else; that is put back.
//! 2. Reading: symbology identifier, element string, brackets, Digital Link, the digits of a retail symbol, or none of these.
//! 3. Facts: what the application identifiers say: item, lot, serial number, dates, counts, weight, logistic unit, place.
//! 4. Finding: the item and the place in the master data ([`Directory`]), and what can be done with them ([`Action`]).
//!
//! Pure: no I/O, no clock, no floats. The master data, and the year from which centuries are told, come in as arguments.

#![deny(clippy::float_arithmetic, clippy::arithmetic_side_effects)]

mod actions;
mod codes;
mod directory;
mod facts;
mod interpret;
#[cfg(test)]
mod interpret_tests;
mod problem;
mod reading;
mod separators;
#[cfg(test)]
mod testing;

pub use actions::{Action, Context, Need, NextAction};
pub use codes::{ITEM_AI, LOCATION_AI, location_value};
pub use directory::{Directory, KnownItem, KnownLocation, KnownUnit};
pub use facts::Facts;
pub use interpret::{Interpretation, Setting, interpret};
pub use problem::Problem;
pub use separators::{BadSeparator, Separators};
