//! Why telemetry could not be set up.

use std::net::SocketAddr;

/// Why telemetry could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryFault {
    /// The log filter does not parse.
    #[error("the log filter `{filter}` is not valid: {problem}; write it like `info,stock=debug`")]
    LogFilter {
        /// What was configured.
        filter: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The sample ratio is not a share.
    #[error("the trace sample ratio {ratio} must be between 0 and 1")]
    SampleRatio {
        /// What was configured.
        ratio: f64,
    },
    /// The exporter of traces cannot be made.
    #[error("cannot send traces to {endpoint}: {problem}; write the endpoint like http://collector:4317")]
    Otlp {
        /// What was configured.
        endpoint: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The address for metrics is taken or not ours.
    #[error("cannot listen on {listen} for metrics: {problem}; choose another address")]
    Listen {
        /// What was configured.
        listen: SocketAddr,
        /// What the operating system said.
        problem: String,
    },
}
