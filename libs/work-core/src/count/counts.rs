use std::collections::{BTreeMap, BTreeSet};

use vocabulary::{DocumentCode, LocationCode, Sequence, Sku, Timestamp};

use super::{Count, CountChange, CountNotFollowing, CountPlace};
use crate::{Documents, TouchedDocuments};

/// The most counts that may be open in a warehouse at once.
pub const OPEN_COUNTS_MAX: usize = 10_000;

/// The counts of a warehouse.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    documents: Documents<Count>,
    /// Open counts by the locations that they count.
    open_at: BTreeMap<LocationCode, BTreeSet<DocumentCode>>,
    /// The newest time at which a shelf of an open count was read.
    newest_read: Option<Timestamp>,
}

/// What entries have changed of counts, as it is now.
pub type TouchedCounts = TouchedDocuments<Count>;

/// Something that changed what should be on a shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corrected {
    /// The stock was put right: by an adjustment, or by taking a movement back.
    PutRight,
    /// Something was told late that had happened at a time.
    ToldLate(Timestamp),
}

impl Counts {
    /// Puts those of a checkpoint back.
    pub fn restore(known: Vec<Count>) -> Self {
        let mut counts = Self::default();
        known.iter().filter(|count| count.state.is_open()).for_each(|count| counts.note_open(count));
        counts.documents = Documents::restore(known);
        counts
    }

    /// Under a code.
    pub fn get(&self, code: &DocumentCode) -> Option<&Count> {
        self.documents.get(code)
    }

    /// Those after a code, by code.
    pub fn after(&self, code: Option<&DocumentCode>) -> impl Iterator<Item = &Count> {
        self.documents.after(code)
    }

    /// How many are open.
    pub fn open_count(&self) -> usize {
        self.documents.open_count()
    }

    /// Applies a change that was decided in the entry of this sequence.
    ///
    /// # Errors
    /// [`CountNotFollowing`] when it does not follow from what is known.
    pub fn apply(&mut self, change: &CountChange, sequence: Sequence) -> Result<(), CountNotFollowing> {
        let (code, is_new) = (change.code(), self.get(change.code()).is_none());
        self.documents.change(code, |known| change.apply(known, sequence))?;
        if let CountChange::Counted { reading, .. } = change {
            self.newest_read = self.newest_read.max(reading.at);
        }
        // Copied at its beginning and at its end only: it may be large.
        let turned = self.get(code).filter(|count| is_new || !count.state.is_open()).cloned();
        match turned {
            Some(count) if count.state.is_open() => self.note_open(&count),
            Some(count) => self.note_closed(&count),
            None => {}
        }
        Ok(())
    }

    /// Whether a movement can change what should have been on a shelf of an open count when it was read.
    pub fn is_watching(&self, corrected: Corrected) -> bool {
        match corrected {
            Corrected::PutRight => !self.open_at.is_empty(),
            Corrected::ToldLate(at) => {
                self.newest_read.is_some_and(|read| at <= read) && !self.open_at.is_empty()
            }
        }
    }

    /// An entry changed what should be of an item at a location: counts that read it before have to read it again.
    pub fn correct(&mut self, (sku, location): (&Sku, &LocationCode), how: Corrected, sequence: Sequence) {
        let codes = self.open_at.get(location).cloned().unwrap_or_default();
        for code in codes {
            self.documents.revise(&code, |count| {
                let all = CountPlace { location: location.clone(), sku: None };
                let one = CountPlace { location: location.clone(), sku: Some(sku.clone()) };
                let changed = [all, one].map(|place| correct(count, &place, how, sequence));
                changed.contains(&true)
            });
        }
    }

    /// Everything that changed since the last call, as it is now.
    pub fn take_touched(&mut self) -> TouchedCounts {
        self.documents.take_touched()
    }

    fn note_open(&mut self, count: &Count) {
        for place in &count.plan.places {
            self.open_at.entry(place.location.clone()).or_default().insert(count.plan.code.clone());
        }
        let readings = count.progress.values().filter_map(|known| known.reading.as_ref()?.at);
        self.newest_read = self.newest_read.max(readings.max());
    }

    fn note_closed(&mut self, count: &Count) {
        for place in &count.plan.places {
            if let Some(open) = self.open_at.get_mut(&place.location) {
                open.remove(&count.plan.code);
                if open.is_empty() {
                    self.open_at.remove(&place.location);
                }
            }
        }
    }
}

/// Whether a place that was read has to be read again.
fn correct(count: &mut Count, place: &CountPlace, how: Corrected, sequence: Sequence) -> bool {
    let is_seen = match how {
        Corrected::PutRight => true,
        // What is told late before a shelf is read is known by then.
        Corrected::ToldLate(at) => {
            count.reading(place).is_some_and(|reading| reading.at.is_some_and(|read| at <= read))
        }
    };
    is_seen && count.correct(place, sequence)
}
