use std::collections::BTreeSet;

use work_core::{Count, Counts};

/// The counts of a warehouse, and which items each location has, or had.
#[derive(Debug, Clone)]
pub(crate) struct Watched {
    pub(crate) counts: Counts,
    /// Location and item, by number: what stands on a shelf is found without looking at every item.
    items_at: BTreeSet<(u32, u32)>,
}

impl Watched {
    pub(super) fn new(items_at: BTreeSet<(u32, u32)>) -> Self {
        Self { counts: Counts::default(), items_at }
    }

    pub(super) fn restore(&mut self, known: Vec<Count>) {
        self.counts = Counts::restore(known);
    }

    /// An item has a position at a location from now on.
    pub(crate) fn note_position(&mut self, location: u32, item: u32) {
        self.items_at.insert((location, item));
    }

    /// Items of a location.
    pub(super) fn items_at(&self, location: u32) -> impl Iterator<Item = u32> {
        self.items_at.range((location, 0)..=(location, u32::MAX)).map(|(_, item)| *item)
    }
}
