use proto::stock::v1::ListJournalsResponse;

use super::journal_service::JournalRpc;

/// The warehouses that this server owns.
pub(super) fn handle(service: &JournalRpc) -> ListJournalsResponse {
    let warehouses = service.partitions.codes();
    ListJournalsResponse { warehouses: warehouses.iter().map(ToString::to_string).collect() }
}
