use proto::catalog::v1::{Bom, RetireBomRequest, RetireBomResponse};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// Retires a version of a bill of material.
pub(super) async fn retire_bom(
    store: &Store,
    mut request: RetireBomRequest,
) -> Result<RetireBomResponse, ApiError> {
    let mode = reading::mode(&mut request.validate_only);
    let call = reading::call("RetireBom", &request.request_id, mode, &request)?;
    let mutation = reading::retire(&request.sku, &request.version, request.etag)?;
    Ok(store.mutate(call, mutation, answer).await?)
}

fn answer(mut boms: Vec<Bom>, revision: u64) -> RetireBomResponse {
    RetireBomResponse { bom: boms.pop(), revision }
}
