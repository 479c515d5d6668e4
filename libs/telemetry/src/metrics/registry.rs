//! The one registry of the process.

use std::sync::OnceLock;

use opentelemetry::metrics::{Meter, MeterProvider};
use opentelemetry_sdk::metrics::SdkMeterProvider;
use prometheus::{Encoder, Registry, TextEncoder};

use crate::init::resource;

static METRICS: OnceLock<Metrics> = OnceLock::new();

struct Metrics {
    registry: Registry,
    meter: Meter,
    /// Instruments go silent when their provider is dropped.
    _provider: SdkMeterProvider,
}

/// Names the program. Without effect once an instrument exists.
pub(crate) fn install(service_name: &str) {
    METRICS.get_or_init(|| Metrics::new(service_name));
}

/// Where instruments are made; usable before `init`.
pub(super) fn meter() -> &'static Meter {
    &metrics().meter
}

/// All metrics in the text format of Prometheus.
#[must_use]
pub fn render() -> String {
    let mut text = Vec::new();
    if let Err(error) = TextEncoder::new().encode(&metrics().registry.gather(), &mut text) {
        tracing::error!(%error, "cannot write the metrics");
    }
    String::from_utf8_lossy(&text).into_owned()
}

fn metrics() -> &'static Metrics {
    METRICS.get_or_init(|| Metrics::new("entrepot"))
}

impl Metrics {
    fn new(service_name: &str) -> Self {
        let registry = Registry::new();
        let builder = SdkMeterProvider::builder().with_resource(resource(service_name));
        let exporter = opentelemetry_prometheus::exporter()
            .with_registry(registry.clone())
            .scope_info_enabled(false)
            .build();
        let provider = match exporter {
            Ok(exporter) => builder.with_reader(exporter).build(),
            // Cannot happen with a new registry; the program is worth more than its metrics.
            Err(error) => {
                tracing::error!(%error, "metrics are off");
                builder.build()
            }
        };
        Self { registry, meter: provider.meter("entrepot"), _provider: provider }
    }
}
