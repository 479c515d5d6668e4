//! Which places to count, by what is there.

use std::collections::BTreeMap;

use vocabulary::{LocationCode, Quantity, Sku};
use work_core::CountPlace;

use crate::State;
use crate::amount::{Amount, amount};

/// Places by what is there of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceChoice {
    /// Something.
    Stocked,
    /// Something, and no more than this.
    AtMost(Quantity),
    /// Nothing any more.
    Empty,
}

impl State {
    /// Items at locations that are so, in order. Looks at every position once.
    pub fn places_to_count(
        &self,
        choice: PlaceChoice,
        is_wanted: impl Fn(&Sku, &LocationCode) -> bool,
    ) -> Vec<CountPlace> {
        let mut places = Vec::new();
        for (sku, item) in &self.sorted {
            let Some(held) = usize::try_from(*item).ok().and_then(|n| self.items.get(n)) else { continue };
            let mut on_hand: BTreeMap<u32, Amount> = BTreeMap::new();
            for at in &held.balances {
                let sum = on_hand.entry(at.location).or_default();
                *sum = sum.saturating_add(amount(at.balance.on_hand));
            }
            let chosen = on_hand.into_iter().filter(|(_, on_hand)| choice.is_of(*on_hand));
            let named = chosen.filter_map(|(location, _)| self.locations.name(location));
            let wanted = named.filter(|location| is_wanted(sku, location));
            places.extend(
                wanted.map(|location| CountPlace { location: location.clone(), sku: Some(sku.clone()) }),
            );
        }
        places.sort_unstable();
        places
    }
}

impl PlaceChoice {
    fn is_of(self, on_hand: Amount) -> bool {
        match self {
            Self::Stocked => on_hand != 0,
            Self::AtMost(most) => on_hand > 0 && on_hand <= amount(most),
            Self::Empty => on_hand == 0,
        }
    }
}
