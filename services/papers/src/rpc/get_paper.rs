use proto::papers::v1::{GetPaperRequest, GetPaperResponse};
use rpc::ApiError;

use super::{reading, wire};
use crate::engine::Engine;

/// One paper.
pub(super) async fn get_paper(
    engine: &Engine,
    request: GetPaperRequest,
) -> Result<GetPaperResponse, ApiError> {
    let number = reading::number(&request.number)?;
    let stored = engine.store().get(&request.legal_entity, number).await?;
    Ok(GetPaperResponse { paper: Some(wire::paper(stored)?) })
}
