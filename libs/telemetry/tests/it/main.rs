//! Telemetry from the outside: what Prometheus reads, and what the next process gets to know of a trace.

#![expect(clippy::unwrap_used, reason = "a step of a test that fails fails the test")]

mod scrape;
mod trace;
