//! Any weights and refusals about them, for the tests of the codec. Boxed, since strategies in each other take much stack.

use proptest::prelude::*;
use vocabulary::WeightUnit;

use super::handling_unit_tests::sscc;
use super::tests::{location, quantity, sku};
use crate::{MovedWeight, WeightRejection};

fn unit() -> impl Strategy<Value = WeightUnit> {
    prop::sample::select(WeightUnit::ALL.to_vec())
}

pub(super) fn weight() -> BoxedStrategy<Option<MovedWeight>> {
    let some = (unit(), quantity(), quantity());
    prop::option::of(some.prop_map(|(unit, measured, difference)| MovedWeight { unit, measured, difference }))
        .boxed()
}

pub(super) fn rejection() -> BoxedStrategy<WeightRejection> {
    prop_oneof![
        (sku(), prop::option::of(sscc())).prop_map(|(sku, unit)| WeightRejection::Missing { sku, unit }),
        sku().prop_map(|sku| WeightRejection::Unexpected { sku }),
        (sku(), prop::option::of(unit()), prop::option::of(unit()))
            .prop_map(|(sku, held, weighed)| WeightRejection::Changed { sku, held, weighed }),
        (sku(), location(), quantity(), quantity()).prop_map(|(sku, location, requested, held)| {
            WeightRejection::Insufficient { sku, location, requested, held }
        }),
        sku().prop_map(|sku| WeightRejection::OfSeveral { sku }),
    ]
    .boxed()
}
