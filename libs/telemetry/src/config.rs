//! What to log, trace and expose.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

/// Everything from `info` up, without the chatter of the libraries beneath.
const LOG_FILTER: &str = "info,h2=warn,hyper=warn,tower=warn,tonic=warn,sqlx=warn,sea_orm=warn,sea_orm_migration=warn,rdkafka=warn,\
     librdkafka=warn,redis=warn,opentelemetry=warn";
/// Of a hundred requests, one is traced.
const TRACE_SAMPLE_RATIO: f64 = 0.01;

/// How a log line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line, for machines.
    Json,
}

/// What to log, trace and expose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TelemetryConfig {
    /// `text` or `json`.
    pub log_format: LogFormat,
    /// Levels by target, in the syntax of tracing's `EnvFilter`: `info,stock=debug`.
    pub log_filter: String,
    /// Where traces are sent (OTLP over gRPC), for example `http://collector:4317`. None: traces are not recorded, but
    /// a caller's `traceparent` is still passed on.
    pub otlp_endpoint: Option<String>,
    /// The share of requests that are traced, 0 to 1. A caller that is traced is followed in any case.
    pub trace_sample_ratio: f64,
    /// Where Prometheus reads `/metrics`. None: nowhere.
    pub metrics_listen: Option<SocketAddr>,
    /// The name of this program in traces and metrics.
    pub service_name: String,
}

impl Default for TelemetryConfig {
    fn default() -> Self {
        Self {
            log_format: LogFormat::Text,
            log_filter: LOG_FILTER.to_owned(),
            otlp_endpoint: None,
            trace_sample_ratio: TRACE_SAMPLE_RATIO,
            metrics_listen: None,
            service_name: "entrepot".to_owned(),
        }
    }
}
