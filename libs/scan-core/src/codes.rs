//! How our own codes stand on labels: GS1 leaves the AIs 91 to 99 to every company for its internal use (GS1 General
//! Specifications 3.9). On a label with a key of GS1 they are those of whoever made it, and are not read.

use vocabulary::{LocationCode, WarehouseCode};

/// The AI that holds our own item code, where the item has no GTIN.
pub const ITEM_AI: &str = "91";

/// The AI that holds a warehouse and a location in it, where the warehouse has no GLN.
pub const LOCATION_AI: &str = "92";

/// The value of [`LOCATION_AI`]: no warehouse code has a slash.
pub fn location_value(warehouse: &WarehouseCode, location: &LocationCode) -> String {
    format!("{warehouse}/{location}")
}

/// A warehouse, and a location in it.
pub(crate) fn split_location(value: &str) -> Option<(&str, &str)> {
    value.split_once('/')
}
