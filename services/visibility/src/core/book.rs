use std::collections::BTreeMap;
use std::ops::Bound;

use proto::events::v1::JournalEntry;
use rustc_hash::FxHashMap;
use vocabulary::{ReservationId, Sequence, Sku};

use super::effect::{Effect, Malformed};
use super::{AlertKind, Detail, Edge, Head, LotState, Open, Total, Value};

/// A warehouse's values, slices, open reservations and edges, or the part of them that some entries touch.
#[derive(Debug, Clone, Default)]
pub struct Book {
    head: Head,
    values: FxHashMap<Sku, Value>,
    details: FxHashMap<Sku, Detail>,
    slices: BTreeMap<String, Value>,
    lots: FxHashMap<String, LotState>,
    positions: FxHashMap<String, Total>,
    alerts: BTreeMap<String, Total>,
    alerts_differed: BTreeMap<AlertKind, Sequence>,
    open: FxHashMap<ReservationId, Open>,
    edges: BTreeMap<String, Edge>,
}

/// What became of an entry that was offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    /// It was the next one and is now in the book.
    Applied(Box<Effect>),
    /// It was in the book already: nothing changed.
    Duplicate,
    /// Entries before it are missing: nothing changed.
    Gap {
        /// The entry that should have come.
        expected: Sequence,
    },
}

impl Book {
    /// A book that is known to stand at `head`, to be filled with [`Book::load`] and [`Book::load_open`].
    pub fn at(head: Head) -> Self {
        Self { head, ..Self::default() }
    }

    /// Puts in a value as it stands at the head.
    pub fn load(&mut self, sku: Sku, value: Value) {
        self.values.insert(sku, value);
    }

    /// Puts in the detail of an item as it stands at the head.
    pub fn load_detail(&mut self, sku: Sku, detail: Detail) {
        self.details.insert(sku, detail);
    }

    /// Puts in a slice, by its key as text, as it stands at the head.
    pub fn load_slice(&mut self, key: String, value: Value) {
        self.slices.insert(key, value);
    }

    /// Puts in a lot, by its key as text, as it stands at the head.
    pub fn load_lot(&mut self, key: String, lot: LotState) {
        self.lots.insert(key, lot);
    }

    /// Puts in a position that is watched, by its key as text, as it stands at the head.
    pub fn load_position(&mut self, key: String, sum: Total) {
        self.positions.insert(key, sum);
    }

    /// Puts in a reservation as it stands at the head.
    pub fn load_open(&mut self, id: ReservationId, open: Open) {
        self.open.insert(id, open);
    }

    /// Puts in an edge, by its key as text, as it stands at the head.
    pub fn load_edge(&mut self, key: String, edge: Edge) {
        self.edges.insert(key, edge);
    }

    /// The edge with this key.
    pub fn edge(&self, key: &str) -> Option<Edge> {
        self.edges.get(key).copied()
    }

    /// The edges whose keys begin with `prefix` and come after `after`, in order.
    pub fn edges<'a>(&'a self, prefix: &'a str, after: &str) -> impl Iterator<Item = (&'a str, Edge)> {
        let from = if after < prefix { Bound::Included(prefix) } else { Bound::Excluded(after) };
        let rest = self.edges.range::<str, _>((from, Bound::Unbounded));
        rest.map(|(key, edge)| (key.as_str(), *edge)).take_while(move |(key, _)| key.starts_with(prefix))
    }

    /// How far the journal is in.
    pub const fn head(&self) -> Head {
        self.head
    }

    /// The item's value, if the warehouse ever held it.
    pub fn value(&self, sku: &str) -> Option<Value> {
        self.values.get(sku).copied()
    }

    /// What is known of the item beyond its value.
    pub fn detail(&self, sku: &str) -> Option<&Detail> {
        self.details.get(sku)
    }

    /// What is in the slice with this key.
    pub fn slice(&self, key: &str) -> Option<Value> {
        self.slices.get(key).copied()
    }

    /// The slices whose keys begin with `prefix` and come after `after`, in order.
    pub fn slices<'a>(&'a self, prefix: &'a str, after: &str) -> impl Iterator<Item = (&'a str, Value)> {
        let from = if after < prefix { Bound::Included(prefix) } else { Bound::Excluded(after) };
        let rest = self.slices.range::<str, _>((from, Bound::Unbounded));
        rest.map(|(key, value)| (key.as_str(), *value)).take_while(move |(key, _)| key.starts_with(prefix))
    }

    /// The lot with this key, if it has a date.
    pub fn lot(&self, key: &str) -> Option<LotState> {
        self.lots.get(key).copied()
    }

    /// What changed at the position with this key since it is watched.
    pub fn position(&self, key: &str) -> Option<Total> {
        self.positions.get(key).copied()
    }

    /// The alerts with keys from `first` on, after `after`, and before `behind`, in order, with what they are about.
    pub fn alerts<'a>(
        &'a self,
        (first, behind): (&'a str, &'a str),
        after: &'a str,
    ) -> impl Iterator<Item = (&'a str, Total)> {
        let from = if after < first { Bound::Included(first) } else { Bound::Excluded(after) };
        let rest = self.alerts.range::<str, _>((from, Bound::Unbounded));
        rest.map(|(key, quantity)| (key.as_str(), *quantity)).take_while(move |(key, _)| *key < behind)
    }

    /// The newest entry with which an alert of a kind came or went; a kind of which none ever did is left out.
    pub const fn alerts_differed(&self) -> &BTreeMap<AlertKind, Sequence> {
        &self.alerts_differed
    }

    /// The item's value with the shared copy of its key.
    pub fn entry(&self, sku: &str) -> Option<(&Sku, Value)> {
        self.values.get_key_value(sku).map(|(key, value)| (key, *value))
    }

    /// The reservation, while anything of it is left.
    pub fn open(&self, id: ReservationId) -> Option<&Open> {
        self.open.get(&id)
    }

    /// Number of items that were ever held.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Nothing was ever held.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Applies the entry if it is the next one: all of it, or nothing. Offering an entry twice is the same as once.
    ///
    /// # Errors
    /// [`Malformed`] when the entry contradicts the journal before it; the book stays as it was.
    pub fn offer(&mut self, entry: &JournalEntry) -> Result<Offer, Malformed> {
        let sequence = Sequence::new(entry.sequence);
        if sequence == Sequence::START {
            return Err(Malformed::NoSequence);
        }
        if sequence <= self.head.sequence {
            return Ok(Offer::Duplicate);
        }
        let expected = self.head.sequence.next();
        if sequence != expected {
            return Ok(Offer::Gap { expected });
        }
        let effect = Effect::of(self, entry)?;
        self.take(&effect);
        Ok(Offer::Applied(Box::new(effect)))
    }

    fn take(&mut self, effect: &Effect) {
        self.head = effect.head;
        for touched in &effect.values {
            match self.values.get_mut(touched.sku.as_str()) {
                Some(value) => *value = touched.value,
                None => self.load(touched.sku.clone(), touched.value),
            }
        }
        for (sku, detail) in &effect.details {
            if detail.is_empty() {
                self.details.remove(sku);
            } else {
                self.load_detail(sku.clone(), detail.clone());
            }
        }
        for (key, value) in &effect.slices {
            match value {
                Some(value) => self.load_slice(key.clone(), *value),
                None => drop(self.slices.remove(key)),
            }
        }
        self.lots.extend(effect.lots.iter().map(|(key, lot)| (key.clone(), *lot)));
        for (key, sum) in &effect.positions {
            if sum.is_zero() {
                self.positions.remove(key);
            } else {
                self.load_position(key.clone(), *sum);
            }
        }
        self.take_alerts(effect);
        for (id, open) in &effect.reservations {
            match open {
                Some(open) => self.load_open(*id, open.clone()),
                None => drop(self.open.remove(id)),
            }
        }
        for (key, edge) in &effect.edges {
            match edge {
                Some(edge) => self.load_edge(key.clone(), *edge),
                None => drop(self.edges.remove(key)),
            }
        }
    }

    fn take_alerts(&mut self, effect: &Effect) {
        self.alerts_differed.extend(effect.alerts_differ.iter().map(|kind| (*kind, effect.head.sequence)));
        for (key, quantity) in &effect.alerts {
            match quantity {
                Some(quantity) => self.alerts.extend([(key.clone(), *quantity)]),
                None => {
                    self.alerts.remove(key);
                }
            }
        }
    }
}
