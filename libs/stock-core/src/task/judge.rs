use super::{NewTask, TaskLine};
use crate::draft::Draft;
use crate::{Fact, Rejection};
use work_core::{TaskChange, TaskRejection};

/// Judges a line about a task and adds its facts.
pub(crate) fn judge(
    draft: &mut Draft<'_>,
    number: u32,
    line: &TaskLine,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let change = decided(draft, line)?;
    Ok(draft.change_task(number, change, facts)?)
}

fn decided(draft: &Draft<'_>, line: &TaskLine) -> Result<TaskChange, TaskRejection> {
    let at = draft.effective_at();
    match line {
        TaskLine::Create(task) => create(draft, task),
        TaskLine::Claim { task, worker } => {
            let change = draft.named_task(task)?.claim(worker, at)?;
            draft.check_room_for_worker(worker)?;
            Ok(change)
        }
        TaskLine::ClaimNext(ask) => {
            draft.check_room_for_worker(&ask.worker)?;
            draft.next_task(ask)?.claim(&ask.worker, at)
        }
        TaskLine::Start { task, worker } => draft.named_task(task)?.start(worker, at),
        TaskLine::Finish { task, worker, quantity } => {
            draft.named_task(task)?.finish((worker, *quantity), at)
        }
        TaskLine::Fail { task, worker, reason } => draft.named_task(task)?.fail((worker, reason), at),
        TaskLine::GiveBack { task, worker } => draft.named_task(task)?.give_back(worker),
        TaskLine::Cancel { task } => draft.named_task(task)?.cancel(at),
    }
}

fn create(draft: &Draft<'_>, task: &NewTask) -> Result<TaskChange, TaskRejection> {
    let plan = task.plan(draft.effective_at());
    match draft.task(&task.code) {
        Some(known) => {
            let change = known.plan(plan.clone())?;
            draft.check_purpose(&plan)?;
            Ok(change)
        }
        None => {
            draft.check_room_for_task(&plan)?;
            Ok(TaskChange::Planned(Box::new(plan)))
        }
    }
}
