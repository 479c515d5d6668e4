use proto::catalog::v1::{ItemClass, RetireItemClassRequest, RetireItemClassResponse};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// Retires an item class.
pub(super) async fn retire_item_class(
    store: &Store,
    mut request: RetireItemClassRequest,
) -> Result<RetireItemClassResponse, ApiError> {
    let mode = reading::mode(&mut request.validate_only);
    let call = reading::call("RetireItemClass", &request.request_id, mode, &request)?;
    let mutation = reading::retire("", &request.code, request.etag)?;
    Ok(store.mutate(call, mutation, answer).await?)
}

fn answer(mut item_classes: Vec<ItemClass>, revision: u64) -> RetireItemClassResponse {
    RetireItemClassResponse { item_class: item_classes.pop(), revision }
}
