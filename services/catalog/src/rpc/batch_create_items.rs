use proto::catalog::v1::{BatchCreateItemsRequest, BatchCreateItemsResponse, Item};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// Creates 1 to 1,000 items: all, or none.
pub(super) async fn batch_create_items(
    store: &Store,
    mut request: BatchCreateItemsRequest,
) -> Result<BatchCreateItemsResponse, ApiError> {
    let mode = reading::mode(&mut request.validate_only);
    let call = reading::call("BatchCreateItems", &request.request_id, mode, &request)?;
    let mutation = reading::create_batch(request.items, "items")?;
    Ok(store.mutate(call, mutation, answer).await?)
}

fn answer(items: Vec<Item>, revision: u64) -> BatchCreateItemsResponse {
    BatchCreateItemsResponse { items, revision }
}
