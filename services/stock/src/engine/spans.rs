use tracing::{Span, info_span};

use crate::store::Row;

/// Spans of one batch: sampled requests are few, and a batch that holds more is told by the first.
const SPANS_MAX: usize = 16;

/// A span a sampled request for the time its entry takes to become durable. Drop them when it is.
pub(crate) fn commit(rows: &[Row]) -> Vec<Span> {
    spans(rows, |row| info_span!("journal.commit", sequence = row.sequence.get(), batch = rows.len()))
}

/// A span a sampled request for the time its entry takes to reach the event log. Drop them when it has.
pub(crate) fn publish(rows: &[Row]) -> Vec<Span> {
    spans(rows, |row| info_span!("journal.publish", sequence = row.sequence.get(), batch = rows.len()))
}

fn spans(rows: &[Row], span: impl Fn(&Row) -> Span) -> Vec<Span> {
    let sampled = rows.iter().filter_map(|row| row.traceparent.as_ref().map(|parent| (row, parent)));
    let child = |(row, parent): (&Row, &std::sync::Arc<str>)| {
        let span = span(row);
        telemetry::set_parent(&span, parent);
        span
    };
    sampled.take(SPANS_MAX).map(child).collect()
}
