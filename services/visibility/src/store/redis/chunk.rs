use std::collections::{BTreeMap, BTreeSet};

use proto::events::v1::Fact;
use proto::events::v1::fact::Fact as Kind;
use proto::events::v1::journal_entry::Outcome;
use vocabulary::{ReservationId, Sequence, Sku};

use super::{keys, text};
use crate::core::{AlertKind, Book, Detail, Edge, Effect, Head, LotState, Node, Offer, Open, Total, Value};
use crate::store::{Applied, LogPosition, Logged};

/// Facts that one script call may write, but for a single entry that has more: a script holds up every other client of Redis.
const FACTS_MAX: usize = 1000;

/// What a run of entries leaves, ready to be written.
pub(super) struct Chunk {
    /// The head that the view must have.
    pub(super) before: Head,
    /// Where the log goes on after what was applied; `None` when nothing was.
    pub(super) next: Option<LogPosition>,
    pub(super) applied: Applied,
    /// Items the warehouse did not hold before.
    new: BTreeSet<Sku>,
    /// Lots and units that came.
    pub(super) arrived: BTreeSet<Node>,
    left: BTreeSet<Node>,
    edges: BTreeMap<String, Option<Edge>>,
    slices: BTreeMap<String, Option<Value>>,
    details: BTreeMap<Sku, Detail>,
    lots: BTreeMap<String, LotState>,
    positions: BTreeMap<String, Total>,
    alerts: BTreeMap<String, Option<Total>>,
    /// The newest entry with which an alert of a kind came or went.
    alerts_differed: BTreeMap<AlertKind, Sequence>,
    values: BTreeMap<Sku, Value>,
    reservations: BTreeMap<ReservationId, Option<Open>>,
}

impl Chunk {
    /// Nothing but a new position.
    pub(super) fn empty(sequence: Sequence, next: LogPosition) -> Self {
        Self { next: Some(next), ..Self::at(Head { sequence, ..Head::default() }) }
    }

    /// What `entries` leave of `book`, which has everything loaded that they touch.
    pub(super) fn of(book: &mut Book, entries: &[Logged], since: Sequence) -> Self {
        let mut chunk = Self::at(book.head());
        for Logged { entry, next } in entries {
            let offer = book.offer(entry);
            if let Ok(Offer::Applied(effect)) = &offer {
                chunk.take(effect);
            }
            chunk.applied.add(entry, offer, since);
            if chunk.applied.stop.is_some() {
                break;
            }
            chunk.next = Some(*next);
        }
        chunk
    }

    fn at(head: Head) -> Self {
        Self {
            before: head,
            next: None,
            applied: Applied::at(head),
            new: BTreeSet::new(),
            arrived: BTreeSet::new(),
            left: BTreeSet::new(),
            edges: BTreeMap::new(),
            slices: BTreeMap::new(),
            details: BTreeMap::new(),
            lots: BTreeMap::new(),
            positions: BTreeMap::new(),
            alerts: BTreeMap::new(),
            alerts_differed: BTreeMap::new(),
            values: BTreeMap::new(),
            reservations: BTreeMap::new(),
        }
    }

    fn take(&mut self, effect: &Effect) {
        for touched in &effect.values {
            self.values.insert(touched.sku.clone(), touched.value);
            if touched.is_new {
                self.new.insert(touched.sku.clone());
            }
        }
        self.reservations.extend(effect.reservations.iter().map(|(id, open)| (*id, open.clone())));
        self.slices.extend(effect.slices.iter().map(|(key, value)| (key.clone(), *value)));
        self.details.extend(effect.details.iter().map(|(sku, detail)| (sku.clone(), detail.clone())));
        self.lots.extend(effect.lots.iter().map(|(key, lot)| (key.clone(), *lot)));
        self.positions.extend(effect.positions.iter().map(|(key, sum)| (key.clone(), *sum)));
        self.alerts.extend(effect.alerts.iter().map(|(key, quantity)| (key.clone(), *quantity)));
        self.alerts_differed.extend(effect.alerts_differ.iter().map(|kind| (*kind, effect.head.sequence)));
        self.edges.extend(effect.edges.iter().map(|(key, edge)| (key.clone(), *edge)));
        self.arrived.extend(effect.arrived.iter().cloned());
        self.left.extend(effect.left());
    }

    /// Items the warehouse did not hold before.
    pub(super) fn new_skus(&self) -> Vec<&str> {
        self.new.iter().map(Sku::as_str).collect()
    }

    /// Keys of edges that are there from now on, and of those that are not any more.
    pub(super) fn edges(&self) -> (Vec<&str>, Vec<&str>) {
        parted(&self.edges)
    }

    /// Keys of slices that are there from now on, and of those that are not any more.
    pub(super) fn slices(&self) -> (Vec<&str>, Vec<&str>) {
        parted(&self.slices)
    }

    /// Units that are held no more as they were.
    pub(super) fn left(&self) -> Vec<Node> {
        self.left.iter().cloned().collect()
    }

    /// Keys of alerts that are there from now on, and of those that are not any more.
    pub(super) fn alerts(&self) -> (Vec<&str>, Vec<&str>) {
        parted(&self.alerts)
    }

    /// Fields and values to set, one after the other, and fields to delete.
    pub(super) fn fields(&self) -> (Vec<String>, Vec<String>) {
        let values = self.values.iter().flat_map(|(sku, value)| [sku.to_string(), text::value(*value)]);
        let (mut set, mut deleted): (Vec<_>, _) = (values.collect(), Vec::new());
        for (id, open) in &self.reservations {
            match open {
                Some(open) => set.extend([keys::reservation(*id), text::open(open)]),
                None => deleted.push(keys::reservation(*id)),
            }
        }
        for (sku, detail) in &self.details {
            let field = keys::detail(sku.as_str());
            if detail.is_empty() { deleted.push(field) } else { set.extend([field, detail.to_string()]) }
        }
        for (key, value) in &self.slices {
            match value {
                Some(value) => set.extend([keys::slice(key), text::value(*value)]),
                None => deleted.push(keys::slice(key)),
            }
        }
        self.alert_fields(&mut set, &mut deleted);
        for (key, edge) in &self.edges {
            match edge {
                Some(edge) => set.extend([keys::edge(key), edge.to_text()]),
                None => deleted.push(keys::edge(key)),
            }
        }
        (set, deleted)
    }
}

impl Chunk {
    fn alert_fields(&self, set: &mut Vec<String>, deleted: &mut Vec<String>) {
        set.extend(self.lots.iter().flat_map(|(key, lot)| [keys::lot(key), lot.to_text()]));
        for (key, sum) in &self.positions {
            let field = keys::position(key);
            if sum.is_zero() { deleted.push(field) } else { set.extend([field, sum.to_text()]) }
        }
        for (key, quantity) in &self.alerts {
            match quantity {
                Some(quantity) => set.extend([keys::alert(key), quantity.to_text()]),
                None => deleted.push(keys::alert(key)),
            }
        }
        let differed = self.alerts_differed.iter();
        set.extend(differed.flat_map(|(kind, sequence)| [keys::differed(*kind), sequence.to_string()]));
    }
}

/// Keys of what is there, and of what is not any more.
fn parted<T>(kept: &BTreeMap<String, Option<T>>) -> (Vec<&str>, Vec<&str>) {
    let (mut there, mut gone) = (Vec::new(), Vec::new());
    for (key, kept) in kept {
        if kept.is_some() { there.push(key.as_str()) } else { gone.push(key.as_str()) }
    }
    (there, gone)
}

/// The first chunk of `entries`, and the rest.
pub(super) fn split(entries: &[Logged]) -> Option<(&[Logged], &[Logged])> {
    if entries.is_empty() {
        return None;
    }
    let mut facts = 0_usize;
    let is_over = |logged: &Logged| {
        facts = facts.saturating_add(facts_of(logged)).saturating_add(1);
        facts > FACTS_MAX
    };
    let end = entries.iter().position(is_over).unwrap_or(entries.len()).max(1);
    entries.split_at_checked(end)
}

/// A unit counts as much as a fact: its trace is written, too.
fn facts_of(logged: &Logged) -> usize {
    let units = |fact: &Fact| match &fact.fact {
        Some(Kind::Moved(moved)) => moved.serials.len(),
        Some(Kind::Reserved(_) | Kind::Released(_) | Kind::LotRecorded(_) | Kind::RuleSet(_)) | None => 0,
        Some(Kind::Locked(_) | Kind::LockPassed(_) | Kind::PromiseMoved(_)) => 0,
        Some(Kind::NumberRangeSet(_) | Kind::HandlingUnitOpened(_) | Kind::HandlingUnitNested(_)) => 0,
        Some(Kind::HandlingUnitMoved(_) | Kind::HandlingUnitClosed(_) | Kind::DeliveryChanged(_)) => 0,
        Some(
            Kind::CountChanged(_) | Kind::OrderChanged(_) | Kind::TaskChanged(_) | Kind::ProductionChanged(_),
        ) => 0,
        Some(Kind::ExpectationSet(_) | Kind::ExpectationMet(_) | Kind::ExpectationReopened(_)) => 0,
    };
    match &logged.entry.outcome {
        Some(Outcome::Posted(posted)) => {
            posted.facts.iter().map(|fact| units(fact).saturating_add(1)).fold(0, usize::saturating_add)
        }
        Some(Outcome::Rejected(_)) | None => 0,
    }
}

/// Two results, one after the other. When there is a hole between them, the older changes are of no use.
pub(super) fn joined(before: Applied, next: Applied) -> Applied {
    let entries = before.entries.saturating_add(next.entries);
    if next.after > before.head.sequence {
        return Applied { entries, ..next };
    }
    let mut changes = before.changes;
    changes.extend(next.changes);
    Applied { after: before.after, changes, entries, ..next }
}
