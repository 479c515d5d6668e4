use proto::catalog::v1::{CreateRecallRequest, CreateRecallResponse, Recall};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// Calls a lot back, also one whose last recall has ended.
pub(super) async fn create_recall(
    store: &Store,
    mut request: CreateRecallRequest,
) -> Result<CreateRecallResponse, ApiError> {
    let mode = reading::mode(&mut request.validate_only);
    let call = reading::call("CreateRecall", &request.request_id, mode, &request)?;
    let mutation = reading::create_one(request.recall)?;
    Ok(store.mutate(call, mutation, answer).await?)
}

fn answer(mut recalls: Vec<Recall>, revision: u64) -> CreateRecallResponse {
    CreateRecallResponse { recall: recalls.pop(), revision }
}
