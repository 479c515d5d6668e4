use proto::catalog::v1::{GetWarehouseRequest, GetWarehouseResponse};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// One warehouse, retired ones too.
pub(super) async fn get_warehouse(
    store: &Store,
    request: GetWarehouseRequest,
) -> Result<GetWarehouseResponse, ApiError> {
    let warehouse = reading::get(store, "", &request.code).await?;
    Ok(GetWarehouseResponse { warehouse: Some(warehouse) })
}
