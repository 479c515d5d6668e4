use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use vocabulary::{Date, DocumentCode, LocationCode, PartyCode, Sequence, SkillCode, ZoneCode};

use super::{Purpose, Task, TaskChange, TaskKind, TaskNotFollowing, TaskPlan, TaskState, TouchedTasks};
use crate::{Document, Documents};

/// The most tasks that one person may have at once.
pub const TASKS_HELD_MAX: usize = 100;

/// The tasks of a warehouse, with those that nobody has in the order in which they are given out.
#[derive(Debug, Clone, Default)]
pub struct Tasks {
    known: Documents<Task>,
    waiting: BTreeMap<Lane, BTreeSet<Rank>>,
    /// What the open ones are for.
    purposes: BTreeMap<Purpose, DocumentCode>,
    /// How many each person has; nobody who has none.
    held: BTreeMap<PartyCode, usize>,
}

/// What somebody who wants a task can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskAsk {
    /// Who.
    pub worker: PartyCode,
    /// What they do; anything when empty.
    pub kinds: Vec<TaskKind>,
    /// Where they work; anywhere when empty. What has no zone may be done by everybody.
    pub zones: Vec<ZoneCode>,
    /// What they are able to do. What needs no skill may be done by everybody.
    pub skills: Vec<SkillCode>,
    /// Where they are; the beginning of the way through the warehouse when `None`.
    pub at: Option<LocationCode>,
}

/// Tasks that the same people may do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Lane {
    kind: TaskKind,
    zone: Option<ZoneCode>,
    skill: Option<SkillCode>,
    assignee: Option<PartyCode>,
}

/// How soon a task is done: the higher priority first, then the earlier day, then along the way through the warehouse.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    urgency: Urgency,
    at: Option<LocationCode>,
    code: DocumentCode,
}

/// Without a day comes after every day.
type Urgency = (Reverse<u8>, bool, Option<Date>);

impl Tasks {
    /// Puts those of a checkpoint back.
    pub fn restore(known: Vec<Task>) -> Self {
        let mut tasks = Self::default();
        known.iter().for_each(|task| tasks.index(task));
        tasks.known = Documents::restore(known);
        tasks
    }

    /// Under a code.
    pub fn get(&self, code: &DocumentCode) -> Option<&Task> {
        self.known.get(code)
    }

    /// Those after a code, by code.
    pub fn after(&self, code: Option<&DocumentCode>) -> impl Iterator<Item = &Task> {
        self.known.after(code)
    }

    /// How many are open.
    pub fn open_count(&self) -> usize {
        self.known.open_count()
    }

    /// How many somebody has.
    pub fn held_by(&self, worker: &PartyCode) -> usize {
        self.held.get(worker).copied().unwrap_or_default()
    }

    /// The open task that is for the same.
    pub fn for_same(&self, purpose: &Purpose) -> Option<&DocumentCode> {
        self.purposes.get(&purpose.alone())
    }

    /// The task that somebody gets next: of those that they may do the most urgent, and of these the first along the way from where they
    /// are, which begins anew at its end. `is_free` says of a task whether it still waits.
    pub fn next(&self, ask: &TaskAsk, is_free: impl Fn(&DocumentCode) -> bool) -> Option<&Task> {
        let lanes = self.waiting.iter().filter(|(lane, _)| lane.is_for(ask));
        let best = lanes.filter_map(|(_, ranks)| best(ranks, ask.at.as_ref(), &is_free));
        let code = best.min().map(|(_, _, rank)| &rank.code)?;
        self.known.get(code)
    }

    /// Applies a change.
    ///
    /// # Errors
    /// [`TaskNotFollowing`] when it does not follow from what the task is; then all must be thrown away.
    pub fn apply(&mut self, change: &TaskChange, sequence: Sequence) -> Result<(), TaskNotFollowing> {
        let code = change.code();
        if let Some(before) = self.known.get(code).cloned() {
            self.unindex(&before);
        }
        self.known.change(code, |before| change.apply(before, sequence))?;
        if let Some(after) = self.known.get(code).cloned() {
            self.index(&after);
        }
        Ok(())
    }

    /// What has changed since the last call.
    pub fn take_touched(&mut self) -> TouchedTasks {
        self.known.take_touched()
    }

    fn index(&mut self, task: &Task) {
        if task.state.is_open() {
            self.purposes.insert(task.plan.purpose.alone(), task.code().clone());
        }
        if task.state == TaskState::Open {
            self.waiting.entry(Lane::of(&task.plan)).or_default().insert(Rank::of(&task.plan));
        }
        if let Some(worker) = task.holder() {
            let held = self.held.entry(worker.clone()).or_default();
            *held = held.saturating_add(1);
        }
    }

    fn unindex(&mut self, task: &Task) {
        if task.state.is_open() {
            self.purposes.remove(&task.plan.purpose.alone());
        }
        let lane = Lane::of(&task.plan);
        if let Some(ranks) = self.waiting.get_mut(&lane) {
            ranks.remove(&Rank::of(&task.plan));
            if ranks.is_empty() {
                self.waiting.remove(&lane);
            }
        }
        if let Some(worker) = task.holder()
            && let Some(held) = self.held.get_mut(worker)
        {
            *held = held.saturating_sub(1);
            if *held == 0 {
                self.held.remove(worker);
            }
        }
    }
}

/// The best of a lane: how urgent, whether it is behind, and which.
fn best<'r>(
    ranks: &'r BTreeSet<Rank>,
    from: Option<&LocationCode>,
    is_free: impl Fn(&DocumentCode) -> bool,
) -> Option<(Urgency, bool, &'r Rank)> {
    let first = ranks.iter().find(|rank| is_free(&rank.code))?;
    let urgency = first.urgency;
    let Some(from) = from else { return Some((urgency, false, first)) };
    let start = Rank { urgency, at: Some(from.clone()), code: first_code()? };
    let mut ahead = ranks.range(start..).take_while(|rank| rank.urgency == urgency);
    match ahead.find(|rank| is_free(&rank.code)) {
        Some(rank) => Some((urgency, false, rank)),
        None => Some((urgency, true, first)),
    }
}

/// Before every other: codes have no smaller character.
fn first_code() -> Option<DocumentCode> {
    DocumentCode::parse("-").ok()
}

impl Lane {
    fn of(plan: &TaskPlan) -> Self {
        let (zone, skill, assignee) = (plan.zone.clone(), plan.skill.clone(), plan.assignee.clone());
        Self { kind: plan.purpose.kind, zone, skill, assignee }
    }

    fn is_for(&self, ask: &TaskAsk) -> bool {
        let does = ask.kinds.is_empty() || ask.kinds.contains(&self.kind);
        let works = self.zone.as_ref().is_none_or(|zone| ask.zones.is_empty() || ask.zones.contains(zone));
        let is_able = self.skill.as_ref().is_none_or(|skill| ask.skills.contains(skill));
        let may = self.assignee.as_ref().is_none_or(|assignee| *assignee == ask.worker);
        does && works && is_able && may
    }
}

impl Rank {
    fn of(plan: &TaskPlan) -> Self {
        let urgency = (Reverse(plan.priority), plan.due.is_none(), plan.due);
        let at = plan.purpose.from.clone().or_else(|| plan.purpose.to.clone());
        Self { urgency, at, code: plan.code.clone() }
    }
}
