use std::pin::Pin;
use std::sync::{LazyLock, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Response};
use http_body::{Frame, SizeHint};
use telemetry::metrics::Histogram;
use tokio::time::Instant;
use tonic::body::Body;
use tonic::{Code, Status};

use super::methods::Method;

/// OpenTelemetry's name for it; rate, errors and duration of every method in one instrument.
static DURATION: LazyLock<Histogram> = LazyLock::new(|| {
    let description = "Duration of calls, until the last byte of the answer is out";
    telemetry::metrics::histogram("rpc.server.call.duration", "s", description)
});

/// The durations of one method, by gRPC code. Labels are put together once for each, not for each call.
#[derive(Debug, Default)]
pub(super) struct Durations([OnceLock<Histogram>; 17]);

impl Durations {
    fn record(&self, method: &str, code: Code, duration: Duration) {
        let Some(of_code) = usize::try_from(i32::from(code)).ok().and_then(|code| self.0.get(code)) else {
            return;
        };
        let labels = [("rpc.method", method), ("rpc.response.status_code", name_of(code))];
        of_code.get_or_init(|| DURATION.with(&labels)).record_duration(duration);
    }
}

/// Answers `call` and records how long it took and how it ended, once the last byte of the answer is out or the caller has left.
pub(super) async fn measured(
    method: &'static Method,
    received: Instant,
    call: impl Future<Output = Response<Body>>,
) -> Response<MeasuredBody> {
    let mut record = Record { method, received, done: false };
    let answer = call.await;
    if let Some(code) = code_in(answer.headers()) {
        record.finish(code);
    }
    answer.map(|inner| MeasuredBody { inner, record })
}

/// The body of an answer, watched for its trailers.
#[derive(Debug)]
pub(super) struct MeasuredBody {
    inner: Body,
    record: Record,
}

impl http_body::Body for MeasuredBody {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let frame = Pin::new(&mut self.inner).poll_frame(cx);
        match &frame {
            Poll::Ready(Some(Ok(frame))) => {
                if let Some(trailers) = frame.trailers_ref() {
                    self.record.finish(code_in(trailers).unwrap_or(Code::Unknown));
                }
            }
            Poll::Ready(Some(Err(status))) => self.record.finish(status.code()),
            Poll::Ready(None) => self.record.finish(Code::Unknown),
            Poll::Pending => {}
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

/// One call on its way into the histogram. Dropped before it ended, it counts as cancelled: its caller left.
#[derive(Debug)]
struct Record {
    method: &'static Method,
    received: Instant,
    done: bool,
}

impl Record {
    fn finish(&mut self, code: Code) {
        if std::mem::replace(&mut self.done, true) {
            return;
        }
        self.method.durations.record(&self.method.name, code, self.received.elapsed());
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        self.finish(Code::Cancelled);
    }
}

fn code_in(headers: &HeaderMap) -> Option<Code> {
    headers.get(Status::GRPC_STATUS).map(|value| Code::from_bytes(value.as_bytes()))
}

/// As the gRPC specification writes it.
pub(super) const fn name_of(code: Code) -> &'static str {
    match code {
        Code::Ok => "OK",
        Code::Cancelled => "CANCELLED",
        Code::Unknown => "UNKNOWN",
        Code::InvalidArgument => "INVALID_ARGUMENT",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::NotFound => "NOT_FOUND",
        Code::AlreadyExists => "ALREADY_EXISTS",
        Code::PermissionDenied => "PERMISSION_DENIED",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::FailedPrecondition => "FAILED_PRECONDITION",
        Code::Aborted => "ABORTED",
        Code::OutOfRange => "OUT_OF_RANGE",
        Code::Unimplemented => "UNIMPLEMENTED",
        Code::Internal => "INTERNAL",
        Code::Unavailable => "UNAVAILABLE",
        Code::DataLoss => "DATA_LOSS",
        Code::Unauthenticated => "UNAUTHENTICATED",
    }
}

/// Codes that count as errors of the server (OpenTelemetry's semantic conventions for gRPC servers).
pub(super) const fn is_servers_fault(code: Code) -> bool {
    matches!(
        code,
        Code::Unknown
            | Code::DeadlineExceeded
            | Code::Unimplemented
            | Code::Internal
            | Code::Unavailable
            | Code::DataLoss
    )
}
