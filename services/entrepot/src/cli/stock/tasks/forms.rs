//! Lines about tasks as JSON.

use proto::stock::v1::{
    CancelTask, ClaimNextTask, ClaimTask, CreateTask, FailTask, FinishTask, GiveBackTask, StartTask,
};
use serde::Deserialize;

use super::verbs::Kind;
use crate::cli::stock::document::Number;
use crate::cli::text::time;
use crate::output::Failure;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli::stock) struct CreateForm {
    task: String,
    kind: Kind,
    #[serde(default)]
    from_location: String,
    #[serde(default)]
    to_location: String,
    #[serde(default)]
    sku: String,
    #[serde(default)]
    lot: String,
    #[serde(default)]
    reference: String,
    quantity: Option<Number>,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    priority: u32,
    #[serde(default)]
    due: String,
    since: Option<String>,
    #[serde(default)]
    zone: String,
    #[serde(default)]
    skill: String,
    #[serde(default)]
    assignee: String,
}

/// Of a claim, a start and what is given back.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli::stock) struct ClaimForm {
    task: String,
    worker: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli::stock) struct ClaimNextForm {
    worker: String,
    #[serde(default)]
    kinds: Vec<Kind>,
    #[serde(default)]
    zones: Vec<String>,
    #[serde(default)]
    skills: Vec<String>,
    #[serde(default)]
    at_location: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli::stock) struct FinishForm {
    task: String,
    worker: String,
    quantity: Option<Number>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli::stock) struct FailForm {
    task: String,
    worker: String,
    reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli::stock) struct CancelForm {
    task: String,
}

impl CreateForm {
    pub(in crate::cli::stock) fn wire(self) -> Result<CreateTask, Failure> {
        let since = self.since.as_deref().map(time).transpose().map_err(|failure| failure.at("since"))?;
        Ok(CreateTask {
            task: self.task,
            kind: self.kind.wire(),
            from_location: self.from_location,
            to_location: self.to_location,
            sku: self.sku,
            lot: self.lot,
            reference: self.reference,
            quantity: self.quantity.as_ref().and_then(Number::wire),
            unit: self.unit,
            priority: self.priority,
            due: self.due,
            since,
            zone: self.zone,
            skill: self.skill,
            assignee: self.assignee,
        })
    }
}

impl ClaimForm {
    pub(in crate::cli::stock) fn claim(self) -> ClaimTask {
        ClaimTask { task: self.task, worker: self.worker }
    }

    pub(in crate::cli::stock) fn start(self) -> StartTask {
        StartTask { task: self.task, worker: self.worker }
    }

    pub(in crate::cli::stock) fn give_back(self) -> GiveBackTask {
        GiveBackTask { task: self.task, worker: self.worker }
    }
}

impl ClaimNextForm {
    pub(in crate::cli::stock) fn wire(self) -> ClaimNextTask {
        let Self { worker, kinds, zones, skills, at_location } = self;
        let kinds = kinds.into_iter().map(Kind::wire).collect();
        ClaimNextTask { worker, kinds, zones, skills, at_location }
    }
}

impl FinishForm {
    pub(in crate::cli::stock) fn wire(self) -> FinishTask {
        let quantity = self.quantity.as_ref().and_then(Number::wire);
        FinishTask { task: self.task, worker: self.worker, quantity }
    }
}

impl FailForm {
    pub(in crate::cli::stock) fn wire(self) -> FailTask {
        FailTask { task: self.task, worker: self.worker, reason: self.reason }
    }
}

impl CancelForm {
    pub(in crate::cli::stock) fn wire(self) -> CancelTask {
        CancelTask { task: self.task }
    }
}
