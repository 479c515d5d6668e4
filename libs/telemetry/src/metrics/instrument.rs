//! Handles on instruments. A handle may carry labels; cloning shares the instrument.

use std::sync::Arc;

use opentelemetry::{KeyValue, metrics as otel};

/// A label: its name is part of the code, its value one of few.
pub type Label<'a> = (&'static str, &'a str);

/// A number that only grows.
#[derive(Debug, Clone)]
pub struct Counter {
    instrument: otel::Counter<u64>,
    labels: Arc<[KeyValue]>,
}

impl Counter {
    pub(super) fn new(instrument: otel::Counter<u64>) -> Self {
        Self { instrument, labels: Arc::from([]) }
    }

    /// The same counter, with more labels. Make it once where the path is hot.
    #[must_use]
    pub fn with(&self, labels: &[Label<'_>]) -> Self {
        Self { instrument: self.instrument.clone(), labels: extended(&self.labels, labels) }
    }

    /// Counts `amount` more.
    pub fn add(&self, amount: u64) {
        self.instrument.add(amount, &self.labels);
    }

    /// Counts one more.
    pub fn increment(&self) {
        self.add(1);
    }
}

/// A distribution.
#[derive(Debug, Clone)]
pub struct Histogram {
    instrument: otel::Histogram<f64>,
    labels: Arc<[KeyValue]>,
}

impl Histogram {
    pub(super) fn new(instrument: otel::Histogram<f64>) -> Self {
        Self { instrument, labels: Arc::from([]) }
    }

    /// The same histogram, with more labels. Make it once where the path is hot.
    #[must_use]
    pub fn with(&self, labels: &[Label<'_>]) -> Self {
        Self { instrument: self.instrument.clone(), labels: extended(&self.labels, labels) }
    }

    /// Records one value, in the histogram's unit.
    pub fn record(&self, value: f64) {
        self.instrument.record(value, &self.labels);
    }

    /// Records a duration in seconds.
    pub fn record_duration(&self, duration: std::time::Duration) {
        self.record(duration.as_secs_f64());
    }
}

/// A number that goes up and down.
#[derive(Debug, Clone)]
pub struct Gauge {
    instrument: otel::Gauge<f64>,
    labels: Arc<[KeyValue]>,
}

impl Gauge {
    pub(super) fn new(instrument: otel::Gauge<f64>) -> Self {
        Self { instrument, labels: Arc::from([]) }
    }

    /// The same gauge, with more labels. Make it once where the path is hot.
    #[must_use]
    pub fn with(&self, labels: &[Label<'_>]) -> Self {
        Self { instrument: self.instrument.clone(), labels: extended(&self.labels, labels) }
    }

    /// Sets the number.
    pub fn set(&self, value: f64) {
        self.instrument.record(value, &self.labels);
    }

    /// Sets the number from a count. Exact up to 2⁵³.
    #[expect(clippy::cast_precision_loss, reason = "a gauge is read by people and alerts, not added up")]
    pub fn set_count(&self, value: u64) {
        self.set(value as f64);
    }
}

fn extended(labels: &[KeyValue], more: &[Label<'_>]) -> Arc<[KeyValue]> {
    let more = more.iter().map(|(name, value)| KeyValue::new(*name, (*value).to_owned()));
    labels.iter().cloned().chain(more).collect()
}
