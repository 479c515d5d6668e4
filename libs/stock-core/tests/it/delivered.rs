//! Deliveries: announced, received, inspected and closed.

use proptest::prelude::*;
use vocabulary::Quantity;

use crate::deliveries::{expected, received};
use crate::language::Warehouse;

/// Posts documents one after the other and compares each answer.
fn check(table: &[(&str, &str)]) {
    let mut warehouse = Warehouse::new();
    for (number, (text, expected)) in table.iter().enumerate() {
        assert_eq!(warehouse.post(text), *expected, "{}: {text}", number + 1);
    }
    warehouse.assert_sound();
}

#[test]
fn what_is_announced_is_received_in_parts_and_expected_until_then() {
    check(&[
        ("announce PO-1 purchase 2026-03-01 from=ACME 1=A*10 2=B*5", "ok"),
        ("delivery PO-1", "announced: 1: 0 of 10 A, 2: 0 of 5 B"),
        ("expected PO-1#1", "10 of A by purchase on 2026-03-01: 0 met, 10 open"),
        ("of PO-1 receive A DOCK 4", "ok"),
        ("delivery PO-1", "arriving: 1: 4 of 10 A, 2: 0 of 5 B"),
        ("stock A DOCK", "4 on hand, 0 reserved"),
        ("expected PO-1#1", "10 of A by purchase on 2026-03-01: 4 met, 6 open"),
        ("of PO-1#2 receive A DOCK 1", "line 0: PO-1#2 is of B, not A"),
        ("of PO-1#3 receive A DOCK 1", "line 0: no line PO-1#3"),
        ("of PO-1 receive C DOCK 1", "line 0: PO-1 announces no C"),
        ("of PO-2 receive A DOCK 1", "line 0: no delivery PO-2"),
        ("of PO-1 receive A DOCK 7", "line 0: 7 over, 6 may, PO-1#1"),
        ("stock A DOCK", "4 on hand, 0 reserved"),
        ("of PO-1#1 receive A DOCK 6; of PO-1 receive B DOCK 5", "ok"),
        ("expected PO-1#1", "nothing"),
        ("finish PO-1", "ok"),
        ("delivery PO-1", "closed: 1: 10 of 10 A, 2: 5 of 5 B"),
        ("of PO-1 receive A DOCK 1", "line 0: PO-1 is closed"),
        ("finish PO-1", "line 0: PO-1 is closed"),
        ("call-off PO-1", "line 0: PO-1 is closed"),
        ("announce PO-1 purchase 2026-03-01 1=A*10", "line 0: PO-1 is closed"),
    ]);
}

#[test]
fn tolerances_say_what_may_differ_and_who_answers_for_the_rest() {
    check(&[
        ("announce PO-1 purchase 2026-03-01 1=A*10+2-1 2=B*5", "ok"),
        ("of PO-1 receive A DOCK 13", "line 0: 13 over, 12 may, PO-1#1"),
        ("of PO-1 receive A DOCK 12", "ok"),
        ("of PO-1 receive A DOCK 1", "line 0: 1 over, 0 may, PO-1#1"),
        ("finish PO-1", "line 0: nobody answers for 0 of 5, PO-1#2"),
        ("expected PO-1#2", "5 of B by purchase on 2026-03-01: 0 met, 5 open"),
        ("finish PO-1 carrier", "ok"),
        ("expected PO-1#2", "nothing"),
        ("delivery PO-1", "closed: 1: 12 of 10 A, 2: 0 of 5 B, 1: 2 over (carrier), 2: 5 short (carrier)"),
        ("announce PO-2 purchase 2026-03-01 1=A*10+2-1", "ok"),
        ("of PO-2 receive A DOCK 9", "ok"),
        ("finish PO-2", "ok"),
        ("delivery PO-2", "closed: 1: 9 of 10 A, 1: 1 short (supplier)"),
    ]);
}

#[test]
fn a_blind_delivery_takes_what_comes() {
    check(&[
        ("announce PO-1 purchase 2026-03-01 any 1=A*10", "ok"),
        ("of PO-1 receive B DOCK 3; of PO-1 receive B DOCK 1", "ok"),
        ("delivery PO-1", "arriving: 1: 0 of 10 A, 2: 4 of 0 B"),
        ("announce PO-1 purchase 2026-03-02 1=A*8", "ok"),
        ("delivery PO-1", "arriving: 1: 0 of 8 A, 2: 4 of 0 B"),
        ("of PO-1 receive A DOCK 8", "ok"),
        ("finish PO-1", "line 0: nobody answers for 4 of 0, PO-1#2"),
        ("finish PO-1 supplier", "ok"),
        ("delivery PO-1", "closed: 1: 8 of 8 A, 2: 4 of 0 B, 2: 4 over (supplier)"),
        ("announce X purchase 2026-03-01 any; of X receive A DOCK 1; finish X warehouse", "ok"),
    ]);
}

#[test]
fn it_is_announced_anew_until_it_came() {
    check(&[
        ("announce PO-1 purchase 2026-03-01 1=A*10 2=B*5", "ok"),
        ("announce PO-1 purchase 2026-03-04 1=A*12 3=C*1", "ok"),
        ("delivery PO-1", "announced: 1: 0 of 12 A, 3: 0 of 1 C"),
        ("expected PO-1#1", "12 of A by purchase on 2026-03-04: 0 met, 12 open"),
        ("expected PO-1#2", "nothing"),
        ("of PO-1 receive A DOCK 4", "ok"),
        ("announce PO-1 purchase 2026-03-04 1=B*12", "line 0: 4 came of PO-1#1"),
        ("announce PO-1 purchase 2026-03-04 3=C*12", "line 0: 4 came of PO-1#1"),
        ("announce PO-1 purchase 2026-03-05 1=A*6", "ok"),
        ("expected PO-1#1", "6 of A by purchase on 2026-03-05: 4 met, 2 open"),
        ("call-off PO-1", "line 0: something came of PO-1"),
        ("announce PO-2 return 2026-03-05 1=A*6; call-off PO-2", "ok"),
        ("delivery PO-2", "cancelled: 1: 0 of 6 A"),
        ("expected PO-2#1", "nothing"),
        // More than is left after it came in full is expected again.
        ("of PO-1 receive A DOCK 2", "ok"),
        ("announce PO-1 purchase 2026-03-05 1=A*7", "ok"),
        ("expected PO-1#1", "1 of A by purchase on 2026-03-05: 0 met, 1 open"),
    ]);
}

#[test]
fn announced_units_come_whole_and_once() {
    check(&[
        ("announce PO-1 purchase 2026-03-01 from=ACME 1=A*10 2=B*6 #7*1=4,2.L1=6 #8*1=6", "ok"),
        ("take PO-1 #9 DOCK", "line 0: PO-1 announces no such unit"),
        ("take PO-1 #7 DOCK", "ok #7"),
        ("unit #7", "PALLET at DOCK: 4 A, 6 B L1"),
        ("stock A DOCK", "4 on hand, 0 reserved"),
        ("stock B DOCK @ lot=L1", "6 on hand, 0 reserved"),
        ("delivery PO-1", "arriving: 1: 4 of 10 A, 2: 6 of 6 B"),
        ("take PO-1 #7 DOCK", "line 0: unit of PO-1 is here"),
        ("of PO-1#1 receive A DOCK 3", "ok"),
        ("take PO-1 #8 DOCK", "line 0: 6 over, 3 may, PO-1#1"),
        ("announce PO-1 purchase 2026-03-01 1=A*13 2=B*6 #8*1=6", "line 0: unit of PO-1 is here"),
        ("announce PO-1 purchase 2026-03-01 1=A*13 2=B*6 #7*1=4 #8*1=6; take PO-1 #8 DOCK", "ok #8"),
        ("finish PO-1", "ok"),
        ("delivery PO-1", "closed: 1: 13 of 13 A, 2: 6 of 6 B"),
    ]);
}

#[test]
fn an_inspection_that_is_taken_back_did_not_happen() {
    check(&[
        ("announce PO-1 purchase 2026-03-01 1=A*100!1.0", "ok"),
        ("of PO-1 receive A DOCK 100", "ok"),
        ("looked PO-1#1 13/0 status A DOCK 100 available @ status=inspection", "ok"),
        ("delivery PO-1", "arriving: 1: 100 of 100 A (100 seen)"),
        ("reverse 3-0", "ok"),
        ("delivery PO-1", "arriving: 1: 100 of 100 A (0 seen)"),
        ("finish PO-1", "line 0: 100 of PO-1#1 not inspected"),
        ("looked PO-1#1 13/0 status A DOCK 100 available @ status=inspection", "ok"),
        ("finish PO-1", "ok"),
        ("reverse 6-0", "ok"),
        ("delivery PO-1", "closed: 1: 100 of 100 A (100 seen)"),
    ]);
}

#[test]
fn goods_wait_for_their_inspection_whatever_counts_as_available() {
    check(&[
        ("rule counts inspection yes; rule counts damaged yes", "ok"),
        ("announce PO-1 purchase 2026-03-01 1=A*20!1.0", "ok"),
        ("of PO-1 receive A DOCK 20", "ok"),
        ("stock A DOCK @ status=inspection", "20 on hand, 0 reserved"),
        ("looked PO-1#1 5/5 status A DOCK 5 damaged @ status=inspection", "ok"),
        (
            "looked PO-1#1 5/1 status A DOCK 15 available @ status=inspection",
            "line 0: 5 looked at, 13 needed",
        ),
        ("looked PO-1#1 13/0 status A DOCK 15 available @ status=inspection", "ok"),
        ("finish PO-1", "ok"),
    ]);
}

#[test]
fn of_goods_that_did_not_come_nothing_is_wrong() {
    check(&[
        ("announce PO-1 purchase 2026-03-01 1=A*20", "ok"),
        ("of PO-1 receive A DOCK 6", "ok"),
        ("of PO-1 receive A DOCK 4", "ok"),
        ("declare PO-1#1 damaged 3 supplier", "ok"),
        ("declare PO-1#1 damaged 5 carrier", "ok"),
        ("reverse 3-0", "ok"),
        ("delivery PO-1", "arriving: 1: 6 of 20 A, 1: 3 damaged (supplier), 1: 3 damaged (carrier)"),
        ("reverse 2-0", "ok"),
        ("delivery PO-1", "announced: 1: 0 of 20 A"),
    ]);
}

#[test]
fn goods_wait_for_their_inspection() {
    check(&[
        ("announce PO-1 purchase 2026-03-01 1=A*100!1.0", "ok"),
        ("of PO-1 receive A DOCK 100", "ok"),
        ("stock A DOCK", "0 on hand, 0 reserved"),
        ("stock A DOCK @ status=inspection", "100 on hand, 0 reserved"),
        ("finish PO-1", "line 0: 100 of PO-1#1 not inspected"),
        (
            "looked PO-1#1 12/0 status A DOCK 100 available @ status=inspection",
            "line 0: 12 looked at, 13 needed",
        ),
        ("looked PO-1#1 13/1 status A DOCK 100 available @ status=inspection", "line 0: 1 wrong, 0 may be"),
        ("looked PO-1#1 13/0 status B DOCK 1 available @ status=inspection", "line 0: insufficient 1 of 0"),
        ("receive B DOCK 1 @ status=inspection", "ok"),
        ("looked PO-1#1 13/0 status B DOCK 1 available @ status=inspection", "line 0: PO-1#1 is of A, not B"),
        ("receive A DOCK 5", "ok"),
        ("looked PO-1#1 13/1 status A DOCK 5 quarantine", "line 0: 5 of 0 of PO-1#1"),
        ("issue A DOCK 5", "ok"),
        ("looked PO-1#1 13/1 status A DOCK 40 quarantine @ status=inspection", "ok"),
        ("delivery PO-1", "arriving: 1: 100 of 100 A (40 seen)"),
        ("looked PO-1#1 13/0 status A DOCK 60 available @ status=inspection", "ok"),
        ("stock A DOCK", "60 on hand, 0 reserved"),
        ("looked PO-1#1 1/0 status A DOCK 40 damaged @ status=quarantine", "line 0: 40 of 0 of PO-1#1"),
        ("declare PO-1#1 damaged 40 carrier", "ok"),
        ("declare PO-1#1 wrong 61 supplier", "line 0: 101 of 100 of PO-1#1"),
        ("declare PO-1#2 wrong 1 supplier", "line 0: no line PO-1#2"),
        ("finish PO-1", "ok"),
        ("delivery PO-1", "closed: 1: 100 of 100 A (100 seen), 1: 40 damaged (carrier)"),
    ]);
}

#[test]
fn a_receipt_that_is_taken_back_did_not_come() {
    check(&[
        ("announce PO-1 purchase 2026-03-01 1=A*10", "ok"),
        ("of PO-1 receive A DOCK 10", "ok"),
        ("reverse 2-0", "ok"),
        ("delivery PO-1", "announced: 1: 0 of 10 A"),
        ("expected PO-1#1", "10 of A by purchase on 2026-03-01: 0 met, 10 open"),
        ("of PO-1 receive A DOCK 10; finish PO-1", "ok"),
        // What is over stays as it ended, and expects nothing.
        ("reverse 4-0", "ok"),
        ("delivery PO-1", "closed: 1: 10 of 10 A"),
        ("expected PO-1#1", "nothing"),
        ("stock A DOCK", "0 on hand, 0 reserved"),
        // Only what is open by the delivery's own count is expected again.
        ("announce PO-2 purchase 2026-03-01 1=A*10+2", "ok"),
        ("of PO-2 receive A DOCK 10; of PO-2 receive A DOCK 2", "ok"),
        ("reverse 7-0", "ok"),
        ("expected PO-2#1", "8 of A by purchase on 2026-03-01: 0 met, 8 open"),
        ("reverse 7-1", "ok"),
        ("delivery PO-2", "announced: 1: 0 of 10 A"),
        ("call-off PO-2", "ok"),
    ]);
}

#[test]
fn a_unit_that_was_taken_back_may_come_again() {
    check(&[
        ("announce PO-1 purchase 2026-03-01 1=A*4 2=B*6 #7*1=4,2.L1=6", "ok"),
        ("take PO-1 #7 DOCK", "ok #7"),
        ("reverse 2-0", "ok"),
        ("delivery PO-1", "announced: 1: 0 of 4 A, 2: 0 of 6 B"),
        ("expected PO-1#2", "6 of B by purchase on 2026-03-01: 0 met, 6 open"),
        ("take PO-1 #7 DOCK", "ok"),
        ("unit #7", "PALLET at DOCK: 4 A, 6 B L1"),
        ("finish PO-1", "ok"),
    ]);
}

#[test]
fn a_delivery_ends_though_its_goods_went_elsewhere() {
    check(&[
        ("announce PO-1 purchase 2026-03-01 1=A*10!1.0", "ok"),
        ("of PO-1 receive A DOCK 10", "ok"),
        ("looked PO-1#1 1/1 status A DOCK 4 damaged @ status=inspection", "ok"),
        ("adjust A DOCK -6 lost @ status=inspection", "ok"),
        ("finish PO-1", "line 0: 6 of PO-1#1 not inspected"),
        ("finish PO-1 warehouse", "ok"),
        ("delivery PO-1", "closed: 1: 10 of 10 A (4 seen), 1: 6 not_inspected (warehouse)"),
    ]);
}

#[test]
fn what_a_delivery_expects_is_its_own() {
    check(&[
        ("announce PO-1 purchase 2026-03-01 1=A*10", "ok"),
        ("cancel PO-1#1", "line 0: PO-1#1 is its own"),
        ("expect PO-1#1 purchase A 3 2026-03-01", "line 0: PO-1#1 is its own"),
        ("for PO-1#1 receive A DOCK 1", "line 0: PO-1#1 is its own"),
        ("expect PO-1#2 purchase B 3 2026-03-01", "ok"),
        ("announce PO-1 purchase 2026-03-01 1=A*10 2=C*1", "line 0: PO-1#2 is of B, not C"),
        // As long as nothing came, a line may become one of another item.
        ("announce PO-1 purchase 2026-03-02 1=B*7", "ok"),
        ("expected PO-1#1", "7 of B by purchase on 2026-03-02: 0 met, 7 open"),
        ("of PO-1 receive B DOCK 7", "ok"),
        ("announce PO-1 purchase 2026-03-02 1=B*1", "ok"),
        ("finish PO-1", "line 0: nobody answers for 7 of 1, PO-1#1"),
    ]);
}

#[test]
fn more_than_can_be_counted_is_refused() {
    check(&[
        ("announce PO-1 purchase 2026-03-01 any 5=A*1000000000000000000", "ok"),
        ("of PO-1 receive B DOCK 1000000000000000000; issue B DOCK 1000000000000000000", "ok"),
        ("of PO-1 receive B DOCK 1", "line 0: 1 over, 0 may, PO-1#6"),
        ("of PO-1 receive A DOCK 1000000000000000000; issue A DOCK 1000000000000000000", "ok"),
        ("of PO-1 receive A DOCK 1", "line 0: 1 over, 0 may, PO-1#5"),
    ]);
}

/// One random step.
fn step() -> impl Strategy<Value = String> {
    let (code, sku) = (prop::sample::select(vec!["P", "Q"]), prop::sample::select(vec!["A", "B"]));
    let announce = (code.clone(), 0..12_u32, 0..3_u32, any::<bool>()).prop_map(|(code, n, over, any)| {
        let any = if any { " any" } else { "" };
        format!("announce {code} purchase 2026-03-01{any} 1=A*{}+{over} 2=B*5", n + 1)
    });
    let receive =
        (code.clone(), sku, 1..9_u32).prop_map(|(code, sku, n)| format!("of {code} receive {sku} DOCK {n}"));
    let reverse = (1..20_u32).prop_map(|entry| format!("reverse {entry}-0"));
    let close = code.clone().prop_map(|code| format!("finish {code} supplier"));
    let call_off = code.prop_map(|code| format!("call-off {code}"));
    prop_oneof![3 => announce, 6 => receive, 2 => reverse, 1 => close, 1 => call_off]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// While no delivery is over, what came of all of them is what is there: nothing leaves here.
    #[test]
    fn what_came_of_deliveries_is_there(steps in prop::collection::vec(step(), 1..40)) {
        let mut warehouse = Warehouse::new();
        for step in &steps {
            warehouse.post(step);
        }
        warehouse.assert_sound();
        let is_over = warehouse.state.deliveries_after(None).any(|delivery| !delivery.state.is_open());
        for (sku, received) in received(&warehouse.state) {
            let there = warehouse.state.balance(sku.as_str(), "DOCK").on_hand;
            prop_assert!(is_over || received == there, "{sku}: {received} came, {there} there: {steps:?}");
            prop_assert!(received >= Quantity::ZERO);
        }
        let (open, expected) = expected(&warehouse.state);
        prop_assert_eq!(open, expected, "{:?}", steps);
    }
}
