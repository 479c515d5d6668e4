use std::collections::BTreeMap;

use vocabulary::DocumentCode;
use work_core::{Count, CountChange, CountRejection, OPEN_COUNTS_MAX};

use super::CountFact;
use crate::Fact;
use crate::draft::Draft;

/// Counts as the lines judged so far leave them.
#[derive(Debug, Default)]
pub(crate) struct CountDraft {
    /// Those that were changed.
    changed: BTreeMap<DocumentCode, Count>,
    opened: usize,
}

impl Draft<'_> {
    /// Under a code.
    pub(super) fn count_of(&self, code: &DocumentCode) -> Option<&Count> {
        let drafted = self.counts.as_ref().and_then(|counts| counts.changed.get(code));
        drafted.or_else(|| self.state().count_of(code))
    }

    /// Under a code that a line names.
    pub(super) fn named_count(&self, code: &DocumentCode) -> Result<&Count, CountRejection> {
        self.count_of(code).ok_or_else(|| CountRejection::NotFound { code: code.clone() })
    }

    /// Whether one more may be open.
    pub(super) fn check_room_for_count(&self) -> Result<(), CountRejection> {
        let opened = self.counts.as_ref().map_or(0, |counts| counts.opened);
        let open = self.state().open_counts().saturating_add(opened);
        if open < OPEN_COUNTS_MAX { Ok(()) } else { Err(CountRejection::TooMany) }
    }

    /// Notes a change that was decided, and tells it.
    pub(super) fn change_count(
        &mut self,
        line: u32,
        change: CountChange,
        facts: &mut Vec<Fact>,
    ) -> Result<(), CountRejection> {
        let code = change.code().clone();
        let not_found = || CountRejection::NotFound { code: code.clone() };
        let drafted = self.counts.as_mut().and_then(|counts| counts.changed.remove(&code));
        let before = drafted.or_else(|| self.state().count_of(&code).cloned());
        let (is_new, sequence) = (before.is_none(), self.state().sequence().next());
        // It was decided on just this count; if it does not follow all the same, nothing may be recorded of it.
        let count = change.apply(before, sequence).map_err(|_| not_found())?;
        let counts = self.counts.get_or_insert_default();
        counts.opened = counts.opened.saturating_add(usize::from(is_new));
        counts.changed.insert(code, count);
        facts.push(Fact::Count(Box::new(CountFact { line, change })));
        Ok(())
    }
}
