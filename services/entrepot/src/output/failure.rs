use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::Path;

use rpc::Reason;
use rpc::client::RemoteError;
use serde::Serialize;
use tonic::Code;

use super::{Exit, Format};

/// Why a command did not do what it was asked for, whoever said so. Boxed inside: it is carried up through many results.
#[derive(Debug)]
pub(crate) struct Failure(Box<Report>);

#[derive(Debug)]
struct Report {
    exit: Exit,
    broken_pipe: bool,
    error: ErrorObject,
}

/// The JSON object on stderr.
#[derive(Debug, Serialize)]
struct ErrorObject {
    code: String,
    reason: String,
    message: String,
    field: String,
    metadata: BTreeMap<String, String>,
}

impl Failure {
    /// With a reason of the system's list; code and exit code follow from it.
    pub(crate) fn new(reason: Reason, message: impl Into<String>) -> Self {
        let error = ErrorObject {
            code: code_name(reason.code()).to_owned(),
            reason: reason.as_str().to_owned(),
            message: message.into(),
            field: String::new(),
            metadata: BTreeMap::new(),
        };
        Self(Box::new(Report { exit: Exit::of(reason.code()), broken_pipe: false, error }))
    }

    /// The command line is wrong.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Reason::BadUsage, message)
    }

    /// A file cannot be read or written.
    pub(crate) fn file(path: &Path, error: &io::Error) -> Self {
        Self::new(Reason::BadFile, format!("`{}`: {error}", path.display()))
    }

    /// Something broke on this side.
    pub(crate) fn fault(message: impl Into<String>) -> Self {
        Self::new(Reason::Internal, message)
    }

    /// The answer of a server.
    pub(crate) fn remote(remote: RemoteError) -> Self {
        // Too large is not too busy: without a time to come back at, the same again will fail again.
        let is_hopeless = remote.code == Code::ResourceExhausted && remote.retry_after.is_none();
        let exit = if is_hopeless { Exit::Usage } else { Exit::of(remote.code) };
        let error = ErrorObject {
            code: code_name(remote.code).to_owned(),
            reason: remote.reason,
            message: remote.message,
            field: remote.field,
            metadata: remote.metadata.into_iter().collect(),
        };
        Self(Box::new(Report { exit, broken_pipe: false, error }))
    }

    /// Names the field that is wrong.
    #[must_use]
    pub(crate) fn at(mut self, field: impl Into<String>) -> Self {
        self.0.error.field = field.into();
        self
    }

    /// Adds data that explains the reason.
    #[must_use]
    pub(crate) fn with(mut self, key: &str, value: impl fmt::Display) -> Self {
        self.0.error.metadata.insert(key.to_owned(), value.to_string());
        self
    }

    /// Ends the command with another exit code than the reason's.
    #[must_use]
    pub(crate) fn exiting(mut self, exit: Exit) -> Self {
        self.0.exit = exit;
        self
    }

    /// How the command ends.
    pub(crate) fn exit(&self) -> Exit {
        self.0.exit
    }

    /// The reason, as in docs/errors.md.
    pub(crate) fn reason(&self) -> &str {
        &self.0.error.reason
    }

    /// The field that is wrong; empty if none is.
    pub(crate) fn field(&self) -> &str {
        &self.0.error.field
    }

    /// Whether only the reader of our output is gone.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        self.0.broken_pipe
    }

    /// What is printed to stderr.
    pub(crate) fn render(&self, format: Format) -> String {
        match format {
            Format::Json => serde_json::to_string(&self.0.error).unwrap_or_else(|e| e.to_string()),
            Format::Table | Format::Csv => self.to_string(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = &self.0.error;
        write!(f, "error: {} [{}]", error.message, error.reason)?;
        if !error.field.is_empty() {
            write!(f, "\n  field: {}", error.field)?;
        }
        error.metadata.iter().try_for_each(|(key, value)| write!(f, "\n  {key}: {value}"))
    }
}

impl From<&tonic::Status> for Failure {
    fn from(status: &tonic::Status) -> Self {
        Self::remote(RemoteError::from(status))
    }
}

impl From<vocabulary::Invalid> for Failure {
    fn from(invalid: vocabulary::Invalid) -> Self {
        Self::usage(invalid.to_string()).at(invalid.what)
    }
}

/// Only stdout is written with `?`.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let mut failure = Self::fault(format!("cannot write the result: {error}"));
        failure.0.broken_pipe = error.kind() == io::ErrorKind::BrokenPipe;
        failure
    }
}

/// As the gRPC specification writes it.
const fn code_name(code: Code) -> &'static str {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_json_object_with_five_keys() {
        let failure = Failure::new(Reason::UnknownItem, "no item A-1").at("lines[0].sku").with("sku", "A-1");
        let json: serde_json::Value = serde_json::from_str(&failure.render(Format::Json)).unwrap();
        let expected = serde_json::json!({
            "code": "NOT_FOUND", "reason": "UNKNOWN_ITEM", "message": "no item A-1",
            "field": "lines[0].sku", "metadata": {"sku": "A-1"},
        });
        assert_eq!(json, expected);
        assert_eq!(failure.exit(), Exit::NotFound);
    }

    #[test]
    fn people_read_the_message_first() {
        let failure = Failure::usage("give a sku").at("--sku");
        assert_eq!(failure.render(Format::Table), "error: give a sku [BAD_USAGE]\n  field: --sku");
    }
}
