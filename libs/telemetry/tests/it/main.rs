//! Telemetry from the outside: what Prometheus reads, and what the next process gets to know of a trace.

mod scrape;
mod trace;
