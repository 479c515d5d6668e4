use proto::catalog::v1::{RetireWarehouseRequest, RetireWarehouseResponse, Warehouse};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// Retires a warehouse.
pub(super) async fn retire_warehouse(
    store: &Store,
    mut request: RetireWarehouseRequest,
) -> Result<RetireWarehouseResponse, ApiError> {
    let mode = reading::mode(&mut request.validate_only);
    let call = reading::call("RetireWarehouse", &request.request_id, mode, &request)?;
    let mutation = reading::retire("", &request.code, request.etag)?;
    Ok(store.mutate(call, mutation, answer).await?)
}

fn answer(mut warehouses: Vec<Warehouse>, revision: u64) -> RetireWarehouseResponse {
    RetireWarehouseResponse { warehouse: warehouses.pop(), revision }
}
