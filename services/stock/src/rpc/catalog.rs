//! The master data that requests are checked against. Before all of it was read after a start, what it does not have may only be
//! unread: nobody is told that it does not exist, and no recall is passed that is not read yet.

use std::time::Duration;

use catalog_view::CatalogView;
use rpc::{ApiError, Deadline, Reason};

/// How long a request waits for the master data of a server that has just started.
const READ_WITHIN: Duration = Duration::from_secs(5);
const RETRY_AFTER: Duration = Duration::from_millis(200);

/// Waits, within the deadline, until all of the catalog was read, and it is at least this new.
pub(super) async fn reached(
    catalog: &CatalogView,
    revision: u64,
    deadline: Deadline,
) -> Result<(), ApiError> {
    if !catalog.is_caught_up() {
        let read = tokio::time::timeout(READ_WITHIN, catalog.caught_up());
        deadline.bound(read).await.ok().and_then(Result::ok).ok_or_else(unread)?;
    }
    if catalog.revision() >= revision {
        return Ok(());
    }
    let late = |_| {
        let message =
            format!("the catalog revision {revision} did not arrive in time: send the same request again");
        ApiError::unavailable(Reason::CatalogNotReached, message, RETRY_AFTER)
    };
    deadline.bound(catalog.reached(revision)).await.map_err(late)
}

/// For reads, which do not wait.
pub(super) fn check_read(catalog: &CatalogView) -> Result<(), ApiError> {
    if catalog.is_caught_up() { Ok(()) } else { Err(unread()) }
}

/// For reads of one item.
pub(super) fn check_item(catalog: &CatalogView, sku: &str) -> Result<(), ApiError> {
    check_read(catalog)?;
    if catalog.item(sku).is_some() {
        return Ok(());
    }
    let message = format!("no item has the SKU {:?}", sku.chars().take(80).collect::<String>());
    Err(ApiError::invalid(Reason::UnknownItem, "sku", message))
}

fn unread() -> ApiError {
    let message = "the server is starting and has not read all master data: send the same request again";
    ApiError::unavailable(Reason::OwnerStarting, message, RETRY_AFTER)
}
