//! Whatever is asked for: what is packed is there.

use proptest::prelude::*;

use crate::handling_units::assert_packed;
use crate::language::Warehouse;

fn any_line() -> impl Strategy<Value = String> {
    let unit = || (0_u32..6).prop_map(|n| format!("#{n}"));
    let place = || prop_oneof![3 => Just("MAIN"), 1 => Just("PICK")];
    let item = || prop_oneof![Just("A"), Just("N")];
    let taken =
        (prop::sample::select(vec!["issue", "receive", "return"]), item(), place(), 1_u32..5, 0_u32..8);
    let piece = (0_u32..5, place(), 0_u32..8);
    let in_unit = |n: u32| if n < 6 { format!(" unit=#{n}") } else { String::new() };
    prop_oneof![
        3 => place().prop_map(|at| format!("open BOX {at}")),
        6 => taken.prop_map(move |(verb, sku, at, n, unit)| format!("{verb} {sku} {at} {n} @{}", in_unit(unit))),
        2 => (item(), place(), 1_u32..5).prop_map(|(sku, at, n)| format!("reserve {sku} {at} {n}")),
        1 => (1_u32..30, 0_u32..3).prop_map(|(s, l)| format!("fulfil {s}-{l}")),
        1 => (1_u32..30, 0_u32..3, unit()).prop_map(|(s, l, unit)| format!("fulfil {s}-{l} 1 @ unit={unit}")),
        2 => (1_u32..60, 0_u32..3).prop_map(|(s, l)| format!("reverse {s}-{l}")),
        2 => (place(), 1_u32..5, 0_u32..8).prop_map(move |(at, n, unit)| format!("receive L {at} {n} @ lot=X{}", in_unit(unit))),
        1 => (place(), 1_u32..5, 0_u32..8).prop_map(move |(at, n, unit)| format!("issue L {at} {n} @ by=lot{}", in_unit(unit))),
        1 => (unit(), 1_u32..5).prop_map(|(unit, n)| format!("pack {unit} L {n} @ lot=X")),
        1 => (item(), place(), 1_u32..5, 0_u32..8).prop_map(move |(sku, at, n, unit)| format!("move {sku} {at} DOCK {n} @{}", in_unit(unit))),
        1 => Just("outdate L X".to_owned()),
        1 => Just("recall L X".to_owned()),
        1 => (1_u32..30, 0_u32..3).prop_map(|(s, l)| format!("release {s}-{l}")),
        3 => (item(), 1_u32..5, 0_u32..8).prop_map(move |(sku, n, unit)| format!("status {sku} MAIN {n} damaged @{}", in_unit(unit))),
        4 => (unit(), item(), 1_u32..5, 0_u32..8).prop_map(move |(unit, sku, n, from)| format!("pack {unit} {sku} {n} @{}", in_unit(from))),
        2 => (unit(), item(), 1_u32..5).prop_map(|(unit, sku, n)| format!("unpack {unit} {sku} {n}")),
        3 => piece.clone().prop_map(move |(n, at, unit)| format!("receive S {at} 1 @ serials={n}{}", in_unit(unit))),
        2 => piece.clone().prop_map(move |(n, at, unit)| format!("issue S {at} 1 @ serials={n}{}", in_unit(unit))),
        2 => piece.prop_map(move |(n, _, unit)| format!("pack #{} S 1 @ serials={n}{}", unit % 6, in_unit(unit + 1))),
        1 => unit().prop_map(|unit| format!("unpack {unit}")),
        3 => (unit(), unit()).prop_map(|(unit, parent)| format!("nest {unit} {parent}")),
        1 => unit().prop_map(|unit| format!("unnest {unit}")),
        3 => (unit(), place()).prop_map(|(unit, to)| format!("shift {unit} {to}")),
        1 => unit().prop_map(|unit| format!("ship {unit}")),
        1 => unit().prop_map(|unit| format!("close {unit}")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Whatever is asked for: what is packed is there, in the units that say so, and what is stored gives the same state.
    #[test]
    fn what_is_packed_is_there(documents in prop::collection::vec(prop::collection::vec(any_line(), 1..4), 1..60)) {
        let mut warehouse = Warehouse::new();
        warehouse.post("range 7610425 3 0 9; open BOX MAIN; open PALLET MAIN; receive A MAIN 9 @ unit=line:1");
        for lines in &documents {
            warehouse.post(&lines.join(";"));
            assert_packed(&warehouse.state);
        }
        warehouse.assert_sound();
    }
}
