use std::slice;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use proto::events::v1::CatalogChange;
use tokio::sync::watch;
use vocabulary::{Gln, Gtin, UnitCode, WarehouseCode};

use crate::apply::apply;
use crate::record::{ItemRecord, LocationRecord, RecallRecord, WarehouseRecord};
use crate::tables::Tables;

/// The master data as of some revision. Clones share it. Lookups take no allocation and a lock that only the follower ever holds
/// for writing, for the time of one batch of changes.
#[derive(Debug, Clone)]
pub struct CatalogView {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    tables: RwLock<Tables>,
    revision: watch::Sender<u64>,
    caught_up: watch::Sender<bool>,
}

impl CatalogView {
    /// Knows nothing yet, revision 0.
    pub fn empty() -> Self {
        let inner = Inner {
            tables: RwLock::default(),
            revision: watch::Sender::new(0),
            caught_up: watch::Sender::new(false),
        };
        Self { inner: Arc::new(inner) }
    }

    /// The item with this SKU, retired ones too.
    pub fn item(&self, sku: &str) -> Option<Arc<ItemRecord>> {
        self.tables().item(sku).map(Arc::clone)
    }

    /// The item that has this GTIN, retired ones too, and the unit that one of what has it is.
    pub fn packed_of_gtin(&self, gtin: &Gtin) -> Option<(Arc<ItemRecord>, UnitCode)> {
        self.tables().packed_of_gtin(gtin).map(|(item, unit)| (Arc::clone(item), unit.clone()))
    }

    /// The warehouse that has this GLN, retired ones too.
    pub fn warehouse_of_gln(&self, gln: &Gln) -> Option<Arc<WarehouseRecord>> {
        self.tables().warehouse_of_gln(gln).map(Arc::clone)
    }

    /// The warehouse with this code, retired ones too.
    pub fn warehouse(&self, code: &str) -> Option<Arc<WarehouseRecord>> {
        self.tables().warehouse(code).map(Arc::clone)
    }

    /// The location with this code, virtual and retired ones too.
    pub fn location(&self, warehouse: &str, code: &str) -> Option<Arc<LocationRecord>> {
        self.tables().location(warehouse, code).map(Arc::clone)
    }

    /// The real locations of a warehouse that are in use, sorted.
    pub fn locations(&self, warehouse: &str) -> Vec<Arc<LocationRecord>> {
        let tables = self.tables();
        let in_use = tables.locations(warehouse).filter(|location| location.active && !location.is_virtual);
        let mut locations: Vec<_> = in_use.map(Arc::clone).collect();
        locations.sort_unstable_by(|a, b| a.code.cmp(&b.code));
        locations
    }

    /// The recall of a lot, while it is active.
    pub fn recall(&self, sku: &str, lot: &str) -> Option<Arc<RecallRecord>> {
        self.tables().recall(sku, lot).map(Arc::clone)
    }

    /// Every active recall, by item and lot.
    pub fn recalls(&self) -> Vec<Arc<RecallRecord>> {
        let mut recalls: Vec<_> = self.tables().recalls().map(Arc::clone).collect();
        recalls.sort_unstable_by(|a, b| (&a.sku, &a.lot).cmp(&(&b.sku, &b.lot)));
        recalls
    }

    /// Every warehouse, retired ones too, sorted.
    pub fn warehouses(&self) -> Vec<WarehouseCode> {
        let mut codes: Vec<WarehouseCode> = self.tables().warehouse_codes().cloned().collect();
        codes.sort_unstable();
        codes
    }

    /// Every change up to this one is in the view.
    pub fn revision(&self) -> u64 {
        *self.inner.revision.borrow()
    }

    /// Waits until the view holds `revision`. Bound it by the caller's deadline: it waits as long as it takes.
    pub async fn reached(&self, revision: u64) {
        // The sender lives in `self`, so that the wait cannot fail.
        let _ = self.inner.revision.subscribe().wait_for(|now| *now >= revision).await;
    }

    /// Tells of every new revision.
    pub fn changed(&self) -> watch::Receiver<u64> {
        self.inner.revision.subscribe()
    }

    /// Waits until the follower has read everything that was published before it began: before that, an unknown item may only be one
    /// that was not read yet.
    pub async fn caught_up(&self) {
        let _ = self.inner.caught_up.subscribe().wait_for(|caught_up| *caught_up).await;
    }

    /// Whether [`CatalogView::caught_up`] would return at once.
    pub fn is_caught_up(&self) -> bool {
        *self.inner.caught_up.borrow()
    }

    /// Takes one change over. Older than what is there, or repeated, it changes nothing.
    pub fn apply(&self, change: &CatalogChange) {
        self.apply_all(slice::from_ref(change));
    }

    /// Takes changes over, in order; readers see all of them or none.
    pub fn apply_all(&self, changes: &[CatalogChange]) {
        let Some(newest) = changes.iter().map(|change| change.revision).max() else { return };
        let mut tables = self.inner.tables.write().unwrap_or_else(PoisonError::into_inner);
        for change in changes {
            if let Err(invalid) = apply(&mut tables, change) {
                tracing::error!(revision = change.revision, %invalid, "the catalog published a record that breaks its own rules: skipping it");
            }
        }
        drop(tables);
        self.inner.revision.send_if_modified(|revision| {
            let newer = newest > *revision;
            *revision = newest.max(*revision);
            newer
        });
    }

    /// Whoever keeps the view fresh has taken over everything that was published before it began.
    pub fn note_caught_up(&self) {
        self.inner.caught_up.send_if_modified(|caught_up| !std::mem::replace(caught_up, true));
    }

    fn tables(&self) -> RwLockReadGuard<'_, Tables> {
        // A panic while writing can leave one change half applied at worst, and the next one of its key repairs it.
        self.inner.tables.read().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use proto::catalog::v1::{Item, LifecycleState, Location, LocationKind, UnitConversion, Warehouse};
    use proto::events::v1::catalog_change::Record;

    use super::*;

    fn item(revision: u64, sku: &str, state: LifecycleState) -> CatalogChange {
        let item = Item { sku: sku.into(), base_unit: "EA".into(), state: state.into(), ..Item::default() };
        CatalogChange { revision, record: Some(Record::Item(item)) }
    }

    fn warehouse(revision: u64, code: &str) -> CatalogChange {
        let warehouse = Warehouse { code: code.into(), ..Warehouse::default() };
        CatalogChange { revision, record: Some(Record::Warehouse(warehouse)) }
    }

    fn location(revision: u64, warehouse: &str, code: &str, kind: LocationKind) -> CatalogChange {
        let location = Location {
            warehouse: warehouse.into(),
            code: code.into(),
            kind: kind.into(),
            ..Location::default()
        };
        CatalogChange { revision, record: Some(Record::Location(location)) }
    }

    #[test]
    fn records_are_found_by_their_keys() {
        let view = CatalogView::empty();
        view.apply_all(&[
            warehouse(1, "MUC"),
            warehouse(2, "BER"),
            location(3, "BER", "SUPPLIER", LocationKind::Supplier),
            location(4, "BER", "MAIN", LocationKind::Storage),
            item(5, "A-1", LifecycleState::Active),
        ]);
        assert_eq!(view.revision(), 5);
        assert_eq!(view.warehouses().iter().map(WarehouseCode::as_str).collect::<Vec<_>>(), ["BER", "MUC"]);
        assert!(view.warehouse("BER").unwrap().active);
        assert!(view.location("BER", "SUPPLIER").unwrap().is_virtual);
        assert!(!view.location("BER", "MAIN").unwrap().is_virtual);
        assert!(view.location("MUC", "MAIN").is_none());
        assert!(view.item("A-1").unwrap().active);
        assert!(view.item("A-2").is_none());
    }

    #[test]
    fn an_older_record_of_a_key_changes_nothing() {
        let view = CatalogView::empty();
        view.apply(&item(7, "A-1", LifecycleState::Retired));
        view.apply(&item(3, "A-1", LifecycleState::Active));
        view.apply(&item(7, "A-1", LifecycleState::Active));
        assert!(!view.item("A-1").unwrap().active);
        assert_eq!(view.revision(), 7);
        view.apply(&item(8, "A-1", LifecycleState::Active));
        assert!(view.item("A-1").unwrap().active);
    }

    #[test]
    fn an_item_is_found_by_its_gtins_of_now() {
        let with = |revision, sku: &str, gtins: &[&str]| {
            let gtins = gtins.iter().map(|gtin| (*gtin).to_owned()).collect();
            let item = Item { sku: sku.into(), base_unit: "EA".into(), gtins, ..Item::default() };
            CatalogChange { revision, record: Some(Record::Item(item)) }
        };
        let view = CatalogView::empty();
        let owner = |gtin: &str| {
            let packed = view.packed_of_gtin(&Gtin::parse(gtin).unwrap());
            packed.map(|(item, _)| item.sku.as_str().to_owned())
        };
        let (first, second) = ("09520123456788", "00000096385074");
        view.apply(&with(1, "A-1", &[first, second]));
        assert_eq!((owner(first), owner("96385074")), (Some("A-1".into()), Some("A-1".into())));
        // It goes to another item, and the record that gave it away comes late.
        view.apply(&with(3, "A-2", &[second]));
        view.apply(&with(2, "A-1", &[first]));
        assert_eq!((owner(first), owner(second)), (Some("A-1".into()), Some("A-2".into())));
        view.apply(&with(1, "A-2", &[]));
        view.apply(&with(4, "A-1", &[]));
        assert_eq!((owner(first), owner(second)), (None, Some("A-2".into())));
    }

    #[test]
    fn a_gtin_names_the_unit_that_has_it_now() {
        let with = |revision, base: &[&str], case: &[&str]| {
            let gtins = |of: &[&str]| of.iter().map(|gtin| (*gtin).to_owned()).collect();
            let (unit, numerator, denominator) = ("CASE".into(), 12, 1);
            let case = UnitConversion { unit, numerator, denominator, decimals: 0, gtins: gtins(case) };
            let (base_unit, unit_conversions) = ("EA".into(), vec![case]);
            let item =
                Item { sku: "A".into(), base_unit, gtins: gtins(base), unit_conversions, ..Item::default() };
            CatalogChange { revision, record: Some(Record::Item(item)) }
        };
        let view = CatalogView::empty();
        let unit =
            |gtin: &str| view.packed_of_gtin(&Gtin::parse(gtin).unwrap()).map(|(_, unit)| unit.to_string());
        let (piece, case) = ("09520123456788", "00000096385074");
        view.apply(&with(1, &[piece], &[case]));
        assert_eq!((unit(piece), unit(case)), (Some("EA".into()), Some("CASE".into())));
        view.apply(&with(2, &[case], &[]));
        assert_eq!((unit(piece), unit(case)), (None, Some("EA".into())));
    }

    #[test]
    fn a_warehouse_is_found_by_its_gln_of_now() {
        let with = |revision, code: &str, gln: &str| {
            let warehouse = Warehouse { code: code.into(), gln: gln.into(), ..Warehouse::default() };
            CatalogChange { revision, record: Some(Record::Warehouse(warehouse)) }
        };
        let view = CatalogView::empty();
        let owner = || {
            let found = view.warehouse_of_gln(&Gln::parse("6291041500213").unwrap());
            found.map(|warehouse| warehouse.code.as_str().to_owned())
        };
        view.apply(&with(1, "BER", "6291041500213"));
        assert_eq!(owner(), Some("BER".into()));
        view.apply(&with(2, "MUC", "6291041500213"));
        view.apply(&with(3, "BER", ""));
        assert_eq!(owner(), Some("MUC".into()));
        view.apply(&with(4, "MUC", ""));
        assert_eq!(owner(), None);
    }

    #[test]
    fn a_broken_record_is_skipped_and_counted() {
        let view = CatalogView::empty();
        view.apply(&item(1, "", LifecycleState::Active));
        view.apply(&CatalogChange { revision: 2, record: None });
        assert_eq!(view.revision(), 2);
    }

    #[tokio::test]
    async fn waiters_wake_at_their_revision() {
        let view = CatalogView::empty();
        let waiter = tokio::spawn({
            let view = view.clone();
            async move { view.reached(2).await }
        });
        view.apply(&item(1, "A-1", LifecycleState::Active));
        assert!(!waiter.is_finished());
        view.apply(&item(2, "A-2", LifecycleState::Active));
        waiter.await.unwrap();
        view.reached(1).await;
    }
}
