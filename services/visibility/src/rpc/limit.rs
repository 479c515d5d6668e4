use rpc::{ApiError, PageToken, Reason};

/// Positions and keys that one request may name.
const KEYS_MAX: usize = 1000;
const PAGE_SIZE_DEFAULT: usize = 100;
const PAGE_SIZE_MAX: usize = 1000;

pub(super) fn at_most(count: usize, field: &str) -> Result<(), ApiError> {
    within(count, KEYS_MAX, field)
}

/// For a request that names fewer.
pub(super) fn within(count: usize, most: usize, field: &str) -> Result<(), ApiError> {
    if count <= most {
        return Ok(());
    }
    let message = format!("{count} are more than {most}: ask in parts");
    Err(ApiError::invalid(Reason::TooManyKeys, field, message).with("limit", most))
}

pub(super) fn page_size(asked: i32) -> Result<usize, ApiError> {
    match usize::try_from(asked) {
        Ok(0) => Ok(PAGE_SIZE_DEFAULT),
        Ok(size) if size <= PAGE_SIZE_MAX => Ok(size),
        Ok(_) | Err(_) => {
            let message =
                format!("a page has 1 to {PAGE_SIZE_MAX} rows, not {asked}: ask for less, or for 0");
            Err(ApiError::invalid(Reason::BadPageSize, "page_size", message).with("limit", PAGE_SIZE_MAX))
        }
    }
}

/// The two parts of the key that a page goes on after; empty for the first page.
pub(super) fn two_parts(token: &str, scope: &str) -> Result<(String, String), ApiError> {
    if token.is_empty() {
        return Ok(Default::default());
    }
    let parts: Result<[String; 2], _> = PageToken::decode(token, scope)?.try_into();
    let [first, second] = parts.map_err(|_| {
        let message = "the page token is of another list: leave it empty";
        ApiError::invalid(Reason::BadPageToken, "page_token", message)
    })?;
    Ok((first, second))
}
