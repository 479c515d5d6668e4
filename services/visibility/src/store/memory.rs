use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use rustc_hash::FxHashMap;
use vocabulary::{Invalid, Sequence, Sku, WarehouseCode};

use super::slice::{self, Parts};
use super::{
    AlertPage, AlertState, AlertWant, Applied, CacheFault, EdgePage, EdgeWant, Logged, Resume, SlicePage,
    SliceWant, Snapshot, Want, alert, trace,
};
use crate::core::{Alert, AlertKey, Book, Detail, Edge, EdgeKind, Head, Node, Slice, Value};

/// How many facts are applied before readers get a turn: well below a millisecond of work.
const FACTS_A_TURN: usize = 512;

/// The view in this process. A batch is read under one lock a warehouse, so that it is true as of one head; what is not asked
/// of a warehouse at the same time never waits for it.
#[derive(Clone, Debug, Default)]
pub struct MemoryCache {
    shelves: Arc<RwLock<FxHashMap<WarehouseCode, Arc<RwLock<Shelf>>>>>,
    /// Where lots and units ever were.
    places: Arc<RwLock<BTreeMap<Node, BTreeSet<WarehouseCode>>>>,
    /// Units that were found in several warehouses at once, as text.
    suspects: Arc<RwLock<BTreeSet<String>>>,
}

/// A view being built; see [`super::Draft`].
#[derive(Debug, Default)]
pub struct MemoryDraft(Shelf);

#[derive(Debug, Default)]
struct Shelf {
    book: Book,
    sorted: BTreeSet<Sku>,
    /// Lots and units that came and were not noted yet.
    arrived: BTreeSet<Node>,
    /// Units that are held no more as they were, and were not noted yet.
    left: BTreeSet<Node>,
}

impl MemoryCache {
    pub(super) fn resume(&self) -> Vec<Resume> {
        let shelves = read(&self.shelves);
        let each = |(code, shelf): (&WarehouseCode, &Arc<RwLock<Shelf>>)| Resume {
            warehouse: code.clone(),
            head: read(shelf).book.head(),
            next: None,
        };
        shelves.iter().map(each).collect()
    }

    pub(super) fn apply(&self, warehouse: &WarehouseCode, entries: &[Logged], since: Sequence) -> Applied {
        let shelf = self.shelf_or_new(warehouse);
        let mut applied = Applied::at(read(&shelf).book.head());
        let mut rest = entries;
        while !rest.is_empty() && applied.stop.is_none() {
            let mut locked = write(&shelf);
            rest = locked.turn(rest, since, &mut applied);
        }
        self.note(warehouse, &shelf);
        applied
    }

    /// Notes what came to a warehouse, or left it. Whoever notes the second place of a unit, of two warehouses that are applied at the
    /// same time, sees it in both.
    fn note(&self, warehouse: &WarehouseCode, shelf: &RwLock<Shelf>) {
        let (arrived, left) = {
            let mut shelf = write(shelf);
            (std::mem::take(&mut shelf.arrived), std::mem::take(&mut shelf.left))
        };
        let mut moved = left;
        if !arrived.is_empty() {
            let mut places = write(&self.places);
            for node in arrived {
                let of_node = places.entry(node.clone()).or_default();
                of_node.insert(warehouse.clone());
                if of_node.len() > 1 && matches!(node, Node::Unit(..)) {
                    moved.insert(node);
                }
            }
        }
        if moved.is_empty() {
            return;
        }
        // Judged under the lock: what is judged later knows more.
        let mut suspects = write(&self.suspects);
        for unit in moved {
            if self.is_in_several(&unit) {
                suspects.insert(unit.to_string());
            } else {
                suspects.remove(&unit.to_string());
            }
        }
    }

    fn is_in_several(&self, unit: &Node) -> bool {
        let places = read(&self.places).get(unit).cloned().unwrap_or_default();
        let prefix = EdgeKind::Held.prefix(unit);
        let holds = |code: &&WarehouseCode| {
            let shelf = self.shelf(code.as_str());
            shelf.is_some_and(|shelf| read(&shelf).book.edges(&prefix, "").next().is_some())
        };
        places.iter().filter(holds).count() > 1
    }

    pub(super) fn edges(&self, wants: &[EdgeWant]) -> Vec<EdgePage> {
        wants.iter().map(|want| self.edge_page(want)).collect()
    }

    fn edge_page(&self, want: &EdgeWant) -> EdgePage {
        let Some(shelf) = self.shelf(&want.warehouse) else { return EdgePage::default() };
        let shelf = read(&shelf);
        let edges = shelf.book.edges(&want.prefix, &want.after).take(want.limit.saturating_add(1));
        let mut edges: Vec<(String, Edge)> = edges.map(|(key, edge)| (key.to_owned(), edge)).collect();
        let more = edges.len() > want.limit;
        edges.truncate(want.limit);
        trace::page(shelf.book.head(), edges, more)
    }

    pub(super) fn places(&self, nodes: &[Node]) -> Vec<Vec<String>> {
        let places = read(&self.places);
        let codes = |node: &Node| places.get(node).into_iter().flatten().map(ToString::to_string).collect();
        nodes.iter().map(codes).collect()
    }

    pub(super) fn suspects(&self, after: &str, limit: usize) -> Vec<String> {
        let suspects = read(&self.suspects);
        let range = suspects.range::<str, _>((Bound::Excluded(after), Bound::Unbounded));
        range.take(limit).cloned().collect()
    }

    pub(super) fn heads(&self, warehouses: &[&str]) -> Vec<Head> {
        let head =
            |code: &&str| self.shelf(code).map_or_else(Head::default, |shelf| read(&shelf).book.head());
        warehouses.iter().map(head).collect()
    }

    pub(super) fn read(&self, wants: &[Want<'_>]) -> Vec<Snapshot> {
        wants.iter().map(|want| self.snapshot(want)).collect()
    }

    fn snapshot(&self, want: &Want<'_>) -> Snapshot {
        let Some(shelf) = self.shelf(want.warehouse) else {
            let (values, details) = (vec![None; want.skus.len()], vec![Detail::default(); want.details()]);
            return Snapshot { head: Head::default(), values, details };
        };
        let shelf = read(&shelf);
        let values = want.skus.iter().map(|sku| shelf.book.value(sku));
        let detail = |sku: &&str| shelf.book.detail(sku).cloned().unwrap_or_default();
        let details = want.skus.iter().take(want.details()).map(detail);
        Snapshot { values: values.collect(), details: details.collect(), head: shelf.book.head() }
    }

    pub(super) fn alerts(&self, wants: &[AlertWant]) -> Result<Vec<AlertPage>, CacheFault> {
        wants.iter().map(|want| self.alert_page(want)).collect()
    }

    fn alert_page(&self, want: &AlertWant) -> Result<AlertPage, CacheFault> {
        let Some(shelf) = self.shelf(&want.warehouse) else { return Ok(AlertPage::default()) };
        let shelf = read(&shelf);
        let range = (want.range.0.as_str(), want.range.1.as_str());
        let found = shelf.book.alerts(range, &want.after).take(want.limit.saturating_add(1));
        let found = found.map(|(key, quantity)| Ok(Alert { key: AlertKey::parse(key)?, quantity }));
        let found = found.collect::<Result<_, Invalid>>();
        let found = found.map_err(|invalid| CacheFault::damaged(&want.warehouse, invalid))?;
        Ok(alert::page(want, shelf.book.head(), found))
    }

    pub(super) fn alert_states(&self, warehouses: &[&str]) -> Vec<AlertState> {
        let state = |code: &&str| {
            let shelf = self.shelf(code)?;
            let book = &read(&shelf).book;
            Some(AlertState { head: book.head(), differed: book.alerts_differed().clone() })
        };
        warehouses.iter().map(|code| state(code).unwrap_or_default()).collect()
    }

    pub(super) fn slices(&self, wants: &[SliceWant]) -> Result<Vec<SlicePage>, CacheFault> {
        wants.iter().map(|want| self.slice_page(want)).collect()
    }

    fn slice_page(&self, want: &SliceWant) -> Result<SlicePage, CacheFault> {
        let Some(shelf) = self.shelf(&want.warehouse) else { return Ok(SlicePage::default()) };
        let damaged = |reason: String| CacheFault::damaged(&want.warehouse, reason);
        let parts = read(&shelf).parts(want).map_err(|invalid| damaged(invalid.to_string()))?;
        slice::page(want, parts).map_err(|overflow| damaged(overflow.to_string()))
    }

    pub(super) fn list(&self, warehouse: &str, after: &str, limit: usize) -> (Head, Vec<(Sku, Value)>) {
        let Some(shelf) = self.shelf(warehouse) else { return (Head::default(), Vec::new()) };
        let shelf = read(&shelf);
        let range = shelf.sorted.range::<str, _>((Bound::Excluded(after), Bound::Unbounded));
        let values = range.map(|sku| (sku.clone(), shelf.book.value(sku.as_str()).unwrap_or_default()));
        (shelf.book.head(), values.take(limit).collect())
    }

    pub(super) fn swap(&self, warehouse: &WarehouseCode, draft: &mut MemoryDraft) -> bool {
        let shelf = self.shelf_or_new(warehouse);
        let mut live = write(&shelf);
        let is_ready = draft.0.book.head() >= live.book.head();
        if is_ready {
            // The old shelf leaves with the draft: freeing a large one takes longer than readers should wait.
            std::mem::swap(&mut *live, &mut draft.0);
        }
        drop(live);
        self.note(warehouse, &shelf);
        if is_ready {
            let mut suspects = write(&self.suspects);
            suspects.retain(|unit| Node::parse(unit).is_some_and(|unit| self.is_in_several(&unit)));
        }
        is_ready
    }

    fn shelf(&self, warehouse: &str) -> Option<Arc<RwLock<Shelf>>> {
        read(&self.shelves).get(warehouse).cloned()
    }

    fn shelf_or_new(&self, warehouse: &WarehouseCode) -> Arc<RwLock<Shelf>> {
        if let Some(shelf) = self.shelf(warehouse.as_str()) {
            return shelf;
        }
        Arc::clone(write(&self.shelves).entry(warehouse.clone()).or_default())
    }
}

impl MemoryDraft {
    pub(super) fn apply(&mut self, entries: &[Logged], since: Sequence) -> Applied {
        let mut applied = Applied::at(self.0.book.head());
        let mut rest = entries;
        while !rest.is_empty() && applied.stop.is_none() {
            rest = self.0.turn(rest, since, &mut applied);
        }
        applied
    }
}

impl Shelf {
    fn parts(&self, want: &SliceWant) -> Result<Parts, Invalid> {
        let plain = |sku: &Sku| {
            let detail = self.book.detail(sku.as_str()).cloned().unwrap_or_default();
            (sku.clone(), self.book.value(sku.as_str()).unwrap_or_default(), detail)
        };
        let plain = match &want.sku {
            Some(sku) if want.after.is_empty() => {
                self.sorted.get(sku.as_str()).into_iter().map(plain).collect()
            }
            Some(_) => Vec::new(),
            None => {
                let range = (Bound::Excluded(want.sku_after()), Bound::Unbounded);
                self.sorted.range::<str, _>(range).take(want.take()).map(plain).collect()
            }
        };
        let prefix = want.prefix();
        let kept = self.book.slices(&prefix, &want.after).take(want.take());
        let kept = kept.map(|(key, value)| Ok((Slice::parse(key)?, value))).collect::<Result<_, _>>()?;
        Ok(Parts { head: self.book.head(), plain, kept })
    }

    /// Applies about [`FACTS_A_TURN`] facts and returns the entries that are left.
    fn turn<'a>(&mut self, entries: &'a [Logged], since: Sequence, applied: &mut Applied) -> &'a [Logged] {
        let mut facts = 0_usize;
        for (at, Logged { entry, .. }) in entries.iter().enumerate() {
            if applied.stop.is_some() || facts >= FACTS_A_TURN {
                return entries.get(at..).unwrap_or_default();
            }
            let offer = self.book.offer(entry);
            if let Ok(crate::core::Offer::Applied(effect)) = &offer {
                let new = effect.values.iter().filter(|touched| touched.is_new);
                self.sorted.extend(new.map(|touched| touched.sku.clone()));
                self.arrived.extend(effect.arrived.iter().cloned());
                self.left.extend(effect.left());
                facts = facts.saturating_add(effect.values.len()).saturating_add(effect.edges.len());
                facts = facts.saturating_add(1);
            }
            applied.add(entry, offer, since);
        }
        &[]
    }
}

/// A reader that panicked leaves nothing half done, and the writer changes a shelf entry by entry: the lock stays usable.
fn read<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}
