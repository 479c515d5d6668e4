use std::fmt;

use serde_json::Value;

/// What came of one case.
#[derive(Debug, PartialEq)]
pub(crate) enum Verdict {
    Passed,
    Failed(Failure),
}

/// Why a case failed.
#[derive(Debug, PartialEq)]
pub(crate) enum Failure {
    /// The product answered something else.
    Different { field: String, expected: Value, got: Value },
    /// The product has nothing yet that could answer.
    Unsupported(String),
    /// The case lacks something that its kind needs.
    Malformed(String),
}

impl Verdict {
    pub(crate) fn unsupported(what: impl Into<String>) -> Self {
        Self::Failed(Failure::Unsupported(what.into()))
    }

    pub(crate) fn malformed(what: impl Into<String>) -> Self {
        Self::Failed(Failure::Malformed(what.into()))
    }

    /// Passes when every field is as expected; names the first that is not.
    pub(crate) fn of_fields(fields: impl IntoIterator<Item = (&'static str, Value, Value)>) -> Self {
        match fields.into_iter().find(|(_, expected, got)| expected != got) {
            Some((field, expected, got)) => {
                Self::Failed(Failure::Different { field: field.into(), expected, got })
            }
            None => Self::Passed,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Different { field, expected, got } => {
                write!(f, "expected {field}={}, got {}", Shown(expected), Shown(got))
            }
            Self::Unsupported(what) => write!(f, "unsupported {what}"),
            Self::Malformed(what) => write!(f, "malformed case: {what}"),
        }
    }
}

/// A text without quotes, anything else as JSON.
struct Shown<'a>(&'a Value);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_str() {
            Some(text) => f.write_str(text),
            None => write!(f, "{}", self.0),
        }
    }
}
