use proto::catalog::v1::{CreateWarehouseRequest, CreateWarehouseResponse, Warehouse};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// Creates a warehouse.
pub(super) async fn create_warehouse(
    store: &Store,
    mut request: CreateWarehouseRequest,
) -> Result<CreateWarehouseResponse, ApiError> {
    let mode = reading::mode(&mut request.validate_only);
    let call = reading::call("CreateWarehouse", &request.request_id, mode, &request)?;
    let mutation = reading::create_one(request.warehouse)?;
    Ok(store.mutate(call, mutation, answer).await?)
}

fn answer(mut warehouses: Vec<Warehouse>, revision: u64) -> CreateWarehouseResponse {
    CreateWarehouseResponse { warehouse: warehouses.pop(), revision }
}
