use thiserror::Error;
use vocabulary::{DocumentCode, PartyCode, Quantity};

use super::{OPEN_TASKS_MAX, TASKS_HELD_MAX, TaskState};

/// A business fact about a task that stands against a step.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TaskRejection {
    /// No task has this code.
    #[error("no task {code} is known: create it first")]
    NotFound {
        /// The code.
        code: DocumentCode,
    },
    /// It is done, failed or cancelled.
    #[error("task {code} is {}: create another", .state.as_str())]
    Ended {
        /// The code.
        code: DocumentCode,
        /// What it is.
        state: TaskState,
    },
    /// Somebody has it.
    #[error("{worker} has task {code}: it must be given back first")]
    Taken {
        /// The code.
        code: DocumentCode,
        /// Who.
        worker: PartyCode,
    },
    /// It is for somebody else.
    #[error("task {code} is for {assignee}")]
    ForAnother {
        /// The code.
        code: DocumentCode,
        /// For whom.
        assignee: PartyCode,
    },
    /// Who says that they do it, or did, does not have it.
    #[error("{worker} does not have task {code}: claim it first")]
    NotHeld {
        /// The code.
        code: DocumentCode,
        /// Who says so.
        worker: PartyCode,
    },
    /// It was begun already.
    #[error("task {code} is started already")]
    Started {
        /// The code.
        code: DocumentCode,
    },
    /// More would be done than is asked for.
    #[error(
        "task {code} asks for {wanted}, and {done} would be done: say what else was done with a task of its own"
    )]
    TooMuch {
        /// The code.
        code: DocumentCode,
        /// How much is asked for.
        wanted: Quantity,
        /// How much would be done.
        done: Quantity,
    },
    /// An open task is for the same.
    #[error("task {other} is for the same as {code} would be, and is not over")]
    Exists {
        /// The code.
        code: DocumentCode,
        /// The other.
        other: DocumentCode,
    },
    /// Nothing waits that this person may do.
    #[error("no open task is for {worker}, with these kinds, zones and skills")]
    NothingToDo {
        /// Who asks.
        worker: PartyCode,
    },
    /// They have as many as one may have.
    #[error("{worker} has {TASKS_HELD_MAX} tasks: end or give back some first")]
    HoldsTooMany {
        /// Who.
        worker: PartyCode,
    },
    /// As many tasks are open as may be.
    #[error("{OPEN_TASKS_MAX} tasks are open: do or cancel some first")]
    TooMany,
}
