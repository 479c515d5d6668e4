use proto::catalog::v1::{Bom, CreateBomRequest, CreateBomResponse};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// Creates a version of a bill of material.
pub(super) async fn create_bom(
    store: &Store,
    mut request: CreateBomRequest,
) -> Result<CreateBomResponse, ApiError> {
    let mode = reading::mode(&mut request.validate_only);
    let call = reading::call("CreateBom", &request.request_id, mode, &request)?;
    let mutation = reading::create_one(request.bom)?;
    Ok(store.mutate(call, mutation, answer).await?)
}

fn answer(mut boms: Vec<Bom>, revision: u64) -> CreateBomResponse {
    CreateBomResponse { bom: boms.pop(), revision }
}
