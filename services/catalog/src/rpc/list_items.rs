use proto::catalog::v1::{ListItemsRequest, ListItemsResponse};
use rpc::ApiError;

use super::page;
use crate::store::Store;

/// A page of items.
pub(super) async fn list_items(
    store: &Store,
    request: ListItemsRequest,
) -> Result<ListItemsResponse, ApiError> {
    let (items, next_page_token) =
        page::page(store, request.page_size, &request.page_token, &request.filter).await?;
    Ok(ListItemsResponse { items, next_page_token })
}
