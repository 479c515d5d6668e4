use proto::stock::v1::{GetStockLockRequest, GetStockLockResponse};
use rpc::ApiError;

use super::StockRpc;
use super::answer::timestamp;

/// Up to when what happened is locked.
pub(super) async fn handle(
    service: &StockRpc,
    request: GetStockLockRequest,
) -> Result<GetStockLockResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let (until, sequence) = partition.look(|state| (state.locked_until(), state.sequence())).await?;
    Ok(GetStockLockResponse { locked_until: until.map(timestamp), as_of_sequence: sequence.get() })
}
