//! Which statuses count as available in a warehouse.

use vocabulary::{Owner, StockStatus};

use crate::draft::Draft;
use crate::{Holding, Rejection};

/// The statuses whose goods can be promised. `available` is always one; a rule of the warehouse adds others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AvailableStatuses(u8);

impl Default for AvailableStatuses {
    fn default() -> Self {
        Self(bit(StockStatus::Available))
    }
}

impl AvailableStatuses {
    /// Whether goods of a status count.
    pub const fn has(self, status: StockStatus) -> bool {
        self.0 & bit(status) != 0
    }

    /// Whether goods count: of such a status, and our own.
    pub fn count(self, holding: &Holding) -> bool {
        self.has(holding.status) && holding.owner == Owner::Own
    }

    /// Those beside `available`, in the order of [`StockStatus::ALL`].
    pub fn others(self) -> impl Iterator<Item = StockStatus> {
        let is_other = move |status: &StockStatus| *status != StockStatus::Available && self.has(*status);
        StockStatus::ALL.into_iter().filter(is_other)
    }

    /// Whether there are any beside `available`.
    pub fn has_others(self) -> bool {
        self != Self::default()
    }

    /// A status counts from now on, or not any more; `available` goes on.
    pub(crate) fn set(&mut self, status: StockStatus, counts: bool) {
        let others = if counts { self.0 | bit(status) } else { self.0 & !bit(status) };
        self.0 = others | Self::default().0;
    }
}

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

const fn bit(status: StockStatus) -> u8 {
    match status {
        StockStatus::Available => 1,
        StockStatus::Inspection => 2,
        StockStatus::QualityHold => 4,
        StockStatus::Quarantine => 8,
        StockStatus::Damaged => 16,
        StockStatus::Expired => 32,
        StockStatus::Recalled => 64,
        StockStatus::Returned => 128,
    }
}
