use proto::catalog::v1::{CodingRule, UpdateCodingRuleRequest, UpdateCodingRuleResponse};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// Changes the masked fields of a coding rule.
pub(super) async fn update_coding_rule(
    store: &Store,
    mut request: UpdateCodingRuleRequest,
) -> Result<UpdateCodingRuleResponse, ApiError> {
    let mode = reading::mode(&mut request.validate_only);
    let call = reading::call("UpdateCodingRule", &request.request_id, mode, &request)?;
    let mutation = reading::update(request.coding_rule, request.update_mask)?;
    Ok(store.mutate(call, mutation, answer).await?)
}

fn answer(mut coding_rules: Vec<CodingRule>, revision: u64) -> UpdateCodingRuleResponse {
    UpdateCodingRuleResponse { coding_rule: coding_rules.pop(), revision }
}
