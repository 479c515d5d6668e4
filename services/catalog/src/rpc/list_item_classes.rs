use proto::catalog::v1::{ListItemClassesRequest, ListItemClassesResponse};
use rpc::ApiError;

use super::page;
use crate::store::Store;

/// A page of item classes.
pub(super) async fn list_item_classes(
    store: &Store,
    request: ListItemClassesRequest,
) -> Result<ListItemClassesResponse, ApiError> {
    let (item_classes, next_page_token) =
        page::page(store, request.page_size, &request.page_token, &request.filter).await?;
    Ok(ListItemClassesResponse { item_classes, next_page_token })
}
