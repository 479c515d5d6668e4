//! Every error that the view itself can answer with.

use std::time::Duration;

use rpc::{ApiError, Reason};
use vocabulary::Sequence;

use crate::store::CacheFault;

const SOON: Duration = Duration::from_millis(200);
const LATER: Duration = Duration::from_secs(1);

pub(super) fn unknown_item(field: String, sku: &str) -> ApiError {
    let sku: String = sku.chars().take(80).collect();
    ApiError::invalid(
        Reason::UnknownItem,
        field,
        format!("no item has the SKU {sku:?}: check it, or create the item first"),
    )
    .with("sku", sku)
}

pub(super) fn unknown_warehouse(field: String, warehouse: &str) -> ApiError {
    let code: String = warehouse.chars().take(80).collect();
    let message = format!("no warehouse has the code {code:?}: check it, or create the warehouse first");
    ApiError::invalid(Reason::UnknownWarehouse, field, message).with("warehouse", code)
}

pub(super) fn rebuilding(warehouse: &str) -> ApiError {
    let error = ApiError::unavailable(
        Reason::ViewRebuilding,
        "the view is being built from the event log and is not complete yet: try again in a moment",
        LATER,
    );
    if warehouse.is_empty() { error } else { error.with("warehouse", warehouse) }
}

pub(super) fn not_reached(warehouse: &str, wanted: Sequence, seen: Sequence) -> ApiError {
    let message =
        format!("the view of {warehouse} stands at {seen} and did not come to {wanted} in time: try again");
    ApiError::unavailable(Reason::SequenceNotReached, message, SOON)
        .with("warehouse", warehouse)
        .with("as_of_sequence", seen)
        .with("sequence", wanted)
}

pub(super) fn cache_fault(fault: &CacheFault) -> ApiError {
    match fault {
        CacheFault::Unavailable { .. } | CacheFault::Rejected { .. } => ApiError::unavailable(
            Reason::ViewUnavailable,
            "the view's cache cannot be reached: try again in a moment",
            LATER,
        ),
        CacheFault::Damaged { warehouse, .. } => rebuilding(warehouse),
        CacheFault::DraftLost => rebuilding(""),
    }
}

pub(super) fn position_too_old(warehouse: &str, asked: Sequence, oldest: Sequence) -> ApiError {
    let message = format!(
        "changes of {warehouse} are kept from {oldest} on, not from {asked}: list the availability, then watch from the answer's sequence"
    );
    ApiError::invalid(Reason::WatchPositionTooOld, "after", message)
        .with("warehouse", warehouse)
        .with("oldest_sequence", oldest)
}

pub(super) fn too_slow(warehouse: &str, position: Sequence) -> ApiError {
    let message = format!(
        "changes of {warehouse} after {position} were dropped before they were taken: list the availability, then watch from the answer's sequence"
    );
    ApiError::new(Reason::WatchTooSlow, message).with("warehouse", warehouse).with("last_sequence", position)
}

pub(super) fn too_slow_for_alerts() -> ApiError {
    let message = "alerts were dropped before they were taken: list the alerts, then watch again";
    ApiError::new(Reason::WatchTooSlow, message)
}

pub(super) fn too_many_watchers() -> ApiError {
    ApiError::unavailable(
        Reason::Overloaded,
        "the server has as many watchers as it can take: try again later",
        LATER,
    )
}

pub(super) fn too_many_rebuilds() -> ApiError {
    ApiError::unavailable(
        Reason::Overloaded,
        "as many rebuilds are waiting as the server can take: try again later",
        LATER,
    )
}

pub(super) fn shutting_down() -> ApiError {
    ApiError::unavailable(Reason::ShuttingDown, "the server is stopping: connect to another one", SOON)
}
