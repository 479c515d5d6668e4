use rpc::{ApiError, Reason};

const REASON_CHARS_MAX: usize = 128;

/// Why somebody does something: 1 to 128 characters.
pub(super) fn reason_of(text: &str, missing: &'static str) -> Result<String, ApiError> {
    if text.trim().is_empty() {
        return Err(ApiError::invalid(Reason::ReasonMissing, "reason", missing));
    }
    if text.chars().count() > REASON_CHARS_MAX {
        let message = format!("the reason is longer than {REASON_CHARS_MAX} characters");
        return Err(ApiError::invalid(Reason::TextTooLong, "reason", message));
    }
    Ok(text.to_owned())
}
