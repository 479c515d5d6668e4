use std::time::Duration;

use rpc::client::RemoteError;
use rpc::{Backoff, Reason};
use tokio::time::Instant;
use tonic::{Code, Request, Response, Status};

use super::Client;
use crate::output::Failure;

const RETRY_FIRST: Duration = Duration::from_millis(50);
const RETRY_MAX: Duration = Duration::from_secs(2);

impl Client {
    /// Sends `message` with `send`, and sends the very same message again while the server says that it may work later
    /// (`UNAVAILABLE`, or `RESOURCE_EXHAUSTED` with a delay) and the delay still fits into the timeout. Harmless for changes
    /// too: the message carries its request id.
    pub(crate) async fn call<Q: Clone, A>(
        &self,
        message: &Q,
        send: impl AsyncFn(Request<Q>) -> Result<Response<A>, Status>,
    ) -> Result<A, Failure> {
        let deadline = Instant::now() + self.timeout();
        let mut backoff = Backoff::new(RETRY_FIRST, RETRY_MAX);
        loop {
            let mut request = Request::new(message.clone());
            request.set_timeout(deadline.saturating_duration_since(Instant::now()));
            let status = match send(request).await {
                Ok(response) => return Ok(response.into_inner()),
                Err(status) => status,
            };
            let error = RemoteError::from(&status);
            let next = Instant::now() + backoff.delay_after(error.retry_after);
            if !error.is_retryable() || next >= deadline {
                return Err(failure(error));
            }
            tokio::time::sleep_until(next).await;
        }
    }

    /// Opens a stream. It is not opened again when it breaks: the caller knows from where on.
    pub(crate) async fn open<Q, A>(
        &self,
        message: Q,
        send: impl AsyncFn(Request<Q>) -> Result<Response<A>, Status>,
    ) -> Result<A, Failure> {
        send(Request::new(message))
            .await
            .map(Response::into_inner)
            .map_err(|status| failure(RemoteError::from(&status)))
    }
}

/// The transport's own errors carry no reason; these two are worth one.
pub(crate) fn failure(mut error: RemoteError) -> Failure {
    if error.reason.is_empty() {
        let reason = match error.code {
            Code::Unavailable => {
                Some((Reason::ServerUnreachable, "the connection to the server was lost: try again"))
            }
            Code::Cancelled | Code::DeadlineExceeded => Some((
                Reason::DeadlineExceeded,
                "no answer within the timeout: try again, or give more with --timeout",
            )),
            Code::Unimplemented => {
                Some((Reason::UnknownMethod, "this server does not run that service: check --server"))
            }
            Code::Ok
            | Code::Unknown
            | Code::InvalidArgument
            | Code::NotFound
            | Code::AlreadyExists
            | Code::PermissionDenied
            | Code::ResourceExhausted
            | Code::FailedPrecondition
            | Code::Aborted
            | Code::OutOfRange
            | Code::Internal
            | Code::DataLoss
            | Code::Unauthenticated => None,
        };
        if let Some((reason, message)) = reason {
            error.code = reason.code();
            reason.as_str().clone_into(&mut error.reason);
            error.message = message.to_owned();
        }
    }
    Failure::remote(error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Exit;

    #[test]
    fn transport_errors_get_a_reason() {
        for (status, reason, exit) in [
            (Status::unavailable("broken pipe"), "SERVER_UNREACHABLE", Exit::Unavailable),
            (Status::cancelled("Timeout expired"), "DEADLINE_EXCEEDED", Exit::Unavailable),
            (Status::unimplemented(""), "UNKNOWN_METHOD", Exit::Fault),
        ] {
            let failure = failure(RemoteError::from(&status));
            assert_eq!((failure.reason(), failure.exit()), (reason, exit));
        }
    }
}
