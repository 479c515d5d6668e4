use proto::catalog::v1::{ListBomsRequest, ListBomsResponse};
use rpc::ApiError;

use super::page;
use crate::store::Store;

/// A page of bills of material.
pub(super) async fn list_boms(store: &Store, request: ListBomsRequest) -> Result<ListBomsResponse, ApiError> {
    let (boms, next_page_token) =
        page::page(store, request.page_size, &request.page_token, &request.filter).await?;
    Ok(ListBomsResponse { boms, next_page_token })
}
