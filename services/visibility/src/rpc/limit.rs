use rpc::{ApiError, Reason};

/// Positions and keys that one request may name.
const KEYS_MAX: usize = 1000;

pub(super) fn at_most(count: usize, field: &str) -> Result<(), ApiError> {
    if count <= KEYS_MAX {
        return Ok(());
    }
    Err(ApiError::invalid(
        Reason::TooManyKeys,
        field,
        format!("{count} are more than {KEYS_MAX}: ask in parts"),
    )
    .with("limit", KEYS_MAX))
}
