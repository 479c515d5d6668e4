//! Counts as they are applied, read and stored.

use vocabulary::{DocumentCode, Sequence};
use work_core::{Count, CountChange, TouchedCounts};

use super::Watched;
use crate::{EvolveError, State};

impl State {
    /// Applies a fact about a count.
    pub(crate) fn count_changed(
        &mut self,
        sequence: Sequence,
        change: &CountChange,
    ) -> Result<(), EvolveError> {
        self.watch_counts();
        let Some(watched) = &mut self.counts else { return Ok(()) };
        watched.counts.apply(change, sequence).map_err(|fault| EvolveError::Count(fault.code))
    }

    /// Under a code; also one that is over, until it is forgotten.
    pub fn count_of(&self, code: &DocumentCode) -> Option<&Count> {
        self.counts.as_ref()?.counts.get(code)
    }

    /// Those after a code, by code.
    pub fn counts_after(&self, code: Option<&DocumentCode>) -> impl Iterator<Item = &Count> {
        self.counts.iter().flat_map(move |watched| watched.counts.after(code))
    }

    /// How many are open.
    pub fn open_counts(&self) -> usize {
        self.counts.as_ref().map_or(0, |watched| watched.counts.open_count())
    }

    /// Puts the counts of a checkpoint back, when the positions are.
    pub(crate) fn restore_counts(&mut self, known: Vec<Count>) {
        if !known.is_empty() {
            self.watch_counts();
            self.counts.iter_mut().for_each(|watched| watched.restore(known.clone()));
        }
    }

    /// What has changed of them since the last call.
    pub(crate) fn take_touched_counts(&mut self) -> TouchedCounts {
        self.counts.as_mut().map(|watched| watched.counts.take_touched()).unwrap_or_default()
    }

    /// All that are known, in words, for the digest of the state.
    pub(crate) fn counts_in_words(&self) -> impl Iterator<Item = String> {
        self.counts_after(None).map(|count| format!("{count:?}\n"))
    }

    /// From the first count on, it is known what is where.
    fn watch_counts(&mut self) {
        if self.counts.is_none() {
            let items = (0_u32..).zip(&self.items);
            let places = items.flat_map(|(item, held)| held.places().map(move |location| (location, item)));
            self.counts = Some(Box::new(Watched::new(places.collect())));
        }
    }
}
