//! Where goods that came are best put. Nothing is decided by it: whoever moves them may put them elsewhere.

mod hazard;
mod shelves;
mod stores;
#[cfg(test)]
mod tests;

pub use hazard::{HazardClass, Segregation};
pub use shelves::{Hindrance, PutAwayReason, Shelf, Shelves, Suggested, ToPutAway};
pub use stores::{StoredAs, Stores, ZoneClass};
