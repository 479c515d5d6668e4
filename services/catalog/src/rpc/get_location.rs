use proto::catalog::v1::{GetLocationRequest, GetLocationResponse};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// One location, retired ones too.
pub(super) async fn get_location(
    store: &Store,
    request: GetLocationRequest,
) -> Result<GetLocationResponse, ApiError> {
    let location = reading::get(store, &request.warehouse, &request.code).await?;
    Ok(GetLocationResponse { location: Some(location) })
}
