//! Starting logs and traces, once a process.

use std::io::{self, IsTerminal};
use std::time::Duration;

use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::{SpanExporter, WithExportConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, Registry, fmt};

use crate::filter::Afresh;
use crate::{LogFormat, TelemetryConfig, TelemetryFault, metrics};

/// What goes to a collector: our own spans, and not those of the transport that carries them there.
const TRACED: &str =
    "info,h2=off,hyper=off,hyper_util=off,tower=off,tonic=off,sqlx=off,opentelemetry_sdk=off";

/// How long the end of the process waits for the last traces to leave.
const FLUSH_TIMEOUT: Duration = Duration::from_secs(2);

/// Keeps telemetry running. When it is dropped, what was recorded last is sent, for at most two seconds.
#[derive(Debug)]
#[must_use = "telemetry ends when the guard is dropped"]
pub struct Guard {
    tracer: Option<SdkTracerProvider>,
}

/// Starts logs and traces. Only the first call in a process takes effect; later ones (tests) change nothing.
///
/// Call it inside the Tokio runtime: the exporter of traces needs one.
///
/// # Errors
/// [`TelemetryFault`] when the configuration is not usable.
pub fn init(config: &TelemetryConfig) -> Result<Guard, TelemetryFault> {
    let logged = Afresh::parse(&config.log_filter)?;
    // With a collector, spans go to it however little is logged; without one they only cost.
    let traced = Afresh::parse(if config.otlp_endpoint.is_some() { TRACED } else { &config.log_filter })?;
    metrics::install(&config.service_name);
    opentelemetry::global::set_text_map_propagator(TraceContextPropagator::new());
    let provider = tracer_provider(config)?;
    let traces = tracing_opentelemetry::layer()
        .with_tracer(provider.tracer("entrepot"))
        .with_location(false)
        .with_threads(false)
        .with_filter(traced);
    let logs = log_layer(config.log_format).with_filter(logged);
    let started = tracing_subscriber::registry().with(logs).with(traces);
    Ok(Guard { tracer: started.try_init().is_ok().then_some(provider) })
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(provider) = self.tracer.take()
            && let Err(error) = provider.shutdown_with_timeout(FLUSH_TIMEOUT)
        {
            tracing::warn!(%error, "the last traces may be lost");
        }
    }
}

fn log_layer(format: LogFormat) -> Box<dyn Layer<Registry> + Send + Sync> {
    let layer = fmt::layer().with_writer(io::stderr);
    match format {
        LogFormat::Text => layer.with_ansi(io::stderr().is_terminal() && !no_color()).boxed(),
        LogFormat::Json => {
            layer.json().flatten_event(true).with_current_span(true).with_span_list(false).boxed()
        }
    }
}

/// <https://no-color.org>: any text that is not empty.
fn no_color() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// Without an endpoint the provider only hands out ids and passes on what a caller sampled: nothing is recorded.
fn tracer_provider(config: &TelemetryConfig) -> Result<SdkTracerProvider, TelemetryFault> {
    let ratio = config.trace_sample_ratio;
    if !(0.0..=1.0).contains(&ratio) {
        return Err(TelemetryFault::SampleRatio { ratio });
    }
    let builder = SdkTracerProvider::builder().with_resource(resource(&config.service_name));
    let Some(endpoint) = &config.otlp_endpoint else {
        return Ok(builder.with_sampler(Sampler::ParentBased(Box::new(Sampler::AlwaysOff))).build());
    };
    let exporter =
        SpanExporter::builder().with_tonic().with_endpoint(endpoint).build().map_err(|error| {
            TelemetryFault::Otlp { endpoint: endpoint.clone(), problem: error.to_string() }
        })?;
    let sampler = Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(ratio)));
    Ok(builder.with_sampler(sampler).with_batch_exporter(exporter).build())
}

pub(crate) fn resource(service_name: &str) -> Resource {
    Resource::builder().with_service_name(service_name.to_owned()).build()
}

#[cfg(test)]
mod tests {
    use opentelemetry::trace::{Span, Tracer};

    use super::*;

    /// Nobody listens there: spans are recorded, and the end of the process still comes in time.
    #[tokio::test(flavor = "multi_thread", worker_threads = 1)]
    async fn an_absent_collector_stops_nobody() {
        let endpoint = Some("http://127.0.0.1:1".to_owned());
        let config = TelemetryConfig {
            otlp_endpoint: endpoint,
            trace_sample_ratio: 1.0,
            ..TelemetryConfig::default()
        };
        let provider = tracer_provider(&config).unwrap();
        let span = provider.tracer("test").start("call");
        assert!(span.is_recording());
        drop(span);
        let started = tokio::time::Instant::now();
        drop(Guard { tracer: Some(provider) });
        assert!(started.elapsed() < FLUSH_TIMEOUT * 2);
    }

    #[test]
    fn without_an_endpoint_nothing_is_recorded() {
        let provider = tracer_provider(&TelemetryConfig::default()).unwrap();
        let span = provider.tracer("test").start("call");
        assert!(!span.is_recording());
        assert!(span.span_context().is_valid());
    }
}
