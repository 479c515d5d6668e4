use thiserror::Error;
use vocabulary::{DocumentCode, PartyCode, Quantity, Sequence, Timestamp};

use super::{Task, TaskPlan, TaskState};

/// What a step changes of a task: a fact of the journal. Times are when the document happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskChange {
    /// It is to be done, or otherwise than before.
    Planned(Box<TaskPlan>),
    /// Somebody has it.
    Claimed {
        /// Which.
        code: DocumentCode,
        /// Who.
        worker: PartyCode,
        /// When.
        at: Timestamp,
    },
    /// Who has it has begun.
    Started {
        /// Which.
        code: DocumentCode,
        /// When.
        at: Timestamp,
    },
    /// It is done.
    Done {
        /// Which.
        code: DocumentCode,
        /// How much, in the base unit; `None` where nothing is counted.
        quantity: Option<Quantity>,
        /// When.
        at: Timestamp,
    },
    /// It could not be done.
    Failed {
        /// Which.
        code: DocumentCode,
        /// Why.
        reason: String,
        /// When.
        at: Timestamp,
    },
    /// Nobody has it any more.
    GivenBack {
        /// Which.
        code: DocumentCode,
    },
    /// It need not be done any more.
    Cancelled {
        /// Which.
        code: DocumentCode,
        /// When.
        at: Timestamp,
    },
}

/// A change that does not follow from what is known: the journal is damaged.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("task {code} cannot have changed like that")]
pub struct TaskNotFollowing {
    /// Which.
    pub code: DocumentCode,
}

impl TaskChange {
    /// Which task changes.
    pub const fn code(&self) -> &DocumentCode {
        match self {
            Self::Planned(plan) => &plan.code,
            Self::Claimed { code, .. }
            | Self::Started { code, .. }
            | Self::Done { code, .. }
            | Self::Failed { code, .. }
            | Self::GivenBack { code }
            | Self::Cancelled { code, .. } => code,
        }
    }

    /// Which task somebody has from now on.
    pub const fn claimed(&self) -> Option<&DocumentCode> {
        match self {
            Self::Claimed { code, .. } => Some(code),
            Self::Planned(_)
            | Self::Started { .. }
            | Self::Done { .. }
            | Self::Failed { .. }
            | Self::GivenBack { .. }
            | Self::Cancelled { .. } => None,
        }
    }

    /// What a task is after the change; `None` is one that is not known. `sequence` is the entry it stands in.
    ///
    /// # Errors
    /// [`TaskNotFollowing`] when it does not follow from what the task is.
    pub fn apply(&self, before: Option<Task>, sequence: Sequence) -> Result<Task, TaskNotFollowing> {
        let not_following = || TaskNotFollowing { code: self.code().clone() };
        let Some(mut task) = before else {
            let Self::Planned(plan) = self else { return Err(not_following()) };
            return Ok(Task::new((**plan).clone()));
        };
        let is_held = matches!(task.state, TaskState::Claimed | TaskState::Started);
        match self {
            Self::Planned(plan) if task.state == TaskState::Open => task.plan = (**plan).clone(),
            Self::Claimed { worker, at, .. } if task.state == TaskState::Open => {
                (task.state, task.worker, task.claimed_at) =
                    (TaskState::Claimed, Some(worker.clone()), Some(*at));
            }
            Self::Started { at, .. } if task.state == TaskState::Claimed => {
                (task.state, task.started_at) = (TaskState::Started, Some(*at));
            }
            Self::Done { quantity, at, .. } if is_held => {
                task.done = *quantity;
                task.end(TaskState::Done, *at, sequence);
            }
            Self::Failed { reason, at, .. } if is_held => {
                task.reason.clone_from(reason);
                task.end(TaskState::Failed, *at, sequence);
            }
            Self::GivenBack { .. } if is_held => {
                task.state = TaskState::Open;
                (task.worker, task.claimed_at, task.started_at) = (None, None, None);
            }
            Self::Cancelled { at, .. } if task.state.is_open() => {
                task.end(TaskState::Cancelled, *at, sequence);
            }
            Self::Planned(_)
            | Self::Claimed { .. }
            | Self::Started { .. }
            | Self::Done { .. }
            | Self::Failed { .. }
            | Self::GivenBack { .. }
            | Self::Cancelled { .. } => return Err(not_following()),
        }
        Ok(task)
    }
}

impl Task {
    const fn end(&mut self, state: TaskState, at: Timestamp, by: Sequence) {
        (self.state, self.ended_at, self.ended_by) = (state, Some(at), Some(by));
    }
}
