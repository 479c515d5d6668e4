use http::{HeaderMap, Response};
use tonic::Status;
use tonic::body::Body;
use tracing::{Instrument, Span, field};

use super::methods::{Method, Purpose};

/// Answers `call` inside a span of its own, below the caller's when it sent a `traceparent`. Costs nothing but a check when no
/// subscriber wants the span.
pub(super) async fn traced(
    method: &Method,
    parent: Option<String>,
    call: impl Future<Output = Response<Body>>,
) -> Response<Body> {
    let span = span(method, parent.as_deref());
    let answer = call.instrument(span.clone()).await;
    if !span.is_disabled() {
        note_status(&span, answer.headers());
    }
    answer
}

/// The caller's trace context, only copied when somebody looks at it.
pub(super) fn parent(headers: &HeaderMap) -> Option<String> {
    let value = headers.get("traceparent")?;
    value.to_str().ok().map(Into::into)
}

fn span(method: &Method, parent: Option<&str>) -> Span {
    if method.purpose == Purpose::Operation {
        // Probes come every few seconds, for ever.
        return Span::none();
    }
    let span = tracing::info_span!(
        "rpc",
        otel.name = method.name,
        otel.kind = "server",
        otel.status_code = field::Empty,
        rpc.system.name = "grpc",
        rpc.response.status_code = field::Empty,
    );
    if let Some(parent) = parent.filter(|_| !span.is_disabled()) {
        telemetry::set_parent(&span, parent);
    }
    span
}

/// An answer that is a status alone has it in its headers; any other began well.
fn note_status(span: &Span, headers: &HeaderMap) {
    let Some(status) = headers.get(Status::GRPC_STATUS) else { return };
    let code = tonic::Code::from_bytes(status.as_bytes());
    span.record("rpc.response.status_code", super::measure::name_of(code));
    if super::measure::is_servers_fault(code) {
        span.record("otel.status_code", "ERROR");
    }
}
