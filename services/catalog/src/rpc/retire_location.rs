use proto::catalog::v1::{Location, RetireLocationRequest, RetireLocationResponse};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// Retires a location.
pub(super) async fn retire_location(
    store: &Store,
    mut request: RetireLocationRequest,
) -> Result<RetireLocationResponse, ApiError> {
    let mode = reading::mode(&mut request.validate_only);
    let call = reading::call("RetireLocation", &request.request_id, mode, &request)?;
    let mutation = reading::retire(&request.warehouse, &request.code, request.etag)?;
    Ok(store.mutate(call, mutation, answer).await?)
}

fn answer(mut locations: Vec<Location>, revision: u64) -> RetireLocationResponse {
    RetireLocationResponse { location: locations.pop(), revision }
}
