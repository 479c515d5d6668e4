use proto::catalog::v1::{GetItemClassRequest, GetItemClassResponse};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// One item class, retired ones too.
pub(super) async fn get_item_class(
    store: &Store,
    request: GetItemClassRequest,
) -> Result<GetItemClassResponse, ApiError> {
    let item_class = reading::get(store, "", &request.code).await?;
    Ok(GetItemClassResponse { item_class: Some(item_class) })
}
