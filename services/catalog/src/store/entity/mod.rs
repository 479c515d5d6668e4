//! One module a table. The models never leave `store`.

pub(super) mod bom;
pub(super) mod change;
pub(super) mod coding_rule;
pub(super) mod head;
pub(super) mod item;
pub(super) mod item_class;
pub(super) mod item_gtin;
pub(super) mod location;
pub(super) mod recall;
pub(super) mod relay_cursor;
pub(super) mod request;
pub(super) mod warehouse;
