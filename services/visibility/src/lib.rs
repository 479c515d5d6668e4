//! The visibility service: what is available where, over the whole network.
//!
//! | module | what it does |
//! |---|---|
//! | [`core`] | what a journal entry does to a view; pure |
//! | [`store`] | keeps views, in this process or in Redis |
//! | `feed` | reads the journals from the event log into the views, and builds views anew |
//! | `engine` | reads, freshness, waiting, watching |
//! | `rpc` | the gRPC service |
//!
//! Absences: no database; no write to the event log; no call to another service. Everything here can be thrown away and is
//! built again from the event log.

mod app;
mod config;
pub mod core;
mod engine;
mod fault;
mod feed;
mod metrics;
mod rpc;
pub mod store;

pub use app::{Parts, Running, Visibility};
pub use config::{CacheConfig, VisibilityConfig};
pub use fault::VisibilityFault;
