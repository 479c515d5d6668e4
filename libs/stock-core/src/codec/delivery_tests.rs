//! Any facts and refusals about deliveries, for the tests of the codec.

use proptest::prelude::*;
use vocabulary::{Date, DocumentCode, HandlingUnitKind, LotCode, PartyCode, SerialNumber};
use work_core::{
    AnnouncedLine, AnnouncedUnit, Announcement, Answerable, Aql, DeliveryChange, DeliveryRejection,
    DeliveryState, Discrepancy, DiscrepancyKind, Disposal, Disposition, Goods, Inspection, Source,
    Unannounced, UnitGoods,
};

use super::handling_unit_tests::sscc;
use super::tests::{lot_facts, quantity, sku};
use crate::{DeliveryFact, Fact};

fn code() -> impl Strategy<Value = DocumentCode> {
    "[A-Z]{2}-[0-9]{1,4}/[0-9]".prop_map(|text| DocumentCode::parse(&text).unwrap())
}

fn line() -> impl Strategy<Value = AnnouncedLine> {
    let aql = prop::option::of(prop::sample::select(Aql::all().collect::<Vec<_>>()));
    (sku(), quantity(), quantity(), quantity(), aql).prop_map(
        |(sku, expected, over_max, under_max, inspection)| AnnouncedLine {
            sku,
            expected,
            over_max,
            under_max,
            inspection,
        },
    )
}

fn goods() -> impl Strategy<Value = UnitGoods> {
    let serials = prop::collection::vec("[A-Z0-9]{1,20}", 0..3);
    let lot = prop_oneof![Just(None), Just(LotCode::parse("L/2").ok())];
    (any::<u32>(), quantity(), lot, lot_facts(), serials).prop_map(|(line, quantity, lot, facts, serials)| {
        let serials = serials.iter().map(|text| SerialNumber::parse(text).unwrap()).collect();
        UnitGoods { line, quantity, goods: Goods { lot, facts, serials } }
    })
}

fn announcement() -> impl Strategy<Value = Announcement> {
    let party = || prop_oneof![Just(None), Just(PartyCode::parse("ACME").ok())];
    let due = (0..40_000_i32).prop_map(|days| Date::from_days(days).unwrap());
    let unannounced = prop_oneof![Just(Unannounced::Refused), Just(Unannounced::Taken)];
    let unit = prop::collection::vec(goods(), 0..3)
        .prop_map(|goods| AnnouncedUnit { kind: HandlingUnitKind::parse("BOX").unwrap(), goods });
    let lines = prop::collection::btree_map(any::<u32>(), line(), 0..4);
    let units = prop::collection::btree_map(sscc(), unit, 0..3);
    let source = prop::sample::select(Source::ALL.to_vec());
    (code(), source, (party(), party()), due, unannounced, lines, units).prop_map(
        |(code, source, (partner, carrier), due, unannounced, lines, units)| Announcement {
            code,
            source,
            partner,
            carrier,
            due,
            unannounced,
            lines,
            units,
        },
    )
}

fn discrepancy() -> impl Strategy<Value = Discrepancy> {
    let kind = prop::sample::select(DiscrepancyKind::ALL.to_vec());
    let answerable = prop::sample::select(Answerable::ALL.to_vec());
    (any::<u32>(), kind, quantity(), answerable, ".{0,20}").prop_map(
        |(line, kind, quantity, answerable, note)| Discrepancy { line, kind, quantity, answerable, note },
    )
}

fn disposal() -> impl Strategy<Value = Disposal> {
    let disposition = prop::sample::select(Disposition::ALL.to_vec());
    (code(), any::<u32>(), quantity(), disposition, quantity()).prop_map(
        |(code, line, quantity, disposition, waited)| Disposal { code, line, quantity, disposition, waited },
    )
}

fn change() -> BoxedStrategy<DeliveryChange> {
    prop_oneof![
        announcement().boxed().prop_map(|announced| DeliveryChange::Announced(Box::new(announced))),
        (code(), any::<u32>(), sku(), quantity(), prop::option::of(sscc())).prop_map(
            |(code, line, sku, quantity, unit)| DeliveryChange::Arrived { code, line, sku, quantity, unit }
        ),
        (code(), any::<u32>(), quantity(), prop::option::of(sscc())).prop_map(
            |(code, line, quantity, unit)| DeliveryChange::TakenBack { code, line, quantity, unit }
        ),
        (code(), discrepancy())
            .prop_map(|(code, discrepancy)| DeliveryChange::Declared { code, discrepancy }),
        (code(), any::<u32>(), quantity(), any::<u32>(), any::<u32>()).prop_map(
            |(code, line, quantity, sample, defective)| {
                DeliveryChange::Inspected(Inspection { code, line, quantity, sample, defective })
            }
        ),
        (code(), any::<u32>(), quantity())
            .prop_map(|(code, line, quantity)| DeliveryChange::InspectionTakenBack { code, line, quantity }),
        (code(), prop::collection::vec(discrepancy(), 0..3))
            .prop_map(|(code, discrepancies)| DeliveryChange::Closed { code, discrepancies }),
        code().prop_map(|code| DeliveryChange::Cancelled { code }),
        (disposal(), ".{0,20}").prop_map(|(disposal, reason)| DeliveryChange::Disposed { disposal, reason }),
        disposal().prop_map(DeliveryChange::DisposalTakenBack),
    ]
    .boxed()
}

pub(super) fn fact() -> BoxedStrategy<Fact> {
    let fact = |(line, change)| Fact::Delivery(Box::new(DeliveryFact { line, change }));
    (0_u32..1000, change()).prop_map(fact).boxed()
}

pub(super) fn rejection() -> BoxedStrategy<DeliveryRejection> {
    use DeliveryRejection as R;
    let state = prop::sample::select(DeliveryState::ALL.to_vec());
    let about = || (code(), any::<u32>(), quantity(), quantity());
    let counted = || (code(), any::<u32>(), any::<u32>(), any::<u32>());
    let of_line = prop_oneof![
        (code(), any::<u32>()).prop_map(|(code, line)| R::LineNotFound { code, line }),
        (code(), any::<u32>(), sku(), sku()).prop_map(|(code, line, sku, given)| R::OtherItem {
            code,
            line,
            sku,
            given
        }),
        about().prop_map(|(code, line, asked, left)| R::OverTolerance { code, line, asked, left }),
        about().prop_map(|(code, line, received, _)| R::LineArrived { code, line, received }),
        about().prop_map(|(code, line, expected, received)| R::NobodyAnswers {
            code,
            line,
            expected,
            received
        }),
        about().prop_map(|(code, line, left, _)| R::NotInspected { code, line, left }),
        about().prop_map(|(code, line, asked, there)| R::MoreThanThere { code, line, asked, there }),
        counted().prop_map(|(code, line, given, sample)| R::SampleTooSmall { code, line, given, sample }),
        counted().prop_map(|(code, line, defective, accept)| R::InspectionFailed {
            code,
            line,
            defective,
            accept
        }),
    ];
    prop_oneof![
        code().prop_map(|code| R::NotFound { code }),
        (code(), state).prop_map(|(code, state)| R::Ended { code, state }),
        (code(), sku()).prop_map(|(code, sku)| R::NotAnnounced { code, sku }),
        (code(), sscc()).prop_map(|(code, sscc)| R::UnitNotAnnounced { code, sscc }),
        (code(), sscc()).prop_map(|(code, sscc)| R::UnitArrived { code, sscc }),
        code().prop_map(|code| R::Arrived { code }),
        code().prop_map(|code| R::TooManyLines { code }),
        (code(), any::<u32>()).prop_map(|(code, line)| R::ExpectationKept { code, line }),
        (code(), prop::sample::select(Source::ALL.to_vec()), prop::sample::select(Disposition::ALL.to_vec()))
            .prop_map(|(code, from, disposition)| R::OtherDisposition { code, from, disposition }),
        Just(R::TooMany),
        of_line.boxed(),
    ]
    .boxed()
}
