use proto::catalog::v1::{GetRecallRequest, GetRecallResponse};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// The newest recall of a lot, ended or not.
pub(super) async fn get_recall(
    store: &Store,
    request: GetRecallRequest,
) -> Result<GetRecallResponse, ApiError> {
    let recall = reading::get(store, &request.sku, &request.lot).await?;
    Ok(GetRecallResponse { recall: Some(recall) })
}
