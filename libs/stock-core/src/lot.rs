use std::collections::BTreeMap;

use vocabulary::{CountryCode, Date, LotCode, Sequence};

/// The most attributes a lot may have.
pub const LOT_ATTRIBUTES_MAX: usize = 16;

/// What is known of a lot. Recorded with its first receipt, and the same for ever.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LotFacts {
    /// The supplier's own number for it.
    pub supplier_lot: Option<LotCode>,
    /// When it was made.
    pub made: Option<Date>,
    /// Until when it is at its best.
    pub best_before: Option<Date>,
    /// Until when it may be used.
    pub expiry: Option<Date>,
    /// Where it was made.
    pub origin: Option<CountryCode>,
    /// Anything else: at most [`LOT_ATTRIBUTES_MAX`].
    pub attributes: BTreeMap<String, String>,
}

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

impl LotFacts {
    /// The first fact that is `given` and not what is known.
    pub fn difference(&self, given: &Self) -> Option<&'static str> {
        fn differs<T: PartialEq>(known: &Option<T>, given: &Option<T>) -> bool {
            given.is_some() && given != known
        }
        let attributes =
            || given.attributes.iter().any(|(name, value)| self.attributes.get(name) != Some(value));
        [
            ("supplier_lot", differs(&self.supplier_lot, &given.supplier_lot)),
            ("made", differs(&self.made, &given.made)),
            ("best_before", differs(&self.best_before, &given.best_before)),
            ("expiry", differs(&self.expiry, &given.expiry)),
            ("origin", differs(&self.origin, &given.origin)),
            ("attributes", attributes()),
        ]
        .into_iter()
        .find_map(|(name, differs)| differs.then_some(name))
    }
}
