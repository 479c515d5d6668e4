//! Tasks, in the tests' language: `task CODE KIND FROM TO WORD…` (`-` for no place; `sku=A`, `lot=X`, `n=5`, `ref=W-1`, `priority=5`,
//! `due=2027-01-31`, `zone=COLD`, `skill=LIFT`, `for=ANN`), `claim CODE WORKER`, `next WORKER WORD…` (`at=MAIN`, `kind=pick`, `zone=COLD`,
//! `skill=LIFT`), `start CODE WORKER`, `done CODE WORKER [QUANTITY]`, `fail CODE WORKER REASON`, `back CODE WORKER`, `undo CODE`; and
//! `who CODE`, which asks.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use stock_core::{Line, NewTask, State, TaskLine};
use vocabulary::{Date, DocumentCode, LotCode, PartyCode, SkillCode, Sku, ZoneCode};
use work_core::{Purpose, TASKS_HELD_MAX, Task, TaskAsk, TaskKind, TaskRejection, TouchedTasks};

use crate::language::{Warehouse, location, quantity};
use crate::rules::check;

/// What is stored of tasks, as changes come.
#[derive(Debug, Default)]
pub(crate) struct Stored {
    known: BTreeMap<DocumentCode, Task>,
}

impl Stored {
    pub(crate) fn take(&mut self, touched: TouchedTasks) {
        self.known.extend(touched.known.into_iter().map(|known| (known.plan.code.clone(), known)));
        self.known.retain(|code, _| !touched.forgotten.contains(code));
    }

    pub(crate) fn snapshot(&self) -> Vec<Task> {
        self.known.values().cloned().collect()
    }
}

fn code(text: &str) -> DocumentCode {
    DocumentCode::parse(text).unwrap()
}

fn worker(text: &str) -> PartyCode {
    PartyCode::parse(text).unwrap()
}

/// `None` for a line about something else.
pub(crate) fn line(text: &str) -> Option<Line> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = match words.as_slice() {
        ["task", task, kind, from, to, rest @ ..] => TaskLine::Create(new((task, kind), (from, to), rest)),
        ["claim", task, who] => TaskLine::Claim { task: code(task), worker: worker(who) },
        ["next", who, rest @ ..] => TaskLine::ClaimNext(ask(who, rest)),
        ["start", task, who] => TaskLine::Start { task: code(task), worker: worker(who) },
        ["done", task, who, n @ ..] => {
            let quantity = n.first().map(|n| quantity(n));
            TaskLine::Finish { task: code(task), worker: worker(who), quantity }
        }
        ["fail", task, who, reason] => {
            TaskLine::Fail { task: code(task), worker: worker(who), reason: (*reason).to_owned() }
        }
        ["back", task, who] => TaskLine::GiveBack { task: code(task), worker: worker(who) },
        ["undo", task] => TaskLine::Cancel { task: code(task) },
        _ => return None,
    };
    Some(Line::Task(Box::new(line)))
}

fn new((task, kind): (&str, &str), (from, to): (&str, &str), words: &[&str]) -> NewTask {
    let place = |name: &str| (name != "-").then(|| location(name));
    let (sku, lot, reference) = (None, None, String::new());
    let kind = TaskKind::parse(kind).unwrap();
    let purpose = Purpose { kind, from: place(from), to: place(to), sku, lot, reference };
    let (quantity, due, since, zone, skill, assignee) = Default::default();
    let mut new =
        NewTask { code: code(task), purpose, quantity, priority: 0, due, since, zone, skill, assignee };
    for word in words {
        let (name, value) = word.split_once('=').unwrap();
        match name {
            "sku" => new.purpose.sku = Some(Sku::parse(value).unwrap()),
            "lot" => new.purpose.lot = Some(LotCode::parse(value).unwrap()),
            "ref" => new.purpose.reference = value.to_owned(),
            "n" => new.quantity = Some(crate::language::quantity(value)),
            "priority" => new.priority = value.parse().unwrap(),
            "due" => new.due = Some(Date::parse(value).unwrap()),
            "zone" => new.zone = Some(ZoneCode::parse(value).unwrap()),
            "skill" => new.skill = Some(SkillCode::parse(value).unwrap()),
            "for" => new.assignee = Some(worker(value)),
            _ => panic!("{word}"),
        }
    }
    new
}

fn ask(who: &str, words: &[&str]) -> TaskAsk {
    let mut ask = TaskAsk { worker: worker(who), kinds: vec![], zones: vec![], skills: vec![], at: None };
    for word in words {
        match word.split_once('=').unwrap() {
            ("at", at) => ask.at = Some(location(at)),
            ("kind", kind) => ask.kinds.push(TaskKind::parse(kind).unwrap()),
            ("zone", zone) => ask.zones.push(ZoneCode::parse(zone).unwrap()),
            ("skill", skill) => ask.skills.push(SkillCode::parse(skill).unwrap()),
            _ => panic!("{word}"),
        }
    }
    ask
}

/// `STATE [WORKER] [done N] [REASON]`.
pub(crate) fn show(state: &State, text: &str) -> String {
    let Some(task) = state.task(&code(text)) else { return "unknown".to_owned() };
    let done = task.done.map(|done| format!("done {done}"));
    let words = [task.worker.as_ref().map(ToString::to_string), done, Some(task.reason.clone())];
    let words = words.into_iter().flatten().filter(|word| !word.is_empty());
    std::iter::once(task.state.as_str().to_owned()).chain(words).collect::<Vec<_>>().join(" ")
}

pub(crate) fn in_words(rejection: &TaskRejection) -> String {
    use TaskRejection as R;
    match rejection {
        R::NotFound { code } => format!("no task {code}"),
        R::Ended { code, state } => format!("{code} is {}", state.as_str()),
        R::Taken { code, worker } => format!("{worker} has {code}"),
        R::ForAnother { code, assignee } => format!("{code} is for {assignee}"),
        R::NotHeld { code, worker } => format!("{worker} has not {code}"),
        R::Started { code } => format!("{code} is begun"),
        R::TooMuch { code, wanted, done } => format!("{done} of {wanted} of {code}"),
        R::Exists { code, other } => format!("{other} is what {code} would be"),
        R::NothingToDo { worker } => format!("nothing for {worker}"),
        R::HoldsTooMany { worker } => format!("{worker} has too many"),
        R::TooMany => "too many".to_owned(),
    }
}

/// Who has a task is one person, and no two open ones are for the same.
pub(crate) fn assert_alone(state: &State) {
    let open: Vec<&Task> = state.tasks_after(None).filter(|task| task.state.is_open()).collect();
    let purposes: BTreeSet<Purpose> = open.iter().map(|task| task.plan.purpose.alone()).collect();
    assert_eq!(purposes.len(), open.len(), "{open:?}");
    assert_eq!(state.open_tasks(), open.len());
}

#[test]
fn a_task_is_done_by_who_has_it() {
    check(
        "task T-1 put_away DOCK MAIN sku=A n=5      | ok
         start T-1 ANN                              | line 0: ANN has not T-1
         claim T-1 ANN                              | ok
         claim T-1 ANN                              | line 0: ANN has T-1
         claim T-1 BOB                              | line 0: ANN has T-1
         done T-1 BOB                               | line 0: BOB has not T-1
         start T-1 ANN                              | ok
         start T-1 ANN                              | line 0: T-1 is begun
         done T-1 ANN 6                             | line 0: 6 of 5 of T-1
         receive A DOCK 4                           | ok
         move A DOCK MAIN 5; done T-1 ANN           | line 0: insufficient 5 of 4
         who T-1                                    | started ANN
         move A DOCK MAIN 4; done T-1 ANN 4         | ok
         who T-1                                    | done ANN done 4
         stock A MAIN                               | 4 on hand, 0 reserved
         undo T-1                                   | line 0: T-1 is done
         task T-1 pick MAIN DOCK                    | line 0: T-1 is done
         claim T-9 ANN                              | line 0: no task T-9",
    );
}

#[test]
fn a_task_is_given_back_fails_or_is_not_wanted() {
    check(
        "task T-1 pick MAIN DOCK ref=W-1/1; task T-2 pick MAIN DOCK ref=W-1/2 for=BOB | ok
         claim T-2 ANN                              | line 0: T-2 is for BOB
         claim T-1 ANN; back T-1 ANN                | ok
         who T-1                                    | open
         claim T-1 BOB; start T-1 BOB               | ok
         back T-1 ANN                               | line 0: ANN has not T-1
         task T-1 pick MAIN DOCK priority=5         | line 0: BOB has T-1
         fail T-1 BOB empty                         | ok
         who T-1                                    | failed BOB empty
         claim T-2 BOB; undo T-2                    | ok
         who T-2                                    | cancelled BOB
         done T-2 BOB                               | line 0: T-2 is cancelled",
    );
}

#[test]
fn the_next_task_is_the_most_urgent_and_then_the_nearest() {
    check(
        "task T-1 pick A-01 DOCK; task T-2 pick B-02 DOCK; task T-3 pick C-03 DOCK | ok
         task T-4 pick B-02 DOCK due=2027-01-31 ref=x; task T-5 count C-04 - priority=5 | ok
         next ANN kind=pick kind=pack               | ok
         who T-4                                    | claimed ANN
         next ANN at=B-01                           | ok
         who T-5                                    | claimed ANN
         next ANN at=B-03; next BOB at=B-03         | ok
         who T-3                                    | claimed ANN
         who T-1                                    | claimed BOB
         next BOB at=C-01                           | ok
         who T-2                                    | claimed BOB
         next BOB                                   | line 0: nothing for BOB",
    );
}

#[test]
fn a_task_goes_to_who_may_do_it() {
    check(
        "task T-1 put_away DOCK A-01 skill=LIFT; task T-2 put_away DOCK A-02 zone=COLD; task T-3 load A-03 - for=BOB | ok
         next ANN zone=DRY                          | line 0: nothing for ANN
         next ANN zone=DRY skill=LIFT               | ok
         next ANN                                   | ok
         next ANN                                   | line 0: nothing for ANN
         who T-1                                    | claimed ANN
         who T-2                                    | claimed ANN
         next BOB kind=pick                         | line 0: nothing for BOB
         next BOB                                   | ok
         who T-3                                    | claimed BOB",
    );
}

#[test]
fn no_two_open_tasks_are_for_the_same() {
    check(
        "task T-1 replenish R-1 PICK sku=A n=5      | ok
         task T-2 replenish R-2 PICK sku=A lot=X    | line 0: T-1 is what T-2 would be
         task T-2 replenish R-2 PICK sku=B          | ok
         claim T-1 ANN; start T-1 ANN               | ok
         task T-3 replenish R-2 PICK sku=A          | line 0: T-1 is what T-3 would be
         done T-1 ANN; task T-3 replenish R-2 PICK sku=A | ok
         task T-2 replenish R-2 PICK sku=A          | line 0: T-3 is what T-2 would be
         undo T-3; task T-2 replenish R-2 PICK sku=A | ok
         task T-4 count A-1 -; task T-5 count A-1 - | line 1: T-4 is what T-5 would be",
    );
}

#[test]
fn one_person_has_only_so_many() {
    let mut warehouse = Warehouse::new();
    let create = |n: usize| format!("task T-{n} pick MAIN DOCK ref={n}");
    warehouse.post(&(0..=TASKS_HELD_MAX).map(create).collect::<Vec<_>>().join(";"));
    let next = vec!["next ANN"; TASKS_HELD_MAX + 1];
    assert_eq!(warehouse.post(&next.join(";")), format!("line {TASKS_HELD_MAX}: ANN has too many"));
    assert_eq!(warehouse.post(&next[1..].join(";")), "ok");
    assert_eq!(warehouse.post("next ANN"), "line 0: ANN has too many");
    assert_eq!(warehouse.post("done T-0 ANN; next ANN; next BOB"), "line 2: nothing for BOB");
    warehouse.assert_sound();
}

fn any_line() -> impl Strategy<Value = String> {
    let task = || (0_u32..8).prop_map(|n| format!("T-{n}"));
    let who = || prop::sample::select(vec!["ANN", "BOB"]);
    let at = || prop::sample::select(vec!["A-1", "B-1", "C-1"]);
    let what = prop::sample::select(vec!["pick", "replenish", "count", "put_away"]);
    let more =
        prop::sample::select(vec!["", "priority=5", "due=2027-01-31", "zone=COLD", "skill=LIFT", "for=ANN"]);
    let may = prop::sample::select(vec!["", "zone=DRY", "skill=LIFT", "kind=pick", "at=B-1"]);
    prop_oneof![
        5 => (task(), what, at(), at(), more).prop_map(|(task, kind, from, to, more)| format!("task {task} {kind} {from} {to} sku=A {more}")),
        3 => (task(), who()).prop_map(|(task, who)| format!("claim {task} {who}")),
        4 => (who(), may).prop_map(|(who, may)| format!("next {who} {may}")),
        2 => (task(), who()).prop_map(|(task, who)| format!("start {task} {who}")),
        2 => (task(), who()).prop_map(|(task, who)| format!("done {task} {who}")),
        1 => (task(), who()).prop_map(|(task, who)| format!("fail {task} {who} gone")),
        2 => (task(), who()).prop_map(|(task, who)| format!("back {task} {who}")),
        1 => task().prop_map(|task| format!("undo {task}")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// What is given out is what a search over all tasks would find, whatever happened before.
    #[test]
    fn the_queue_is_what_its_tasks_say(documents in prop::collection::vec(prop::collection::vec(any_line(), 1..4), 1..60)) {
        let mut warehouse = Warehouse::new();
        for lines in &documents {
            warehouse.post(&lines.join(";"));
            assert_alone(&warehouse.state);
            for words in [&["at=B-1"][..], &["zone=DRY", "skill=LIFT"], &["kind=pick"]] {
                let ask = ask("ANN", words);
                let next = warehouse.state.next_task(&ask).map(|task| task.plan.code.clone());
                prop_assert_eq!(next, searched(&warehouse.state, &ask));
            }
        }
        warehouse.assert_sound();
    }
}

fn searched(state: &State, ask: &TaskAsk) -> Option<DocumentCode> {
    let may = |task: &&Task| {
        let plan = &task.plan;
        task.state == work_core::TaskState::Open
            && (ask.kinds.is_empty() || ask.kinds.contains(&plan.purpose.kind))
            && plan.zone.as_ref().is_none_or(|zone| ask.zones.is_empty() || ask.zones.contains(zone))
            && plan.skill.as_ref().is_none_or(|skill| ask.skills.contains(skill))
            && plan.assignee.as_ref().is_none_or(|assignee| *assignee == ask.worker)
    };
    let key = |task: &&Task| {
        let plan = &task.plan;
        let at = plan.purpose.from.clone().or_else(|| plan.purpose.to.clone());
        let is_behind = ask.at.as_ref().is_some_and(|from| at.as_ref() < Some(from));
        let day = plan.due.map_or_else(|| "9999-12-32".to_owned(), |due| due.to_string());
        (9 - plan.priority, day, is_behind, at, plan.code.clone())
    };
    state.tasks_after(None).filter(may).min_by_key(key).map(|task| task.plan.code.clone())
}
