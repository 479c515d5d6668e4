use proto::catalog::v1::{ListRecallsRequest, ListRecallsResponse};
use rpc::ApiError;

use super::page;
use crate::store::Store;

/// A page of recalls.
pub(super) async fn list_recalls(
    store: &Store,
    request: ListRecallsRequest,
) -> Result<ListRecallsResponse, ApiError> {
    let (recalls, next_page_token) =
        page::page(store, request.page_size, &request.page_token, &request.filter).await?;
    Ok(ListRecallsResponse { recalls, next_page_token })
}
