use vocabulary::ExpectationCode;

use super::{EXPECTATIONS_MAX, Expectation, ExpectationRejection};
use crate::draft::Draft;
use crate::small_map::SmallMap;

/// Expectations as the lines judged so far leave them.
#[derive(Debug, Default)]
pub(crate) struct ExpectationDraft {
    /// Those that were changed, also when nothing of them is open any more.
    changed: SmallMap<ExpectationCode, Expectation>,
    opened: usize,
    closed: usize,
}

impl Draft<'_> {
    /// What is open under a code.
    pub(crate) fn expectation(&self, code: &ExpectationCode) -> Option<&Expectation> {
        let drafted = self.expected.as_ref().and_then(|expected| expected.changed.get(code));
        drafted.or_else(|| self.state().expectation(code)).filter(|known| known.is_open())
    }

    /// What is open under a code that a line names.
    pub(super) fn named_expectation(
        &self,
        code: &ExpectationCode,
    ) -> Result<&Expectation, ExpectationRejection> {
        let not_found = || ExpectationRejection::NotFound { expectation: code.clone() };
        self.expectation(code).ok_or_else(not_found)
    }

    pub(super) fn set_expectation(&mut self, after: Expectation) {
        let was_open = self.expectation(&after.code).is_some();
        let expected = self.expected.get_or_insert_default();
        match (was_open, after.is_open()) {
            (false, true) => expected.opened = expected.opened.saturating_add(1),
            (true, false) => expected.closed = expected.closed.saturating_add(1),
            (true, true) | (false, false) => {}
        }
        expected.changed.insert(after.code.clone(), after);
    }

    /// One more may be open.
    pub(super) fn check_room(&self) -> Result<(), ExpectationRejection> {
        let (opened, closed) =
            self.expected.as_ref().map_or((0, 0), |expected| (expected.opened, expected.closed));
        let open = self.state().expectation_count().saturating_add(opened).saturating_sub(closed);
        if open < EXPECTATIONS_MAX { Ok(()) } else { Err(ExpectationRejection::TooMany) }
    }
}
