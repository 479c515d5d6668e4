//! Tasks, what changed of them, and what stands against a step of one.

use proto::events::v1::task_changed::Change;
use proto::events::v1::{self as wire, TaskRefusal, TaskRefused};
use vocabulary::{
    Date, DocumentCode, LocationCode, LotCode, PartyCode, Quantity, Sequence, SkillCode, Sku, Timestamp,
    ZoneCode,
};

use super::WireError;
use super::field::{decimal, given, quantity};
use crate::{Purpose, Task, TaskChange, TaskKind, TaskPlan, TaskRejection, TaskState};

/// A change of a task as a message.
pub fn task_change_to(change: &TaskChange) -> wire::TaskChanged {
    let task = change.code().to_string();
    let change = match change {
        TaskChange::Planned(plan) => Change::Planned(task_plan_to(plan)),
        TaskChange::Claimed { worker, at, .. } => {
            let (worker, at_micros) = (worker.to_string(), at.micros());
            Change::Claimed(wire::TaskClaimed { task, worker, at_micros })
        }
        TaskChange::Started { at, .. } => Change::Started(wire::TaskStarted { task, at_micros: at.micros() }),
        TaskChange::Done { quantity, at, .. } => {
            let (quantity, at_micros) = (quantity.and_then(decimal), at.micros());
            Change::Done(wire::TaskDone { task, quantity, at_micros })
        }
        TaskChange::Failed { reason, at, .. } => {
            let (reason, at_micros) = (reason.clone(), at.micros());
            Change::Failed(wire::TaskFailed { task, reason, at_micros })
        }
        TaskChange::GivenBack { .. } => Change::GivenBack(wire::TaskGivenBack { task }),
        TaskChange::Cancelled { at, .. } => {
            Change::Cancelled(wire::TaskCancelled { task, at_micros: at.micros() })
        }
    };
    wire::TaskChanged { change: Some(change) }
}

/// A message as a change of a task.
///
/// # Errors
/// [`WireError`] when a field is missing or not what it should be.
pub fn task_change_of(message: &wire::TaskChanged) -> Result<TaskChange, WireError> {
    let code = |task: &str| Ok::<_, WireError>(DocumentCode::parse(task)?);
    Ok(match message.change.as_ref().ok_or(WireError::Missing("change of the task"))? {
        Change::Planned(planned) => TaskChange::Planned(Box::new(plan_of(planned)?)),
        Change::Claimed(claimed) => TaskChange::Claimed {
            code: code(&claimed.task)?,
            worker: PartyCode::parse(&claimed.worker)?,
            at: Timestamp::from_micros(claimed.at_micros)?,
        },
        Change::Started(started) => {
            let at = Timestamp::from_micros(started.at_micros)?;
            TaskChange::Started { code: code(&started.task)?, at }
        }
        Change::Done(done) => TaskChange::Done {
            code: code(&done.task)?,
            quantity: counted(done.quantity.as_ref())?,
            at: Timestamp::from_micros(done.at_micros)?,
        },
        Change::Failed(failed) => TaskChange::Failed {
            code: code(&failed.task)?,
            reason: failed.reason.clone(),
            at: Timestamp::from_micros(failed.at_micros)?,
        },
        Change::GivenBack(given_back) => TaskChange::GivenBack { code: code(&given_back.task)? },
        Change::Cancelled(cancelled) => {
            let at = Timestamp::from_micros(cancelled.at_micros)?;
            TaskChange::Cancelled { code: code(&cancelled.task)?, at }
        }
    })
}

/// What is to be done, as a message.
pub fn task_plan_to(plan: &TaskPlan) -> wire::TaskPlanned {
    fn text<T: ToString>(value: Option<&T>) -> String {
        value.map(ToString::to_string).unwrap_or_default()
    }
    let Purpose { kind, from, to, sku, lot, reference } = &plan.purpose;
    wire::TaskPlanned {
        task: plan.code.to_string(),
        kind: task_kind_to(*kind).into(),
        from: text(from.as_ref()),
        to: text(to.as_ref()),
        sku: text(sku.as_ref()),
        lot: text(lot.as_ref()),
        reference: reference.clone(),
        quantity: plan.quantity.and_then(decimal),
        priority: plan.priority.into(),
        due: text(plan.due.as_ref()),
        since_micros: plan.since.micros(),
        zone: text(plan.zone.as_ref()),
        skill: text(plan.skill.as_ref()),
        assignee: text(plan.assignee.as_ref()),
    }
}

fn plan_of(message: &wire::TaskPlanned) -> Result<TaskPlan, WireError> {
    Ok(TaskPlan {
        code: DocumentCode::parse(&message.task)?,
        purpose: Purpose {
            kind: task_kind_of(message.kind()).ok_or(WireError::Missing("kind of the task"))?,
            from: given(&message.from, LocationCode::parse)?,
            to: given(&message.to, LocationCode::parse)?,
            sku: given(&message.sku, Sku::parse)?,
            lot: given(&message.lot, LotCode::parse)?,
            reference: message.reference.clone(),
        },
        quantity: counted(message.quantity.as_ref())?,
        priority: u8::try_from(message.priority).map_err(|_| WireError::Missing("priority of 0 to 9"))?,
        due: given(&message.due, Date::parse)?,
        since: Timestamp::from_micros(message.since_micros)?,
        zone: given(&message.zone, ZoneCode::parse)?,
        skill: given(&message.skill, SkillCode::parse)?,
        assignee: given(&message.assignee, PartyCode::parse)?,
    })
}

fn counted(decimal: Option<&proto::common::v1::Decimal>) -> Result<Option<Quantity>, WireError> {
    decimal.map(|decimal| quantity(Some(decimal))).transpose()
}

/// A task as a message.
pub fn task_to(task: &Task) -> wire::Task {
    let micros = |at: Option<Timestamp>| at.map(Timestamp::micros).unwrap_or_default();
    wire::Task {
        planned: Some(task_plan_to(&task.plan)),
        state: task_state_to(task.state).into(),
        worker: task.worker.as_ref().map(ToString::to_string).unwrap_or_default(),
        claimed_micros: micros(task.claimed_at),
        started_micros: micros(task.started_at),
        ended_micros: micros(task.ended_at),
        done: task.done.and_then(decimal),
        reason: task.reason.clone(),
        ended_by: task.ended_by.map(Sequence::get).unwrap_or_default(),
    }
}

/// A message as a task.
///
/// # Errors
/// [`WireError`] when a field is missing or not what it should be.
pub fn task_of(message: &wire::Task) -> Result<Task, WireError> {
    let at = |micros: i64| (micros != 0).then(|| Timestamp::from_micros(micros)).transpose();
    let plan = message.planned.as_ref().ok_or(WireError::Missing("plan of the task"))?;
    Ok(Task {
        plan: plan_of(plan)?,
        state: state_of(message.state())?,
        worker: given(&message.worker, PartyCode::parse)?,
        claimed_at: at(message.claimed_micros)?,
        started_at: at(message.started_micros)?,
        ended_at: at(message.ended_micros)?,
        done: counted(message.done.as_ref())?,
        reason: message.reason.clone(),
        ended_by: (message.ended_by != 0).then(|| Sequence::new(message.ended_by)),
    })
}

/// What is to be done, as a message.
pub const fn task_kind_to(kind: TaskKind) -> wire::TaskKind {
    match kind {
        TaskKind::PutAway => wire::TaskKind::PutAway,
        TaskKind::Pick => wire::TaskKind::Pick,
        TaskKind::Replenish => wire::TaskKind::Replenish,
        TaskKind::Count => wire::TaskKind::Count,
        TaskKind::Inspect => wire::TaskKind::Inspect,
        TaskKind::Pack => wire::TaskKind::Pack,
        TaskKind::Load => wire::TaskKind::Load,
    }
}

/// A message as what is to be done; `None` when it says nothing.
pub const fn task_kind_of(kind: wire::TaskKind) -> Option<TaskKind> {
    Some(match kind {
        wire::TaskKind::PutAway => TaskKind::PutAway,
        wire::TaskKind::Pick => TaskKind::Pick,
        wire::TaskKind::Replenish => TaskKind::Replenish,
        wire::TaskKind::Count => TaskKind::Count,
        wire::TaskKind::Inspect => TaskKind::Inspect,
        wire::TaskKind::Pack => TaskKind::Pack,
        wire::TaskKind::Load => TaskKind::Load,
        wire::TaskKind::Unspecified => return None,
    })
}

/// How far a task is, as a message.
pub const fn task_state_to(state: TaskState) -> wire::TaskState {
    match state {
        TaskState::Open => wire::TaskState::Open,
        TaskState::Claimed => wire::TaskState::Claimed,
        TaskState::Started => wire::TaskState::Started,
        TaskState::Done => wire::TaskState::Done,
        TaskState::Failed => wire::TaskState::Failed,
        TaskState::Cancelled => wire::TaskState::Cancelled,
    }
}

const fn state_of(state: wire::TaskState) -> Result<TaskState, WireError> {
    Ok(match state {
        wire::TaskState::Open => TaskState::Open,
        wire::TaskState::Claimed => TaskState::Claimed,
        wire::TaskState::Started => TaskState::Started,
        wire::TaskState::Done => TaskState::Done,
        wire::TaskState::Failed => TaskState::Failed,
        wire::TaskState::Cancelled => TaskState::Cancelled,
        wire::TaskState::Unspecified => return Err(WireError::Missing("state of the task")),
    })
}

/// A refusal about a task as a message.
pub fn task_rejection_to(rejection: &TaskRejection) -> TaskRefused {
    use TaskRejection as R;
    let refused = |refusal: TaskRefusal, code: &DocumentCode| TaskRefused {
        refusal: refusal.into(),
        task: code.to_string(),
        ..TaskRefused::default()
    };
    let about = |refusal: TaskRefusal, worker: &PartyCode| TaskRefused {
        refusal: refusal.into(),
        worker: worker.to_string(),
        ..TaskRefused::default()
    };
    match rejection {
        R::NotFound { code } => refused(TaskRefusal::NotFound, code),
        R::Ended { code, state } => {
            TaskRefused { state: task_state_to(*state).into(), ..refused(TaskRefusal::Ended, code) }
        }
        R::Taken { code, worker } => {
            TaskRefused { worker: worker.to_string(), ..refused(TaskRefusal::Taken, code) }
        }
        R::ForAnother { code, assignee } => {
            TaskRefused { worker: assignee.to_string(), ..refused(TaskRefusal::ForAnother, code) }
        }
        R::NotHeld { code, worker } => {
            TaskRefused { worker: worker.to_string(), ..refused(TaskRefusal::NotHeld, code) }
        }
        R::Started { code } => refused(TaskRefusal::Started, code),
        R::TooMuch { code, wanted, done } => {
            let (quantity, wanted) = (decimal(*done), decimal(*wanted));
            TaskRefused { quantity, wanted, ..refused(TaskRefusal::TooMuch, code) }
        }
        R::Exists { code, other } => {
            TaskRefused { other: other.to_string(), ..refused(TaskRefusal::Exists, code) }
        }
        R::NothingToDo { worker } => about(TaskRefusal::NothingToDo, worker),
        R::HoldsTooMany { worker } => about(TaskRefusal::HoldsTooMany, worker),
        R::TooMany => TaskRefused { refusal: TaskRefusal::TooMany.into(), ..TaskRefused::default() },
    }
}

/// A message as a refusal about a task.
///
/// # Errors
/// [`WireError`] when a field is missing or not what it should be.
pub fn task_rejection_of(message: &TaskRefused) -> Result<TaskRejection, WireError> {
    use TaskRejection as R;
    let code = || DocumentCode::parse(&message.task);
    let worker = || PartyCode::parse(&message.worker);
    Ok(match message.refusal() {
        TaskRefusal::Unspecified => return Err(WireError::Missing("refusal")),
        TaskRefusal::NotFound => R::NotFound { code: code()? },
        TaskRefusal::Ended => R::Ended { code: code()?, state: state_of(message.state())? },
        TaskRefusal::Taken => R::Taken { code: code()?, worker: worker()? },
        TaskRefusal::ForAnother => R::ForAnother { code: code()?, assignee: worker()? },
        TaskRefusal::NotHeld => R::NotHeld { code: code()?, worker: worker()? },
        TaskRefusal::Started => R::Started { code: code()? },
        TaskRefusal::TooMuch => R::TooMuch {
            code: code()?,
            wanted: quantity(message.wanted.as_ref())?,
            done: quantity(message.quantity.as_ref())?,
        },
        TaskRefusal::Exists => R::Exists { code: code()?, other: DocumentCode::parse(&message.other)? },
        TaskRefusal::NothingToDo => R::NothingToDo { worker: worker()? },
        TaskRefusal::HoldsTooMany => R::HoldsTooMany { worker: worker()? },
        TaskRefusal::TooMany => R::TooMany,
    })
}
