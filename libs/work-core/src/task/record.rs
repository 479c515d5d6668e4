use vocabulary::{
    Date, DocumentCode, LocationCode, LotCode, PartyCode, Quantity, Sequence, SkillCode, Sku, Timestamp,
    ZoneCode,
};

use super::{TaskKind, TaskState};
use crate::Document;

/// The most tasks that may be open in a warehouse at once.
pub const OPEN_TASKS_MAX: usize = 200_000;

/// What is to be done, and who may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskPlan {
    /// Its own key.
    pub code: DocumentCode,
    /// What, where and of what.
    pub purpose: Purpose,
    /// How much, in the base unit; `None` where nothing is counted.
    pub quantity: Option<Quantity>,
    /// 0 to 9, and the higher is done first.
    pub priority: u8,
    /// By which day; what has none is done after what has one.
    pub due: Option<Date>,
    /// Since when it waits: for goods that came in, when they came.
    pub since: Timestamp,
    /// In which part of the warehouse; only who works there gets it.
    pub zone: Option<ZoneCode>,
    /// What one must be able to do; only who is able to gets it.
    pub skill: Option<SkillCode>,
    /// For whom; anybody when `None`.
    pub assignee: Option<PartyCode>,
}

/// What a task is for: no two that are open are for the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Purpose {
    /// What is done.
    pub kind: TaskKind,
    /// Where one goes first.
    pub from: Option<LocationCode>,
    /// Where the goods are brought.
    pub to: Option<LocationCode>,
    /// Of which item.
    pub sku: Option<Sku>,
    /// Of which lot.
    pub lot: Option<LotCode>,
    /// The document that asks for it (an order, a wave, a delivery, a count), with what tells its parts apart; empty for none.
    pub reference: String,
}

/// A task as the warehouse knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// What is to be done.
    pub plan: TaskPlan,
    /// How far it is.
    pub state: TaskState,
    /// Who has it, or had it last.
    pub worker: Option<PartyCode>,
    /// When it was claimed last.
    pub claimed_at: Option<Timestamp>,
    /// When it was started last.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// How much was done, in the base unit.
    pub done: Option<Quantity>,
    /// Why it failed; empty otherwise.
    pub reason: String,
    /// The journal's entry that ended it.
    pub ended_by: Option<Sequence>,
}

impl Purpose {
    /// As no two open tasks may have it: a pick face is filled once, wherever from.
    pub fn alone(&self) -> Self {
        match self.kind {
            TaskKind::Replenish => Self { from: None, lot: None, reference: String::new(), ..self.clone() },
            TaskKind::PutAway
            | TaskKind::Pick
            | TaskKind::Count
            | TaskKind::Inspect
            | TaskKind::Pack
            | TaskKind::Load => self.clone(),
        }
    }
}

impl Task {
    /// One that nobody has yet.
    pub fn new(plan: TaskPlan) -> Self {
        let (worker, claimed_at, started_at, ended_at, done, reason, ended_by) = Default::default();
        let state = TaskState::Open;
        Self { plan, state, worker, claimed_at, started_at, ended_at, done, reason, ended_by }
    }
}

impl Task {
    /// Who has it.
    pub const fn holder(&self) -> Option<&PartyCode> {
        match self.state {
            TaskState::Claimed | TaskState::Started => self.worker.as_ref(),
            TaskState::Open | TaskState::Done | TaskState::Failed | TaskState::Cancelled => None,
        }
    }
}

impl Document for Task {
    const ENDED_WEIGHT_KEPT: usize = 100_000;

    fn code(&self) -> &DocumentCode {
        &self.plan.code
    }

    fn ended_by(&self) -> Option<Sequence> {
        self.ended_by
    }

    /// One is like another.
    fn weight(&self) -> usize {
        1
    }
}
