use std::collections::BTreeMap;

use crate::{CountryCode, Date, LotCode};

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
