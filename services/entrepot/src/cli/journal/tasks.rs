//! Changes of tasks, in words.

use std::fmt;

use proto::events::v1::task_changed::Change;
use proto::events::v1::{TaskChanged, TaskRefused};
use serde::Serialize;

use crate::cli::text::{number, short_name};

/// A change of a task.
#[derive(Debug, Serialize)]
pub(super) struct TaskChangeView {
    change: &'static str,
    task: String,
    /// What else there is to say.
    detail: String,
}

impl TaskChangeView {
    pub(super) fn read(changed: TaskChanged) -> Option<Self> {
        let (change, task, detail) = match changed.change? {
            Change::Planned(planned) => {
                let kind = short_name(planned.kind().as_str_name(), "TASK_KIND").to_lowercase();
                let places = [planned.from, planned.to].into_iter().filter(|place| !place.is_empty());
                let places: Vec<_> = places.collect();
                ("plan", planned.task, format!("{kind} {}", places.join(" to ")).trim_end().to_owned())
            }
            Change::Claimed(claimed) => ("claim", claimed.task, format!("by {}", claimed.worker)),
            Change::Started(started) => ("start", started.task, String::new()),
            Change::Done(done) => {
                let detail = done.quantity.map_or_else(String::new, |quantity| number(Some(quantity)));
                ("finish", done.task, detail)
            }
            Change::Failed(failed) => ("fail", failed.task, failed.reason),
            Change::GivenBack(given_back) => ("give back", given_back.task, String::new()),
            Change::Cancelled(cancelled) => ("cancel", cancelled.task, String::new()),
        };
        Some(Self { change, task, detail })
    }
}

impl fmt::Display for TaskChangeView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { change, task, detail } = self;
        write!(f, "{change} task {task}")?;
        if detail.is_empty() { Ok(()) } else { write!(f, ": {detail}") }
    }
}

/// A refusal in words.
pub(super) fn refusal(refused: &TaskRefused) -> String {
    let why = short_name(refused.refusal().as_str_name(), "TASK_REFUSAL").to_lowercase().replace('_', " ");
    let about = if refused.task.is_empty() { &refused.worker } else { &refused.task };
    format!("task {about}: {why}")
}
