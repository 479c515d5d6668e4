//! What is expected: set, changed, met, taken back and cancelled.

use proptest::prelude::*;
use stock_core::verify::state_digest;
use stock_core::{EXPECTATIONS_MAX, ExpectationLine, ExpectedKind, Line, SetExpectation};
use vocabulary::{Date, ExpectationCode, Quantity, Sku};

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
fn it_is_set_changed_and_cancelled() {
    check(&[
        ("expect PO-1 purchase A 10 2026-03-01 ACME", "ok"),
        ("expected PO-1", "10 of A by purchase on 2026-03-01: 0 met, 10 open"),
        ("expect PO-1 purchase A 12 2026-03-04", "ok"),
        ("expected PO-1", "12 of A by purchase on 2026-03-04: 0 met, 12 open"),
        ("expect PO-1 purchase B 12 2026-03-04", "line 0: PO-1 is of A, not B"),
        ("expect PO-1 demand A 12 2026-03-04", "line 0: PO-1 is supply"),
        ("expect PO-1 dispatched_transfer A 12 2026-03-04", "ok"),
        ("expected PO-1", "12 of A by dispatched_transfer on 2026-03-04: 0 met, 12 open"),
        ("expect PO-1 purchase A 0 2026-03-04", "ok"),
        ("expected PO-1", "nothing"),
        ("expect PO-1 purchase A 0 2026-03-04", "line 0: no expectation PO-1"),
        ("cancel PO-1", "line 0: no expectation PO-1"),
        ("expect PO-1 purchase B 2 2026-03-05; cancel PO-1; expect PO-1 return C 3 2026-03-06", "ok"),
        ("expected PO-1", "3 of C by return on 2026-03-06: 0 met, 3 open"),
        ("cancel PO-1; cancel PO-1", "line 1: no expectation PO-1"),
        ("cancel PO-1", "ok"),
        ("expected PO-1", "nothing"),
    ]);
}

#[test]
fn supply_is_met_by_what_comes() {
    check(&[
        ("expect PO-1 purchase A 10 2026-03-01", "ok"),
        ("for PO-1 receive A MAIN 4", "ok"),
        ("stock A MAIN", "4 on hand, 0 reserved"),
        ("expected PO-1", "10 of A by purchase on 2026-03-01: 4 met, 6 open"),
        // A change says how much in all.
        ("expect PO-1 purchase A 12 2026-03-02", "ok"),
        ("expected PO-1", "12 of A by purchase on 2026-03-02: 4 met, 8 open"),
        ("for PO-1 return A MAIN 1; for PO-1 produce A MAIN 1", "ok"),
        ("expected PO-1", "12 of A by purchase on 2026-03-02: 6 met, 6 open"),
        ("for PO-1 receive B MAIN 1", "line 0: PO-1 is of A, not B"),
        ("for PO-1 issue A MAIN 1", "line 0: PO-1 is supply"),
        ("for PO-1 reserve A MAIN 1", "line 0: PO-1 is supply"),
        ("for PO-9 receive A MAIN 1", "line 0: no expectation PO-9"),
        // More than was expected is no error, and closes it.
        ("for PO-1 receive A MAIN 7", "ok"),
        ("stock A MAIN", "13 on hand, 0 reserved"),
        ("expected PO-1", "nothing"),
        ("for PO-1 receive A MAIN 1", "line 0: no expectation PO-1"),
        // What is met already is not expected again.
        (
            "expect PO-2 purchase A 10 2026-03-01; for PO-2 receive A MAIN 4; expect PO-2 purchase A 3 2026-03-01",
            "ok",
        ),
        ("expected PO-2", "nothing"),
    ]);
}

#[test]
fn demand_is_met_by_what_goes_or_is_promised() {
    check(&[
        ("receive A MAIN 20; receive L MAIN 3 @ lot=X; receive L PICK 3 @ lot=Y", "ok"),
        ("expect SO-1 demand A 10 2026-03-01 C-1 WEB; expect SO-2 demand L 6 2026-03-02", "ok"),
        ("for SO-1 issue A MAIN 2", "ok"),
        ("for SO-1 consume A MAIN 1; for SO-1 reserve A MAIN 3", "ok 4-1"),
        ("expected SO-1", "10 of A by demand on 2026-03-01: 6 met, 4 open"),
        // Over several lots and places.
        ("for SO-2 reserve L * 5 @ by=lot", "ok 5-0"),
        ("expected SO-2", "6 of L by demand on 2026-03-02: 5 met, 1 open"),
        // A promise that was not expected, and the goods that leave by it were.
        ("reserve A MAIN 4", "ok 6-0"),
        ("for SO-1 fulfil 6-0 3", "ok"),
        ("expected SO-1", "10 of A by demand on 2026-03-01: 9 met, 1 open"),
        ("for SO-1 receive A MAIN 1", "line 0: SO-1 is demand"),
        ("for SO-1 issue A MAIN 99", "line 0: insufficient 99 of 10"),
        ("for SO-1 reserve A MAIN 20 @ may=partial", "ok 10-0"),
        ("expected SO-1", "nothing"),
    ]);
}

#[test]
fn a_movement_that_is_taken_back_opens_again_what_it_met() {
    check(&[
        ("expect PO-1 purchase A 10 2026-03-01", "ok"),
        ("for PO-1 receive A MAIN 4", "ok"),
        ("for PO-1 receive A MAIN 2", "ok"),
        ("reverse 2-0", "ok"),
        ("expected PO-1", "10 of A by purchase on 2026-03-01: 2 met, 8 open"),
        // It was changed in between: that stays, and what was met is open again.
        ("expect PO-1 purchase A 5 2026-03-09", "ok"),
        ("reverse 3-0", "ok"),
        ("expected PO-1", "5 of A by purchase on 2026-03-09: 0 met, 5 open"),
        // It was met in full, and closed: it is there again for what was taken back, not for what came beyond it.
        ("for PO-1 receive A MAIN 7", "ok"),
        ("expected PO-1", "nothing"),
        ("reverse 7-0", "ok"),
        ("expected PO-1", "5 of A by purchase on 2026-03-09: 0 met, 5 open"),
        // The rest of it was cancelled: what was met is expected again, and the rest is not.
        ("for PO-1 receive A MAIN 2", "ok"),
        ("cancel PO-1", "ok"),
        ("reverse 9-0", "ok"),
        ("expected PO-1", "2 of A by purchase on 2026-03-09: 0 met, 2 open"),
        // It was set anew in between: as much more is open.
        ("for PO-1 receive A MAIN 2; expect PO-1 purchase A 6 2026-04-01", "ok"),
        ("reverse 12-0", "ok"),
        ("expected PO-1", "8 of A by purchase on 2026-04-01: 0 met, 8 open"),
        // Another item is expected under its code: nothing is opened.
        ("for PO-1 receive A MAIN 8; expect PO-1 purchase B 6 2026-04-01", "ok"),
        ("reverse 14-0", "ok"),
        ("expected PO-1", "6 of B by purchase on 2026-04-01: 0 met, 6 open"),
        // Demand, too.
        ("receive A MAIN 5; expect SO-1 demand A 5 2026-03-01; for SO-1 issue A MAIN 5", "ok"),
        ("expected SO-1", "nothing"),
        ("reverse 16-2", "ok"),
        ("expected SO-1", "5 of A by demand on 2026-03-01: 0 met, 5 open"),
    ]);
}

#[test]
fn a_refused_document_changes_nothing_that_is_expected() {
    check(&[
        ("expect PO-1 purchase A 10 2026-03-01", "ok"),
        (
            "for PO-1 receive A MAIN 4; expect PO-2 purchase A 1 2026-03-01; issue A MAIN 9",
            "line 2: insufficient 9 of 4",
        ),
        ("expected PO-1", "10 of A by purchase on 2026-03-01: 0 met, 10 open"),
        ("expected PO-2", "nothing"),
    ]);
}

#[test]
fn a_state_without_expectations_is_digested_as_before() {
    let mut used = Warehouse::new();
    used.post("receive A MAIN 1");
    used.post("expect PO-1 purchase A 1 2026-03-01");
    let open = state_digest(&used.state);
    used.post("cancel PO-1");
    let mut unused = Warehouse::new();
    unused.post("receive A MAIN 1");
    assert_eq!(state_digest(&used.state), state_digest(&unused.state));
    assert_ne!(open, state_digest(&unused.state));
}

#[test]
fn only_so_many_are_open() {
    let mut warehouse = Warehouse::new();
    let expect = |number: usize| {
        Line::Expect(Box::new(ExpectationLine::Set(SetExpectation {
            code: ExpectationCode::parse(&format!("PO-{number}")).unwrap(),
            kind: ExpectedKind::Purchase,
            sku: Sku::parse("A").unwrap(),
            day: Date::parse("2026-03-01").unwrap(),
            quantity: Quantity::from(1),
            partner: None,
            channel: None,
        })))
    };
    for start in (0..EXPECTATIONS_MAX).step_by(1000) {
        assert_eq!(warehouse.post_lines((start..start + 1000).map(expect).collect()), "ok");
    }
    assert_eq!(warehouse.state.expectation_count(), EXPECTATIONS_MAX);
    assert_eq!(warehouse.post("expect SO-1 demand A 1 2026-03-01"), "line 0: too many expectations");
    // Those that are there change, and one that ends makes room.
    assert_eq!(warehouse.post("expect PO-7 purchase A 3 2026-03-01"), "ok");
    assert_eq!(warehouse.post("cancel PO-7; expect SO-1 demand A 1 2026-03-01"), "ok");
    assert_eq!(warehouse.post("expect SO-2 demand A 1 2026-03-01"), "line 0: too many expectations");
    // What is taken back is expected again, all the same.
    assert_eq!(warehouse.post("for PO-8 receive A MAIN 1; expect SO-3 demand A 1 2026-03-01"), "ok");
    assert_eq!(warehouse.post("reverse 105-0"), "ok");
    assert_eq!(warehouse.state.expectation_count(), EXPECTATIONS_MAX + 1);
}

/// Documents about a few codes, so that they meet each other in every way.
fn document() -> impl Strategy<Value = String> {
    let code = || prop::sample::select(vec!["P-1", "P-2", "D-1"]);
    let kind = |code: &str| if code.starts_with('D') { "demand" } else { "purchase" };
    let sku = || prop::sample::select(vec!["A", "B"]);
    prop_oneof![
        (code(), sku(), 0..9, 1..4).prop_map(move |(code, sku, n, day)| {
            format!("expect {code} {} {sku} {n} 2026-03-0{day}", kind(code))
        }),
        (code(), sku(), 1..9).prop_map(|(code, sku, n)| format!("for {code} receive {sku} MAIN {n}")),
        (code(), sku(), 1..9).prop_map(|(code, sku, n)| format!("for {code} issue {sku} MAIN {n}")),
        code().prop_map(|code| format!("cancel {code}")),
        (1..40).prop_map(|sequence| format!("reverse {sequence}-0")),
        (code(), sku(), 1..9)
            .prop_map(|(code, sku, n)| format!("for {code} receive {sku} MAIN {n}; cancel {code}")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn what_is_expected_adds_up_whatever_happens(documents in prop::collection::vec(document(), 1..40)) {
        let mut warehouse = Warehouse::new();
        for document in &documents {
            warehouse.post(document);
            for known in warehouse.state.expectations_after(None) {
                prop_assert!(known.open.is_positive(), "{}", document);
                prop_assert!(laws::expectation_adds_up(known.expected, known.met, known.open), "{}", document);
            }
        }
        warehouse.assert_sound();
    }
}
