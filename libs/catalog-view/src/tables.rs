use std::collections::hash_map::Entry;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use vocabulary::{Gln, Gtin, LocationCode, LotCode, Sku, UnitCode, WarehouseCode};

use crate::record::{ItemRecord, LocationRecord, Packaging, RecallRecord, WarehouseRecord};

/// A record and the revision of the catalog that made it so.
#[derive(Debug)]
struct Revised<T> {
    revision: u64,
    record: Arc<T>,
}

/// The newest record of every key. Nothing is ever removed: what is retired stays for history.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    items: FxHashMap<Sku, Revised<ItemRecord>>,
    skus_by_gtin: FxHashMap<Gtin, Sku>,
    warehouses: FxHashMap<WarehouseCode, Revised<WarehouseRecord>>,
    warehouses_by_gln: FxHashMap<Gln, WarehouseCode>,
    locations: FxHashMap<WarehouseCode, FxHashMap<LocationCode, Revised<LocationRecord>>>,
    recalls: FxHashMap<Sku, FxHashMap<LotCode, Revised<RecallRecord>>>,
}

impl Tables {
    pub(crate) fn item(&self, sku: &str) -> Option<&Arc<ItemRecord>> {
        self.items.get(sku).map(|revised| &revised.record)
    }

    pub(crate) fn packed_of_gtin(&self, gtin: &Gtin) -> Option<(&Arc<ItemRecord>, &UnitCode)> {
        let item = self.item(self.skus_by_gtin.get(gtin)?.as_str())?;
        let packaging = item.packagings.iter().find(|packaging| packaging.gtin == *gtin)?;
        Some((item, &packaging.unit))
    }

    pub(crate) fn warehouse_of_gln(&self, gln: &Gln) -> Option<&Arc<WarehouseRecord>> {
        self.warehouse(self.warehouses_by_gln.get(gln)?.as_str())
    }

    pub(crate) fn warehouse(&self, code: &str) -> Option<&Arc<WarehouseRecord>> {
        self.warehouses.get(code).map(|revised| &revised.record)
    }

    pub(crate) fn location(&self, warehouse: &str, code: &str) -> Option<&Arc<LocationRecord>> {
        self.locations.get(warehouse)?.get(code).map(|revised| &revised.record)
    }

    pub(crate) fn locations(&self, warehouse: &str) -> impl Iterator<Item = &Arc<LocationRecord>> {
        let of_warehouse = self.locations.get(warehouse).into_iter();
        of_warehouse.flat_map(|locations| locations.values()).map(|revised| &revised.record)
    }

    /// Only while it is active.
    pub(crate) fn recall(&self, sku: &str, lot: &str) -> Option<&Arc<RecallRecord>> {
        let recall = &self.recalls.get(sku)?.get(lot)?.record;
        recall.active.then_some(recall)
    }

    /// Those that are active.
    pub(crate) fn recalls(&self) -> impl Iterator<Item = &Arc<RecallRecord>> {
        let all = self.recalls.values().flat_map(|of_item| of_item.values());
        all.map(|revised| &revised.record).filter(|recall| recall.active)
    }

    pub(crate) fn warehouse_codes(&self) -> impl Iterator<Item = &WarehouseCode> {
        self.warehouses.keys()
    }

    pub(crate) fn put_item(&mut self, revision: u64, item: ItemRecord) {
        let sku = item.sku.clone();
        let Some(replaced) = put(self.items.entry(sku.clone()), revision, item) else { return };
        // A GTIN may have gone to another item in the meantime: only what still points here is taken away.
        for Packaging { gtin, .. } in replaced.before.iter().flat_map(|before| &before.packagings) {
            if self.skus_by_gtin.get(gtin) == Some(&sku) {
                self.skus_by_gtin.remove(gtin);
            }
        }
        let of_item = |packaging: &Packaging| (packaging.gtin.clone(), sku.clone());
        self.skus_by_gtin.extend(replaced.after.packagings.iter().map(of_item));
    }

    pub(crate) fn put_warehouse(&mut self, revision: u64, warehouse: WarehouseRecord) {
        let code = warehouse.code.clone();
        let Some(replaced) = put(self.warehouses.entry(code.clone()), revision, warehouse) else { return };
        if let Some(gln) = replaced.before.as_ref().and_then(|before| before.gln.as_ref())
            && self.warehouses_by_gln.get(gln) == Some(&code)
        {
            self.warehouses_by_gln.remove(gln);
        }
        self.warehouses_by_gln.extend(replaced.after.gln.iter().map(|gln| (gln.clone(), code.clone())));
    }

    pub(crate) fn put_location(&mut self, revision: u64, location: LocationRecord) {
        let of_warehouse = self.locations.entry(location.warehouse.clone()).or_default();
        let _ = put(of_warehouse.entry(location.code.clone()), revision, location);
    }

    pub(crate) fn put_recall(&mut self, revision: u64, recall: RecallRecord) {
        let of_item = self.recalls.entry(recall.sku.clone()).or_default();
        let _ = put(of_item.entry(recall.lot.clone()), revision, recall);
    }
}

/// A record that took the place of another one, or of none.
struct Replaced<T> {
    before: Option<Arc<T>>,
    after: Arc<T>,
}

/// A publisher that starts again repeats what it sent: an older record never replaces a newer one. `None` when nothing changed.
fn put<K, T>(entry: Entry<'_, K, Revised<T>>, revision: u64, record: T) -> Option<Replaced<T>> {
    let after = Arc::new(record);
    let newest = Revised { revision, record: Arc::clone(&after) };
    match entry {
        Entry::Occupied(mut there) if there.get().revision < revision => {
            Some(Replaced { before: Some(there.insert(newest).record), after })
        }
        Entry::Occupied(_) => None,
        Entry::Vacant(free) => {
            free.insert(newest);
            Some(Replaced { before: None, after })
        }
    }
}
