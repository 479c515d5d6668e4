//! Any promise that goes elsewhere, for the tests of the codec.

use proptest::prelude::*;

use super::handling_unit_tests::sscc;
use super::tests::{location, lot, quantity, reservation, serials, sku, status};
use crate::entry::PromiseMoved;
use crate::{Fact, Rejection};

pub(super) fn moved() -> BoxedStrategy<Fact> {
    let which = (0_u32..1000, reservation(), sku(), quantity(), lot(), status(), serials());
    let moved = |((line, reservation, sku, quantity, lot, status, serials), from, to)| {
        let moved = PromiseMoved { line, reservation, sku, quantity, lot, status, from, to, serials };
        Fact::PromiseMoved(Box::new(moved))
    };
    (which, location(), location()).prop_map(moved).boxed()
}

pub(super) fn rejection() -> BoxedStrategy<Rejection> {
    (reservation(), location(), quantity(), quantity(), prop::option::of(sscc()))
        .prop_map(|(reservation, location, requested, there, unit)| Rejection::PromisedElsewhere {
            reservation,
            location,
            requested,
            there,
            unit,
        })
        .boxed()
}
