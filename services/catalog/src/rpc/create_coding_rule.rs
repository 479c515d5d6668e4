use proto::catalog::v1::{CodingRule, CreateCodingRuleRequest, CreateCodingRuleResponse};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// Creates a coding rule.
pub(super) async fn create_coding_rule(
    store: &Store,
    mut request: CreateCodingRuleRequest,
) -> Result<CreateCodingRuleResponse, ApiError> {
    let mode = reading::mode(&mut request.validate_only);
    let call = reading::call("CreateCodingRule", &request.request_id, mode, &request)?;
    let mutation = reading::create_one(request.coding_rule)?;
    Ok(store.mutate(call, mutation, answer).await?)
}

fn answer(mut coding_rules: Vec<CodingRule>, revision: u64) -> CreateCodingRuleResponse {
    CreateCodingRuleResponse { coding_rule: coding_rules.pop(), revision }
}
