use proto::catalog::v1::{CodingRule, RetireCodingRuleRequest, RetireCodingRuleResponse};
use rpc::ApiError;

use super::reading;
use crate::store::Store;

/// Retires a coding rule.
pub(super) async fn retire_coding_rule(
    store: &Store,
    mut request: RetireCodingRuleRequest,
) -> Result<RetireCodingRuleResponse, ApiError> {
    let mode = reading::mode(&mut request.validate_only);
    let call = reading::call("RetireCodingRule", &request.request_id, mode, &request)?;
    let mutation = reading::retire("", &request.code, request.etag)?;
    Ok(store.mutate(call, mutation, answer).await?)
}

fn answer(mut coding_rules: Vec<CodingRule>, revision: u64) -> RetireCodingRuleResponse {
    RetireCodingRuleResponse { coding_rule: coding_rules.pop(), revision }
}
