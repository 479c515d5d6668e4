use vocabulary::{Date, DocumentCode, PartyCode, Quantity, SkillCode, Timestamp, ZoneCode};
use work_core::{Purpose, TaskAsk, TaskPlan};

/// A line about a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskLine {
    /// It is to be done, or otherwise than before.
    Create(NewTask),
    /// Somebody takes it.
    Claim {
        /// Which.
        task: DocumentCode,
        /// Who.
        worker: PartyCode,
    },
    /// Somebody takes what is next for them.
    ClaimNext(TaskAsk),
    /// Who has it begins.
    Start {
        /// Which.
        task: DocumentCode,
        /// Who.
        worker: PartyCode,
    },
    /// Who has it has done it.
    Finish {
        /// Which.
        task: DocumentCode,
        /// Who.
        worker: PartyCode,
        /// How much, in the base unit; `None` for as much as is asked for.
        quantity: Option<Quantity>,
    },
    /// Who has it cannot do it.
    Fail {
        /// Which.
        task: DocumentCode,
        /// Who.
        worker: PartyCode,
        /// Why.
        reason: String,
    },
    /// Who has it gives it back.
    GiveBack {
        /// Which.
        task: DocumentCode,
        /// Who has it.
        worker: PartyCode,
    },
    /// It need not be done any more.
    Cancel {
        /// Which.
        task: DocumentCode,
    },
}

/// What is to be done, as somebody asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTask {
    /// Its own key.
    pub code: DocumentCode,
    /// What, where and of what.
    pub purpose: Purpose,
    /// How much, in the base unit.
    pub quantity: Option<Quantity>,
    /// 0 to 9, and the higher is done first.
    pub priority: u8,
    /// By which day.
    pub due: Option<Date>,
    /// Since when it waits; since now when `None`.
    pub since: Option<Timestamp>,
    /// In which part of the warehouse.
    pub zone: Option<ZoneCode>,
    /// What one must be able to do.
    pub skill: Option<SkillCode>,
    /// For whom.
    pub assignee: Option<PartyCode>,
}

impl NewTask {
    /// As it is recorded, of a document that happened at a time.
    pub(super) fn plan(&self, now: Timestamp) -> TaskPlan {
        let Self { code, purpose, quantity, priority, due, since, zone, skill, assignee } = self.clone();
        TaskPlan {
            code,
            purpose,
            quantity,
            priority,
            due,
            since: since.unwrap_or(now),
            zone,
            skill,
            assignee,
        }
    }
}
