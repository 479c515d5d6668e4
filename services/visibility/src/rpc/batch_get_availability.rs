use proto::visibility::v1::{BatchGetAvailabilityRequest, BatchGetAvailabilityResponse};
use rpc::{ApiError, Deadline, Reason, given};
use vocabulary::ChannelCode;

use super::answer;
use super::limit::at_most;
use crate::engine::Engine;

pub(super) async fn handle(
    engine: &Engine,
    request: BatchGetAvailabilityRequest,
    deadline: Deadline,
) -> Result<BatchGetAvailabilityResponse, ApiError> {
    let BatchGetAvailabilityRequest { keys, at_least, channel } = request;
    if keys.is_empty() {
        return Err(ApiError::invalid(Reason::NoKeys, "keys", "no keys are given: name at least one"));
    }
    at_most(keys.len(), "keys")?;
    at_most(at_least.len(), "at_least")?;
    let channel = given("channel", &channel, ChannelCode::parse)?;
    let until = engine.until(deadline);
    engine.ready(until).await?;
    engine.at_least(&at_least, until).await?;
    let (values, fresh) = engine.values(&keys, channel.as_ref(), until).await?;
    let answers = keys.into_iter().zip(values);
    let availabilities = answers.map(|(key, seen)| answer::availability(key.sku, key.warehouse, seen));
    Ok(BatchGetAvailabilityResponse {
        availabilities: availabilities.collect(),
        freshness: fresh.into_iter().map(answer::freshness).collect(),
    })
}
