//! Which places to count, by what is there.

use std::collections::BTreeMap;

use vocabulary::{LocationCode, Quantity, Sequence, Sku};
use work_core::{Count, CountPlace, CountState};

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

impl State {
    /// Items at locations where somebody who picked did not find them, and that nobody has planned to count or counted since, in order.
    /// Planned, they are not among them any more; given up, they are again.
    pub fn places_after_short_picks(
        &self,
        is_wanted: impl Fn(&Sku, &LocationCode) -> bool,
    ) -> Vec<CountPlace> {
        let mut short: BTreeMap<CountPlace, Sequence> = BTreeMap::new();
        for order in self.orders_after(None) {
            for missed in &order.shorts {
                let Some(line) = order.placed.lines.get(&missed.line) else { continue };
                if is_wanted(&line.sku, &missed.location) {
                    let place = CountPlace { location: missed.location.clone(), sku: Some(line.sku.clone()) };
                    let newest = short.entry(place).or_insert(Sequence::START);
                    *newest = missed.sequence.map_or(*newest, |sequence| sequence.max(*newest));
                }
            }
        }
        for count in self.counts_after(None).filter(|count| count.state != CountState::Cancelled) {
            short.retain(|place, missed| !answers(count, place, *missed));
        }
        short.into_keys().collect()
    }
}

/// Whether a count says, or is going to say, what was at a place when something was missed there.
fn answers(count: &Count, place: &CountPlace, missed: Sequence) -> bool {
    let all = CountPlace { location: place.location.clone(), sku: None };
    [place, &all].into_iter().filter(|place| count.plan.places.contains(place)).any(|place| {
        let read =
            count.reading(place).map_or_else(|| count.state.is_open(), |reading| reading.sequence >= missed);
        count.planned_by > missed || read
    })
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
