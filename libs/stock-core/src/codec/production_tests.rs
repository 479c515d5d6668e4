//! Any facts and refusals about production orders, for the tests of the codec.

use proptest::prelude::*;
use vocabulary::{Date, DocumentCode};
use work_core::{
    ByProduct, ByProductStep, Component, ComponentMethod, ComponentStep, ProductionChange, ProductionPlan,
    ProductionRejection, ProductionState, ProductionStep, Progress, Wanted,
};

use super::tests::{location, quantity, sku};
use crate::{Fact, ProductionFact};

fn code() -> impl Strategy<Value = DocumentCode> {
    "[A-Z0-9]{1,12}".prop_map(|text| DocumentCode::parse(&text).unwrap())
}

fn component() -> impl Strategy<Value = Component> {
    let from = prop::option::of(location());
    (sku(), quantity(), 0_u32..=9, from).prop_map(|(sku, quantity, decimals, from)| {
        let method = from.map_or(ComponentMethod::Pick, |from| ComponentMethod::Backflush { from });
        Component { sku, quantity, decimals, method }
    })
}

fn plan() -> BoxedStrategy<ProductionPlan> {
    let by_product = (sku(), quantity(), 0_u32..=9).prop_map(|(sku, quantity, decimals)| ByProduct {
        sku,
        quantity,
        decimals,
    });
    let lines = (
        prop::collection::btree_map(1_u32..1000, component(), 0..4),
        prop::collection::btree_map(1_u32..1000, by_product, 0..3),
    );
    let wanted = prop::option::of((code(), 1_u32..1000).prop_map(|(order, line)| Wanted { order, line }));
    let what = (code(), sku(), quantity(), quantity(), quantity());
    (what, location(), any::<bool>(), "[A-Z0-9]{0,8}", wanted, lines)
        .prop_map(|((code, sku, quantity, over_max, under_max), place, is_inspected, bill, wanted, lines)| {
            ProductionPlan {
                code,
                sku,
                quantity,
                over_max,
                under_max,
                due: Date::parse("2027-02-01").unwrap(),
                place,
                is_inspected,
                bill,
                wanted,
                components: lines.0,
                by_products: lines.1,
            }
        })
        .boxed()
}

fn progress() -> impl Strategy<Value = Progress> {
    let component =
        (1_u32..1000, quantity(), quantity(), quantity()).prop_map(|(number, staged, consumed, deviated)| {
            let (staged, deviated) = (staged.negated(), deviated.negated());
            ComponentStep { number, staged, consumed, deviated }
        });
    let by_product = (1_u32..1000, quantity(), quantity())
        .prop_map(|(number, made, deviated)| ByProductStep { number, made, deviated });
    let moved = (prop::collection::vec(component, 0..4), prop::collection::vec(by_product, 0..3));
    let step = prop::sample::select(ProductionStep::ALL.to_vec());
    (code(), step, quantity(), moved).prop_map(|(code, step, made, (components, by_products))| Progress {
        code,
        step,
        made,
        components,
        by_products,
    })
}

fn change() -> BoxedStrategy<ProductionChange> {
    prop_oneof![
        plan().prop_map(|plan| ProductionChange::Planned(Box::new(plan))),
        code().prop_map(|code| ProductionChange::Released { code }),
        progress().prop_map(ProductionChange::Progressed),
        (code(), ".{0,20}").prop_map(|(code, note)| ProductionChange::Finished { code, note }),
        code().prop_map(|code| ProductionChange::Closed { code }),
        code().prop_map(|code| ProductionChange::Cancelled { code }),
    ]
    .boxed()
}

pub(super) fn fact() -> BoxedStrategy<Fact> {
    let fact = |(line, change)| Fact::Production(Box::new(ProductionFact { line, change }));
    (0_u32..1000, change()).prop_map(fact).boxed()
}

pub(super) fn rejection() -> BoxedStrategy<ProductionRejection> {
    use ProductionRejection as R;
    let state = || prop::sample::select(ProductionState::ALL.to_vec());
    let of_item = || (code(), sku());
    let numbers = || (code(), quantity(), quantity());
    prop_oneof![
        prop_oneof![
            code().prop_map(|code| R::NotFound { code }),
            code().prop_map(|code| R::CodeTaken { code }),
            code().prop_map(|code| R::NotReleased { code }),
            code().prop_map(|code| R::AlreadyReleased { code }),
            code().prop_map(|code| R::NotStarted { code }),
            code().prop_map(|code| R::Finished { code }),
            code().prop_map(|code| R::Made { code }),
            code().prop_map(|code| R::TooLarge { code }),
            code().prop_map(|code| R::ExpectationKept { code }),
            Just(R::TooMany),
        ],
        (code(), state()).prop_map(|(code, state)| R::Ended { code, state }),
        (code(), state()).prop_map(|(code, state)| R::NotFinished { code, state }),
        numbers().prop_map(|(code, asked, left)| R::OverTolerance { code, asked, left }),
        numbers().prop_map(|(code, made, least)| R::UnderTolerance { code, made, least }),
        of_item().prop_map(|(code, sku)| R::NoComponent { code, sku }),
        of_item().prop_map(|(code, sku)| R::NotIssued { code, sku }),
        of_item().prop_map(|(code, sku)| R::InUse { code, sku }),
        of_item().prop_map(|(code, sku)| R::SamePlace { code, sku }),
        of_item().prop_map(|(code, sku)| R::OtherProduct { code, sku }),
        (numbers(), sku()).prop_map(|((code, needed, there), sku)| R::ComponentLacking {
            code,
            sku,
            needed,
            there
        }),
        (of_item(), quantity()).prop_map(|((code, sku), left)| R::ComponentsLeft { code, sku, left }),
    ]
    .boxed()
}
