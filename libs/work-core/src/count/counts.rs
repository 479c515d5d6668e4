use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use vocabulary::{DocumentCode, LocationCode, Sequence, Sku, Timestamp};

use super::{Count, CountChange, CountNotFollowing, CountPlace};

/// The most counts that may be open in a warehouse at once.
pub const OPEN_COUNTS_MAX: usize = 10_000;
/// Counts that are over are kept while they have no more places and counted goods than this together; then the first to end are
/// forgotten. The journal keeps what became of them.
pub const ENDED_COUNT_LINES_KEPT: usize = 200_000;

/// The counts of a warehouse.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    known: BTreeMap<DocumentCode, Count>,
    /// Those that are over, the first to end first.
    ended: BTreeSet<(Sequence, DocumentCode)>,
    /// What those that are over weigh ([`Count::weight`]).
    ended_lines: usize,
    /// Those that changed since they were last taken.
    marked: BTreeSet<DocumentCode>,
    /// Open counts by the locations that they count.
    open_at: BTreeMap<LocationCode, BTreeSet<DocumentCode>>,
    /// The newest time at which a shelf of an open count was read.
    newest_read: Option<Timestamp>,
}

/// What entries have changed of counts, as it is now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TouchedCounts {
    /// Those that are known.
    pub known: Vec<Count>,
    /// Those that are forgotten.
    pub forgotten: Vec<DocumentCode>,
}

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
        for count in known {
            counts.note_end(&count);
            if count.state.is_open() {
                counts.note_open(&count);
            }
            counts.known.insert(count.plan.code.clone(), count);
        }
        counts
    }

    /// Under a code.
    pub fn get(&self, code: &DocumentCode) -> Option<&Count> {
        self.known.get(code)
    }

    /// Those after a code, by code.
    pub fn after(&self, code: Option<&DocumentCode>) -> impl Iterator<Item = &Count> {
        let from = code.map_or(Bound::Unbounded, Bound::Excluded);
        self.known.range::<DocumentCode, _>((from, Bound::Unbounded)).map(|(_, count)| count)
    }

    /// How many are open.
    pub fn open_count(&self) -> usize {
        self.known.len().saturating_sub(self.ended.len())
    }

    /// Applies a change that was decided in the entry of this sequence.
    ///
    /// # Errors
    /// [`CountNotFollowing`] when it does not follow from what is known.
    pub fn apply(&mut self, change: &CountChange, sequence: Sequence) -> Result<(), CountNotFollowing> {
        let code = change.code();
        self.marked.insert(code.clone());
        match (self.known.get_mut(code), change) {
            (Some(known), change) => known.apply(change, sequence)?,
            (None, CountChange::Planned(plan)) => {
                let new = Count::new((**plan).clone(), sequence);
                self.note_open(&new);
                self.known.insert(code.clone(), new);
            }
            (None, _) => return Err(CountNotFollowing { code: code.clone() }),
        }
        if let CountChange::Counted { reading, .. } = change {
            self.newest_read = self.newest_read.max(reading.at);
        }
        if let Some(ended) = self.known.get(code).filter(|known| !known.state.is_open()).cloned() {
            self.note_closed(&ended);
            self.note_end(&ended);
            self.forget();
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
        let Some(codes) = self.open_at.get(location) else { return };
        for code in codes {
            let Some(count) = self.known.get_mut(code) else { continue };
            let all = CountPlace { location: location.clone(), sku: None };
            let one = CountPlace { location: location.clone(), sku: Some(sku.clone()) };
            for place in [all, one] {
                let reading = count.reading(&place);
                let is_seen = match how {
                    Corrected::PutRight => true,
                    // What is told late before a shelf is read is known by then.
                    Corrected::ToldLate(at) => {
                        reading.is_some_and(|reading| reading.at.is_some_and(|read| at <= read))
                    }
                };
                if is_seen && count.correct(&place, sequence) {
                    self.marked.insert(code.clone());
                }
            }
        }
    }

    /// Everything that changed since the last call, as it is now.
    pub fn take_touched(&mut self) -> TouchedCounts {
        let mut touched = TouchedCounts::default();
        for code in std::mem::take(&mut self.marked) {
            match self.known.get(&code) {
                Some(known) => touched.known.push(known.clone()),
                None => touched.forgotten.push(code),
            }
        }
        touched
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

    fn note_end(&mut self, count: &Count) {
        if let Some(by) = count.ended_by
            && self.ended.insert((by, count.plan.code.clone()))
        {
            self.ended_lines = self.ended_lines.saturating_add(count.weight());
        }
    }

    fn forget(&mut self) {
        while self.ended_lines > ENDED_COUNT_LINES_KEPT {
            let Some((_, code)) = self.ended.pop_first() else { return };
            let Some(forgotten) = self.known.remove(&code) else { return };
            self.ended_lines = self.ended_lines.saturating_sub(forgotten.weight());
            self.marked.insert(code);
        }
    }
}
