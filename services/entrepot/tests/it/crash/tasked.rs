//! Tasks in the crash test.

use stock_core::TaskFact;
use work_core::{TaskChange, TaskRejection};

/// A change in the model's words.
pub(super) fn told(fact: &TaskFact) -> String {
    let line = fact.line;
    match &fact.change {
        TaskChange::Planned(plan) => format!("{line} task {} {}", plan.code, plan.purpose.kind.as_str()),
        TaskChange::Claimed { code, worker, .. } => format!("{line} claimed {code} {worker}"),
        TaskChange::Started { code, .. } => format!("{line} started {code}"),
        TaskChange::Done { code, .. } => format!("{line} done {code}"),
        TaskChange::Failed { code, .. } => format!("{line} failed {code}"),
        TaskChange::GivenBack { code } => format!("{line} back {code}"),
        TaskChange::Cancelled { code, .. } => format!("{line} undone {code}"),
    }
}

pub(super) const fn reason(rejection: &TaskRejection) -> &'static str {
    match rejection {
        TaskRejection::NotFound { .. } => "TASK_NOT_FOUND",
        TaskRejection::Ended { .. } => "TASK_ENDED",
        TaskRejection::Taken { .. } => "TASK_TAKEN",
        TaskRejection::ForAnother { .. } => "TASK_FOR_ANOTHER",
        TaskRejection::NotHeld { .. } => "TASK_NOT_HELD",
        TaskRejection::Started { .. } => "TASK_STARTED",
        TaskRejection::TooMuch { .. } => "TASK_EXCEEDED",
        TaskRejection::Exists { .. } => "TASK_EXISTS",
        TaskRejection::NothingToDo { .. } => "NO_TASK",
        TaskRejection::HoldsTooMany { .. } => "TOO_MANY_TASKS_HELD",
        TaskRejection::TooMany => "TOO_MANY_TASKS",
    }
}
