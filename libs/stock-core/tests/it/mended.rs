//! Documents that once left a warehouse as no journal should have it.

use stock_core::{LOOKED_AT_MAX, RULES_MAX, explain};
use vocabulary::Timestamp;

use crate::language::{Warehouse, document, line};
use crate::rules::check;

#[test]
fn a_number_twice_is_one_unit() {
    check(
        "range 7610425 3 0 99; open BOX MAIN                   | ok #0
         receive S MAIN 2 @ serials=1,2                        | ok
         pack #0 S 2 @ serials=1,1                             | line 0: 1 serials for 2
         reserve S MAIN 2 @ serials=1,1                        | line 0: 1 serials for 2
         issue S MAIN 2 @ serials=2,2                          | line 0: 1 serials for 2
         receive S MAIN 2 @ serials=3,3                        | line 0: 1 serials for 2
         pack #0 S 2 @ serials=1,2                             | ok
         unpack #0 S 2 @ serials=1,1                           | line 0: 1 serials for 2
         open BOX MAIN; pack line:0 S 2 @ unit=#0 serials=2,2  | line 1: 1 serials for 2
         ship #0                                               | ok
         receive S MAIN 2 @ serials=3,4                        | ok
         reserve S MAIN 2 @ by=serial                          | ok 12-0
         fulfil 12-0 2 @ serials=3,3                           | line 0: 1 serials for 2
         fulfil 12-0 2 @ serials=3,4                           | ok",
    );
}

#[test]
fn taking_back_a_move_does_not_leave_the_unit_behind() {
    check(
        "range 7610425 3 0 99; open PALLET MAIN; receive A MAIN 5 @ unit=line:1 | ok #0
         shift #0 PICK                                         | ok
         shift #0 MAIN                                         | ok
         receive A PICK 5                                      | ok
         reverse 2-0                                           | line 0: #0 is at MAIN
         reverse 3-0                                           | line 0: #0 is at MAIN",
    );
}

#[test]
fn a_document_is_of_one_tracking() {
    check(
        "receive A MAIN 2                                      | ok
         issue A MAIN 2                                        | ok
         reverse 2-0; receive A MAIN 1 @ serials=1             | line 1: by serial, here by quantity only
         receive A MAIN 1 @ serials=1; receive A MAIN 1        | line 1: by quantity only, here by serial
         receive A MAIN 1 @ serials=1                          | ok",
    );
}

#[test]
fn absurd_numbers_are_counted_like_others() {
    check(
        "rule maximum A * 5                                    | ok
         adjust A+ MAIN -1000000000000000000 lost              | ok
         move A+ PICK ZONE 1                                   | ok
         receive B MAIN 10                                     | ok
         rule quota B SHOP 1; rule quota B WEB 1000000000000000000 | ok
         issue B MAIN 1                                        | line 0: 1 of 10 with 1000000000000000000 for others
         rule quota B SHOP; rule quota B WEB 1                 | ok
         rule buffer B 1000000000000000000                     | ok
         issue B MAIN 1                                        | line 0: 1 of 10 with 1 for others and 1000000000000000000 buffer",
    );
}

#[test]
fn loose_goods_may_lack_beside_a_unit_that_left() {
    check(
        "range 7610425 3 0 99; open PALLET MAIN; receive N MAIN 5 @ unit=line:1 | ok #0
         shift #0 PICK; issue N MAIN 3                         | ok
         receive A MAIN 5                                      | ok
         reverse 3-0; issue A+ MAIN 3                          | ok",
    );
}

#[test]
fn goods_that_go_back_into_a_unit_elsewhere_leave_what_is_packed_here() {
    check(
        "range 7610425 3 0 99; open BOX MAIN; receive A MAIN 3 @ unit=line:1 | ok #0
         move A MAIN PICK 3 @ unit=#0                          | ok
         open BOX PICK; pack line:0 A 3; receive A PICK 1      | ok #1
         reverse 2-0                                           | line 0: 1 loose, 3 packed
         unpack #1 A 1                                         | ok
         reverse 2-0                                           | line 0: 2 loose, 2 packed
         unpack #1 A 2                                         | ok
         reverse 2-0                                           | ok",
    );
}

#[test]
fn the_maximum_is_of_all_that_leaves_in_a_unit() {
    check(
        "rule maximum L C-1 5; range 7610425 3 0 99; open BOX MAIN | ok #0
         receive L MAIN 4 @ lot=A unit=#0; receive L MAIN 4 @ lot=B unit=#0 | ok
         ship #0 @ holder=C-1                                  | line 0: 8 for C-1 with 0 of 5
         ship #0 @ holder=C-2                                  | ok",
    );
}

#[test]
fn a_reversed_fulfilment_gives_its_quota_back() {
    check(
        "receive A MAIN 10; rule quota A WEB 4                 | ok
         reserve A MAIN 4 @ channel=WEB                        | ok 2-0
         fulfil 2-0                                            | ok
         issue A MAIN 6                                        | ok
         receive A MAIN 1                                      | ok
         reverse 3-1                                           | line 0: no movement 3-1
         reverse 3-0                                           | ok
         issue A MAIN 2                                        | line 0: 2 of 5 with 4 for others
         issue A MAIN 1                                        | ok",
    );
}

#[test]
fn rules_that_a_document_takes_away_and_sets_again_go_on_counting() {
    check(
        "receive A MAIN 9; rule maximum A * 5                  | ok
         reserve A MAIN 3 @ holder=C-1                         | ok 2-0
         rule maximum A *; reserve A MAIN 1 @ holder=C-1; rule maximum A * 5; reserve A MAIN 2 @ holder=C-1 | line 3: 2 for C-1 with 4 of 5
         rule maximum A *; reserve A MAIN 1 @ holder=C-1; rule maximum A * 5; reserve A MAIN 1 @ holder=C-1 | ok 4-1 4-3
         reserve A MAIN 1 @ holder=C-1                         | line 0: 1 for C-1 with 5 of 5
         release 2-0                                           | ok
         reserve A MAIN 3 @ holder=C-1                         | ok 7-0",
    );
}

/// What happens in these tests happens in 1970.
#[test]
fn a_promise_to_nobody_passes_no_rule_of_who_gets_it() {
    check(
        "receive A MAIN 9; rule maximum A C-1 3; rule life C-1 30 | ok
         reserve A MAIN 6; reserve A MAIN 1 @ holder=C-1       | ok 2-0 2-1
         fulfil 2-0 3 @ partner=C-1                            | line 0: 3 for C-1 with 1 of 3
         fulfil 2-0 2 @ partner=C-1                            | ok
         fulfil 2-0 4 @ partner=C-2                            | ok
         fulfil 2-1 @ partner=C-1                              | ok
         receive L MAIN 1 @ lot=X expiry=1970-01-30            | ok
         receive L MAIN 1 @ lot=Y expiry=1970-01-31            | ok
         reserve L MAIN 1 @ lot=X; reserve L MAIN 1 @ lot=Y    | ok 9-0 9-1
         fulfil 9-0 @ partner=C-1                              | line 0: X until 1970-01-30, not 1970-01-31
         fulfil 9-1 @ partner=C-1                              | ok
         fulfil 9-0 @ partner=C-2                              | ok",
    );
}

/// They are written with a checkpoint then.
#[test]
fn only_rules_that_changed_are_touched() {
    let mut warehouse = Warehouse::new();
    let rules = "receive A MAIN 9; rule maximum A * 9; rule buffer A 1; rule quota A WEB 3; rule life C-1 30";
    for (text, is_touched) in [
        (rules, true),
        ("issue A MAIN 1; reserve A MAIN 1 @ holder=C-1", false),
        // With every third document the test's own checkpoint takes what was touched.
        ("rule maximum A * 8", false),
        ("reserve A MAIN 1 @ channel=WEB", true),
        ("receive A MAIN 1; fulfil 2-1", false),
    ] {
        assert!(warehouse.post(text).starts_with("ok"), "{text}");
        assert_eq!(warehouse.state.take_touched().rules.is_some(), is_touched, "{text}");
    }
}

#[test]
fn a_document_makes_no_more_facts_than_may_be() {
    let mut warehouse = Warehouse::new();
    let items = 0..11;
    for item in items.clone() {
        let receipts: Vec<_> = (0..1000).map(|n| format!("receive A{item} L{n} 1")).collect();
        assert_eq!(warehouse.post(&receipts.join(";")), "ok");
    }
    let promises: Vec<_> = items.map(|item| format!("reserve A{item} * 1000")).collect();
    assert_eq!(warehouse.post(&promises.join(";")), "line 10: more than 10000 facts");
    assert!(warehouse.post(&promises[..10].join(";")).starts_with("ok"));
    let releases: Vec<_> = (0..10).map(|line| format!("fulfil 13-{line} 1000")).collect();
    assert_eq!(warehouse.post(&releases.join(";")), "line 5: more than 10000 facts");
}

#[test]
fn the_rules_of_the_one_who_receives_hold() {
    check(
        "receive A MAIN 20; rule maximum A C-1 3; rule life C-1 30        | ok
         receive L MAIN 9 @ lot=X expiry=1970-01-30                       | ok
         reserve A MAIN 5 @ holder=C-2; reserve L MAIN 2 @ lot=X holder=C-2 | ok 3-0 3-1
         reserve A MAIN 1 @ holder=C-1                                    | ok 4-0
         fulfil 3-0 3 @ partner=C-1                                       | line 0: 3 for C-1 with 1 of 3
         fulfil 3-0 2 @ partner=C-1                                       | ok
         fulfil 3-1 1 @ partner=C-1                                       | line 0: X until 1970-01-30, not 1970-01-31
         fulfil 3-1 @ partner=C-2                                         | ok
         fulfil 4-0 @ partner=C-1                                         | ok
         reserve A MAIN 4 @ holder=D-1                                    | ok 10-0
         fulfil 10-0 @ partner=C-1                                        | line 0: 4 for C-1 with 0 of 3
         about 1 fulfil 10-0 @ partner=C-1                                | ok
         fulfil 3-0 3                                                     | ok
         reserve L MAIN 1 @ lot=X                                         | ok 14-0
         fulfil 14-0 @ partner=C-3                                        | ok",
    );
}

#[test]
fn a_document_is_explained_up_to_so_much() {
    let mut warehouse = Warehouse::new();
    for item in 0..12 {
        let receipts: Vec<_> = (0..1000).map(|n| format!("receive A{item} L{n} 1")).collect();
        assert_eq!(warehouse.post(&receipts.join(";")), "ok");
    }
    let lines = (0..12).map(|item| line(&format!("reserve A{item} * 1"))).collect();
    let explained = explain(&warehouse.state, &document(lines), Timestamp::from_micros(1).unwrap());
    let passed_over: Vec<_> = explained.lines.iter().map(|line| line.passed_over.len()).collect();
    assert_eq!(passed_over, [vec![999; LOOKED_AT_MAX / 1000], vec![0; 2]].concat());
}

#[test]
fn no_more_rules_hold_than_may_be() {
    let mut warehouse = Warehouse::new();
    let rules =
        |from: usize, to: usize| (from..to).map(|n| format!("rule life C-{n} 30")).collect::<Vec<_>>();
    for from in (0..RULES_MAX - 1).step_by(1000) {
        assert_eq!(warehouse.post(&rules(from, (from + 1000).min(RULES_MAX - 1)).join(";")), "ok");
    }
    assert_eq!(warehouse.post("rule buffer A 1; rule life C-1"), "ok");
    assert_eq!(
        warehouse.post("rule buffer A 2; rule buffer B 1; rule buffer C 1"),
        "line 2: 100000 rules hold"
    );
    assert_eq!(warehouse.post("rule buffer A; rule buffer B 1"), "ok");
    assert_eq!(warehouse.post("rule quota B WEB 1"), "ok");
    assert_eq!(warehouse.post("rule life X 1"), "line 0: 100000 rules hold");
}

#[test]
fn rules_are_walked_in_order() {
    let mut warehouse = Warehouse::new();
    let rules =
        "rule quota A WEB 1; rule quota A SHOP 1; rule buffer A 1; rule maximum A * 5; rule maximum A C-1 5";
    let others = "rule buffer B 1; rule maximum C C-2 5; rule life C-1 30; rule life C-2 30";
    assert_eq!(warehouse.post(rules), "ok");
    assert_eq!(warehouse.post(others), "ok");
    assert_eq!(warehouse.post("rule counts returned yes; rule counts damaged yes"), "ok");
    let state = &warehouse.state;
    let walked: Vec<_> = std::iter::successors(state.rules_after(None).next(), |last| {
        state.rules_after(Some(&last.rule)).next()
    })
    .collect();
    assert_eq!((walked.len(), state.rule_count()), (11, 11));
    assert_eq!(walked, state.rules());
}
