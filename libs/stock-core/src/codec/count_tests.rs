//! Any facts and refusals about counts, for the tests of the codec.

use proptest::prelude::*;
use vocabulary::{
    Currency, DocumentCode, LocationCode, LotCode, Owner, PartyCode, Sequence, SerialNumber, StockStatus,
    Timestamp,
};
use work_core::{
    Confidence, CountChange, CountKind, CountPlace, CountPlan, CountRejection, CountSheets, CountState,
    CountTolerance, CountedGoods, CountedLine, Reading, SamplePlan,
};

use super::tests::{quantity, sku};
use crate::{CountFact, Fact};

fn code() -> impl Strategy<Value = DocumentCode> {
    "[A-Z]{2}-[0-9]{1,4}/[0-9]".prop_map(|text| DocumentCode::parse(&text).unwrap())
}

fn party() -> impl Strategy<Value = PartyCode> {
    "[A-Z]{1,8}".prop_map(|text| PartyCode::parse(&text).unwrap())
}

fn place() -> impl Strategy<Value = CountPlace> {
    let location = "[A-Z]-[0-9]{1,3}".prop_map(|text| LocationCode::parse(&text).unwrap());
    (location, prop::option::of(sku())).prop_map(|(location, sku)| CountPlace { location, sku })
}

fn time() -> impl Strategy<Value = Timestamp> {
    (0..2_000_000_000_000_000_i64).prop_map(|micros| Timestamp::from_micros(micros).unwrap())
}

fn sequence() -> impl Strategy<Value = Sequence> {
    (0..u64::MAX).prop_map(Sequence::new)
}

fn serials() -> impl Strategy<Value = Vec<SerialNumber>> {
    let serial = "[A-Z0-9]{1,20}".prop_map(|text| SerialNumber::parse(&text).unwrap());
    prop::collection::vec(serial, 0..3)
}

fn tolerance() -> impl Strategy<Value = CountTolerance> {
    let any = || prop::option::of(quantity());
    (any(), any(), any()).prop_map(|(percent, quantity, value)| CountTolerance { percent, quantity, value })
}

fn sample() -> impl Strategy<Value = SamplePlan> {
    let confidence = prop::sample::select(Confidence::ALL.to_vec());
    (any::<u64>(), any::<u32>(), confidence, any::<u32>()).prop_map(
        |(seed, population, confidence, margin)| SamplePlan { seed, population, confidence, margin },
    )
}

fn plan() -> impl Strategy<Value = CountPlan> {
    let sheets = prop_oneof![Just(CountSheets::Blind), Just(CountSheets::Guided)];
    let kind = prop::sample::select(CountKind::ALL.to_vec());
    let currency = prop_oneof![Just(None), Just(Currency::parse("EUR").ok())];
    let (places, costs) =
        (prop::collection::btree_set(place(), 0..4), prop::collection::btree_map(sku(), quantity(), 0..3));
    let head = (code(), prop::option::of(code()), kind, sheets);
    let money = (tolerance(), prop::option::of(quantity()), currency, prop::option::of(sample()));
    (head, money, places, costs).prop_map(
        |((code, plan, kind, sheets), (tolerance, approval_above, currency, sample), places, costs)| {
            CountPlan { code, plan, kind, sheets, tolerance, approval_above, currency, sample, places, costs }
        },
    )
}

fn line() -> impl Strategy<Value = CountedLine> {
    let lot = prop_oneof![Just(None), Just(LotCode::parse("L/2").ok())];
    let owner = prop_oneof![Just(Owner::Own), Just(Owner::parse("customer:ACME").unwrap())];
    let status = prop::sample::select(StockStatus::ALL.to_vec());
    let goods = (sku(), lot, status, owner).prop_map(|(sku, lot, status, owner)| CountedGoods {
        sku,
        lot,
        status,
        owner,
    });
    (goods, quantity(), quantity(), serials(), serials(), any::<bool>()).prop_map(
        |(goods, counted, expected, missing, found, is_usage)| CountedLine {
            goods,
            counted,
            expected,
            missing,
            found,
            is_usage,
        },
    )
}

fn reading() -> impl Strategy<Value = Reading> {
    let lines = prop::collection::vec(line(), 0..4);
    (party(), sequence(), prop::option::of(time()), lines).prop_map(|(by, sequence, at, lines)| Reading {
        by,
        sequence,
        at,
        lines,
    })
}

fn change() -> BoxedStrategy<CountChange> {
    prop_oneof![
        plan().prop_map(|plan| CountChange::Planned(Box::new(plan))),
        (code(), place(), reading()).prop_map(|(code, place, reading)| CountChange::Counted {
            code,
            place,
            reading: Box::new(reading)
        }),
        (code(), party()).prop_map(|(code, by)| CountChange::Approved { code, by }),
        (code(), time()).prop_map(|(code, at)| CountChange::Posted { code, at }),
        code().prop_map(|code| CountChange::Cancelled { code }),
    ]
    .boxed()
}

pub(super) fn fact() -> BoxedStrategy<Fact> {
    let fact = |(line, change)| Fact::Count(Box::new(CountFact { line, change }));
    (0_u32..1000, change()).prop_map(fact).boxed()
}

pub(super) fn rejection() -> BoxedStrategy<CountRejection> {
    use CountRejection as R;
    let state = prop::sample::select(CountState::ALL.to_vec());
    let serial = "[A-Z0-9]{1,20}".prop_map(|text| SerialNumber::parse(&text).unwrap());
    prop_oneof![
        code().prop_map(|code| R::NotFound { code }),
        code().prop_map(|code| R::Exists { code }),
        (code(), state).prop_map(|(code, state)| R::Ended { code, state }),
        (code(), place()).prop_map(|(code, place)| R::NotPlanned { code, place }),
        (code(), place(), sku()).prop_map(|(code, place, sku)| R::OtherItem { code, place, sku }),
        (code(), place(), sequence(), sequence(), sequence()).prop_map(
            |(code, place, given, least, most)| R::ReadOutOfTime { code, place, given, least, most }
        ),
        (code(), place(), sku()).prop_map(|(code, place, sku)| R::UnitsMoved { code, place, sku }),
        (code(), place(), sku(), serial).prop_map(|(code, place, sku, serial)| R::UnitTwice {
            code,
            place,
            sku,
            serial
        }),
        (code(), sku()).prop_map(|(code, sku)| R::Weighed { code, sku }),
        (code(), place(), party()).prop_map(|(code, place, by)| R::SamePerson { code, place, by }),
        (code(), place()).prop_map(|(code, place)| R::NotCounted { code, place }),
        (code(), place()).prop_map(|(code, place)| R::RecountNeeded { code, place }),
        (code(), place(), sequence()).prop_map(|(code, place, corrected_by)| R::Stale {
            code,
            place,
            corrected_by
        }),
        (code(), "[0-9]{0,5}").prop_map(|(code, value)| R::ApprovalNeeded { code, value }),
        (code(), party()).prop_map(|(code, by)| R::OwnVariance { code, by }),
        code().prop_map(|code| R::TooManyLines { code }),
        sku().prop_map(|sku| R::Periodic { sku }),
        Just(R::TooMany),
    ]
    .boxed()
}
