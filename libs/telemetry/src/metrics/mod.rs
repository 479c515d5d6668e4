//! Instruments: made once, cloned cheaply, read by Prometheus.
//!
//! Names are dotted (`stock.commit.duration`); Prometheus sees them with underscores, the unit and `_total`
//! (`stock_commit_duration_seconds`). Label values must come from small sets: never a request id, never a SKU.
//!
//! Two instruments of the same name share their numbers, so every owner of a thing can make its own handle.

mod instrument;
mod make;
mod registry;

pub use instrument::{Counter, Gauge, Histogram, Label};
pub use make::{counter, gauge, histogram};
pub(crate) use registry::install;
pub use registry::render;
