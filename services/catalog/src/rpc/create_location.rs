use proto::catalog::v1::{CreateLocationRequest, CreateLocationResponse, Location};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// Creates a location.
pub(super) async fn create_location(
    store: &Store,
    mut request: CreateLocationRequest,
) -> Result<CreateLocationResponse, ApiError> {
    let mode = reading::mode(&mut request.validate_only);
    let call = reading::call("CreateLocation", &request.request_id, mode, &request)?;
    let mutation = reading::create_one(request.location)?;
    Ok(store.mutate(call, mutation, answer).await?)
}

fn answer(mut locations: Vec<Location>, revision: u64) -> CreateLocationResponse {
    CreateLocationResponse { location: locations.pop(), revision }
}
