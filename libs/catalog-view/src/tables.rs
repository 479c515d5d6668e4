use std::collections::hash_map::Entry;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use vocabulary::{LocationCode, Sku, WarehouseCode};

use crate::record::{ItemRecord, LocationRecord, WarehouseRecord};

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
    warehouses: FxHashMap<WarehouseCode, Revised<WarehouseRecord>>,
    locations: FxHashMap<WarehouseCode, FxHashMap<LocationCode, Revised<LocationRecord>>>,
}

impl Tables {
    pub(crate) fn item(&self, sku: &str) -> Option<&Arc<ItemRecord>> {
        self.items.get(sku).map(|revised| &revised.record)
    }

    pub(crate) fn warehouse(&self, code: &str) -> Option<&Arc<WarehouseRecord>> {
        self.warehouses.get(code).map(|revised| &revised.record)
    }

    pub(crate) fn location(&self, warehouse: &str, code: &str) -> Option<&Arc<LocationRecord>> {
        self.locations.get(warehouse)?.get(code).map(|revised| &revised.record)
    }

    pub(crate) fn warehouse_codes(&self) -> impl Iterator<Item = &WarehouseCode> {
        self.warehouses.keys()
    }

    pub(crate) fn put_item(&mut self, revision: u64, item: ItemRecord) {
        put(self.items.entry(item.sku.clone()), revision, item);
    }

    pub(crate) fn put_warehouse(&mut self, revision: u64, warehouse: WarehouseRecord) {
        put(self.warehouses.entry(warehouse.code.clone()), revision, warehouse);
    }

    pub(crate) fn put_location(&mut self, revision: u64, location: LocationRecord) {
        let of_warehouse = self.locations.entry(location.warehouse.clone()).or_default();
        put(of_warehouse.entry(location.code.clone()), revision, location);
    }
}

/// A publisher that starts again repeats what it sent: an older record never replaces a newer one.
fn put<K, T>(entry: Entry<'_, K, Revised<T>>, revision: u64, record: T) {
    match entry {
        Entry::Occupied(mut there) if there.get().revision < revision => {
            there.insert(Revised { revision, record: Arc::new(record) });
        }
        Entry::Occupied(_) => {}
        Entry::Vacant(free) => {
            free.insert(Revised { revision, record: Arc::new(record) });
        }
    }
}
