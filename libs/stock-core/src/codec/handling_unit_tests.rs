//! Any facts and refusals about handling units, for the tests of the codec. Boxed, since strategies in each other take much stack.

use gs1::CompanyPrefix;
use proptest::prelude::*;
use vocabulary::{HandlingUnitKind, Sscc};

use super::tests::{location, quantity, sku};
use crate::{
    NestingFault, NumberRange, NumberSeries, NumberSource, UnitChange, UnitEnd, UnitLimit, UnitName,
    UnitRejection,
};

fn series() -> impl Strategy<Value = NumberSeries> {
    ("[0-9]{4,12}", 0_u8..10).prop_map(|(prefix, extension_digit)| NumberSeries {
        company_prefix: CompanyPrefix::parse(&prefix).unwrap(),
        extension_digit,
    })
}

pub(super) fn sscc() -> BoxedStrategy<Sscc> {
    (series(), 0_u64..10_000).prop_map(|(series, reference)| series.sscc(reference).unwrap()).boxed()
}

fn name() -> impl Strategy<Value = UnitName> {
    prop_oneof![sscc().prop_map(UnitName::Sscc), any::<u32>().prop_map(UnitName::OfLine)]
}

pub(super) fn change() -> BoxedStrategy<UnitChange> {
    let source = prop_oneof![Just(NumberSource::Range), Just(NumberSource::Given)];
    let end = prop_oneof![Just(UnitEnd::BrokenUp), Just(UnitEnd::Shipped)];
    let kind = "[A-Z0-9]{1,16}".prop_map(|text| HandlingUnitKind::parse(&text).unwrap());
    prop_oneof![
        (series(), any::<u64>(), any::<u64>())
            .prop_map(|(series, next, last)| UnitChange::NumbersSet(NumberRange { series, next, last })),
        (sscc(), kind, location(), source).prop_map(|(unit, kind, location, number)| UnitChange::Opened {
            unit,
            kind,
            location,
            number
        }),
        (sscc(), prop::option::of(sscc())).prop_map(|(unit, parent)| UnitChange::Nested { unit, parent }),
        (sscc(), location(), location()).prop_map(|(unit, from, to)| UnitChange::Moved { unit, from, to }),
        (sscc(), end).prop_map(|(unit, end)| UnitChange::Closed { unit, end }),
    ]
    .boxed()
}

pub(super) fn rejection() -> BoxedStrategy<UnitRejection> {
    let fault = prop_oneof![Just(NestingFault::Cycle), Just(NestingFault::TooDeep)];
    let limit = prop::sample::select(UnitLimit::ALL.to_vec());
    let packed = (sku(), location(), quantity(), quantity(), prop::option::of(sscc()));
    prop_oneof![
        name().prop_map(|unit| UnitRejection::NotFound { unit }),
        sscc().prop_map(|unit| UnitRejection::SsccReused { unit }),
        prop::option::of(sscc()).prop_map(|last| UnitRejection::NumbersExhausted { last }),
        prop::option::of(1..u64::MAX).prop_map(|free| UnitRejection::NumbersTaken { free }),
        packed.prop_map(|(sku, location, loose, packed, unit)| UnitRejection::PackedInUnit {
            sku,
            location,
            loose,
            packed,
            unit
        }),
        (sscc(), prop::option::of(sku()), quantity(), quantity()).prop_map(
            |(unit, sku, requested, packed)| UnitRejection::Insufficient { unit, sku, requested, packed }
        ),
        (sscc(), location()).prop_map(|(unit, location)| UnitRejection::Elsewhere { unit, location }),
        sscc().prop_map(|unit| UnitRejection::NotEmpty { unit }),
        (sscc(), sscc(), fault).prop_map(|(unit, parent, fault)| UnitRejection::BadNesting {
            unit,
            parent,
            fault
        }),
        (sscc(), limit).prop_map(|(unit, limit)| UnitRejection::TooLarge { unit, limit }),
    ]
    .boxed()
}
