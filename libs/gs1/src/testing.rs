use crate::error::Error;
use crate::{Checks, Elements, ReferenceYear, Rules};

/// Syntax and content, in 2026.
pub(crate) fn content() -> Rules {
    Rules { checks: Checks::CONTENT, reference_year: ReferenceYear::parse(2026).unwrap() }
}

/// Everything, in 2026.
pub(crate) fn all() -> Rules {
    Rules { checks: Checks::ALL, ..content() }
}

/// Elements in brackets, or reason, AI and byte.
pub(crate) fn shown(result: Result<Elements<'_>, Error>) -> String {
    result.map_or_else(|error| shown_error(&error), |elements| elements.to_string())
}

/// Reason, AI and byte.
pub(crate) fn shown_error(error: &Error) -> String {
    let ai = error.ai().map(|ai| format!(" ({ai})")).unwrap_or_default();
    format!("{}{ai} at {}", error.reason().name(), error.position())
}
