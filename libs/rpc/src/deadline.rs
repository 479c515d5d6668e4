use std::time::Duration;

use tokio::time::Instant;

use crate::{ApiError, Reason};

/// Until when a call must be answered. A unary call always has one (the caller's, or the server's default); a stream only when
/// its caller sent one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline(Option<Instant>);

impl Deadline {
    /// No limit.
    pub const NONE: Self = Self(None);

    /// At `instant`.
    pub const fn at(instant: Instant) -> Self {
        Self(Some(instant))
    }

    /// In `duration` from now.
    pub fn after(duration: Duration) -> Self {
        Self(Instant::now().checked_add(duration))
    }

    /// The instant; `None` when there is no limit.
    pub const fn instant(self) -> Option<Instant> {
        self.0
    }

    /// The time left; `None` when there is no limit, zero when it has passed.
    pub fn remaining(self) -> Option<Duration> {
        self.0.map(|instant| instant.saturating_duration_since(Instant::now()))
    }

    /// Waits for `work`, but not past the deadline.
    ///
    /// # Errors
    /// `DEADLINE_EXCEEDED` when the deadline passed first; `work` is dropped then.
    pub async fn bound<F: Future>(self, work: F) -> Result<F::Output, ApiError> {
        let Some(instant) = self.0 else { return Ok(work.await) };
        tokio::time::timeout_at(instant, work).await.map_err(|_| exceeded())
    }
}

/// The deadline of a request that came through [`crate::server`]; [`Deadline::NONE`] for one that did not (a test's).
pub fn deadline<T>(request: &tonic::Request<T>) -> Deadline {
    request.extensions().get::<Deadline>().copied().unwrap_or(Deadline::NONE)
}

pub(crate) fn exceeded() -> ApiError {
    ApiError::new(
        Reason::DeadlineExceeded,
        "the deadline passed before the answer was there: repeat with the same request id and more time",
    )
}
