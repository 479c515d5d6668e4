use proto::catalog::v1::{Item, UpdateItemRequest, UpdateItemResponse};
use rpc::ApiError;

use super::{in_stock, reading};
use crate::feed::Network;
use crate::store::Store;

/// Changes the masked fields of an item.
pub(super) async fn update_item(
    (store, network): (&Store, &Network),
    mut request: UpdateItemRequest,
) -> Result<UpdateItemResponse, ApiError> {
    let mode = reading::mode(&mut request.validate_only);
    let call = reading::call("UpdateItem", &request.request_id, mode, &request)?;
    let mutation = reading::update(request.item, request.update_mask)?;
    in_stock::check::<UpdateItemResponse>(store, network, &call, &mutation).await?;
    Ok(store.mutate(call, mutation, answer).await?)
}

fn answer(mut items: Vec<Item>, revision: u64) -> UpdateItemResponse {
    UpdateItemResponse { item: items.pop(), revision }
}
