//! Shell: logs, traces, metrics.
//!
//! * Logs go to standard error, as text or JSON lines.
//! * Traces follow the W3C `traceparent` through gRPC and the event log; they are exported over OTLP when an endpoint is
//!   configured.
//! * Metrics are OpenTelemetry instruments, read by Prometheus from `/metrics`.
//!
//! Absences: no business meaning; no metric of any service is named here.

mod config;
mod fault;
mod filter;
mod init;
pub mod metrics;
mod scrape;
mod trace_context;

pub use config::{LogFormat, TelemetryConfig};
pub use fault::TelemetryFault;
pub use init::{Guard, init};
pub use scrape::serve_metrics;
pub use trace_context::{set_parent, traceparent, traceparent_of};
