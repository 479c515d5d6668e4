use proto::catalog::v1::{EndRecallRequest, EndRecallResponse, Recall};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// Ends a recall.
pub(super) async fn end_recall(
    store: &Store,
    mut request: EndRecallRequest,
) -> Result<EndRecallResponse, ApiError> {
    let mode = reading::mode(&mut request.validate_only);
    let call = reading::call("EndRecall", &request.request_id, mode, &request)?;
    let mutation = reading::retire(&request.sku, &request.lot, request.etag)?;
    Ok(store.mutate(call, mutation, answer).await?)
}

fn answer(mut recalls: Vec<Recall>, revision: u64) -> EndRecallResponse {
    EndRecallResponse { recall: recalls.pop(), revision }
}
