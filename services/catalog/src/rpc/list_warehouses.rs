use proto::catalog::v1::{ListWarehousesRequest, ListWarehousesResponse};
use rpc::ApiError;

use super::page;
use crate::store::Store;

/// A page of warehouses.
pub(super) async fn list_warehouses(
    store: &Store,
    request: ListWarehousesRequest,
) -> Result<ListWarehousesResponse, ApiError> {
    let (warehouses, next_page_token) =
        page::page(store, request.page_size, &request.page_token, &request.filter).await?;
    Ok(ListWarehousesResponse { warehouses, next_page_token })
}
