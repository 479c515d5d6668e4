//! The stock service: one owner per warehouse, its journal and its state.
//!
//! | where | what |
//! |---|---|
//! | [`app`] | puts the service together |
//! | `rpc/` | one file an RPC; parsing of documents, answers as messages |
//! | `engine/` | the owner of a partition: judge, write, answer, come back after a fault |
//! | `feed/` | the relay from the journal to the event log |
//! | `store/` | journal and checkpoint on SQLite or PostgreSQL |
//!
//! The rules are not here: they are in the crate `stock-core`.

pub mod app;
mod config;
mod engine;
mod feed;
mod rpc;
mod store;

pub use config::{Limits, ScanConfig, StockConfig, StockStore, Warehouses};
