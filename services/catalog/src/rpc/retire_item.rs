use proto::catalog::v1::{Item, RetireItemRequest, RetireItemResponse};
use rpc::ApiError;

use super::{in_stock, reading};
use crate::feed::Network;
use crate::store::Store;

/// Retires an item.
pub(super) async fn retire_item(
    (store, network): (&Store, &Network),
    mut request: RetireItemRequest,
) -> Result<RetireItemResponse, ApiError> {
    let mode = reading::mode(&mut request.validate_only);
    let call = reading::call("RetireItem", &request.request_id, mode, &request)?;
    let mutation = reading::retire("", &request.sku, request.etag)?;
    in_stock::check::<RetireItemResponse>(store, network, &call, &mutation).await?;
    Ok(store.mutate(call, mutation, answer).await?)
}

fn answer(mut items: Vec<Item>, revision: u64) -> RetireItemResponse {
    RetireItemResponse { item: items.pop(), revision }
}
