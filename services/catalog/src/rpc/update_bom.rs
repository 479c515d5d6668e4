use proto::catalog::v1::{Bom, UpdateBomRequest, UpdateBomResponse};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// Changes the name or the days of a bill of material.
pub(super) async fn update_bom(
    store: &Store,
    mut request: UpdateBomRequest,
) -> Result<UpdateBomResponse, ApiError> {
    let mode = reading::mode(&mut request.validate_only);
    let call = reading::call("UpdateBom", &request.request_id, mode, &request)?;
    let mutation = reading::update(request.bom, request.update_mask)?;
    Ok(store.mutate(call, mutation, answer).await?)
}

fn answer(mut boms: Vec<Bom>, revision: u64) -> UpdateBomResponse {
    UpdateBomResponse { bom: boms.pop(), revision }
}
