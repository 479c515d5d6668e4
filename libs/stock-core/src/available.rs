//! Which statuses count as available in a warehouse.

use vocabulary::StockStatus;

use crate::Rejection;
use crate::draft::Draft;

/// Whether a rule may make goods of a status count: not those that nobody may have.
pub const fn may_count(status: StockStatus) -> bool {
    match status {
        StockStatus::Inspection | StockStatus::QualityHold | StockStatus::Damaged | StockStatus::Returned => {
            true
        }
        StockStatus::Available | StockStatus::Quarantine | StockStatus::Expired | StockStatus::Recalled => {
            false
        }
    }
}

/// What counts changes only while there is nothing of it: else a promise would lose its goods, or a quota its sum.
pub(crate) fn check_unused(draft: &Draft<'_>, status: StockStatus) -> Result<(), Rejection> {
    match draft.first_of(status) {
        Some((sku, location)) => Err(Rejection::StatusInUse { status, sku, location }),
        None => Ok(()),
    }
}
