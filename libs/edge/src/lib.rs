//! Shell: a device's ledger in a SQLite file, and how it is merged into its warehouse.
//!
//! [`EdgeLedger`] records what the device does; what it answers is durable, so that the process may be killed at any moment. It
//! needs no network. [`EdgeLedger::sync`] sends what waits, in order, with the same request ids however often, and remembers the
//! answers: it may be cut at any moment, and repeated. The rules are in `edge-core`.
//!
//! Absences: no clock (times come in with the caller's [`Stamp`](edge_core::Stamp)), no retries (the caller repeats).

mod document;
mod fault;
mod ledger;
mod requests;
mod store;
mod sync;

pub use fault::EdgeFault;
pub use ledger::{EdgeLedger, Status};
pub use store::Which;
pub use sync::Synced;
