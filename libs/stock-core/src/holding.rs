use vocabulary::{AvailableStatuses, LotCode, Owner, StockStatus};

/// What tells goods of one item at one place apart. The default is plain: no lot, available, own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Holding {
    /// Their lot; `None` for an item that is not tracked by lot.
    pub lot: Option<LotCode>,
    /// Their state.
    pub status: StockStatus,
    /// Whose they are.
    pub owner: Owner,
}

impl Holding {
    /// Our own, of a lot, if any, and of a status.
    pub const fn own(lot: Option<LotCode>, status: StockStatus) -> Self {
        Self { lot, status, owner: Owner::Own }
    }

    /// Available and own, of a lot.
    pub const fn of_lot(lot: Option<LotCode>) -> Self {
        Self { lot, status: StockStatus::Available, owner: Owner::Own }
    }

    /// No lot, available, own: most goods of most warehouses.
    pub fn is_plain(&self) -> bool {
        self.lot.is_none() && self.is_available()
    }

    /// Whether they can be promised: of a status that counts as available, and our own.
    pub fn counts(&self, statuses: AvailableStatuses) -> bool {
        statuses.count(self.status, &self.owner)
    }

    /// Whether they are of the status `available`, and our own.
    pub fn is_available(&self) -> bool {
        self.status.is_available() && self.owner == Owner::Own
    }
}
