use proto::catalog::v1::{Location, UpdateLocationRequest, UpdateLocationResponse};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// Changes the masked fields of a location.
pub(super) async fn update_location(
    store: &Store,
    mut request: UpdateLocationRequest,
) -> Result<UpdateLocationResponse, ApiError> {
    let mode = reading::mode(&mut request.validate_only);
    let call = reading::call("UpdateLocation", &request.request_id, mode, &request)?;
    let mutation = reading::update(request.location, request.update_mask)?;
    Ok(store.mutate(call, mutation, answer).await?)
}

fn answer(mut locations: Vec<Location>, revision: u64) -> UpdateLocationResponse {
    UpdateLocationResponse { location: locations.pop(), revision }
}
