//! Tasks as they are applied, read and stored.

use vocabulary::{DocumentCode, Sequence};
use work_core::{Task, TaskAsk, TaskChange, TaskNotFollowing, Tasks, TouchedTasks};

use crate::{EvolveError, State};

impl State {
    /// Applies a fact about a task.
    pub(crate) fn task_changed(
        &mut self,
        sequence: Sequence,
        change: &TaskChange,
    ) -> Result<(), EvolveError> {
        let changed = self.tasks.get_or_insert_default().apply(change, sequence);
        changed.map_err(|TaskNotFollowing { code }| EvolveError::Task(code))
    }

    /// Under a code; also one that is over, until it is forgotten.
    pub fn task(&self, code: &DocumentCode) -> Option<&Task> {
        self.tasks.as_ref()?.get(code)
    }

    /// Those after a code, by code.
    pub fn tasks_after(&self, code: Option<&DocumentCode>) -> impl Iterator<Item = &Task> {
        self.tasks.iter().flat_map(move |tasks| tasks.after(code))
    }

    /// What somebody would get next.
    pub fn next_task(&self, ask: &TaskAsk) -> Option<&Task> {
        self.tasks.as_ref()?.next(ask, |_| true)
    }

    /// How many are open.
    pub fn open_tasks(&self) -> usize {
        self.tasks.as_ref().map_or(0, |tasks| tasks.open_count())
    }

    /// Puts the tasks of a checkpoint back.
    pub(crate) fn restore_tasks(&mut self, known: Vec<Task>) {
        if !known.is_empty() {
            self.tasks = Some(Box::new(Tasks::restore(known)));
        }
    }

    /// What has changed of them since the last call.
    pub(crate) fn take_touched_tasks(&mut self) -> TouchedTasks {
        self.tasks.as_mut().map(|tasks| tasks.take_touched()).unwrap_or_default()
    }

    /// All that are known, in words, for the digest of the state.
    pub(crate) fn tasks_in_words(&self) -> impl Iterator<Item = String> {
        self.tasks_after(None).map(|task| format!("{task:?}\n"))
    }
}
