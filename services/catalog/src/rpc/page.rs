use catalog_core::Key;
use rpc::filter::Filter;
use rpc::{ApiError, PageToken, Reason};

use crate::store::{Store, Table};

const SIZE_DEFAULT: usize = 100;
const SIZE_MAX: usize = 1_000;

/// A page of records, and the token of the next one (empty when this is the last).
pub(super) async fn page<R: Table>(
    store: &Store,
    page_size: i32,
    page_token: &str,
    filter: &str,
) -> Result<(Vec<R>, String), ApiError> {
    let size = size(page_size)?;
    let scope = format!("{}\n{filter}", R::KIND.as_str());
    let filter = Filter::parse(filter, R::FIELDS)?;
    let after = after(page_token, &scope)?;
    let after = after.as_ref().map(|(scope, code)| (scope.as_str(), code.as_str()));
    let page = store.list::<R>(&filter, after, size).await?;
    let next = match page.records.last().map(R::key) {
        Some(Key { scope: last_scope, code, .. }) if page.more => {
            PageToken::encode(&[&last_scope, &code], &scope)
        }
        Some(_) | None => String::new(),
    };
    Ok((page.records, next))
}

fn size(page_size: i32) -> Result<usize, ApiError> {
    match usize::try_from(page_size) {
        Ok(0) => Ok(SIZE_DEFAULT),
        Ok(size) if size <= SIZE_MAX => Ok(size),
        Ok(_) | Err(_) => {
            let message = format!("page_size {page_size} is out of range: 0 to {SIZE_MAX}");
            Err(ApiError::invalid(Reason::BadPageSize, "page_size", message))
        }
    }
}

/// The key that the page comes after: its scope and code.
fn after(page_token: &str, scope: &str) -> Result<Option<(String, String)>, ApiError> {
    if page_token.is_empty() {
        return Ok(None);
    }
    let parts: Result<[String; 2], _> = PageToken::decode(page_token, scope)?.try_into();
    match parts {
        Ok([scope, code]) => Ok(Some((scope, code))),
        Err(_) => {
            let message = "the page token is of another list: leave it empty";
            Err(ApiError::invalid(Reason::BadPageToken, "page_token", message))
        }
    }
}
