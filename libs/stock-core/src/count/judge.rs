use work_core::{CountChange, CountPlan, CountRejection, Counting, Reading};

use super::{CountEntry, CountLine, post, seen};
use crate::draft::Draft;
use crate::{Fact, Rejection};

/// Judges a line about a count and adds its facts.
pub(crate) fn judge(
    draft: &mut Draft<'_>,
    number: u32,
    line: &CountLine,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    match line {
        CountLine::Plan(plan) => announce(draft, number, plan, facts),
        CountLine::Enter(entry) => enter(draft, number, entry, facts),
        CountLine::Approve { count, by } => {
            let change = draft.named_count(count)?.approve(by)?;
            Ok(draft.change_count(number, change, facts)?)
        }
        CountLine::Post { count, adjustment, usage } => {
            post::post(draft, number, (count, adjustment, usage), facts)
        }
        CountLine::Cancel { count } => {
            let change = draft.named_count(count)?.cancel()?;
            Ok(draft.change_count(number, change, facts)?)
        }
    }
}

fn announce(
    draft: &mut Draft<'_>,
    number: u32,
    plan: &CountPlan,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    if draft.count_of(&plan.code).is_some() {
        return Err(CountRejection::Exists { code: plan.code.clone() }.into());
    }
    draft.check_room_for_count()?;
    Ok(draft.change_count(number, CountChange::Planned(Box::new(plan.clone())), facts)?)
}

/// Where nobody says as of which entry the shelf was read, it was just now: this very entry is the newest that it shows.
fn enter(
    draft: &mut Draft<'_>,
    number: u32,
    entry: &CountEntry,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let known = draft.state().sequence();
    let newest = if entry.sequence.is_some() { known } else { known.next() };
    let sequence = entry.sequence.unwrap_or(newest);
    let count = draft.named_count(&entry.count)?;
    count.check_counting(&Counting { place: &entry.place, by: &entry.by, sequence }, newest)?;
    let lines = seen::compare(draft, entry, facts)?;
    let reading = Reading { by: entry.by.clone(), sequence, at: entry.at, lines };
    let change = count.counted(entry.place.clone(), reading)?;
    Ok(draft.change_count(number, change, facts)?)
}
