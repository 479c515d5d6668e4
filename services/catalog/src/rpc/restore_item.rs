use proto::catalog::v1::{Item, RestoreItemRequest, RestoreItemResponse};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// Takes a retired item back into use.
pub(super) async fn restore_item(
    store: &Store,
    mut request: RestoreItemRequest,
) -> Result<RestoreItemResponse, ApiError> {
    let mode = reading::mode(&mut request.validate_only);
    let call = reading::call("RestoreItem", &request.request_id, mode, &request)?;
    let mutation = reading::restore("", &request.sku, request.etag)?;
    Ok(store.mutate(call, mutation, answer).await?)
}

fn answer(mut items: Vec<Item>, revision: u64) -> RestoreItemResponse {
    RestoreItemResponse { item: items.pop(), revision }
}
