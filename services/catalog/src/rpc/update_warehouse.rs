use proto::catalog::v1::{UpdateWarehouseRequest, UpdateWarehouseResponse, Warehouse};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// Changes the masked fields of a warehouse.
pub(super) async fn update_warehouse(
    store: &Store,
    mut request: UpdateWarehouseRequest,
) -> Result<UpdateWarehouseResponse, ApiError> {
    let mode = reading::mode(&mut request.validate_only);
    let call = reading::call("UpdateWarehouse", &request.request_id, mode, &request)?;
    let mutation = reading::update(request.warehouse, request.update_mask)?;
    Ok(store.mutate(call, mutation, answer).await?)
}

fn answer(mut warehouses: Vec<Warehouse>, revision: u64) -> UpdateWarehouseResponse {
    UpdateWarehouseResponse { warehouse: warehouses.pop(), revision }
}
