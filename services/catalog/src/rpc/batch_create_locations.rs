use proto::catalog::v1::{BatchCreateLocationsRequest, BatchCreateLocationsResponse, Location};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// Creates 1 to 1,000 locations: all, or none.
pub(super) async fn batch_create_locations(
    store: &Store,
    mut request: BatchCreateLocationsRequest,
) -> Result<BatchCreateLocationsResponse, ApiError> {
    let mode = reading::mode(&mut request.validate_only);
    let call = reading::call("BatchCreateLocations", &request.request_id, mode, &request)?;
    let mutation = reading::create_batch(request.locations, "locations")?;
    Ok(store.mutate(call, mutation, answer).await?)
}

fn answer(locations: Vec<Location>, revision: u64) -> BatchCreateLocationsResponse {
    BatchCreateLocationsResponse { locations, revision }
}
