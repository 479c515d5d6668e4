//! The catalog service: items, classes, coding rules, warehouses, locations.
