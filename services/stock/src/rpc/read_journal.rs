use proto::stock::v1::{JournalRecord, ReadJournalRequest, ReadJournalResponse};
use rpc::{ApiError, Reason};
use vocabulary::Sequence;

use super::journal_service::{JournalRpc, record};
use super::page::store_error;
use super::stock_service::partition;

const SIZE_MAX: i32 = 10_000;
const SIZE_DEFAULT: usize = 1000;
/// Bytes of one answer: a page ends early when its entries are large.
const BYTES_MAX: usize = 3 << 20;

/// A page of entries after a sequence.
pub(super) async fn handle(
    service: &JournalRpc,
    request: ReadJournalRequest,
) -> Result<ReadJournalResponse, ApiError> {
    let partition = partition(&service.partitions, &request.warehouse)?;
    let size = match usize::try_from(request.page_size) {
        Ok(0) => SIZE_DEFAULT,
        Ok(size) if request.page_size <= SIZE_MAX => size,
        Ok(_) | Err(_) => {
            let message =
                format!("the page size {} is out of range: give 0 to {SIZE_MAX}", request.page_size);
            return Err(ApiError::invalid(Reason::BadPageSize, "page_size", message));
        }
    };
    let journal = partition.journal()?;
    let rows = partition.tail.after(&journal, Sequence::new(request.after_sequence), size).await;
    let rows = rows.map_err(|fault| store_error(&fault))?;
    Ok(ReadJournalResponse { records: fitting(rows.into_iter().map(record)) })
}

/// As many as fit into a message, at least one.
pub(super) fn fitting(records: impl Iterator<Item = JournalRecord>) -> Vec<JournalRecord> {
    let (mut fitting, mut bytes) = (Vec::new(), 0_usize);
    for record in records {
        bytes += record.entry.len() + 64;
        if bytes > BYTES_MAX && !fitting.is_empty() {
            break;
        }
        fitting.push(record);
    }
    fitting
}
