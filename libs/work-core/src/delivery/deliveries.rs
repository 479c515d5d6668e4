use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use vocabulary::{DocumentCode, Sequence};

use super::{Delivery, DeliveryChange, NotFollowing};

/// The most deliveries that may be open in a warehouse at once.
pub const OPEN_DELIVERIES_MAX: usize = 10_000;
/// Deliveries that are over are kept while they have no more lines, goods of handling units and discrepancies than this together; then the
/// first to end are forgotten. The journal keeps what became of them.
pub const ENDED_LINES_KEPT: usize = 100_000;

/// The deliveries of a warehouse.
#[derive(Debug, Clone, Default)]
pub struct Deliveries {
    known: BTreeMap<DocumentCode, Delivery>,
    /// Those that are over, the first to end first.
    ended: BTreeSet<(Sequence, DocumentCode)>,
    /// What those that are over weigh ([`Delivery::weight`]).
    ended_lines: usize,
    /// Those that changed since they were last taken.
    marked: BTreeSet<DocumentCode>,
}

/// What entries have changed of deliveries, as it is now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TouchedDeliveries {
    /// Those that are known.
    pub known: Vec<Delivery>,
    /// Those that are forgotten.
    pub forgotten: Vec<DocumentCode>,
}

impl Deliveries {
    /// Puts those of a checkpoint back.
    pub fn restore(known: Vec<Delivery>) -> Self {
        let mut deliveries = Self::default();
        known.into_iter().for_each(|delivery| deliveries.adopt(delivery));
        deliveries
    }

    fn adopt(&mut self, delivery: Delivery) {
        End::of(&delivery).into_iter().for_each(|end| self.note(end));
        self.known.insert(delivery.announced.code.clone(), delivery);
    }

    /// Under a code.
    pub fn get(&self, code: &DocumentCode) -> Option<&Delivery> {
        self.known.get(code)
    }

    /// Those after a code, by code.
    pub fn after(&self, code: Option<&DocumentCode>) -> impl Iterator<Item = &Delivery> {
        let from = code.map_or(Bound::Unbounded, Bound::Excluded);
        self.known.range::<DocumentCode, _>((from, Bound::Unbounded)).map(|(_, delivery)| delivery)
    }

    /// How many are open.
    pub fn open_count(&self) -> usize {
        self.known.len().saturating_sub(self.ended.len())
    }

    /// Applies a change that was decided in the entry of this sequence.
    ///
    /// # Errors
    /// [`NotFollowing`] when it does not follow from what is known.
    pub fn apply(&mut self, change: &DeliveryChange, sequence: Sequence) -> Result<(), NotFollowing> {
        let code = change.code();
        self.marked.insert(code.clone());
        let delivery = match (self.known.get_mut(code), change) {
            (Some(known), change) => {
                known.apply(change, sequence)?;
                known
            }
            (None, DeliveryChange::Announced(announcement)) => {
                let new = Delivery::new((**announcement).clone());
                self.known.entry(code.clone()).or_insert(new)
            }
            (None, _) => return Err(NotFollowing { code: code.clone() }),
        };
        if let Some(end) = End::of(delivery) {
            self.note(end);
            self.forget();
        }
        Ok(())
    }

    /// Everything that changed since the last call, as it is now.
    pub fn take_touched(&mut self) -> TouchedDeliveries {
        let mut touched = TouchedDeliveries::default();
        for code in std::mem::take(&mut self.marked) {
            match self.known.get(&code) {
                Some(known) => touched.known.push(known.clone()),
                None => touched.forgotten.push(code),
            }
        }
        touched
    }

    fn note(&mut self, End { by, code, lines }: End) {
        if self.ended.insert((by, code)) {
            self.ended_lines = self.ended_lines.saturating_add(lines);
        }
    }

    fn forget(&mut self) {
        while self.ended_lines > ENDED_LINES_KEPT {
            let Some((_, code)) = self.ended.pop_first() else { return };
            let Some(forgotten) = self.known.remove(&code) else { return };
            self.ended_lines = self.ended_lines.saturating_sub(forgotten.weight());
            self.marked.insert(code);
        }
    }
}

/// A delivery that is over.
struct End {
    by: Sequence,
    code: DocumentCode,
    lines: usize,
}

impl End {
    fn of(delivery: &Delivery) -> Option<Self> {
        let (code, lines) = (delivery.announced.code.clone(), delivery.weight());
        delivery.ended_by.map(|by| Self { by, code, lines })
    }
}
