//! Whatever happens to production orders, they have what their steps say.

use std::collections::BTreeMap;

use proptest::prelude::*;
use stock_core::{Fact, Outcome, decode_entry};
use vocabulary::Quantity;
use work_core::ProductionChange;

use crate::language::Warehouse;
use crate::making::assert_expected;

fn any_line() -> impl Strategy<Value = String> {
    let place = || prop::sample::select(vec!["MAIN", "STORE", "WIP"]);
    let order = || (0_u32..3).prop_map(|n| format!("WO-{n}"));
    let n = || 1_u32..9;
    let id = || (2_u32..40, 0_u32..3).prop_map(|(sequence, n)| format!("{sequence}-{}", n * 1000));
    prop_oneof![
        4 => (place(), n()).prop_map(|(at, n)| format!("receive A {at} {n}")),
        4 => (place(), n(), "[XY]").prop_map(|(at, n, lot)| format!("receive L {at} {n} @ lot={lot}")),
        4 => (order(), n(), n()).prop_map(|(order, n, a)| {
            format!("make {order} P*{n} 1:A*{a} 2:L*{n}<STORE +1:C*{a} over=1 under=1")
        }),
        4 => (order(), prop::sample::select(vec!["", "some", "all"])).prop_map(|(order, how)| format!("go {order} {how}")),
        5 => (order(), n(), place()).prop_map(|(order, n, at)| format!("bring {order} A {n} {at}")),
        2 => (order(), n(), place()).prop_map(|(order, n, at)| format!("back {order} A {n} {at}")),
        2 => (order(), n()).prop_map(|(order, n)| format!("use {order} A {n}")),
        6 => (order(), 1_u32..4).prop_map(|(order, n)| format!("made {order} P {n} MAIN lot=T")),
        1 => (order(), 1_u32..4, n()).prop_map(|(order, n, a)| format!("made {order} P {n} MAIN lot=T used=A*{a}@MAIN came=C*{a}")),
        1 => order().prop_map(|order| format!("ready {order} short")),
        1 => order().prop_map(|order| format!("shelve {order} rest")),
        1 => order().prop_map(|order| format!("stop {order}")),
        1 => (id(), n()).prop_map(|(id, n)| format!("release {id} {n}")),
        2 => (place(), place(), n()).prop_map(|(from, to, n)| format!("move A {from} {to} {n}")),
        2 => (2_u32..40).prop_map(|sequence| format!("reverse {sequence}-0")),
        1 => Just("outdate L X".to_owned()),
    ]
}

/// What was used up and made for an order, as the movements of its entries say.
fn moved_for(warehouse: &Warehouse) -> BTreeMap<(String, &'static str), Quantity> {
    let mut sums: BTreeMap<(String, &'static str), Quantity> = BTreeMap::new();
    for (bytes, _) in &warehouse.journal {
        let entry = decode_entry(bytes).unwrap();
        let Outcome::Posted(facts) = &entry.outcome else { continue };
        for fact in facts {
            let Fact::Production(fact) = fact else { continue };
            let ProductionChange::Progressed(progress) = &fact.change else { continue };
            let mut add = |what, n: Quantity| {
                let sum = sums.entry((progress.code.to_string(), what)).or_default();
                *sum = sum.checked_add(n).unwrap();
            };
            add("made", progress.made);
            for component in progress.components.iter().filter(|component| component.number == 1) {
                add("consumed", component.consumed);
                add("brought", component.staged.checked_add(component.consumed).unwrap());
            }
        }
    }
    sums
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Whatever happens: an order has what its steps say, what is expected of it is what is open, and a checkpoint has the same.
    #[test]
    fn orders_count_what_their_steps_move(documents in prop::collection::vec(prop::collection::vec(any_line(), 1..4), 1..50)) {
        let mut warehouse = Warehouse::new();
        warehouse.post("receive A MAIN 20; receive L STORE 20 @ lot=Z");
        for lines in &documents {
            warehouse.post(&lines.join(";"));
            assert_expected(&warehouse.state);
        }
        let sums = moved_for(&warehouse);
        for order in warehouse.state.production_orders_after(None) {
            let of = |what| sums.get(&(order.plan.code.to_string(), what)).copied().unwrap_or_default();
            prop_assert_eq!((order.made, order.component(1).consumed), (of("made"), of("consumed")));
        }
        warehouse.assert_sound();
    }
}
