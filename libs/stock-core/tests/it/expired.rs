//! Lots whose last day is over before anybody has held them, as text tables.

use proptest::prelude::*;
use stock_core::{Document, Fact, Outcome, ReleaseCause, decode_entry, explain};
use vocabulary::{Date, Sku, StockStatus};

use crate::language::{Warehouse, document, line, time};
use crate::rules::check;

#[test]
fn who_names_no_lot_gets_none_that_has_expired() {
    check(
        "receive L MAIN 5 @ lot=OLD expiry=2026-01-31                 | ok
         receive L MAIN 5 @ lot=NEW expiry=2026-03-31                 | ok
         on 2026-01-31 issue L MAIN 1 @ by=lot                        | ok
         stock L MAIN @ lot=OLD                                       | 4 on hand, 0 reserved
         on 2026-02-01 issue L MAIN 1 @ by=lot                        | ok
         stock L MAIN @ lot=NEW                                       | 4 on hand, 0 reserved
         on 2026-02-01 consume L MAIN 5 @ by=lot                      | line 0: insufficient 5 of 4
         on 2026-02-01 issue L MAIN 5 @ by=lot pick=fifo              | line 0: insufficient 5 of 4
         on 2026-02-01 reserve L MAIN 5 @ by=lot                      | line 0: insufficient 5 of 4
         on 2026-02-01 reserve L * 5 @ by=lot pick=full               | line 0: insufficient 5 of 4 anywhere
         on 2026-02-01 reserve L * 5 @ by=lot may=partial             | ok 9-0
         stock L MAIN @ lot=OLD                                       | 4 on hand, 0 reserved
         on 2026-02-01 reserve L MAIN 2 @ lot=OLD                     | ok 10-0
         on 2026-02-01 issue L MAIN 1 @ lot=OLD                       | ok
         on 2026-02-01 fulfil 10-0                                    | ok
         reserve L MAIN 1 @ by=lot                                    | ok 13-0
         stock L MAIN @ lot=OLD                                       | 1 on hand, 1 reserved",
    );
}

#[test]
fn a_unit_with_goods_that_have_expired_does_not_leave() {
    check(
        "range 7610425 3 0 9; open BOX MAIN; open BOX MAIN                | ok #0 #1
         receive L MAIN 5 @ lot=OLD expiry=2026-01-31 unit=#0         | ok
         receive L MAIN 5 @ lot=NEW expiry=2026-03-31 unit=#1         | ok
         on 2026-02-01 ship #0                                        | line 0: insufficient 5 of 0
         on 2026-02-01 ship #1                                        | ok
         on 2026-01-31 ship #0                                        | ok",
    );
}

#[test]
fn a_promise_of_an_expired_lot_does_not_make_room() {
    check(
        "receive L MAIN 5 @ lot=OLD expiry=2026-01-31                 | ok
         receive L MAIN 2 @ lot=NEW                                   | ok
         reserve L MAIN 5 @ lot=OLD                                   | ok 3-0
         on 2026-02-01 reserve L MAIN 3 @ by=lot priority=5 may=reallocate | line 0: insufficient 3 of 2
         on 2026-01-31 reserve L MAIN 3 @ by=lot priority=5 may=reallocate | ok 5-0",
    );
}

#[test]
fn what_comes_of_an_expired_lot_is_expired() {
    check(
        "receive L MAIN 5 @ lot=OLD expiry=2026-01-31                 | ok
         on 2026-01-31 receive L MAIN 1 @ lot=OLD                     | ok
         stock L MAIN @ lot=OLD                                       | 6 on hand, 0 reserved
         on 2026-02-01 receive L MAIN 1 @ lot=OLD                     | ok
         on 2026-02-01 return L MAIN 2 @ lot=OLD status=returned      | ok
         on 2026-02-01 adjust L MAIN 3 found @ lot=OLD                | ok
         on 2026-02-01 produce L MAIN 4 @ lot=OLD                     | ok
         on 2026-02-01 receive L MAIN 5 @ lot=OLD status=inspection   | ok
         stock L MAIN @ lot=OLD status=expired                        | 15 on hand, 0 reserved
         on 2026-02-01 receive L MAIN 1 @ lot=NEW expiry=2026-01-31 owner=consignment:ACME | ok
         stock L MAIN @ lot=NEW status=expired owner=consignment:ACME | 1 on hand, 0 reserved
         on 2026-02-01 receive L MAIN 1 @ lot=OLD status=quality_hold | ok
         stock L MAIN @ lot=OLD status=quality_hold                   | 1 on hand, 0 reserved
         on 2026-02-01 move L MAIN PICK 6 @ lot=OLD                   | ok
         on 2026-02-01 adjust L PICK -2 gone @ lot=OLD                | ok
         stock L PICK @ lot=OLD                                       | 4 on hand, 0 reserved
         on 2026-02-01 receive S MAIN 1 @ serials=1                   | ok
         stock S MAIN                                                 | 1 on hand, 0 reserved",
    );
}

#[test]
fn goods_in_a_unit_come_expired_too() {
    check(
        "range 7610425 3 0 9; open BOX MAIN                           | ok #0
         on 2026-02-01 receive L MAIN 3 @ lot=OLD expiry=2026-01-31 unit=#0 | ok
         stock L MAIN @ lot=OLD status=expired                        | 3 on hand, 0 reserved
         on 2026-02-01 adjust L MAIN -3 scrapped @ lot=OLD status=expired unit=#0 | ok",
    );
}

#[test]
fn the_end_of_a_promise_says_that_its_lot_expired() {
    let mut warehouse = Warehouse::new();
    for (verb, cause) in [("outdate", ReleaseCause::LotExpired), ("recall", ReleaseCause::Recalled)] {
        assert_eq!(warehouse.post("receive L MAIN 5 @ lot=A"), "ok");
        assert!(warehouse.post("reserve L MAIN 2 @ lot=A").starts_with("ok"));
        assert_eq!(warehouse.post(&format!("{verb} L A")), "ok");
        let entry = decode_entry(&warehouse.journal.last().unwrap().0).unwrap();
        let Outcome::Posted(facts) = entry.outcome else { panic!("a hold is never refused") };
        assert!(matches!(&facts[0], Fact::Released(released) if released.cause == cause), "{facts:?}");
    }
    warehouse.assert_sound();
}

#[test]
fn explain_says_which_lots_have_expired() {
    let mut warehouse = Warehouse::new();
    assert_eq!(warehouse.post("receive L MAIN 5 @ lot=OLD expiry=2026-01-31"), "ok");
    assert_eq!(warehouse.post("receive L MAIN 5 @ lot=NEW"), "ok");
    let today = Date::parse("2026-02-01").ok();
    for (text, expected) in [
        ("reserve L MAIN 2 @ by=lot", "OLD Expired"),
        ("issue L MAIN 9 @ by=lot", "NEW NotEnough OLD Expired"),
        ("reserve L MAIN 2 @ lot=OLD", "NEW Lot"),
    ] {
        let asked = Document { today, ..document(vec![line(text)]) };
        let explained = explain(&warehouse.state, &asked, time("1")).lines.pop().unwrap();
        let passed = explained.passed_over.iter();
        let passed = passed.map(|p| format!("{} {:?}", p.holding.lot.as_ref().unwrap(), p.why));
        assert_eq!(passed.collect::<Vec<_>>().join(" "), expected, "{text}");
    }
}

fn any_line() -> impl Strategy<Value = String> {
    let lot = || prop::sample::select(vec!["A expiry=2026-01-31", "B expiry=2026-02-28", "C"]);
    let place = || prop::sample::select(vec!["MAIN", "PICK"]);
    let status = prop::sample::select(vec!["available", "inspection", "damaged"]);
    let pick = prop::sample::select(vec!["fefo", "fifo", "lifo", "path", "full"]);
    prop_oneof![
        3 => (place(), 1_u32..9, lot(), status).prop_map(|(at, n, lot, status)| format!("receive L {at} {n} @ lot={lot} status={status}")),
        3 => (1_u32..9, pick, 0_u32..9).prop_map(|(n, pick, p)| format!("reserve L * {n} @ by=lot may=partial may=reallocate pick={pick} priority={p}")),
        1 => (place(), 1_u32..9).prop_map(|(at, n)| format!("issue L {at} {n} @ by=lot")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    /// On the day after a lot's last one, nobody who names no lot takes or is promised any of it, and what comes of it is never available.
    #[test]
    fn nothing_of_an_expired_lot_is_taken(before in prop::collection::vec(any_line(), 1..20), after in prop::collection::vec(any_line(), 1..20)) {
        let mut warehouse = Warehouse::new();
        for text in &before {
            warehouse.post(&format!("on 2026-01-31 {text}"));
        }
        let of_lot = |warehouse: &Warehouse| -> Vec<_> {
            let rows = warehouse.state.positions_of(&Sku::parse("L").unwrap()).into_iter();
            let is_its = |row: &stock_core::PositionRow| {
                row.holding.lot.as_ref().is_some_and(|lot| lot.as_str() == "A")
                    && row.holding.status != StockStatus::Damaged && row.holding.status != StockStatus::Expired
            };
            rows.filter(is_its).map(|row| (row.location, row.holding, row.balance)).collect()
        };
        let there = of_lot(&warehouse);
        for text in &after {
            warehouse.post(&format!("on 2026-02-01 {text}"));
        }
        prop_assert_eq!(of_lot(&warehouse), there);
        warehouse.assert_sound();
    }
}
