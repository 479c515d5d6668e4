use super::instrument::{Counter, Gauge, Histogram};
use super::registry::meter;

/// Upper bounds for seconds: 100 µs to 10 s, about three to a decade, and closer where answers should be.
const SECONDS: [f64; 18] = [
    0.000_1, 0.000_2, 0.000_5, 0.001, 0.002, 0.003, 0.005, 0.007_5, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0,
    2.0, 5.0, 10.0,
];
/// Upper bounds for everything that is counted: rows, bytes, commands.
const COUNTS: [f64; 19] =
    [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 1e6, 1e7, 1e8];

/// A number that only grows. Read it as a rate.
#[must_use]
pub fn counter(name: &'static str, description: &'static str) -> Counter {
    Counter::new(meter().u64_counter(name).with_description(description).build())
}

/// A distribution. `unit` is `s` for seconds, `By` for bytes, or `{rows}` for a count of things.
#[must_use]
pub fn histogram(name: &'static str, unit: &'static str, description: &'static str) -> Histogram {
    let bounds = if unit == "s" { SECONDS.to_vec() } else { COUNTS.to_vec() };
    let builder = meter().f64_histogram(name).with_unit(unit).with_description(description);
    Histogram::new(builder.with_boundaries(bounds).build())
}

/// A number that goes up and down, set by whoever knows it.
#[must_use]
pub fn gauge(name: &'static str, unit: &'static str, description: &'static str) -> Gauge {
    Gauge::new(meter().f64_gauge(name).with_unit(unit).with_description(description).build())
}
