use vocabulary::{Date, LotCode, LotFacts, Sequence};

/// A lot as the warehouse knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lot {
    /// The entry of its first receipt.
    pub received: Sequence,
    /// What is known of it.
    pub facts: LotFacts,
}

/// Where a lot stands among those of its item when the first to expire goes out first: by expiry (those without one last),
/// then by first receipt, then by number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LotOrder {
    until: Until,
    received: Sequence,
    pub(crate) lot: LotCode,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Until {
    Day(Date),
    Always,
}

impl LotOrder {
    pub(crate) fn of(lot: &LotCode, known: &Lot) -> Self {
        let until = known.facts.expiry.map_or(Until::Always, Until::Day);
        Self { until, received: known.received, lot: lot.clone() }
    }

    pub(crate) const fn received(&self) -> Sequence {
        self.received
    }

    pub(crate) fn expires_before(&self, date: Date) -> bool {
        self.until < Until::Day(date)
    }
}
