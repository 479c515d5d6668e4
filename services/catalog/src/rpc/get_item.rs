use proto::catalog::v1::{GetItemRequest, GetItemResponse};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// One item, retired ones too.
pub(super) async fn get_item(store: &Store, request: GetItemRequest) -> Result<GetItemResponse, ApiError> {
    let item = reading::get(store, "", &request.sku).await?;
    Ok(GetItemResponse { item: Some(item) })
}
