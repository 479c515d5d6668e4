//! Tasks as they are shown.

use proto::events::v1::Task;
use serde::Serialize;

use crate::cli::text::{micros_to_rfc3339, short_name};
use crate::output::View;

/// A task.
#[derive(Debug, Serialize)]
pub(super) struct TaskView {
    task: String,
    kind: String,
    state: String,
    worker: String,
    from: String,
    to: String,
    sku: String,
    lot: String,
    quantity: String,
    done: String,
    reference: String,
    priority: u32,
    due: String,
    zone: String,
    skill: String,
    assignee: String,
    reason: String,
    since: String,
    claimed_at: String,
    started_at: String,
    ended_at: String,
}

impl View for TaskView {
    const COLUMNS: &'static [&'static str] = &[
        "task",
        "kind",
        "state",
        "worker",
        "from",
        "to",
        "sku",
        "lot",
        "quantity",
        "done",
        "reference",
        "priority",
        "due",
    ];
}

impl TaskView {
    pub(super) fn new(task: Task) -> Self {
        let (state, planned) = (task.state(), task.planned.unwrap_or_default());
        let kind = short_name(planned.kind().as_str_name(), "TASK_KIND").to_lowercase();
        let at = |micros| if micros == 0 { String::new() } else { micros_to_rfc3339(micros) };
        Self {
            task: planned.task,
            kind,
            state: short_name(state.as_str_name(), "TASK_STATE").to_lowercase(),
            worker: task.worker,
            from: planned.from,
            to: planned.to,
            sku: planned.sku,
            lot: planned.lot,
            quantity: planned.quantity.map(|quantity| quantity.value).unwrap_or_default(),
            done: task.done.map(|done| done.value).unwrap_or_default(),
            reference: planned.reference,
            priority: planned.priority,
            due: planned.due,
            zone: planned.zone,
            skill: planned.skill,
            assignee: planned.assignee,
            reason: task.reason,
            since: at(planned.since_micros),
            claimed_at: at(task.claimed_micros),
            started_at: at(task.started_micros),
            ended_at: at(task.ended_micros),
        }
    }
}
