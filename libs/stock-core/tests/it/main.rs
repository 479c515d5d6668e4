//! The rules of a warehouse, as text tables and against a naive model.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod golden;
mod language;
mod model;
mod promises;
mod rules;
mod tracking;
