use std::fmt;
use std::time::Duration;

use proto::stock::v1::DocumentError;
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt};

use crate::Reason;

/// `ErrorInfo.domain` of every error.
pub const DOMAIN: &str = "entrepot";

/// Key of the retry delay in [`DocumentError`] metadata, where no `RetryInfo` can go.
pub(crate) const RETRY_AFTER_MS: &str = "retry_after_ms";

/// Error details travel as one header, and peers take about 16 KiB of headers: every part has a limit.
const MESSAGE_BYTES_MAX: usize = 800;
const FIELD_BYTES_MAX: usize = 200;
const METADATA_ENTRIES_MAX: usize = 16;
const METADATA_VALUE_BYTES_MAX: usize = 200;

/// A request that was not done: why, where, and when to try again. Its gRPC code follows from the reason.
///
/// ```
/// # use rpc::{ApiError, Reason};
/// let error = ApiError::invalid(Reason::UnknownItem, "issue.sku", "no item has the SKU \"A-7\": create it first")
///     .with("sku", "A-7")
///     .in_field("document.lines[3]");
/// assert_eq!(error.field, "document.lines[3].issue.sku");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// Why.
    pub reason: Reason,
    /// For people: lower case, no full stop, says what to do next.
    pub message: String,
    /// Path of the field that is wrong; empty if none is.
    pub field: String,
    /// Data of the reason.
    pub metadata: Vec<(&'static str, String)>,
    /// When it is worth trying again with the same request; `None` when it is not.
    pub retry_after: Option<Duration>,
}

impl ApiError {
    /// An error that no field of the request caused.
    pub fn new(reason: Reason, message: impl Into<String>) -> Self {
        Self {
            reason,
            message: message.into(),
            field: String::new(),
            metadata: Vec::new(),
            retry_after: None,
        }
    }

    /// An error that a field of the request caused, whatever the reason's code.
    pub fn invalid(reason: Reason, field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), ..Self::new(reason, message) }
    }

    /// An error that will pass: the caller may repeat the same request after `retry_after`.
    pub fn unavailable(reason: Reason, message: impl Into<String>, retry_after: Duration) -> Self {
        Self { retry_after: Some(retry_after), ..Self::new(reason, message) }
    }

    /// A bug or damaged data. The details belong into the log, not into `message`.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(Reason::Internal, message)
    }

    /// Names the field that is wrong.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = field.into();
        self
    }

    /// Puts the field below `prefix`: `sku` in `lines[3]` becomes `lines[3].sku`.
    #[must_use]
    pub fn in_field(mut self, prefix: impl fmt::Display) -> Self {
        self.field =
            if self.field.is_empty() { prefix.to_string() } else { format!("{prefix}.{}", self.field) };
        self
    }

    /// Adds data that explains the reason.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl fmt::Display) -> Self {
        self.metadata.push((key, value.to_string()));
        self
    }

    /// The gRPC code.
    pub const fn code(&self) -> Code {
        self.reason.code()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.reason, self.message)
    }
}

impl std::error::Error for ApiError {}

impl From<ApiError> for Status {
    fn from(error: ApiError) -> Self {
        let message = shortened(&error.message, MESSAGE_BYTES_MAX);
        let field = shortened(&error.field, FIELD_BYTES_MAX);
        let mut details = ErrorDetails::new();
        let metadata = bounded(&error.metadata).map(|(key, value)| (key.into(), value.into()));
        details.set_error_info(
            error.reason.as_str(),
            DOMAIN,
            metadata.collect::<std::collections::HashMap<String, String>>(),
        );
        if error.code() == Code::FailedPrecondition {
            details.add_precondition_failure_violation(error.reason.as_str(), field, message);
        } else if !field.is_empty() {
            details.add_bad_request_violation(field, message);
        }
        if let Some(delay) = error.retry_after {
            details.set_retry_info(Some(delay));
        }
        Self::with_error_details(error.code(), message, details)
    }
}

/// For answers in a stream, where an error of one document must not end the call.
impl From<ApiError> for DocumentError {
    fn from(error: ApiError) -> Self {
        let mut metadata: std::collections::HashMap<String, String> =
            bounded(&error.metadata).map(|(key, value)| (key.into(), value.into())).collect();
        if let Some(delay) = error.retry_after {
            metadata.insert(RETRY_AFTER_MS.into(), delay.as_millis().to_string());
        }
        Self {
            code: error.code().into(),
            reason: error.reason.as_str().into(),
            message: shortened(&error.message, MESSAGE_BYTES_MAX).into(),
            field: shortened(&error.field, FIELD_BYTES_MAX).into(),
            metadata,
        }
    }
}

fn bounded<'a>(metadata: &'a [(&'static str, String)]) -> impl Iterator<Item = (&'static str, &'a str)> {
    let entries = metadata.iter().take(METADATA_ENTRIES_MAX);
    entries.map(|(key, value)| (*key, shortened(value, METADATA_VALUE_BYTES_MAX)))
}

/// The longest start of `text` that fits and ends between two characters.
fn shortened(text: &str, bytes_max: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes_max)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::RemoteError;

    #[test]
    fn an_error_arrives_as_it_was_sent() {
        let sent = ApiError::invalid(Reason::InsufficientAvailable, "issue.quantity", "only 3 are available")
            .with("available", 3)
            .in_field("lines[0]");
        let document = RemoteError::from(&DocumentError::from(sent.clone()));
        let status = RemoteError::from(&Status::from(sent));
        assert_eq!(status, document);
        assert_eq!(
            status.to_string(),
            "INSUFFICIENT_AVAILABLE: only 3 are available (lines[0].issue.quantity)"
        );
        assert_eq!(status.code, Code::FailedPrecondition);
        assert_eq!(status.metadata.get("available").map(String::as_str), Some("3"));
        assert!(!status.is_retryable());
    }

    #[test]
    fn retryable_is_unavailable_or_exhausted_with_a_delay() {
        let delay = Duration::from_millis(250);
        for (error, retryable) in [
            (ApiError::new(Reason::DatabaseUnavailable, "the database is gone"), true),
            (ApiError::unavailable(Reason::QueueFull, "try again", delay), true),
            (ApiError::new(Reason::MessageTooLarge, "send less"), false),
            (ApiError::new(Reason::DeadlineExceeded, "too late"), false),
        ] {
            assert_eq!(
                RemoteError::from(&DocumentError::from(error.clone())).is_retryable(),
                retryable,
                "{error}"
            );
            assert_eq!(RemoteError::from(&Status::from(error)).is_retryable(), retryable);
        }
    }

    #[test]
    fn the_largest_error_fits_into_headers() {
        let long = "€".repeat(10_000);
        let fill = |error: ApiError, _| error.with("key", &long);
        let error = (0..100).fold(ApiError::invalid(Reason::BadField, &*long, &*long), fill);
        let response = Status::from(error).into_http::<()>();
        let bytes: usize =
            response.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 32).sum();
        assert!(bytes < 12 * 1024, "{bytes} bytes of headers");
    }
}
