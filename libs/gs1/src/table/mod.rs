//! The table of application identifiers: one row an identifier, or a family that differs only in its last digit. The facts are
//! those of the GS1 syntax dictionary; a test compares the two.

mod details;
#[cfg(test)]
mod dictionary_tests;
mod index;
mod items;
mod measure;
mod measures;
mod other;
mod part;
mod parties;
mod relation;
mod row;
mod transport;

pub(crate) use index::{Entry, all, at_start, exact};
pub use measure::{Measurand, Measure};
pub(crate) use part::Part;
pub(crate) use row::Row;

/// The release of the GS1 syntax dictionary whose facts the table holds.
pub const DICTIONARY_RELEASE: &str = "2026-01-27";
