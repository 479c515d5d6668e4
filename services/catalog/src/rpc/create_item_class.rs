use proto::catalog::v1::{CreateItemClassRequest, CreateItemClassResponse, ItemClass};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// Creates an item class.
pub(super) async fn create_item_class(
    store: &Store,
    mut request: CreateItemClassRequest,
) -> Result<CreateItemClassResponse, ApiError> {
    let mode = reading::mode(&mut request.validate_only);
    let call = reading::call("CreateItemClass", &request.request_id, mode, &request)?;
    let mutation = reading::create_one(request.item_class)?;
    Ok(store.mutate(call, mutation, answer).await?)
}

fn answer(mut item_classes: Vec<ItemClass>, revision: u64) -> CreateItemClassResponse {
    CreateItemClassResponse { item_class: item_classes.pop(), revision }
}
