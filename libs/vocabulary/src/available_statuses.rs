use crate::{Owner, StockStatus};

/// The statuses whose goods can be promised in a warehouse. `available` is always one; a rule of the warehouse adds others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
    pub fn count(self, status: StockStatus, owner: &Owner) -> bool {
        self.has(status) && *owner == Owner::Own
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
    pub fn set(&mut self, status: StockStatus, counts: bool) {
        let others = if counts { self.0 | bit(status) } else { self.0 & !bit(status) };
        self.0 = others | Self::default().0;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn available_always_counts() {
        let mut statuses = AvailableStatuses::default();
        statuses.set(StockStatus::Available, false);
        assert!(statuses.has(StockStatus::Available) && !statuses.has_others());
        statuses.set(StockStatus::Returned, true);
        statuses.set(StockStatus::Inspection, true);
        let others: Vec<_> = statuses.others().map(StockStatus::as_str).collect();
        assert_eq!(others, ["inspection", "returned"]);
        statuses.set(StockStatus::Inspection, false);
        assert!(statuses.count(StockStatus::Returned, &Owner::Own));
        assert!(!statuses.count(StockStatus::Inspection, &Owner::Own));
        assert!(!statuses.count(StockStatus::Returned, &Owner::parse("customer:C-1").unwrap()));
    }
}
