//! Trying again. Everything that an import sends is harmless to repeat: every document carries a request id.

use std::time::Duration;

use rpc::Backoff;
use rpc::client::RemoteError;
use tonic::{Code, Status};

/// Attempts in a row without any progress before the import gives up: with the delays below, about a minute.
const ATTEMPTS_MAX: u32 = 20;
const FIRST_DELAY: Duration = Duration::from_millis(100);
const DELAY_MAX: Duration = Duration::from_secs(5);

/// Counts the attempts since the last progress, and waits between them.
#[derive(Debug)]
pub(super) struct Attempts {
    failed: u32,
    backoff: Backoff,
}

impl Attempts {
    pub(super) fn new() -> Self {
        Self { failed: 0, backoff: Backoff::new(FIRST_DELAY, DELAY_MAX) }
    }

    /// Something was answered.
    pub(super) fn progress(&mut self) {
        self.failed = 0;
        self.backoff.reset();
    }

    /// Waits before the next attempt; gives the failure back when it is not worth one.
    pub(super) async fn wait(&mut self, failure: Status) -> Result<(), Status> {
        self.failed += 1;
        if self.failed >= ATTEMPTS_MAX || !is_worth_retrying(&failure) {
            return Err(failure);
        }
        let asked = RemoteError::from(&failure).retry_after;
        tokio::time::sleep(self.backoff.delay_after(asked)).await;
        Ok(())
    }
}

/// What our servers call retryable, and every way a connection is lost: a status without a reason did not come from them.
fn is_worth_retrying(status: &Status) -> bool {
    let error = RemoteError::from(status);
    let lost = [Code::Unknown, Code::Internal, Code::Cancelled, Code::DeadlineExceeded];
    error.is_retryable() || (error.reason.is_empty() && lost.contains(&error.code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn refusals_are_given_back_and_lost_connections_are_waited_for() {
        for (status, again) in [
            (Status::unavailable("shutting down"), true),
            (Status::unknown("h2 protocol error"), true),
            (Status::invalid_argument("too large"), false),
            (Status::data_loss("more answers than documents"), false),
        ] {
            assert_eq!(Attempts::new().wait(status.clone()).await.is_ok(), again, "{status}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn patience_ends_but_begins_anew_with_progress() {
        let mut attempts = Attempts::new();
        let lost = || Status::unavailable("lost");
        for _ in 1..ATTEMPTS_MAX {
            attempts.wait(lost()).await.unwrap();
        }
        assert!(attempts.wait(lost()).await.is_err());
        attempts.progress();
        assert!(attempts.wait(lost()).await.is_ok());
    }
}
