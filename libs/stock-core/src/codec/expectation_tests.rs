//! Any facts and refusals about what is expected, for the tests of the codec.

use proptest::prelude::*;
use vocabulary::{ChannelCode, Date, ExpectationCode, PartyCode};

use super::tests::{quantity, sku};
use crate::{
    Direction, Expectation, ExpectationChange, ExpectationRejection, ExpectedBefore, ExpectedKind, Met,
};

fn code() -> impl Strategy<Value = ExpectationCode> {
    "[A-Z]{2}-[0-9]{1,4}/[0-9]".prop_map(|text| ExpectationCode::parse(&text).unwrap())
}

fn day() -> impl Strategy<Value = Date> {
    (0..40_000_i32).prop_map(|days| Date::from_days(days).unwrap())
}

fn kind() -> impl Strategy<Value = ExpectedKind> {
    prop::sample::select(ExpectedKind::ALL.to_vec())
}

fn expectation() -> impl Strategy<Value = Expectation> {
    let quantities = (quantity(), quantity(), quantity());
    let parties = prop_oneof![Just(None), Just(PartyCode::parse("ACME").ok())];
    let channels = prop_oneof![Just(None), Just(ChannelCode::parse("WEB").ok())];
    (code(), kind(), sku(), day(), quantities, parties, channels).prop_map(
        |(code, kind, sku, day, (expected, met, open), partner, channel)| Expectation {
            code,
            kind,
            sku,
            day,
            expected,
            met,
            open,
            partner,
            channel,
        },
    )
}

pub(super) fn change() -> BoxedStrategy<ExpectationChange> {
    let before = (kind(), day(), quantity()).prop_map(|(kind, day, open)| ExpectedBefore { kind, day, open });
    let met =
        || (quantity(), expectation()).prop_map(|(quantity, expectation)| Met { quantity, expectation });
    prop_oneof![
        (prop::option::of(before), expectation())
            .prop_map(|(before, after)| ExpectationChange::Set { before, after }),
        met().prop_map(ExpectationChange::Met),
        met().prop_map(ExpectationChange::Reopened),
    ]
    .boxed()
}

pub(super) fn rejection() -> BoxedStrategy<ExpectationRejection> {
    let direction = prop_oneof![Just(Direction::Supply), Just(Direction::Demand)];
    prop_oneof![
        code().prop_map(|expectation| ExpectationRejection::NotFound { expectation }),
        (code(), sku(), sku()).prop_map(|(expectation, sku, given)| ExpectationRejection::OtherItem {
            expectation,
            sku,
            given
        }),
        (code(), direction).prop_map(|(expectation, direction)| ExpectationRejection::OtherDirection {
            expectation,
            direction
        }),
        Just(ExpectationRejection::TooMany),
    ]
    .boxed()
}
