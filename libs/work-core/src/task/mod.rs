//! Tasks: what somebody is to do in the warehouse, in which order, and who does it. A task is given to one person at a time: it is claimed,
//! started, and done or failed. What is moved by it are lines of stock beside it, in the same document.

mod change;
mod kind;
mod queue;
mod record;
mod rejection;
mod steps;

pub use change::{TaskChange, TaskNotFollowing};
pub use kind::{TaskKind, TaskState};
pub use queue::{TASKS_HELD_MAX, TaskAsk, Tasks};
pub use record::{OPEN_TASKS_MAX, Purpose, Task, TaskPlan};
pub use rejection::TaskRejection;

/// What entries have changed of them.
pub type TouchedTasks = crate::TouchedDocuments<Task>;
