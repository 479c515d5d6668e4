//! Lots, serial numbers, statuses and owners, as text tables.

use std::collections::BTreeMap;

use laws::NegativeStock;
use proptest::prelude::*;

use crate::language::{Warehouse, line};
use crate::rules::check;

#[test]
fn lots_are_positions_of_their_own() {
    check(
        "receive L MAIN 5 @ lot=A                      | ok
         receive L MAIN 3 @ lot=B                      | ok
         issue L MAIN 4 @ lot=B                        | line 0: insufficient 4 of 3
         move L MAIN PICK 2 @ lot=A                    | ok
         issue L MAIN 1 @ lot=C                        | line 0: no lot C
         adjust L MAIN 1 found @ lot=C                 | line 0: no lot C
         return L MAIN 1 @ lot=B                       | ok
         adjust L MAIN -1 lost @ lot=B                 | ok
         stock L MAIN @ lot=A                          | 3 on hand, 0 reserved
         stock L PICK @ lot=A                          | 2 on hand, 0 reserved
         stock L MAIN @ lot=B                          | 3 on hand, 0 reserved
         stock L MAIN                                  | 0 on hand, 0 reserved",
    );
}

#[test]
fn the_first_to_expire_goes_first() {
    check(
        "receive L MAIN 5 @ lot=A                      | ok
         receive L MAIN 5 @ lot=B expiry=2027-06-01    | ok
         receive L MAIN 5 @ lot=D expiry=2027-01-01    | ok
         receive L MAIN 5 @ lot=C expiry=2027-01-01    | ok
         issue L MAIN 7 @ by=lot                       | ok
         stock L MAIN @ lot=D                          | 0 on hand, 0 reserved
         stock L MAIN @ lot=C                          | 3 on hand, 0 reserved
         issue L MAIN 14 @ by=lot                      | line 0: insufficient 14 of 13
         issue L MAIN 12 @ by=lot                      | ok
         stock L MAIN @ lot=A                          | 1 on hand, 0 reserved",
    );
}

#[test]
fn lots_of_the_same_document_are_in_the_order_too() {
    check(
        "receive L MAIN 5 @ lot=A expiry=2027-06-01; receive L MAIN 1 @ lot=B expiry=2027-01-01; issue L MAIN 3 @ by=lot | ok
         stock L MAIN @ lot=A                          | 3 on hand, 0 reserved
         issue L MAIN 3 @ lot=A; receive L MAIN 2 @ lot=C; issue L MAIN 2 @ by=lot | ok
         stock L MAIN @ lot=C                          | 0 on hand, 0 reserved",
    );
}

#[test]
fn a_lot_is_known_once_and_for_ever() {
    check(
        "receive L MAIN 1 @ lot=A expiry=2027-01-31 origin=DE  | ok
         receive L MAIN 1 @ lot=A                              | ok
         receive L MAIN 1 @ lot=A expiry=2027-01-31            | ok
         receive L MAIN 1 @ lot=A expiry=2027-02-01            | line 0: lot A has another expiry
         receive L MAIN 1 @ lot=A origin=FR                    | line 0: lot A has another origin
         receive M MAIN 1 @ lot=A origin=FR                    | ok
         stock L MAIN @ lot=A                                  | 3 on hand, 0 reserved",
    );
}

#[test]
fn reservations_hold_lots() {
    check(
        "receive L MAIN 5 @ lot=A expiry=2027-06-01    | ok
         receive L MAIN 5 @ lot=B expiry=2027-01-01    | ok
         reserve L MAIN 7 @ by=lot                     | ok 3-0
         reserve L MAIN 4 @ by=lot                     | line 0: insufficient 4 of 3
         reserve L MAIN 1 @ lot=B                      | line 0: insufficient 1 of 0
         reserve L MAIN 2 @ lot=A                      | ok 6-0
         stock L MAIN @ lot=A                          | 5 on hand, 4 reserved
         issue L MAIN 1 @ by=lot                       | ok
         release 3-0 1                                 | ok
         stock L MAIN @ lot=B                          | 5 on hand, 4 reserved
         fulfil 3-0 5                                  | ok
         stock L MAIN @ lot=B                          | 1 on hand, 0 reserved
         stock L MAIN @ lot=A                          | 3 on hand, 3 reserved
         fulfil 3-0 2                                  | line 0: exceeded 2 of 1
         fulfil 3-0; fulfil 6-0                        | ok
         fulfil 3-0                                    | line 0: no reservation 3-0
         issue L MAIN 1 @ by=lot                       | ok
         issue L MAIN 1 @ by=lot                       | line 0: insufficient 1 of 0",
    );
}

#[test]
fn only_available_goods_of_our_own_are_promised() {
    check(
        "receive A MAIN 5                              | ok
         receive A MAIN 5 @ status=inspection          | ok
         receive A MAIN 5 @ owner=consignment:ACME     | ok
         reserve A MAIN 6                              | line 0: insufficient 6 of 5
         status A MAIN 2 damaged                       | ok
         reserve A MAIN 4                              | line 0: insufficient 4 of 3
         status A MAIN 5 available @ status=inspection | ok
         own A MAIN 1 @ owner=consignment:ACME         | ok
         reserve A MAIN 9                              | ok 9-0
         status A MAIN 1 damaged                       | line 0: insufficient 1 of 0
         stock A MAIN @ status=damaged                 | 2 on hand, 0 reserved
         stock A MAIN @ owner=consignment:ACME         | 4 on hand, 0 reserved",
    );
}

#[test]
fn a_suppliers_goods_become_our_own_by_their_use() {
    check(
        "receive A MAIN 5 @ owner=consignment:ACME     | ok
         issue A MAIN 2                                | line 0: insufficient 2 of 0
         issue A MAIN 2 @ owner=consignment:ACME       | ok
         stock A MAIN                                  | 0 on hand, 0 reserved
         stock A MAIN @ owner=consignment:ACME         | 3 on hand, 0 reserved
         own A MAIN 4 @ owner=consignment:ACME         | line 0: insufficient 4 of 3
         own A MAIN 3 @ owner=consignment:ACME         | ok
         issue A MAIN 3                                | ok",
    );
}

#[test]
fn a_policy_lets_only_plain_goods_go_negative() {
    check(
        "issue N MAIN 1                                | ok
         status N MAIN 1 damaged                       | line 0: insufficient 1 of -1
         issue N MAIN 1 @ status=damaged               | line 0: insufficient 1 of 0
         receive N+ PICK 1                             | ok",
    );
}

#[test]
fn a_unit_is_in_one_place() {
    check(
        "receive S MAIN 2 @ serials=1,2                | ok
         receive S PICK 1 @ serials=2                  | line 0: 2 is at MAIN
         receive S PICK 2 @ serials=3,3                | line 0: 1 serials for 2
         issue S PICK 1 @ serials=1                    | line 0: insufficient 1 of 0
         receive S PICK 1 @ serials=3                  | ok
         issue S PICK 1 @ serials=1                    | line 0: 1 elsewhere, at MAIN
         issue S MAIN 1 @ serials=9                    | line 0: no serial 9
         issue S MAIN 2 @ serials=1,1                  | line 0: 1 serials for 2
         move S MAIN PICK 1 @ serials=1; issue S PICK 1 @ serials=1; return S MAIN 1 @ serials=1 | ok
         status S MAIN 1 damaged @ serials=1           | ok
         issue S MAIN 1 @ serials=1                    | line 0: 1 elsewhere, at MAIN
         issue S MAIN 1 @ serials=1 status=damaged     | ok
         issue S MAIN 1 @ serials=1                    | line 0: no serial 1",
    );
}

#[test]
fn promised_units_are_named_when_they_leave() {
    check(
        "receive S MAIN 3 @ serials=1,2,3              | ok
         reserve S MAIN 2 @ by=serial                  | ok 2-0
         fulfil 2-0 1                                  | line 0: 0 serials for 1
         fulfil 2-0 1 @ serials=1,2                    | line 0: 2 serials for 1
         fulfil 2-0 1 @ serials=2                      | ok
         fulfil 2-0 @ serials=9                        | line 0: no serial 9
         fulfil 2-0 @ serials=1                        | ok
         receive A MAIN 1; reserve A MAIN 1            | ok 8-1
         fulfil 8-1 @ serials=1                        | line 0: 1 serials for 0",
    );
}

#[test]
fn tracking_changes_only_without_stock() {
    check(
        "receive A MAIN 2                              | ok
         receive A MAIN 2 @ lot=L                      | line 0: by lot, here by quantity only
         issue A MAIN 2                                | ok
         receive A MAIN 2 @ lot=L                      | ok
         issue A MAIN 1                                | line 0: by quantity only, here by lot
         reserve A MAIN 1                              | line 0: by quantity only, here by lot
         receive A MAIN 1 @ serials=1                  | line 0: by serial, here by lot
         issue A MAIN 2 @ by=lot                       | ok
         receive A MAIN 1 @ serials=1                  | ok
         issue A MAIN 1 @ serials=1                    | ok
         receive A MAIN 1                              | ok",
    );
}

fn any_line() -> impl Strategy<Value = String> {
    let lot = || prop_oneof![Just("A"), Just("B"), Just("C")];
    let place = || prop_oneof![Just("MAIN"), Just("PICK")];
    let status = || prop_oneof![3 => Just("available"), 1 => Just("damaged"), 1 => Just("inspection")];
    let lots = (place(), 1_u32..9, lot(), status(), 1_u32..4);
    let units =
        (prop::sample::select(vec!["receive", "issue", "return", "adjust"]), place(), 0_u32..6, status());
    let lots_made = (place(), 1_u32..9, lot());
    let ended = (1_u32..40, 0_u32..3, 1_u32..5);
    prop_oneof![
        6 => lots.clone().prop_map(|(at, n, lot, status, month)| format!("receive L {at} {n} @ lot={lot} status={status} expiry=2027-0{month}-01")),
        4 => (place(), 1_u32..9).prop_map(|(at, n)| format!("issue L {at} {n} @ by=lot")),
        3 => (place(), 1_u32..9).prop_map(|(at, n)| format!("reserve L {at} {n} @ by=lot")),
        2 => lots.clone().prop_map(|(at, n, lot, status, _)| format!("move L MAIN {at} {n} @ lot={lot} status={status}")),
        2 => lots.prop_map(|(at, n, lot, status, _)| format!("status L {at} {n} quarantine @ lot={lot} status={status}")),
        1 => (place(), 1_u32..9).prop_map(|(at, n)| format!("consume L {at} {n} @ by=lot")),
        1 => (lot(), any::<bool>()).prop_map(|(lot, dated)| format!("{} L {lot}", if dated { "outdate" } else { "recall" })),
        1 => lots_made.prop_map(|(at, n, lot)| format!("produce L {at} {n} @ lot={lot}")),
        2 => ended.clone().prop_map(|(s, l, n)| format!("release {s}-{l} {n}")),
        2 => ended.prop_map(|(s, l, n)| format!("fulfil {s}-{l} {n}")),
        8 => units.prop_map(|(verb, at, n, status)| match verb {
            "adjust" => format!("adjust S {at} -1 lost @ serials={n} status={status}"),
            verb => format!("{verb} S {at} 1 @ serials={n} status={status}"),
        }),
        2 => (0_u32..6, place(), status()).prop_map(|(n, at, status)| format!("move S MAIN {at} 1 @ serials={n} status={status}")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// No position is oversold, every unit has one place, promises are what their parts are, and what is stored gives the same
    /// state: whatever was asked for.
    #[test]
    fn tracked_goods_keep_the_laws(documents in prop::collection::vec(prop::collection::vec(any_line(), 1..4), 1..60)) {
        let mut warehouse = Warehouse::new();
        for lines in &documents {
            warehouse.post_lines(lines.iter().map(|text| line(text)).collect());
        }
        warehouse.assert_sound();
        let state = &warehouse.state;
        let mut promised = BTreeMap::new();
        for held in state.reservations() {
            let parts = held.parts.iter().try_fold(vocabulary::Quantity::ZERO, |sum, part| sum.checked_add(part.quantity));
            prop_assert_eq!(parts.unwrap(), held.quantity);
            for part in held.parts {
                let Some(lot) = part.lot else { continue };
                let sum: &mut vocabulary::Quantity = promised.entry((part.location, lot)).or_default();
                *sum = sum.checked_add(part.quantity).unwrap();
            }
        }
        for sku in state.skus_after(None) {
            let units = state.serials_of(sku);
            for row in state.positions_of(sku) {
                let balance = row.balance;
                prop_assert!(laws::no_oversell(balance.on_hand, balance.reserved, NegativeStock::Forbidden), "{row:?}");
                if let Some(lot) = row.holding.lot.clone().filter(|_| row.holding.is_available()) {
                    let sum = promised.get(&(row.location.clone(), lot)).copied().unwrap_or_default();
                    prop_assert_eq!(sum, balance.reserved);
                }
                if sku.as_str() == "S" {
                    let here = units.iter().filter(|unit| unit.location == row.location && unit.holding == row.holding);
                    prop_assert!(laws::serials_match(here.count(), balance.on_hand), "{row:?}");
                }
            }
        }
    }
}
