use proto::catalog::v1::{ItemClass, UpdateItemClassRequest, UpdateItemClassResponse};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// Changes the masked fields of an item class.
pub(super) async fn update_item_class(
    store: &Store,
    mut request: UpdateItemClassRequest,
) -> Result<UpdateItemClassResponse, ApiError> {
    let mode = reading::mode(&mut request.validate_only);
    let call = reading::call("UpdateItemClass", &request.request_id, mode, &request)?;
    let mutation = reading::update(request.item_class, request.update_mask)?;
    Ok(store.mutate(call, mutation, answer).await?)
}

fn answer(mut item_classes: Vec<ItemClass>, revision: u64) -> UpdateItemClassResponse {
    UpdateItemClassResponse { item_class: item_classes.pop(), revision }
}
