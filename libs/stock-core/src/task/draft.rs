use std::collections::{BTreeMap, BTreeSet};

use vocabulary::{DocumentCode, PartyCode};
use work_core::{
    OPEN_TASKS_MAX, Purpose, TASKS_HELD_MAX, Task, TaskAsk, TaskChange, TaskPlan, TaskRejection,
};

use super::TaskFact;
use crate::Fact;
use crate::draft::Draft;

/// Tasks as the lines judged so far leave them.
#[derive(Debug, Default)]
pub(crate) struct TaskDraft {
    /// Those that were changed.
    changed: BTreeMap<DocumentCode, Task>,
    /// What those that were planned here are for.
    purposes: BTreeSet<Purpose>,
    opened: usize,
    /// How many each person has, who took or gave back one.
    held: BTreeMap<PartyCode, usize>,
}

impl Draft<'_> {
    /// Under a code that a line names.
    pub(super) fn named_task(&self, code: &DocumentCode) -> Result<&Task, TaskRejection> {
        self.task(code).ok_or_else(|| TaskRejection::NotFound { code: code.clone() })
    }

    pub(super) fn task(&self, code: &DocumentCode) -> Option<&Task> {
        let drafted = self.tasks.as_ref().and_then(|tasks| tasks.changed.get(code));
        drafted.or_else(|| self.state().task(code))
    }

    /// What somebody gets next. Tasks that this very document changed are not given out by it.
    pub(super) fn next_task(&self, ask: &TaskAsk) -> Result<&Task, TaskRejection> {
        let is_free =
            |code: &DocumentCode| self.tasks.as_ref().is_none_or(|tasks| !tasks.changed.contains_key(code));
        let next = self.state().tasks.as_ref().and_then(|tasks| tasks.next(ask, is_free));
        next.ok_or_else(|| TaskRejection::NothingToDo { worker: ask.worker.clone() })
    }

    /// Whether one more may be open, of this purpose.
    pub(super) fn check_room_for_task(&self, plan: &TaskPlan) -> Result<(), TaskRejection> {
        let opened = self.tasks.as_ref().map_or(0, |tasks| tasks.opened);
        let open = self.state().open_tasks().saturating_add(opened);
        if open < OPEN_TASKS_MAX { self.check_purpose(plan) } else { Err(TaskRejection::TooMany) }
    }

    /// No two open tasks are for the same.
    pub(super) fn check_purpose(&self, plan: &TaskPlan) -> Result<(), TaskRejection> {
        let exists = |other: &DocumentCode| {
            Err(TaskRejection::Exists { code: plan.code.clone(), other: other.clone() })
        };
        let alone = plan.purpose.alone();
        let drafted = self.tasks.iter().flat_map(|tasks| tasks.changed.values());
        let here = drafted.filter(|task| task.state.is_open() && task.plan.code != plan.code);
        let is_here = self.tasks.as_ref().is_some_and(|tasks| tasks.purposes.contains(&alone));
        if is_here && let Some(other) = here.into_iter().find(|task| task.plan.purpose.alone() == alone) {
            return exists(&other.plan.code);
        }
        match self.state().tasks.as_ref().and_then(|tasks| tasks.for_same(&plan.purpose)) {
            // It may be otherwise, or over, by this very document.
            Some(other) if *other != plan.code => match self.task(other) {
                Some(task) if task.state.is_open() && task.plan.purpose.alone() == alone => exists(other),
                Some(_) | None => Ok(()),
            },
            Some(_) | None => Ok(()),
        }
    }

    /// Whether somebody may have one more.
    pub(super) fn check_room_for_worker(&self, worker: &PartyCode) -> Result<(), TaskRejection> {
        if self.tasks_held(worker) < TASKS_HELD_MAX {
            return Ok(());
        }
        Err(TaskRejection::HoldsTooMany { worker: worker.clone() })
    }

    fn tasks_held(&self, worker: &PartyCode) -> usize {
        let drafted = self.tasks.as_ref().and_then(|tasks| tasks.held.get(worker)).copied();
        let known = || self.state().tasks.as_ref().map_or(0, |tasks| tasks.held_by(worker));
        drafted.unwrap_or_else(known)
    }

    /// Notes a change that was decided, and tells it.
    pub(super) fn change_task(
        &mut self,
        line: u32,
        change: TaskChange,
        facts: &mut Vec<Fact>,
    ) -> Result<(), TaskRejection> {
        let code = change.code().clone();
        let before = self.task(&code).cloned();
        let (is_new, sequence) = (before.is_none(), self.state().sequence().next());
        let had = before.as_ref().and_then(Task::holder).cloned();
        // It was decided on just this task; if it does not follow all the same, nothing may be recorded of it.
        let not_found = |_| TaskRejection::NotFound { code: code.clone() };
        let after = change.apply(before, sequence).map_err(not_found)?;
        let has = after.holder().cloned();
        let counted: Vec<_> = if had == has { Vec::new() } else { had.iter().chain(&has).collect() };
        let counts = counted.into_iter().map(|worker| {
            let held = self.tasks_held(worker);
            let held =
                if has.as_ref() == Some(worker) { held.saturating_add(1) } else { held.saturating_sub(1) };
            (worker.clone(), held)
        });
        let counts: Vec<_> = counts.collect();
        let tasks = self.tasks.get_or_insert_default();
        tasks.held.extend(counts);
        tasks.opened = tasks.opened.saturating_add(usize::from(is_new));
        if let TaskChange::Planned(plan) = &change {
            tasks.purposes.insert(plan.purpose.alone());
        }
        tasks.changed.insert(code, after);
        facts.push(Fact::Task(Box::new(TaskFact { line, change })));
        Ok(())
    }
}
