//! Any facts and refusals about orders, for the tests of the codec.

use std::collections::BTreeMap;

use proptest::prelude::*;
use vocabulary::{Date, DocumentCode, PartyCode, Timestamp};
use work_core::{OrderChange, OrderRejection, OrderState, OrderedLine, Placement, Short, Wave};

use super::tests::{channel, location, lot, quantity, sku};
use crate::{Fact, OrderFact, OrderRef, Priority, Terms};

fn code() -> impl Strategy<Value = DocumentCode> {
    "[A-Z0-9]{1,12}".prop_map(|text| DocumentCode::parse(&text).unwrap())
}

fn order() -> impl Strategy<Value = Option<OrderRef>> {
    prop::option::of((code(), 0_u32..1000).prop_map(|(code, line)| OrderRef { code, line }))
}

pub(super) fn terms() -> BoxedStrategy<Option<Box<Terms>>> {
    let party = || prop_oneof![Just(None), Just(PartyCode::parse("C-1").ok())];
    let whose = (0_u64..10, party(), channel(), order());
    (prop_oneof![Just(None), (1_u32..).prop_map(Some)], whose)
        .prop_map(|(at, (priority, holder, channel, order))| {
            let expires_at = at.map(|at| Timestamp::from_micros(i64::from(at)).unwrap());
            let priority = Priority::try_new(priority).unwrap();
            Terms { expires_at, priority, holder, channel, order }.boxed()
        })
        .boxed()
}

fn placement() -> impl Strategy<Value = Placement> {
    let day = || prop::option::of(Just(Date::parse("2027-01-31").unwrap()));
    let line = (sku(), quantity(), lot(), day()).prop_map(|(sku, quantity, lot, day)| OrderedLine {
        sku,
        quantity,
        lot,
        min_expiry: day,
    });
    let lines = prop::collection::btree_map(1_u32..1000, line, 0..4);
    let cut_off = prop::option::of((1_i64..9_000_000_000).prop_map(|n| Timestamp::from_micros(n).unwrap()));
    (code(), 0_u8..10, any::<bool>(), cut_off, lines, ".{0,20}").prop_map(
        |(code, priority, ships_complete, cut_off, lines, text): (_, _, _, _, BTreeMap<_, _>, String)| {
            Placement {
                code,
                customer: PartyCode::parse("C-1").unwrap(),
                ship_to: text.clone(),
                due: Date::parse("2027-02-01").unwrap(),
                priority,
                ships_complete,
                carrier: text,
                cut_off,
                channel: None,
                lines,
            }
        },
    )
}

fn change() -> BoxedStrategy<OrderChange> {
    let short = (1_u32..1000, location(), lot(), quantity())
        .prop_map(|(line, location, lot, quantity)| Short { line, location, lot, quantity, sequence: None });
    let wave = (code(), location()).prop_map(|(code, staging)| Wave { code, staging });
    prop_oneof![
        placement().prop_map(|placement| OrderChange::Placed(Box::new(placement))),
        (code(), wave).prop_map(|(code, wave)| OrderChange::Released { code, wave }),
        (code(), short).prop_map(|(code, short)| OrderChange::Short { code, short }),
        (code(), ".{0,20}").prop_map(|(code, tracking)| OrderChange::Shipped { code, tracking }),
        code().prop_map(|code| OrderChange::Closed { code }),
        code().prop_map(|code| OrderChange::Cancelled { code }),
    ]
    .boxed()
}

pub(super) fn fact() -> BoxedStrategy<Fact> {
    let fact = |(line, change)| Fact::Order(Box::new(OrderFact { line, change }));
    (0_u32..1000, change()).prop_map(fact).boxed()
}

pub(super) fn rejection() -> BoxedStrategy<OrderRejection> {
    use OrderRejection as R;
    let state = prop::sample::select(OrderState::ALL.to_vec());
    let line = || (code(), 1_u32..1000, quantity());
    prop_oneof![
        code().prop_map(|code| R::NotFound { code }),
        (code(), state).prop_map(|(code, state)| R::Ended { code, state }),
        (code(), 1_u32..1000).prop_map(|(code, line)| R::LineNotFound { code, line }),
        line().prop_map(|(code, line, used)| R::LineInUse { code, line, used }),
        line().prop_map(|(code, line, missing)| R::Incomplete { code, line, missing }),
        line().prop_map(|(code, line, open)| R::LineOpen { code, line, open }),
        (code(), code()).prop_map(|(code, wave)| R::AlreadyReleased { code, wave }),
        code().prop_map(|code| R::NothingPromised { code }),
        code().prop_map(|code| R::NotReleased { code }),
        code().prop_map(|code| R::NothingPicked { code }),
        code().prop_map(|code| R::Picked { code }),
        code().prop_map(|code| R::Shipped { code }),
        Just(R::TooMany),
    ]
    .boxed()
}
