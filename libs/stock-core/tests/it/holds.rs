//! Lots taken out of use by their date or by a recall, as text tables.

use proptest::prelude::*;
use stock_core::{Fact, HOLD_FACTS_MAX, HoldCause, Outcome, decode_entry};
use vocabulary::{Date, LotCode};

use crate::language::{Warehouse, line};
use crate::rules::check;

#[test]
fn a_date_takes_what_could_be_used_and_ends_promises() {
    check(
        "receive L MAIN 5 @ lot=A expiry=2026-01-31              | ok
         receive L MAIN 2 @ lot=A status=inspection              | ok
         receive L PICK 3 @ lot=A status=quality_hold            | ok
         receive L PICK 4 @ lot=A owner=consignment:ACME         | ok
         receive L PICK 1 @ lot=B                                | ok
         reserve L MAIN 2 @ lot=A                                | ok 6-0
         outdate L A                                              | ok
         stock L MAIN @ lot=A                                    | 0 on hand, 0 reserved
         stock L MAIN @ lot=A status=expired                     | 7 on hand, 0 reserved
         stock L PICK @ lot=A status=quality_hold                | 3 on hand, 0 reserved
         stock L PICK @ lot=A status=expired owner=consignment:ACME | 4 on hand, 0 reserved
         stock L PICK @ lot=B                                    | 1 on hand, 0 reserved
         fulfil 6-0 1                                            | line 0: no reservation 6-0
         outdate L A; outdate L NONE; outdate NONE A                | ok",
    );
}

#[test]
fn a_recall_takes_everything_and_ends_promises() {
    check(
        "receive L MAIN 5 @ lot=A                                | ok
         receive L MAIN 5 @ lot=B                                | ok
         receive L PICK 4 @ lot=A status=damaged                 | ok
         reserve L MAIN 7 @ by=lot                               | ok 4-0
         reserve L MAIN 1 @ lot=B                                | ok 5-0
         recall L A                                              | ok
         stock L MAIN @ lot=A                                    | 0 on hand, 0 reserved
         stock L MAIN @ lot=A status=recalled                    | 5 on hand, 0 reserved
         stock L PICK @ lot=A status=recalled                    | 4 on hand, 0 reserved
         stock L MAIN @ lot=B                                    | 5 on hand, 3 reserved
         fulfil 4-0 3                                            | line 0: exceeded 3 of 2
         fulfil 4-0 2; fulfil 5-0                                | ok
         issue L MAIN 1 @ lot=A                                  | line 0: insufficient 1 of 0
         receive L MAIN 1 @ lot=A                                | ok
         recall L A; recall L B                                  | ok
         stock L MAIN @ lot=A status=recalled                    | 6 on hand, 0 reserved
         stock L MAIN @ lot=B status=recalled                    | 2 on hand, 0 reserved
         reserve L MAIN 1 @ by=lot                               | line 0: insufficient 1 of 0",
    );
}

#[test]
fn a_recall_of_all_of_a_promise_ends_it() {
    check(
        "receive L MAIN 5 @ lot=A                                | ok
         reserve L MAIN 5 @ by=lot                               | ok 2-0
         recall L A                                              | ok
         release 2-0                                             | line 0: no reservation 2-0",
    );
}

#[test]
fn the_lots_to_expire_are_known_by_their_date() {
    let mut warehouse = Warehouse::new();
    for (text, expected) in [
        ("receive L MAIN 5 @ lot=A expiry=2026-01-31", "A"),
        ("receive L PICK 5 @ lot=A status=inspection", "A"),
        ("receive L MAIN 5 @ lot=B expiry=2026-02-28", "A B"),
        ("receive L MAIN 5 @ lot=C expiry=2026-03-01", "A B"),
        ("receive L MAIN 5 @ lot=D", "A B"),
        ("receive M MAIN 5 @ lot=A expiry=2025-12-31", "A A B"),
        ("issue L MAIN 5 @ lot=A", "A A B"),
        ("reserve L MAIN 5 @ lot=B", "A A B"),
        ("status L PICK 5 quarantine @ lot=A status=inspection", "A B"),
        ("release 8-0", "A B"),
        ("outdate L B; outdate M A", ""),
        ("status L PICK 5 available @ lot=A status=quarantine", "A"),
        ("move L PICK MAIN 5 @ lot=A", "A"),
        ("issue L MAIN 5 @ lot=A", ""),
    ] {
        assert!(warehouse.post(text).starts_with("ok"), "{text}");
        let due = warehouse.state.lots_expired_before(Date::parse("2026-03-01").unwrap());
        let due: Vec<_> = due.map(|(_, lot, _)| lot.as_str().to_owned()).collect();
        assert_eq!(due.join(" "), expected, "{text}");
    }
    warehouse.assert_sound();
}

#[test]
fn what_is_too_much_for_one_document_is_left_for_the_next() {
    let mut warehouse = Warehouse::new();
    let places = HOLD_FACTS_MAX + 10;
    for number in 0..places {
        warehouse.post(&format!("receive L P{number} 1 @ lot=A"));
    }
    let lot = LotCode::parse("A").unwrap();
    for expected in [HOLD_FACTS_MAX, 10] {
        assert!(warehouse.state.can_be_held("L", &lot, HoldCause::Recall));
        assert_eq!(warehouse.post("recall L A"), "ok");
        let Outcome::Posted(facts) = decode_entry(&warehouse.journal.last().unwrap().0).unwrap().outcome
        else {
            panic!("a hold is never refused")
        };
        assert_eq!(facts.len(), expected);
        assert!(facts.iter().all(|fact| matches!(fact, Fact::Moved(_))));
    }
    assert!(!warehouse.state.can_be_held("L", &lot, HoldCause::Recall));
    warehouse.assert_sound();
}

fn any_line() -> impl Strategy<Value = String> {
    let lot = || prop::sample::select(vec!["A", "B", "C"]);
    let place = || prop::sample::select(vec!["MAIN", "PICK"]);
    let status = prop::sample::select(vec!["available", "inspection", "damaged", "quality_hold", "returned"]);
    let owner = prop::sample::select(vec!["own", "consignment:ACME"]);
    prop_oneof![
        4 => (place(), 1_u32..9, lot(), status, owner).prop_map(|(at, n, lot, status, owner)| format!("receive L {at} {n} @ lot={lot} status={status} owner={owner}")),
        3 => (place(), 1_u32..9).prop_map(|(at, n)| format!("reserve L {at} {n} @ by=lot")),
        1 => (place(), 1_u32..9).prop_map(|(at, n)| format!("issue L {at} {n} @ by=lot")),
        1 => (1_u32..40, 1_u32..5).prop_map(|(s, n)| format!("fulfil {s}-0 {n}")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Whatever was there and promised: a hold is never refused, leaves nothing of the lot in a status that its cause takes and no promise
    /// of it, takes nothing of other lots, and the second one finds nothing.
    #[test]
    fn a_hold_takes_all_it_should(documents in prop::collection::vec(any_line(), 1..40), recall in any::<bool>()) {
        let mut warehouse = Warehouse::new();
        for text in &documents {
            warehouse.post_lines(vec![line(text)]);
        }
        let lot = LotCode::parse("A").unwrap();
        let sku = vocabulary::Sku::parse("L").unwrap();
        let of_others = |warehouse: &Warehouse| -> Vec<_> {
            let rows = warehouse.state.positions_of(&sku).into_iter();
            rows.filter(|row| row.holding.lot.as_ref() != Some(&lot)).collect()
        };
        let (cause, verb) = if recall { (HoldCause::Recall, "recall") } else { (HoldCause::Expiry, "outdate") };
        let others = of_others(&warehouse);
        prop_assert_eq!(warehouse.post(&format!("{verb} L A")), "ok");
        prop_assert_eq!(of_others(&warehouse), others);
        prop_assert!(!warehouse.state.can_be_held("L", &lot, cause));
        for row in warehouse.state.positions_of(&sku).into_iter().filter(|row| row.holding.lot.as_ref() == Some(&lot)) {
            prop_assert!(!cause.takes(row.holding.status) || row.balance.on_hand.is_zero(), "{row:?}");
            prop_assert!(row.balance.reserved.is_zero(), "{row:?}");
        }
        let before = warehouse.state.clone();
        prop_assert_eq!(warehouse.post(&format!("{verb} L A")), "ok");
        prop_assert_eq!(warehouse.state.positions_of(&sku), before.positions_of(&sku));
        warehouse.assert_sound();
    }
}
