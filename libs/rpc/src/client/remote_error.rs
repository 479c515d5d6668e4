use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use proto::stock::v1::DocumentError;
use tonic::{Code, Status};
use tonic_types::StatusExt;

use crate::Reason;
use crate::api_error::RETRY_AFTER_MS;
use crate::deadline::exceeded;

/// What a server answered instead of the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteError {
    /// The gRPC code.
    pub code: Code,
    /// `ErrorInfo.reason`; empty when the answer did not come from our server. A newer server may send one this build does not know:
    /// see [`RemoteError::known_reason`].
    pub reason: String,
    /// For people.
    pub message: String,
    /// Path of the field that is wrong; empty if none is.
    pub field: String,
    /// Data of the reason.
    pub metadata: BTreeMap<String, String>,
    /// When to try again, if the server said so.
    pub retry_after: Option<Duration>,
}

impl RemoteError {
    /// The reason, when this build knows it.
    pub fn known_reason(&self) -> Option<Reason> {
        Reason::parse(&self.reason)
    }

    /// Whether the same request may succeed later: `UNAVAILABLE`, or `RESOURCE_EXHAUSTED` with a retry delay. Everything that changes
    /// data carries a request id, so that repeating it is harmless.
    pub fn is_retryable(&self) -> bool {
        self.code == Code::Unavailable || (self.code == Code::ResourceExhausted && self.retry_after.is_some())
    }
}

/// See [`RemoteError::is_retryable`].
pub fn is_retryable(status: &Status) -> bool {
    RemoteError::from(status).is_retryable()
}

impl From<&Status> for RemoteError {
    fn from(status: &Status) -> Self {
        if noticed_here(status) {
            return Self::from(&Status::from(exceeded()));
        }
        let details = status.get_error_details();
        let info = details.error_info();
        let bad_field =
            details.bad_request().and_then(|b| b.field_violations.first()).map(|v| v.field.clone());
        let subject =
            details.precondition_failure().and_then(|p| p.violations.first()).map(|v| v.subject.clone());
        Self {
            code: status.code(),
            reason: info.map(|i| i.reason.clone()).unwrap_or_default(),
            message: status.message().into(),
            field: bad_field.or(subject).unwrap_or_default(),
            metadata: info.map(|i| i.metadata.clone().into_iter().collect()).unwrap_or_default(),
            retry_after: details.retry_info().and_then(|r| r.retry_delay),
        }
    }
}

/// Whether the deadline passed at this end: tonic's channel then answers CANCELLED, before the server's own answer arrives.
fn noticed_here(status: &Status) -> bool {
    status.code() == Code::Cancelled && status.message() == "Timeout expired"
}

impl From<&DocumentError> for RemoteError {
    fn from(error: &DocumentError) -> Self {
        let mut metadata: BTreeMap<String, String> = error.metadata.clone().into_iter().collect();
        let retry_after =
            metadata.remove(RETRY_AFTER_MS).and_then(|ms| ms.parse().ok()).map(Duration::from_millis);
        Self {
            code: Code::from_i32(error.code),
            reason: error.reason.clone(),
            message: error.message.clone(),
            field: error.field.clone(),
            metadata,
            retry_after,
        }
    }
}

impl fmt::Display for RemoteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.reason.as_str(), self.field.as_str()) {
            ("", _) => write!(f, "{:?}: {}", self.code, self.message),
            (reason, "") => write!(f, "{reason}: {}", self.message),
            (reason, field) => write!(f, "{reason}: {} ({field})", self.message),
        }
    }
}

impl std::error::Error for RemoteError {}
