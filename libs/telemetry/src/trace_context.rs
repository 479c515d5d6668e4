//! The W3C trace context: one line of text that ties spans of several processes together.
//! <https://www.w3.org/TR/trace-context/#traceparent-header>

use std::collections::HashMap;

use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::TraceContextExt;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

const HEADER: &str = "traceparent";

/// The `traceparent` of the current span. None outside of any span, or when traces were not started.
#[must_use]
pub fn traceparent() -> Option<String> {
    traceparent_of(&Span::current())
}

/// The `traceparent` of `span`. None when the span is disabled, or when traces were not started.
#[must_use]
pub fn traceparent_of(span: &Span) -> Option<String> {
    let context = span.context();
    let span = context.span();
    let this = span.span_context();
    this.is_valid()
        .then(|| format!("00-{}-{}-{:02x}", this.trace_id(), this.span_id(), this.trace_flags().to_u8() & 1))
}

/// Makes the remote span that `traceparent` names the parent of `span`. Call it before `span` is entered. A malformed
/// text is ignored, as the standard demands: tracing never fails a request.
pub fn set_parent(span: &Span, traceparent: &str) {
    if !is_well_formed(traceparent) {
        return;
    }
    let carrier = HashMap::from([(HEADER.to_owned(), traceparent.to_owned())]);
    let parent = TraceContextPropagator::new().extract_with_context(&opentelemetry::Context::new(), &carrier);
    if parent.span().span_context().is_valid()
        && let Err(error) = span.set_parent(parent)
    {
        tracing::trace!(%error, "cannot join the caller's trace");
    }
}

/// The propagator takes shorter ids than the standard allows, and would pass on what others then refuse.
fn is_well_formed(traceparent: &str) -> bool {
    let mut parts = traceparent.split('-').map(str::len);
    [2, 32, 16, 2].into_iter().all(|length| parts.next() == Some(length))
}
