use proto::catalog::v1::Tracking;
use vocabulary::{Gln, Gtin, LocationCode, Quantity, Sku, UnitCode, WarehouseCode, WeightUnit};

/// The master data that scans are compared with.
pub trait Directory {
    /// The item with this SKU, retired ones too.
    fn item(&self, sku: &str) -> Option<KnownItem>;

    /// The item with this GTIN, retired ones too, in the unit that has it.
    fn item_of_gtin(&self, gtin: &Gtin) -> Option<KnownItem>;

    /// A quantity of an item in its base unit; `None` when it is not exact there.
    fn in_base(&self, sku: &Sku, quantity: Quantity, unit: &UnitCode) -> Option<Quantity>;

    /// The location with this code in the warehouse of the caller; `None` when he did not say where he is.
    fn location_here(&self, code: &str) -> Option<KnownLocation>;

    /// The location with this code in a warehouse.
    fn location(&self, warehouse: &str, code: &str) -> Option<KnownLocation>;

    /// The warehouse with this GLN.
    fn warehouse_of_gln(&self, gln: &Gln) -> Option<WarehouseCode>;
}

/// An item as it was scanned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownItem {
    /// Its key.
    pub sku: Sku,
    /// The unit that one of what was scanned is: the one that has the GTIN, else the base unit.
    pub unit: UnitCode,
    /// The unit that stock is kept in.
    pub base_unit: UnitCode,
    /// The item's unit for kilograms, if it can be weighed.
    pub kilogram: Option<UnitCode>,
    /// The item's unit for pounds, if it can be weighed.
    pub pound: Option<UnitCode>,
    /// The unit that its goods are weighed in, if it is of catch weight.
    pub weighed: Option<WeightUnit>,
    /// How single units are told apart.
    pub tracking: Tracking,
    /// Not retired.
    pub active: bool,
}

/// A logistic unit that is in the warehouse of the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownUnit {
    /// Where it is.
    pub location: LocationCode,
}

/// A location as it was scanned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownLocation {
    /// The warehouse it is in.
    pub warehouse: WarehouseCode,
    /// Its key in the warehouse.
    pub code: LocationCode,
    /// Whether goods can lie there now, for this caller: real, not retired, and in his warehouse.
    pub usable: bool,
}
