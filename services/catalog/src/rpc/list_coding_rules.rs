use proto::catalog::v1::{ListCodingRulesRequest, ListCodingRulesResponse};
use rpc::ApiError;

use super::page;
use crate::store::Store;

/// A page of coding rules.
pub(super) async fn list_coding_rules(
    store: &Store,
    request: ListCodingRulesRequest,
) -> Result<ListCodingRulesResponse, ApiError> {
    let (coding_rules, next_page_token) =
        page::page(store, request.page_size, &request.page_token, &request.filter).await?;
    Ok(ListCodingRulesResponse { coding_rules, next_page_token })
}
