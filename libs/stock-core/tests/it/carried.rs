//! Promised goods that go elsewhere, alone and in handling units, and units that fulfil promises; as text tables.

use std::collections::BTreeMap;

use proptest::prelude::*;
use stock_core::State;
use vocabulary::Quantity;

use crate::language::Warehouse;
use crate::rules::check;

/// Of every position as much is promised as the promises say.
fn assert_promised(state: &State) {
    let mut promised: BTreeMap<_, Quantity> = BTreeMap::new();
    for held in state.reservations() {
        let mut seen = Vec::new();
        for part in &held.parts {
            let key = (held.sku.clone(), part.location.clone(), part.holding());
            assert!(!seen.contains(&key), "{held:?} has two parts of one position");
            seen.push(key.clone());
            let sum = promised.entry(key).or_default();
            *sum = sum.checked_add(part.quantity).unwrap();
        }
        let parts =
            held.parts.iter().fold(Quantity::ZERO, |sum, part| sum.checked_add(part.quantity).unwrap());
        assert_eq!(parts, held.quantity, "{held:?}");
    }
    for sku in state.skus_after(None) {
        for row in state.positions_of(sku) {
            let key = (sku.clone(), row.location.clone(), row.holding.clone());
            assert_eq!(row.balance.reserved, promised.remove(&key).unwrap_or_default(), "{row:?}");
        }
    }
    assert!(promised.is_empty(), "promised of nothing: {promised:?}");
}

#[test]
fn a_promise_goes_with_its_goods() {
    check(
        "receive A MAIN 10                                    | ok
         reserve A MAIN 6                                     | ok 2-0
         move A MAIN DOCK 5                                   | line 0: insufficient 5 of 4
         move A MAIN DOCK 4 @ of=2-0                          | ok
         stock A MAIN                                         | 6 on hand, 2 reserved
         stock A DOCK                                         | 4 on hand, 4 reserved
         issue A DOCK 1                                       | line 0: insufficient 1 of 0
         move A MAIN DOCK 3 @ of=2-0                          | line 0: 3 of 2-0 at MAIN, 2 there
         move A PICK DOCK 1 @ of=2-0                          | line 0: 1 of 2-0 at PICK, 0 there
         move B MAIN DOCK 1 @ of=2-0                          | line 0: 1 of 2-0 at MAIN, 0 there
         move A MAIN DOCK 1 @ of=9-0                          | line 0: no reservation 9-0
         move A MAIN DOCK 2 @ of=2-0                          | ok
         stock A MAIN                                         | 4 on hand, 0 reserved
         fulfil 2-0 5                                         | ok
         release 2-0                                          | ok
         stock A DOCK                                         | 1 on hand, 0 reserved",
    );
}

#[test]
fn goods_are_moved_twice_in_one_document_with_their_promise() {
    check(
        "receive A MAIN 10                                    | ok
         reserve A MAIN 6                                     | ok 2-0
         move A MAIN PICK 6 @ of=2-0; move A PICK DOCK 5 @ of=2-0; fulfil 2-0 2 | ok
         stock A PICK                                         | 0 on hand, 0 reserved
         stock A DOCK                                         | 4 on hand, 4 reserved
         release 2-0                                          | ok",
    );
}

#[test]
fn lots_and_statuses_stay_what_was_promised() {
    check(
        "rule counts damaged yes; receive L MAIN 5 @ lot=A; receive L MAIN 5 @ lot=B; receive L MAIN 5 @ lot=A status=damaged | ok
         reserve L * 13 @ by=lot                              | ok 2-0
         move L MAIN DOCK 13 @ by=lot of=2-0                  | ok
         stock L DOCK @ lot=A                                 | 5 on hand, 5 reserved
         stock L DOCK @ lot=B                                 | 5 on hand, 5 reserved
         stock L DOCK @ lot=A status=damaged                  | 3 on hand, 3 reserved
         move L DOCK MAIN 6 @ lot=A of=2-0                    | ok
         stock L MAIN @ lot=A                                 | 5 on hand, 5 reserved
         stock L MAIN @ lot=A status=damaged                  | 3 on hand, 1 reserved
         move L DOCK MAIN 3 @ lot=A status=damaged of=2-0     | line 0: 3 of 2-0 at DOCK, 2 there
         fulfil 2-0                                           | ok",
    );
}

#[test]
fn units_that_are_promised_by_name_stay_so() {
    check(
        "receive S MAIN 4 @ serials=1,2,3,4                   | ok
         reserve S MAIN 2 @ serials=1,2                       | ok 2-0
         reserve S MAIN 1 @ by=serial                         | ok 3-0
         move S MAIN DOCK 1 @ serials=1                       | line 0: 1 is of 2-0
         move S MAIN DOCK 1 @ serials=3 of=2-0                | line 0: 3 is not of 2-0
         move S MAIN DOCK 1 @ serials=1 of=2-0                | ok
         move S MAIN DOCK 1 @ serials=2 of=3-0                | line 0: 2 is of 2-0
         move S MAIN DOCK 1 @ serials=4 of=3-0                | ok
         stock S DOCK                                         | 2 on hand, 2 reserved
         issue S DOCK 1 @ serials=1                           | line 0: 1 is of 2-0
         fulfil 2-0                                           | ok
         fulfil 3-0 @ serials=4                               | ok",
    );
}

#[test]
fn a_handling_unit_takes_promises_along_as_it_must() {
    check(
        "range 7610425 3 0 9; open PALLET MAIN                | ok #0
         receive A MAIN 6 @ unit=#0; receive A MAIN 4         | ok
         reserve A MAIN 3 @ priority=5                        | ok 3-0
         reserve A MAIN 4                                     | ok 4-0
         shift #0 DOCK                                        | ok
         stock A MAIN                                         | 4 on hand, 4 reserved
         stock A DOCK                                         | 6 on hand, 3 reserved
         move A MAIN DOCK 3 @ of=3-0                          | ok
         fulfil 4-0 1                                         | ok
         release 4-0                                          | ok
         shift #0 MAIN                                        | ok
         stock A MAIN                                         | 6 on hand, 0 reserved
         stock A DOCK                                         | 3 on hand, 3 reserved",
    );
}

#[test]
fn a_handling_unit_takes_the_units_that_are_promised_by_name() {
    check(
        "range 7610425 3 0 9; open BOX MAIN                   | ok #0
         receive S MAIN 2 @ serials=1,2 unit=#0; receive S MAIN 1 @ serials=3 | ok
         reserve S MAIN 1 @ serials=1                         | ok 3-0
         reserve S MAIN 1 @ by=serial                         | ok 4-0
         shift #0 DOCK                                        | ok
         stock S MAIN                                         | 1 on hand, 1 reserved
         stock S DOCK                                         | 2 on hand, 1 reserved
         fulfil 3-0 @ unit=#0                                 | ok
         reserve S DOCK 1 @ serials=2; shift #0 MAIN          | line 1: 2 is of 7-0",
    );
}

#[test]
fn a_handling_unit_that_leaves_fulfils_promises() {
    check(
        "range 7610425 3 0 9; open PALLET MAIN                | ok #0
         receive A MAIN 6 @ unit=#0; receive B MAIN 2 @ unit=#0; receive A MAIN 4 | ok
         reserve A MAIN 8                                     | ok 3-0
         reserve B MAIN 1                                     | ok 4-0
         ship #0                                              | line 0: insufficient 6 of 2
         ship #0 9-0                                          | line 0: no reservation 9-0
         ship #0 3-0                                          | line 0: insufficient 2 of 1
         ship #0 3-0 4-0 3-0                                  | ok
         stock A MAIN                                         | 4 on hand, 2 reserved
         stock B MAIN                                         | 0 on hand, 0 reserved
         unit #0                                              | none
         release 3-0                                          | ok
         release 4-0                                          | line 0: no reservation 4-0",
    );
}

#[test]
fn a_promise_of_nothing_in_the_unit_is_refused() {
    check(
        "range 7610425 3 0 9; open PALLET MAIN                | ok #0
         receive A MAIN 6 @ unit=#0; receive B MAIN 2; receive A PICK 2 | ok
         reserve B MAIN 1                                     | ok 3-0
         reserve A PICK 1                                     | ok 4-0
         ship #0 3-0                                          | line 0: 1 of 3-0 at MAIN in #0, 0 there
         ship #0 4-0                                          | line 0: 1 of 4-0 at MAIN in #0, 0 there
         unit #0                                              | PALLET at MAIN: 6 A
         ship #0                                              | ok",
    );
}

#[test]
fn units_in_units_fulfil_promises_by_name_and_without() {
    check(
        "range 7610425 3 0 9; open PALLET MAIN; open BOX MAIN; nest #1 #0 | ok #0 #1
         receive S MAIN 2 @ serials=1,2 unit=#0; receive S MAIN 2 @ serials=3,4 unit=#1 | ok
         reserve S MAIN 1 @ serials=3                         | ok 3-0
         reserve S MAIN 2 @ by=serial                         | ok 4-0
         ship #0 4-0                                          | line 0: 3 is of 3-0
         ship #0 3-0 4-0                                      | ok
         stock S MAIN                                         | 0 on hand, 0 reserved",
    );
}

#[test]
fn rules_of_the_receiver_hold_for_promises_that_leave_in_a_unit() {
    check(
        "range 7610425 3 0 9; open PALLET MAIN; rule maximum A C-1 3 | ok #0
         receive A MAIN 6 @ unit=#0                           | ok
         reserve A MAIN 6                                     | ok 3-0
         ship #0 3-0 @ partner=C-1                            | line 0: 6 for C-1 with 0 of 3
         ship #0 3-0 @ partner=C-2                            | ok",
    );
}

#[test]
fn what_leaves_in_a_unit_for_a_customer_is_judged_together_and_for_the_day_it_is_needed() {
    check(
        "range 7610425 3 0 9; open PALLET MAIN; rule maximum A C-1 3; rule life C-1 30 | ok #0
         receive A MAIN 4 @ unit=#0; receive L MAIN 2 @ lot=X expiry=1970-03-10 unit=#0 | ok
         reserve A MAIN 2                                     | ok 3-0
         reserve A MAIN 2                                     | ok 4-0
         reserve L MAIN 2 @ by=lot                            | ok 5-0
         ship #0 3-0 4-0 5-0 @ partner=C-1                    | line 0: 4 for C-1 with 0 of 3
         reserve B MAIN 1                                     | line 0: insufficient 1 of 0
         rule maximum A C-1 4                                 | ok
         ship #0 3-0 4-0 5-0 @ partner=C-1 needed=1970-02-20  | line 0: X until 1970-03-10, not 1970-03-22
         ship #0 3-0 4-0 5-0 @ partner=C-1 needed=1970-02-08  | ok",
    );
}

#[test]
fn what_took_a_promise_along_is_taken_back_only_where_it_is_free() {
    check(
        "receive A MAIN 5                                     | ok
         reserve A MAIN 5                                     | ok 2-0
         move A MAIN DOCK 5 @ of=2-0                          | ok
         reverse 3-0                                          | line 0: insufficient 5 of 0
         release 2-0                                          | ok
         reverse 3-0                                          | ok
         stock A MAIN                                         | 5 on hand, 0 reserved",
    );
}

#[test]
fn what_a_line_brought_goes_on_with_a_later_line_of_its_document() {
    check(
        "range 7610425 3 0 9; open BOX PICK                   | ok #0
         receive A MAIN 6                                     | ok
         reserve A MAIN 4                                     | ok 3-0
         move A MAIN PICK 4 @ of=3-0; pack #0 A 4; shift #0 DOCK | ok
         stock A DOCK                                         | 4 on hand, 4 reserved
         shift #0 PICK; shift #0 MAIN                         | ok
         stock A MAIN                                         | 6 on hand, 4 reserved
         move A MAIN DOCK 4 @ of=3-0 unit=#0; adjust A DOCK -3 shrink @ take=promised | ok
         stock A DOCK                                         | 1 on hand, 1 reserved",
    );
}

#[test]
fn only_own_goods_go_with_a_promise() {
    check(
        "receive A MAIN 5; receive A MAIN 5 @ owner=consignment:ACME | ok
         reserve A MAIN 3                                     | ok 2-0
         move A MAIN DOCK 3 @ owner=consignment:ACME of=2-0   | line 0: 3 of 2-0 at MAIN, 0 there
         stock A MAIN                                         | 5 on hand, 3 reserved",
    );
}

#[test]
fn promises_go_with_a_unit_as_far_as_its_goods_reach() {
    check(
        "range 7610425 3 0 9; open PALLET MAIN                | ok #0
         receive N MAIN 2 @ unit=#0; receive N MAIN 4         | ok
         reserve N MAIN 6                                     | ok 3-0
         issue N MAIN 4                                       | ok
         shift #0 DOCK                                        | line 0: insufficient 2 of -2
         stock N MAIN                                         | 2 on hand, 6 reserved",
    );
}

#[test]
fn no_more_promises_go_with_units_than_a_document_may_move() {
    let mut warehouse = Warehouse::new();
    warehouse.post("range 7610425 3 0 9; open PALLET MAIN; receive A MAIN 10000 @ unit=line:1");
    let lines = vec!["reserve A MAIN 1"; 1000].join("; ");
    for _ in 0..10 {
        warehouse.post(&lines);
    }
    let held = warehouse.state.reservations();
    let ids: Vec<_> = held.iter().map(|held| held.id.to_string()).collect();
    assert_eq!(ids.len(), 10_000);
    let refused = "line 0: more than 10000 facts";
    assert_eq!(warehouse.post("shift #0 DOCK"), refused);
    assert_eq!(warehouse.post(&format!("ship #0 {}", ids.join(" "))), refused);
    warehouse.post(&format!("release {}; release {}", ids[0], ids[1]));
    assert_eq!(warehouse.post("shift #0 DOCK"), "ok");
    assert_eq!(warehouse.post("stock A DOCK"), "10000 on hand, 9998 reserved");
}

fn any_line() -> impl Strategy<Value = String> {
    let place = || prop::sample::select(vec!["MAIN", "PICK", "DOCK"]);
    let unit = || (0_u32..4).prop_map(|n| format!("#{n}"));
    let id = || (2_u32..40).prop_map(|sequence| format!("{sequence}-0"));
    prop_oneof![
        3 => (place(), 1_u32..6).prop_map(|(at, n)| format!("receive A {at} {n}")),
        2 => (unit(), 1_u32..6).prop_map(|(unit, n)| format!("receive A MAIN {n} @ unit={unit}")),
        2 => (place(), 1_u32..6, "[XY]").prop_map(|(at, n, lot)| format!("receive L {at} {n} @ lot={lot}")),
        1 => (unit(), 1_u32..6, "[XY]").prop_map(|(unit, n, lot)| format!("receive L MAIN {n} @ lot={lot} unit={unit}")),
        1 => (0_u32..9, unit()).prop_map(|(n, unit)| format!("receive S MAIN 1 @ serials={n} unit={unit}")),
        1 => (unit(), 1_u32..6).prop_map(|(unit, n)| format!("receive N MAIN {n} @ unit={unit}")),
        2 => (place(), 1_u32..6).prop_map(|(at, n)| format!("receive N {at} {n}")),
        2 => (1_u32..8, 0_u32..9).prop_map(|(n, priority)| format!("reserve N * {n} @ priority={priority}")),
        1 => (place(), 1_u32..6).prop_map(|(at, n)| format!("issue N {at} {n}")),
        2 => (place(), place(), 1_u32..6, id()).prop_map(|(from, to, n, id)| format!("move N {from} {to} {n} @ of={id}")),
        5 => (1_u32..8, 0_u32..9).prop_map(|(n, priority)| format!("reserve A * {n} @ priority={priority}")),
        3 => (1_u32..8, 0_u32..9).prop_map(|(n, priority)| format!("reserve L * {n} @ by=lot priority={priority}")),
        1 => (0_u32..9).prop_map(|n| format!("reserve S * 1 @ serials={n}")),
        1 => Just("reserve S * 1 @ by=serial".to_owned()),
        5 => (place(), place(), 1_u32..6, id()).prop_map(|(from, to, n, id)| format!("move A {from} {to} {n} @ of={id}")),
        3 => (place(), place(), 1_u32..6, id()).prop_map(|(from, to, n, id)| format!("move L {from} {to} {n} @ by=lot of={id}")),
        1 => (place(), place(), 0_u32..9, id()).prop_map(|(from, to, n, id)| format!("move S {from} {to} 1 @ serials={n} of={id}")),
        1 => (place(), place(), 1_u32..6).prop_map(|(from, to, n)| format!("move A {from} {to} {n}")),
        4 => (unit(), place()).prop_map(|(unit, to)| format!("shift {unit} {to}")),
        1 => (unit(), unit()).prop_map(|(unit, parent)| format!("nest {unit} {parent}")),
        2 => (unit(), id()).prop_map(|(unit, id)| format!("ship {unit} {id}")),
        1 => (unit(), id(), id()).prop_map(|(unit, a, b)| format!("ship {unit} {a} {b}")),
        2 => place().prop_map(|at| format!("open BOX {at}")),
        1 => (id(), 1_u32..4).prop_map(|(id, n)| format!("fulfil {id} {n}")),
        1 => id().prop_map(|id| format!("release {id}")),
        1 => (place(), 1_u32..4).prop_map(|(at, n)| format!("adjust A {at} -{n} shrink @ take=promised")),
        1 => (2_u32..40).prop_map(|sequence| format!("reverse {sequence}-0")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Wherever promised goods go, as much is promised there as promises say, and no more than is there.
    #[test]
    fn promises_stand_where_their_goods_are(documents in prop::collection::vec(prop::collection::vec(any_line(), 1..4), 1..40)) {
        let mut warehouse = Warehouse::new();
        warehouse.post("range 7610425 3 0 9; open BOX MAIN; open PALLET MAIN; receive A MAIN 9 @ unit=line:1");
        for lines in &documents {
            warehouse.post(&lines.join("; "));
            assert_promised(&warehouse.state);
        }
        warehouse.assert_sound();
    }
}
