//! Any facts and refusals about tasks, for the tests of the codec.

use proptest::prelude::*;
use vocabulary::{Date, DocumentCode, PartyCode, SkillCode, Timestamp, ZoneCode};
use work_core::{Purpose, TaskChange, TaskKind, TaskPlan, TaskRejection, TaskState};

use super::tests::{location, lot, quantity, sku};
use crate::{Fact, TaskFact};

fn code() -> impl Strategy<Value = DocumentCode> {
    "[A-Z0-9]{1,12}".prop_map(|text| DocumentCode::parse(&text).unwrap())
}

fn party() -> impl Strategy<Value = PartyCode> {
    "[A-Z0-9]{1,12}".prop_map(|text| PartyCode::parse(&text).unwrap())
}

fn at() -> impl Strategy<Value = Timestamp> {
    (1_i64..9_000_000_000).prop_map(|n| Timestamp::from_micros(n).unwrap())
}

fn plan() -> impl Strategy<Value = TaskPlan> {
    let place = || prop::option::of(location());
    let purpose = (
        prop::sample::select(TaskKind::ALL.to_vec()),
        place(),
        place(),
        prop::option::of(sku()),
        lot(),
        ".{0,9}",
    );
    let purpose = purpose.prop_map(|(kind, from, to, sku, lot, reference)| Purpose {
        kind,
        from,
        to,
        sku,
        lot,
        reference,
    });
    let day = prop::option::of(Just(Date::parse("2027-01-31").unwrap()));
    let zone = prop::option::of(Just(ZoneCode::parse("COLD").unwrap()));
    let skill = prop::option::of(Just(SkillCode::parse("LIFT").unwrap()));
    let may = (zone, skill, prop::option::of(party()));
    (code(), purpose, prop::option::of(quantity()), 0_u8..10, day, at(), may).prop_map(
        |(code, purpose, quantity, priority, due, since, (zone, skill, assignee))| TaskPlan {
            code,
            purpose,
            quantity,
            priority,
            due,
            since,
            zone,
            skill,
            assignee,
        },
    )
}

fn change() -> BoxedStrategy<TaskChange> {
    prop_oneof![
        plan().prop_map(|plan| TaskChange::Planned(Box::new(plan))),
        (code(), party(), at()).prop_map(|(code, worker, at)| TaskChange::Claimed { code, worker, at }),
        (code(), at()).prop_map(|(code, at)| TaskChange::Started { code, at }),
        (code(), prop::option::of(quantity()), at()).prop_map(|(code, quantity, at)| TaskChange::Done {
            code,
            quantity,
            at
        }),
        (code(), ".{0,20}", at()).prop_map(|(code, reason, at)| TaskChange::Failed { code, reason, at }),
        code().prop_map(|code| TaskChange::GivenBack { code }),
        (code(), at()).prop_map(|(code, at)| TaskChange::Cancelled { code, at }),
    ]
    .boxed()
}

pub(super) fn fact() -> BoxedStrategy<Fact> {
    let fact = |(line, change)| Fact::Task(Box::new(TaskFact { line, change }));
    (0_u32..1000, change()).prop_map(fact).boxed()
}

pub(super) fn rejection() -> BoxedStrategy<TaskRejection> {
    use TaskRejection as R;
    let state = prop::sample::select(TaskState::ALL.to_vec());
    prop_oneof![
        code().prop_map(|code| R::NotFound { code }),
        (code(), state).prop_map(|(code, state)| R::Ended { code, state }),
        (code(), party()).prop_map(|(code, worker)| R::Taken { code, worker }),
        (code(), party()).prop_map(|(code, assignee)| R::ForAnother { code, assignee }),
        (code(), party()).prop_map(|(code, worker)| R::NotHeld { code, worker }),
        code().prop_map(|code| R::Started { code }),
        (code(), quantity(), quantity()).prop_map(|(code, wanted, done)| R::TooMuch { code, wanted, done }),
        (code(), code()).prop_map(|(code, other)| R::Exists { code, other }),
        party().prop_map(|worker| R::NothingToDo { worker }),
        party().prop_map(|worker| R::HoldsTooMany { worker }),
        Just(R::TooMany),
    ]
    .boxed()
}
