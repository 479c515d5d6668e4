use std::collections::BTreeMap;

use proptest::prelude::*;
use vocabulary::{Date, DocumentCode, LocationCode, Quantity, Sequence, Sku};

use super::{
    ByProduct, Component, ComponentMethod, ProductionChange, ProductionOrder, ProductionPlan,
    ProductionRejection, ProductionState, Reported, Said,
};

fn quantity(text: &str) -> Quantity {
    Quantity::parse(text).unwrap()
}

fn sku(text: &str) -> Sku {
    Sku::parse(text).unwrap()
}

fn place(text: &str) -> LocationCode {
    LocationCode::parse(text).unwrap()
}

/// 20 legs of 2.5 planks that are picked, and 7 nails from `STORE`; 5 chips come out besides.
fn plan() -> ProductionPlan {
    let component = |text: &str, n: &str, decimals, method| Component {
        sku: sku(text),
        quantity: quantity(n),
        decimals,
        method,
    };
    let nails = ComponentMethod::Backflush { from: place("STORE") };
    let chips = ByProduct { sku: sku("CHIPS"), quantity: quantity("5"), decimals: 0 };
    ProductionPlan {
        code: DocumentCode::parse("WO-1").unwrap(),
        sku: sku("LEG"),
        quantity: quantity("20"),
        over_max: quantity("2"),
        under_max: quantity("1"),
        due: Date::parse("2027-01-31").unwrap(),
        place: place("WIP"),
        is_inspected: false,
        bill: "1".to_owned(),
        wanted: None,
        components: BTreeMap::from([
            (1, component("PLANK", "2.5", 1, ComponentMethod::Pick)),
            (2, component("NAIL", "7", 0, nails)),
        ]),
        by_products: BTreeMap::from([(1, chips)]),
    }
}

fn apply(order: &mut ProductionOrder, change: &ProductionChange) {
    *order = change.apply(Some(order.clone()), Sequence::new(9)).unwrap();
}

fn released() -> ProductionOrder {
    let mut order = ProductionOrder::new(plan());
    let change = order.release().unwrap();
    apply(&mut order, &change);
    order
}

fn issue(order: &mut ProductionOrder, n: &str) {
    let change = order.issue(&sku("PLANK"), quantity(n)).unwrap();
    apply(order, &change);
}

fn used(reported: &Reported) -> Vec<String> {
    let told = |due: &super::Due| {
        let at = due.at.as_ref().map_or("", |at| at.as_str());
        format!("{} {} {at}", due.sku, due.quantity)
    };
    reported.used.iter().chain(&reported.besides).map(told).collect()
}

#[test]
fn a_part_takes_what_all_parts_take_less_what_was_taken() {
    let mut order = released();
    let lacking = order.report(quantity("9"), (&[], &[])).unwrap_err();
    assert_eq!(
        lacking.to_string(),
        "1.2 of PLANK needed for production order WO-1, 0 there: issue or receive 1.2 more"
    );
    issue(&mut order, "3");
    let first = order.report(quantity("9"), (&[], &[])).unwrap();
    assert_eq!(used(&first), ["PLANK 1.2 WIP", "NAIL 4 STORE", "CHIPS 2 "]);
    apply(&mut order, &first.change);
    let second = order.report(quantity("11"), (&[], &[])).unwrap();
    assert_eq!(used(&second), ["PLANK 1.3 WIP", "NAIL 3 STORE", "CHIPS 3 "]);
    apply(&mut order, &second.change);
    assert_eq!((order.open(), order.open_component(1)), (Quantity::ZERO, Quantity::ZERO));
    assert_eq!(order.component(1).staged, quantity("0.5"));
    let over = order.report(quantity("3"), (&[], &[])).unwrap_err();
    assert_eq!(
        over.to_string(),
        "3 more of production order WO-1, which may make 2 more: plan more, or report less"
    );
    let third = order.report(quantity("2"), (&[], &[])).unwrap();
    assert_eq!(used(&third), ["PLANK 0.3 WIP", "NAIL 1 STORE"]);
}

#[test]
fn what_is_said_counts_and_stays() {
    let (plank, nail, chips, glue) = (sku("PLANK"), sku("NAIL"), sku("CHIPS"), sku("GLUE"));
    let said = |sku, n: Option<&str>, at| Said { sku, quantity: n.map(quantity), at };
    let mut order = released();
    issue(&mut order, "2.5");
    let by_hand = order.consume((&nail, quantity("2")), None).unwrap();
    assert_eq!(by_hand.1, place("STORE"));
    apply(&mut order, &by_hand.0);
    assert_eq!(order.state, ProductionState::Started);
    let (dock, lot) = (place("DOCK"), said(&plank, Some("1"), None));
    let used_up =
        [lot, said(&plank, None, None), said(&glue, Some("1"), Some(&dock)), said(&nail, Some("0"), None)];
    let first = order.report(quantity("10"), (&used_up, &[said(&chips, Some("4"), None)])).unwrap();
    assert_eq!(used(&first), ["PLANK 1 WIP", "PLANK 0.3 WIP", "GLUE 1 DOCK", "CHIPS 4 "]);
    apply(&mut order, &first.change);
    // Two nails less than the plan says were used, and two chips more came: that stays so.
    assert_eq!((order.component(2).deviated, order.by_product(1).deviated), (quantity("-2"), quantity("2")));
    let second = order.report(quantity("10"), (&[], &[])).unwrap();
    assert_eq!(used(&second), ["PLANK 1.2 WIP", "NAIL 3 STORE", "CHIPS 3 "]);
    let none = order.report(quantity("1"), (&[said(&glue, None, None)], &[])).unwrap_err();
    assert_eq!(none.to_string(), "production order WO-1 takes no GLUE: name one of its components");
    let ProductionChange::Progressed(progress) = &first.change else { panic!("it is a step") };
    let back = order.take_back(progress).unwrap().unwrap();
    apply(&mut order, &back);
    assert_eq!((order.made, order.component(1).staged), (Quantity::ZERO, quantity("2.5")));
}

#[test]
fn steps_are_taken_in_order() {
    use ProductionState as S;
    let mut order = ProductionOrder::new(plan());
    for state in S::ALL {
        order.state = state;
        order.made = if state == S::Started { quantity("19") } else { Quantity::ZERO };
        let allowed = [
            order.replan(plan()).is_ok(),
            order.release().is_ok(),
            order.issue(&sku("PLANK"), quantity("1")).is_ok(),
            order.consume((&sku("NAIL"), quantity("1")), None).is_ok(),
            order.report(Quantity::ZERO, (&[], &[])).is_ok() || state == S::Started,
            order.finish(false, "").is_ok(),
            order.close(false).is_ok(),
            order.cancel().is_ok(),
        ];
        let told: String = allowed.iter().map(|allowed| if *allowed { 'x' } else { '-' }).collect();
        let expected = match state {
            S::Planned => "xx-----x",
            S::Released => "x-xxx--x",
            S::Started => "x-xxxx--",
            S::Finished => "---x--xx",
            S::Closed | S::Cancelled => "--------",
        };
        assert_eq!(told, expected, "{state:?}");
    }
}

#[test]
fn what_is_in_use_stays() {
    let mut order = released();
    issue(&mut order, "1");
    let mut other = plan();
    other.components.remove(&1);
    assert!(matches!(order.replan(other), Err(ProductionRejection::InUse { .. })));
    let other = ProductionPlan { place: place("WIP-2"), ..plan() };
    assert!(matches!(order.replan(other), Err(ProductionRejection::InUse { .. })));
    assert!(matches!(order.cancel(), Err(ProductionRejection::ComponentsLeft { .. })));
    let back = order.give_back(&sku("PLANK"), quantity("1")).unwrap();
    let none = order.give_back(&sku("PLANK"), quantity("1.1"));
    assert!(matches!(none, Err(ProductionRejection::ComponentLacking { .. })));
    apply(&mut order, &back);
    assert!(order.cancel().is_ok());
    let large = ProductionPlan { quantity: quantity("1000000001"), ..plan() };
    assert!(matches!(large.plan(), Err(ProductionRejection::TooLarge { .. })));
}

#[derive(Debug, Clone)]
enum Step {
    Issue(u32),
    GiveBack(u32),
    Consume(u32),
    Report(u32),
    Replan(u32),
    TakeBack,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        (1_u32..30).prop_map(Step::Issue),
        (1_u32..30).prop_map(Step::GiveBack),
        (1_u32..10).prop_map(Step::Consume),
        (1_u32..8).prop_map(Step::Report),
        (1_u32..40).prop_map(Step::Replan),
        Just(Step::TakeBack),
    ];
    prop::collection::vec(step, 1..40)
}

/// What a step would change, if it may be taken. Tenths of planks.
fn judge(order: &ProductionOrder, step: &Step, last: Option<&ProductionChange>) -> Option<ProductionChange> {
    let tenths = |n: u32| Quantity::try_new(rust_decimal::Decimal::new(n.into(), 1)).unwrap();
    let plank = sku("PLANK");
    match step {
        Step::Issue(n) => order.issue(&plank, tenths(*n)).ok(),
        Step::GiveBack(n) => order.give_back(&plank, tenths(*n)).ok(),
        Step::Consume(n) => order.consume((&plank, tenths(*n)), None).ok().map(|(change, _)| change),
        Step::Report(n) => order.report(Quantity::from(*n), (&[], &[])).ok().map(|made| made.change),
        Step::Replan(n) => order.replan(ProductionPlan { quantity: Quantity::from(*n), ..plan() }).ok(),
        Step::TakeBack => match last {
            Some(ProductionChange::Progressed(progress)) => order.take_back(progress).ok().flatten(),
            Some(_) | None => None,
        },
    }
}

proptest! {
    /// What was issued lies at the place of work or was used up, and nothing is used beyond what the plan says but by hand.
    #[test]
    fn nothing_is_lost_and_nothing_is_used_twice(steps in steps()) {
        let (mut order, mut last) = (released(), None);
        let (mut brought, mut by_hand, mut most) = (Quantity::ZERO, Quantity::ZERO, Quantity::ZERO);
        for step in steps {
            let Some(change) = judge(&order, &step, last.as_ref()) else { continue };
            if let ProductionChange::Progressed(progress) = &change {
                for of in progress.components.iter().filter(|of| of.number == 1) {
                    let moved = of.staged.checked_add(of.consumed).unwrap();
                    brought = brought.checked_add(moved).unwrap();
                    if matches!(step, Step::Consume(_)) {
                        by_hand = by_hand.checked_add(of.consumed).unwrap();
                    }
                }
            }
            apply(&mut order, &change);
            last = if matches!(step, Step::TakeBack) { None } else { Some(change) };
            let need = super::need::part(quantity("2.5"), (order.made, order.plan.quantity), (1, super::need::Rounded::Up));
            most = most.max(need);
            let component = order.component(1);
            prop_assert_eq!(component.staged.checked_add(component.consumed).unwrap(), brought);
            prop_assert!(component.consumed <= most.checked_add(by_hand).unwrap(), "{:?}", order);
            prop_assert!(order.made <= order.plan.most());
        }
    }
}
