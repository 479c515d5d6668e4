//! Which promises hold goods of a position: those of a lot that is held, or of goods that are lost, are found without looking at the others.
//! Made from the promises themselves, so that a checkpoint need not store it.

use std::collections::BTreeMap;

use vocabulary::{ReservationId, Sequence};

/// Item, location and holding, by number.
type Spot = (u32, u32, u32);

/// Before and after every promise.
const FIRST: ReservationId = ReservationId { sequence: Sequence::START, line: 0 };
const LAST: ReservationId = ReservationId { sequence: Sequence::new(u64::MAX), line: u32::MAX };

/// Promises by position. About 50 bytes for each part of a promise.
#[derive(Debug, Clone, Default)]
pub(crate) struct PromisedAt {
    /// With the number of its parts there: one, as a rule.
    parts: BTreeMap<(Spot, ReservationId), u32>,
}

impl PromisedAt {
    /// A promise has a part at a position.
    pub(crate) fn add(&mut self, at: Spot, id: ReservationId) {
        let parts = self.parts.entry((at, id)).or_default();
        *parts = parts.saturating_add(1);
    }

    /// A part of a promise at a position is over.
    pub(crate) fn remove(&mut self, at: Spot, id: ReservationId) {
        let key = (at, id);
        match self.parts.get_mut(&key) {
            Some(parts) if *parts > 1 => *parts = parts.saturating_sub(1),
            Some(_) | None => drop(self.parts.remove(&key)),
        }
    }

    /// Promises of a position, by id. Looks at no others.
    pub(crate) fn at(&self, at: Spot) -> impl Iterator<Item = ReservationId> {
        self.parts.range((at, FIRST)..=(at, LAST)).map(|((_, id), _)| *id)
    }

    /// Promises of an item, by id. Looks at no others.
    pub(crate) fn of_item(&self, item: u32) -> Vec<ReservationId> {
        let range = ((item, 0, 0), FIRST)..=((item, u32::MAX, u32::MAX), LAST);
        let mut ids: Vec<_> = self.parts.range(range).map(|((_, id), _)| *id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_is_found_at_each_of_its_positions_until_its_last_part_there_is_over() {
        let id = |n| ReservationId { sequence: Sequence::new(n), line: 0 };
        let mut promised = PromisedAt::default();
        let (here, there, other) = ((1, 2, 3), (1, 2, 4), (2, 0, 0));
        for (at, n) in [(here, 7), (here, 5), (there, 7), (other, 9), (here, 7)] {
            promised.add(at, id(n));
        }
        let at =
            |promised: &PromisedAt, spot| promised.at(spot).map(|id| id.sequence.get()).collect::<Vec<_>>();
        assert_eq!(
            [at(&promised, here), at(&promised, there), at(&promised, other)],
            [vec![5, 7], vec![7], vec![9]]
        );
        assert_eq!(promised.of_item(1), [id(5), id(7)]);
        promised.remove(here, id(7));
        assert_eq!(at(&promised, here), [5, 7], "it has another part there");
        promised.remove(here, id(7));
        promised.remove(here, id(8));
        assert_eq!(at(&promised, here), [5]);
        assert_eq!(promised.of_item(1), [id(5), id(7)]);
        assert!(promised.of_item(3).is_empty());
    }
}
