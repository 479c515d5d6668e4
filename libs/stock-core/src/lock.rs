//! The date before which nothing changes any more.

use vocabulary::Timestamp;

use crate::draft::Draft;
use crate::entry::StockLock;
use crate::{Fact, Refusal, Rejection};

/// A document that happened before the lock is refused, unless its caller may pass it and says so; then the entry says it too.
pub(crate) fn pass(draft: &Draft<'_>, facts: &mut Vec<Fact>) -> Result<(), Refusal> {
    let before = draft.locked_until().filter(|until| draft.effective_at() < *until);
    let Some(until) = before else { return Ok(()) };
    passed(draft, facts, (0, until)).map_err(|rejection| Refusal { line: 0, rejection })
}

/// Locks what happened before a time. Moving the lock back opens what was locked: that needs what passing it needs.
pub(crate) fn judge(
    draft: &mut Draft<'_>,
    facts: &mut Vec<Fact>,
    (line, until): (u32, Timestamp),
) -> Result<(), Rejection> {
    if let Some(later) = draft.locked_until().filter(|locked| until < *locked) {
        passed(draft, facts, (line, later))?;
    }
    draft.set_locked_until(until);
    facts.push(Fact::Locked(StockLock { line, until }));
    Ok(())
}

fn passed(
    draft: &Draft<'_>,
    facts: &mut Vec<Fact>,
    (line, until): (u32, Timestamp),
) -> Result<(), Rejection> {
    if !draft.passes_lock() {
        return Err(Rejection::StockLocked { until });
    }
    facts.push(Fact::LockPassed(StockLock { line, until }));
    Ok(())
}
