use proto::visibility::v1::{RebuildViewRequest, RebuildViewResponse};
use rpc::{ApiError, Deadline};

use super::answer;
use crate::engine::Engine;

pub(super) async fn handle(
    engine: &Engine,
    request: RebuildViewRequest,
    deadline: Deadline,
) -> Result<RebuildViewResponse, ApiError> {
    let fresh = engine.rebuild(&request.warehouse, engine.until(deadline)).await?;
    Ok(RebuildViewResponse { freshness: fresh.into_iter().map(answer::freshness).collect() })
}
