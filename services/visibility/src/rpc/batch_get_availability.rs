use proto::visibility::v1::{BatchGetAvailabilityRequest, BatchGetAvailabilityResponse};
use rpc::{ApiError, Deadline, Reason};

use super::answer;
use super::limit::at_most;
use crate::engine::Engine;

pub(super) async fn handle(
    engine: &Engine,
    request: BatchGetAvailabilityRequest,
    deadline: Deadline,
) -> Result<BatchGetAvailabilityResponse, ApiError> {
    let BatchGetAvailabilityRequest { keys, at_least } = request;
    if keys.is_empty() {
        return Err(ApiError::invalid(Reason::NoKeys, "keys", "no keys are given: name at least one"));
    }
    at_most(keys.len(), "keys")?;
    at_most(at_least.len(), "at_least")?;
    let until = engine.until(deadline);
    engine.ready(until).await?;
    engine.at_least(&at_least, until).await?;
    let (values, fresh) = engine.values(&keys, until).await?;
    let answers = keys.into_iter().zip(values);
    let availabilities = answers.map(|(key, value)| answer::availability(key.sku, key.warehouse, value));
    Ok(BatchGetAvailabilityResponse {
        availabilities: availabilities.collect::<Result<_, _>>()?,
        freshness: fresh.into_iter().map(answer::freshness).collect(),
    })
}
