use rpc::{ApiError, Reason};
use work_core::{OPEN_TASKS_MAX, TASKS_HELD_MAX, TaskRejection};

/// A refusal about a task, with its data.
pub(super) fn refused(rejection: &TaskRejection, error: impl FnOnce(Reason) -> ApiError) -> ApiError {
    use TaskRejection as R;
    match rejection {
        R::NotFound { code } => error(Reason::TaskNotFound).with("task", code),
        R::Ended { code, state } => error(Reason::TaskEnded).with("task", code).with("state", state.as_str()),
        R::Taken { code, worker } => error(Reason::TaskTaken).with("task", code).with("worker", worker),
        R::ForAnother { code, assignee } => {
            error(Reason::TaskForAnother).with("task", code).with("assignee", assignee)
        }
        R::NotHeld { code, worker } => error(Reason::TaskNotHeld).with("task", code).with("worker", worker),
        R::Started { code } => error(Reason::TaskStarted).with("task", code),
        R::TooMuch { code, wanted, done } => {
            error(Reason::TaskExceeded).with("task", code).with("wanted", wanted).with("done", done)
        }
        R::Exists { code, other } => error(Reason::TaskExists).with("task", code).with("other", other),
        R::NothingToDo { worker } => error(Reason::NoTask).with("worker", worker),
        R::HoldsTooMany { worker } => {
            error(Reason::TooManyTasksHeld).with("worker", worker).with("max", TASKS_HELD_MAX)
        }
        R::TooMany => error(Reason::TooManyTasks).with("max", OPEN_TASKS_MAX),
    }
}
