use proto::stock::v1::{GetJournalHeadRequest, GetJournalHeadResponse};
use rpc::ApiError;
use vocabulary::Sequence;

use super::answer::timestamp;
use super::journal_service::JournalRpc;
use super::stock_service::partition;

/// The newest durable entry.
#[expect(clippy::unused_async, reason = "every handler of the service is called alike")]
pub(super) async fn handle(
    service: &JournalRpc,
    request: GetJournalHeadRequest,
) -> Result<GetJournalHeadResponse, ApiError> {
    let partition = partition(&service.partitions, &request.warehouse)?;
    // A partition that is not running knows its head only as of when it stopped.
    partition.journal()?;
    let head = *partition.tail.durable().borrow();
    Ok(GetJournalHeadResponse {
        warehouse: partition.warehouse.to_string(),
        sequence: head.sequence.get(),
        hash: head.hash.as_bytes().to_vec(),
        recorded_at: (head.sequence > Sequence::START).then(|| timestamp(head.recorded_at)),
    })
}
