use vocabulary::{DocumentCode, PartyCode, Sequence, Timestamp};

use super::{Count, CountPlace, CountPlan, CountState, Reading};

/// What a step changes of a count: a fact of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CountChange {
    /// It is planned.
    Planned(Box<CountPlan>),
    /// A place was counted, for the first time or again.
    Counted {
        /// Of which count.
        code: DocumentCode,
        /// Where.
        place: CountPlace,
        /// What was there.
        reading: Box<Reading>,
    },
    /// Somebody approved what differs.
    Approved {
        /// Which.
        code: DocumentCode,
        /// Who.
        by: PartyCode,
    },
    /// What differed was posted. The movements stand before it in the same entry.
    Posted {
        /// Which.
        code: DocumentCode,
        /// When.
        at: Timestamp,
    },
    /// It is given up.
    Cancelled {
        /// Which.
        code: DocumentCode,
    },
}

/// A change that does not follow from what is known: the journal is damaged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("count {code} cannot have changed like that")]
pub struct CountNotFollowing {
    /// Which.
    pub code: DocumentCode,
}

impl CountChange {
    /// Which count changes.
    pub const fn code(&self) -> &DocumentCode {
        match self {
            Self::Planned(plan) => &plan.code,
            Self::Counted { code, .. }
            | Self::Approved { code, .. }
            | Self::Posted { code, .. }
            | Self::Cancelled { code } => code,
        }
    }

    /// What a count is after the change; `None` is one that is not known. `sequence` is the entry it stands in.
    ///
    /// # Errors
    /// [`CountNotFollowing`] when it does not follow from what the count is.
    pub fn apply(&self, before: Option<Count>, sequence: Sequence) -> Result<Count, CountNotFollowing> {
        match (before, self) {
            (Some(mut known), change) => {
                known.apply(change, sequence)?;
                Ok(known)
            }
            (None, Self::Planned(plan)) => Ok(Count::new((**plan).clone(), sequence)),
            (None, _) => Err(CountNotFollowing { code: self.code().clone() }),
        }
    }
}

impl Count {
    /// Applies a change that was decided. `sequence` is the entry it stands in.
    ///
    /// # Errors
    /// [`CountNotFollowing`] when it does not follow from what the count is.
    fn apply(&mut self, change: &CountChange, sequence: Sequence) -> Result<(), CountNotFollowing> {
        let done = match change {
            _ if !self.state.is_open() => None,
            CountChange::Planned(_) => None,
            CountChange::Counted { place, reading, .. } => self.put_reading(place, reading),
            CountChange::Approved { by, .. } => {
                self.approved_by = Some(by.clone());
                Some(())
            }
            CountChange::Posted { at, .. } => {
                self.posted_at = Some(*at);
                self.end(CountState::Posted, sequence)
            }
            CountChange::Cancelled { .. } => self.end(CountState::Cancelled, sequence),
        };
        done.ok_or_else(|| CountNotFollowing { code: self.plan.code.clone() })
    }

    /// What should be at a place was corrected by an entry: whatever was read there before is not to be posted any more. Whether that
    /// changed anything.
    pub fn correct(&mut self, place: &CountPlace, sequence: Sequence) -> bool {
        if !self.state.is_open() || !self.plan.places.contains(place) {
            return false;
        }
        self.progress.entry(place.clone()).or_default().corrected_by = Some(sequence);
        self.approved_by = None;
        self.state = self.how_far();
        true
    }

    /// An approval is of what differed then.
    fn put_reading(&mut self, place: &CountPlace, reading: &Reading) -> Option<()> {
        if !self.plan.places.contains(place) {
            return None;
        }
        let known = self.progress.entry(place.clone()).or_default();
        if let Some(before) = known.reading.replace(reading.clone()) {
            known.before.push(before.by);
        }
        known.corrected_by = known.corrected_by.filter(|by| *by > reading.sequence);
        self.approved_by = None;
        self.state = self.how_far();
        Some(())
    }

    fn how_far(&self) -> CountState {
        if self.progress.values().all(|known| known.reading.is_none()) {
            CountState::Planned
        } else if self.plan.places.iter().any(|place| self.is_to_count(place)) {
            CountState::Counting
        } else {
            CountState::Counted
        }
    }

    fn end(&mut self, state: CountState, sequence: Sequence) -> Option<()> {
        self.state = state;
        self.ended_by = Some(sequence);
        Some(())
    }
}
