use proto::catalog::v1::{GetBomRequest, GetBomResponse};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// One version of a bill of material, retired ones too.
pub(super) async fn get_bom(store: &Store, request: GetBomRequest) -> Result<GetBomResponse, ApiError> {
    let bom = reading::get(store, &request.sku, &request.version).await?;
    Ok(GetBomResponse { bom: Some(bom) })
}
