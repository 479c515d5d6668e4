use proto::catalog::v1::{GetCodingRuleRequest, GetCodingRuleResponse};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// One coding rule, retired ones too.
pub(super) async fn get_coding_rule(
    store: &Store,
    request: GetCodingRuleRequest,
) -> Result<GetCodingRuleResponse, ApiError> {
    let coding_rule = reading::get(store, "", &request.code).await?;
    Ok(GetCodingRuleResponse { coding_rule: Some(coding_rule) })
}
