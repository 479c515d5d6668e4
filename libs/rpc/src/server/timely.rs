use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Response};
use http_body::{Body as _, Frame, SizeHint};
use tokio::time::{Instant, Sleep};
use tonic::Status;
use tonic::body::Body;

use super::config::ServerConfig;
use super::methods::{Method, Shape};
use crate::Deadline;
use crate::deadline::exceeded;

/// Which deadline a call has.
#[derive(Debug)]
pub(super) struct Deadlines {
    default: Duration,
    max: Duration,
}

impl Deadlines {
    pub(super) fn new(config: &ServerConfig) -> Self {
        let max = Duration::from_millis(config.deadline_max_ms);
        Self { default: Duration::from_millis(config.deadline_default_ms).min(max), max }
    }

    /// The caller's deadline. A unary call without one gets the default, and none gets more than the maximum; a stream without one
    /// may go on for ever.
    pub(super) fn of(&self, method: &Method, headers: &HeaderMap, now: Instant) -> Deadline {
        let asked = headers.get("grpc-timeout").and_then(|value| timeout(value.as_bytes()));
        let granted = match method.shape {
            Shape::Unary => Some(asked.unwrap_or(self.default).min(self.max)),
            Shape::Stream => asked,
        };
        granted.and_then(|granted| now.checked_add(granted)).map_or(Deadline::NONE, Deadline::at)
    }
}

/// Reads `grpc-timeout` (gRPC over HTTP/2): at most 8 digits and a unit. Anything else counts as absent.
fn timeout(value: &[u8]) -> Option<Duration> {
    let (unit, digits) = value.split_last()?;
    if !(1..=8).contains(&digits.len()) || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let amount: u64 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    match unit {
        b'H' => Some(Duration::from_secs(amount.saturating_mul(3600))),
        b'M' => Some(Duration::from_secs(amount.saturating_mul(60))),
        b'S' => Some(Duration::from_secs(amount)),
        b'm' => Some(Duration::from_millis(amount)),
        b'u' => Some(Duration::from_micros(amount)),
        b'n' => Some(Duration::from_nanos(amount)),
        _ => None,
    }
}

/// Answers `call`, or `DEADLINE_EXCEEDED` when the deadline passes first. The stream of an answer ends at the deadline too.
pub(super) async fn timely(
    deadline: Deadline,
    method: &Method,
    call: impl Future<Output = Response<Body>>,
) -> Response<Body> {
    let answer = match deadline.bound(call).await {
        Ok(answer) => answer,
        Err(exceeded) => return Status::from(exceeded).into_http(),
    };
    match (method.shape, deadline.instant()) {
        (Shape::Stream, Some(instant)) if !answer.body().is_end_stream() => answer.map(|inner| {
            let timer = Box::pin(tokio::time::sleep_until(instant));
            Body::new(TimelyBody { inner, timer: Some(timer) })
        }),
        (Shape::Stream | Shape::Unary, _) => answer,
    }
}

/// A stream of answers that ends with `DEADLINE_EXCEEDED` when its time is up.
struct TimelyBody {
    inner: Body,
    /// `None` when the time was up.
    timer: Option<Pin<Box<Sleep>>>,
}

impl http_body::Body for TimelyBody {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let Some(timer) = self.timer.as_mut() else { return Poll::Ready(None) };
        if timer.as_mut().poll(cx).is_pending() {
            return Pin::new(&mut self.inner).poll_frame(cx);
        }
        self.timer = None;
        self.inner = Body::empty();
        let mut trailers = HeaderMap::new();
        Poll::Ready(Some(
            Status::from(exceeded()).add_header(&mut trailers).map(|()| Frame::trailers(trailers)),
        ))
    }

    fn is_end_stream(&self) -> bool {
        self.timer.is_none() || self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::methods;

    #[test]
    fn timeouts_are_read_as_grpc_writes_them() {
        for (value, expected) in [
            ("1S", Some(Duration::from_secs(1))),
            ("250m", Some(Duration::from_millis(250))),
            ("2H", Some(Duration::from_secs(7200))),
            ("99999999u", Some(Duration::from_micros(99_999_999))),
            ("0n", Some(Duration::ZERO)),
            ("3M", Some(Duration::from_secs(180))),
            ("100000000S", None),
            ("S", None),
            ("1", None),
            ("-1S", None),
            ("1x", None),
            ("", None),
        ] {
            assert_eq!(timeout(value.as_bytes()), expected, "{value:?}");
        }
    }

    #[test]
    fn a_unary_call_always_has_a_deadline_and_a_stream_only_its_own() {
        let deadlines = Deadlines::new(&ServerConfig::default());
        let (unary, stream) =
            (methods::at("/grpc.health.v1.Health/Check"), methods::at("/grpc.health.v1.Health/Watch"));
        let now = Instant::now();
        let of = |method, timeout: Option<&'static str>| {
            let mut headers = HeaderMap::new();
            headers
                .extend(timeout.map(|t| (http::HeaderName::from_static("grpc-timeout"), t.parse().unwrap())));
            deadlines.of(method, &headers, now).instant().map(|instant| (instant - now).as_secs())
        };
        assert_eq!(of(unary, None), Some(10));
        assert_eq!(of(unary, Some("3S")), Some(3));
        assert_eq!(of(unary, Some("2H")), Some(120), "the maximum");
        assert_eq!(of(stream, None), None);
        assert_eq!(of(stream, Some("2H")), Some(7200));
    }
}
