use std::time::Duration;

use http::Response;
use tokio::sync::Semaphore;
use tonic::Status;
use tonic::body::Body;

use super::methods::{Method, Purpose};
use crate::{ApiError, Reason};

const RETRY_AFTER: Duration = Duration::from_millis(100);

/// Load shed: a limit of calls in work at once. A call that finds it reached is refused at once rather than queued, so that the
/// calls that were taken are answered in time.
#[derive(Debug)]
pub(super) struct Admission {
    permits: Semaphore,
}

impl Admission {
    pub(super) fn new(concurrency_max: usize) -> Self {
        Self { permits: Semaphore::new(concurrency_max.min(Semaphore::MAX_PERMITS)) }
    }

    /// Answers `call`, or refuses it with `OVERLOADED`. The call counts until its answer begins: a stream that is open costs memory, not
    /// work, and is limited per connection.
    pub(super) async fn admit(
        &self,
        method: &Method,
        call: impl Future<Output = Response<Body>>,
    ) -> Response<Body> {
        match (method.purpose, self.permits.try_acquire()) {
            (Purpose::Operation, _) => call.await,
            (Purpose::Work, Ok(_permit)) => call.await,
            (Purpose::Work, Err(_)) => Status::from(overloaded()).into_http(),
        }
    }
}

fn overloaded() -> ApiError {
    let message =
        "the server has as many calls as it can take: repeat after the delay, with the same request id";
    ApiError::unavailable(Reason::Overloaded, message, RETRY_AFTER)
}
