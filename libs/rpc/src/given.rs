use vocabulary::Invalid;

use crate::{ApiError, Reason};

/// What a field says that may be left out: nothing when it is empty.
///
/// # Errors
/// `BAD_CODE` at the field, with what is allowed.
pub fn given<T>(
    field: &'static str,
    text: &str,
    parse: impl FnOnce(&str) -> Result<T, Invalid>,
) -> Result<Option<T>, ApiError> {
    if text.is_empty() {
        return Ok(None);
    }
    parse(text).map(Some).map_err(|invalid| ApiError::invalid(Reason::BadCode, field, invalid.to_string()))
}
