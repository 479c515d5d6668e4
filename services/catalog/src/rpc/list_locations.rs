use proto::catalog::v1::{ListLocationsRequest, ListLocationsResponse};
use rpc::ApiError;

use super::page;
use crate::store::Store;

/// A page of locations.
pub(super) async fn list_locations(
    store: &Store,
    request: ListLocationsRequest,
) -> Result<ListLocationsResponse, ApiError> {
    let (locations, next_page_token) =
        page::page(store, request.page_size, &request.page_token, &request.filter).await?;
    Ok(ListLocationsResponse { locations, next_page_token })
}
