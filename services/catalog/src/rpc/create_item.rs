use proto::catalog::v1::{CreateItemRequest, CreateItemResponse, Item};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// Creates an item.
pub(super) async fn create_item(
    store: &Store,
    mut request: CreateItemRequest,
) -> Result<CreateItemResponse, ApiError> {
    let mode = reading::mode(&mut request.validate_only);
    let call = reading::call("CreateItem", &request.request_id, mode, &request)?;
    let mutation = reading::create_one(request.item)?;
    Ok(store.mutate(call, mutation, answer).await?)
}

fn answer(mut items: Vec<Item>, revision: u64) -> CreateItemResponse {
    CreateItemResponse { item: items.pop(), revision }
}
