use catalog_core::CatchWeight;
use catalog_view::{CatalogView, ItemRecord, LocationRecord};
use scan_core::{Directory, KnownItem, KnownLocation};
use vocabulary::{Gln, Gtin, Quantity, Sku, UnitCode, WarehouseCode};

/// What units that mean kilograms are called (the second one: UN/ECE recommendation 20).
const KILOGRAMS: [&str; 2] = ["KG", "KGM"];

/// What units that mean pounds are called.
const POUNDS: [&str; 2] = ["LB", "LBR"];

/// The catalog's read model, seen from a caller's warehouse.
#[derive(Debug)]
pub(super) struct ScanDirectory<'a> {
    pub(super) catalog: &'a CatalogView,
    /// Where the caller is; empty for nowhere.
    pub(super) warehouse: &'a str,
}

impl Directory for ScanDirectory<'_> {
    fn item(&self, sku: &str) -> Option<KnownItem> {
        self.catalog.item(sku).map(|item| known_item(&item, &item.base_unit))
    }

    fn item_of_gtin(&self, gtin: &Gtin) -> Option<KnownItem> {
        self.catalog.packed_of_gtin(gtin).map(|(item, unit)| known_item(&item, &unit))
    }

    fn in_base(&self, sku: &Sku, quantity: Quantity, unit: &UnitCode) -> Option<Quantity> {
        self.catalog.item(sku.as_str())?.to_base(quantity, unit.as_str()).ok()
    }

    fn location_here(&self, code: &str) -> Option<KnownLocation> {
        self.location(self.warehouse, code)
    }

    fn location(&self, warehouse: &str, code: &str) -> Option<KnownLocation> {
        self.catalog.location(warehouse, code).map(|location| self.known_location(&location))
    }

    fn warehouse_of_gln(&self, gln: &Gln) -> Option<WarehouseCode> {
        self.catalog.warehouse_of_gln(gln).map(|warehouse| warehouse.code.clone())
    }
}

impl ScanDirectory<'_> {
    fn known_location(&self, location: &LocationRecord) -> KnownLocation {
        let is_here = self.warehouse.is_empty() || self.warehouse == location.warehouse.as_str();
        KnownLocation {
            warehouse: location.warehouse.clone(),
            code: location.code.clone(),
            usable: location.active && !location.is_virtual && is_here,
        }
    }
}

/// An item of which one `unit` was scanned.
fn known_item(item: &ItemRecord, unit: &UnitCode) -> KnownItem {
    let units = || std::iter::once(&item.base_unit).chain(item.conversions.iter().map(|other| other.unit()));
    let called = |names: [&str; 2]| units().find(|unit| names.contains(&unit.as_str())).cloned();
    KnownItem {
        sku: item.sku.clone(),
        unit: unit.clone(),
        base_unit: item.base_unit.clone(),
        kilogram: called(KILOGRAMS),
        pound: called(POUNDS),
        weighed: item.catch_weight.as_ref().map(CatchWeight::unit),
        tracking: item.tracking,
        active: item.active,
    }
}
