//! What may be done with a count, and what stands against it.

use vocabulary::{DocumentCode, PartyCode, Sequence, Timestamp};

use super::{Count, CountChange, CountPlace, CountRejection, CountState, CountedLine, Reading};

/// The most goods, missing and other units together, that were counted for a count, with how often its places were counted after the second time.
pub const COUNT_LINES_MAX: usize = 2000;

/// Who counts a place, and when the shelf was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counting<'a> {
    /// Where.
    pub place: &'a CountPlace,
    /// Who.
    pub by: &'a PartyCode,
    /// The newest entry that the shelf already showed.
    pub sequence: Sequence,
}

impl Count {
    /// Whether somebody may count a place: before anybody looks up what should be there. `newest` is the newest entry that can be named.
    ///
    /// # Errors
    /// [`CountRejection`] when the count is over, when it does not count there, when the shelf was read too early or too late, or when
    /// the same person counted it last.
    pub fn check_counting(&self, counting: &Counting<'_>, newest: Sequence) -> Result<(), CountRejection> {
        self.check_open()?;
        let (code, place) = (self.code(), counting.place.clone());
        if !self.plan.places.contains(&place) {
            return Err(CountRejection::NotPlanned { code, place });
        }
        let known = self.progress.get(&place);
        let corrected_by = known.and_then(|known| known.corrected_by);
        let read_before = known.and_then(|known| known.reading.as_ref()).map(|reading| reading.sequence);
        let least = [corrected_by, read_before].into_iter().flatten().fold(self.planned_by, Sequence::max);
        let (given, most) = (counting.sequence, newest);
        if given < least || given > most {
            return Err(CountRejection::ReadOutOfTime { code, place, given, least, most });
        }
        match self.reading(&place) {
            Some(reading) if reading.by == *counting.by => {
                Err(CountRejection::SamePerson { code, place, by: counting.by.clone() })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// A place was counted.
    ///
    /// # Errors
    /// [`CountRejection`] when the count would have more lines than it may.
    pub fn counted(&self, place: CountPlace, reading: Reading) -> Result<CountChange, CountRejection> {
        let code = self.code();
        let others = self.progress.iter().filter(|(other, _)| **other != place);
        let others = others.filter_map(|(_, known)| known.reading.as_ref()).chain([&reading]);
        let lines = others.flat_map(|reading| &reading.lines).map(CountedLine::weight);
        // Who counted is kept, however often two people count in turns. A place is counted a second time without that.
        let before = self.progress.values().map(|known| known.before.len().saturating_sub(1));
        if lines.chain(before).fold(0, usize::saturating_add) > COUNT_LINES_MAX {
            return Err(CountRejection::TooManyLines { code });
        }
        Ok(CountChange::Counted { code, place, reading: Box::new(reading) })
    }

    /// Somebody who did not count approves what differs.
    ///
    /// # Errors
    /// [`CountRejection`] when the count is over, when places are to be counted, or when they counted one of them.
    pub fn approve(&self, by: &PartyCode) -> Result<CountChange, CountRejection> {
        self.check_counted()?;
        let (code, by) = (self.code(), by.clone());
        if self.counters().any(|counter| *counter == by) {
            return Err(CountRejection::OwnVariance { code, by });
        }
        Ok(CountChange::Approved { code, by })
    }

    /// What differs is posted.
    ///
    /// # Errors
    /// [`CountRejection`] when the count is over, when places are to be counted, or when what differs is to be approved.
    pub fn post(&self, at: Timestamp) -> Result<CountChange, CountRejection> {
        self.check_counted()?;
        let code = self.code();
        if self.needs_approval() && self.approved_by.is_none() {
            let value = self.variance_value().map_or_else(String::new, |value| value.to_string());
            return Err(CountRejection::ApprovalNeeded { code, value });
        }
        Ok(CountChange::Posted { code, at })
    }

    /// It is given up; nothing was posted.
    ///
    /// # Errors
    /// [`CountRejection::Ended`] when it is over.
    pub fn cancel(&self) -> Result<CountChange, CountRejection> {
        self.check_open()?;
        Ok(CountChange::Cancelled { code: self.code() })
    }

    /// Whether something may still be done with it.
    ///
    /// # Errors
    /// [`CountRejection::Ended`] when it is over.
    pub fn check_open(&self) -> Result<(), CountRejection> {
        if self.state.is_open() {
            return Ok(());
        }
        Err(CountRejection::Ended { code: self.code(), state: self.state })
    }

    fn check_counted(&self) -> Result<(), CountRejection> {
        self.check_open()?;
        if self.state == CountState::Counted {
            return Ok(());
        }
        let code = self.code();
        let stale = self.progress.iter().find(|(place, _)| self.is_stale(place));
        if let Some((place, Some(corrected_by))) = stale.map(|(place, known)| (place, known.corrected_by)) {
            return Err(CountRejection::Stale { code, place: place.clone(), corrected_by });
        }
        if let Some(place) = self.plan.places.iter().find(|place| self.reading(place).is_none()) {
            return Err(CountRejection::NotCounted { code, place: place.clone() });
        }
        match self.plan.places.iter().find(|place| self.waits_for_recount(place)) {
            Some(place) => Err(CountRejection::RecountNeeded { code, place: place.clone() }),
            None => Ok(()),
        }
    }

    fn code(&self) -> DocumentCode {
        self.plan.code.clone()
    }
}
