//! Counts: planned, read as of an entry while goods move, counted again, approved and posted.

use stock_core::{MovementKind, decode_entry};

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
fn what_moved_since_the_shelf_was_read_is_no_difference() {
    check(&[
        ("receive A MAIN 10", "ok"),
        ("plan C-1 MAIN:A within=20", "ok"),
        ("receive A MAIN 5", "ok"),
        // The shelf is read now, with 14 instead of 15 on it; before that is entered, goods come and go.
        ("issue A MAIN 4", "ok"),
        ("receive A MAIN 2", "ok"),
        ("see C-1 MAIN:A MARIA 3 A*14", "ok"),
        ("count C-1", "counted, MAIN:A: 14 of 15 A"),
        ("issue A MAIN 1", "ok"),
        ("stock A MAIN", "12 on hand, 0 reserved"),
        ("post C-1", "ok"),
        ("stock A MAIN", "11 on hand, 0 reserved"),
        ("count C-1", "posted, MAIN:A: 14 of 15 A"),
        ("post C-1", "line 0: C-1 is posted"),
        ("see C-1 MAIN:A PAUL now A*14", "line 0: C-1 is posted"),
        ("give-up C-1", "line 0: C-1 is posted"),
        ("plan C-1 MAIN:A", "line 0: C-1 is there"),
    ]);
}

#[test]
fn a_location_has_what_was_seen_and_nothing_else() {
    check(&[
        ("receive A MAIN 10", "ok"),
        ("receive B MAIN 3", "ok"),
        ("plan C-1 MAIN", "ok"),
        ("receive C MAIN 1", "ok"),
        ("receive D MAIN 1; issue D MAIN 1", "ok"),
        ("see C-1 MAIN MARIA now A*10 E*2", "ok"),
        ("count C-1", "counting, MAIN: 10 of 10 A, MAIN: 0 of 3 B, MAIN: 0 of 1 C, MAIN: 2 of 0 E"),
        ("post C-1", "line 0: MAIN again"),
        ("see C-1 MAIN MARIA now A*10 B*3 C*1 E*2", "line 0: MARIA counted before"),
        ("see C-1 MAIN PAUL now A*10 B*3 E*2", "ok"),
        ("post C-1", "ok"),
        ("stock B MAIN", "3 on hand, 0 reserved"),
        ("stock C MAIN", "0 on hand, 0 reserved"),
        ("stock E MAIN", "2 on hand, 0 reserved"),
    ]);
}

#[test]
fn an_empty_place_is_counted_with_nothing() {
    check(&[
        ("plan C-1 MAIN SIDE:A", "ok"),
        ("see C-1 MAIN MARIA now", "ok"),
        ("post C-1", "line 0: SIDE:A not counted"),
        ("see C-1 SIDE:A MARIA now A*0", "ok"),
        ("count C-1", "counted"),
        ("post C-1", "ok"),
    ]);
}

#[test]
fn what_is_named_must_be_planned_and_known() {
    check(&[
        ("receive A MAIN 10", "ok"),
        ("see C-1 MAIN MARIA now A*10", "line 0: no count C-1"),
        ("plan C-1 MAIN:A SIDE", "ok"),
        ("see C-1 MAIN MARIA now A*10", "line 0: C-1 has no MAIN"),
        ("see C-1 MAIN:A MARIA now B*10", "line 0: B is not of MAIN:A"),
        ("see C-1 SIDE MARIA now L*1 @ lot=L1", "line 0: no lot L1"),
        ("see C-1 SIDE MARIA now A*1 @ by=kg", "line 0: A is weighed"),
        ("see C-1 SIDE MARIA now A*1 @ lot=L1", "line 0: by lot, here by quantity only"),
        ("see C-1 MAIN:A MARIA 1 A*10", "line 0: 1 is not 3 to 8"),
        ("see C-1 MAIN:A MARIA 99 A*10", "line 0: 99 is not 3 to 9"),
        ("see C-1 MAIN:A MARIA 9 A*10", "ok"),
        ("approve C-1 ANNA", "line 0: SIDE not counted"),
        ("give-up C-1", "ok"),
        ("count C-1", "cancelled, MAIN:A: 10 of 10 A"),
        ("approve C-1 ANNA", "line 0: C-1 is cancelled"),
        ("stock A MAIN", "10 on hand, 0 reserved"),
    ]);
}

#[test]
fn goods_of_catch_weight_are_not_counted() {
    check(&[
        ("receive K MAIN 2 @ kg=3.5", "ok"),
        ("plan C-1 MAIN MAIN2", "ok"),
        ("see C-1 MAIN MARIA now", "line 0: K is weighed"),
        ("see C-1 MAIN2 MARIA now", "ok"),
    ]);
}

#[test]
fn nobody_approves_their_own_variance() {
    check(&[
        ("receive A MAIN 10", "ok"),
        ("plan C-1 MAIN:A approve=20 cost=A:5", "ok"),
        ("see C-1 MAIN:A MARIA now A*5", "ok"),
        ("see C-1 MAIN:A PAUL now A*5", "ok"),
        ("post C-1", "line 0: approve 25"),
        ("approve C-1 PAUL", "line 0: PAUL counted"),
        ("approve C-1 MARIA", "line 0: MARIA counted"),
        ("approve C-1 ANNA; post C-1", "ok"),
        ("stock A MAIN", "5 on hand, 0 reserved"),
        ("plan C-2 MAIN:A within=100 approve=20 cost=A:5", "ok"),
        ("see C-2 MAIN:A MARIA now A*6", "ok"),
        ("post C-2", "ok"),
        ("stock A MAIN", "6 on hand, 0 reserved"),
    ]);
}

#[test]
fn promises_of_what_is_not_there_end_the_least_first() {
    check(&[
        ("receive A MAIN 10", "ok"),
        ("reserve A MAIN 4 @ priority=5", "ok 2-0"),
        ("reserve A MAIN 4 @ priority=1", "ok 3-0"),
        ("plan C-1 MAIN:A within=100", "ok"),
        ("see C-1 MAIN:A MARIA now A*5", "ok"),
        ("post C-1", "ok"),
        ("stock A MAIN", "5 on hand, 5 reserved"),
        ("fulfil 2-0", "ok"),
        ("fulfil 3-0", "ok"),
        ("stock A MAIN", "0 on hand, 0 reserved"),
    ]);
}

#[test]
fn more_than_is_there_is_not_taken() {
    check(&[
        ("receive A MAIN 10", "ok"),
        ("plan C-1 MAIN:A within=100", "ok"),
        ("see C-1 MAIN:A MARIA 2 A*3", "ok"),
        ("issue A MAIN 8", "ok"),
        // 7 were missing, and 8 went nevertheless: somebody looks again.
        ("post C-1", "line 0: insufficient 7 of 2"),
        ("see C-1 MAIN:A PAUL now A*2", "ok"),
        ("post C-1", "ok"),
        ("stock A MAIN", "2 on hand, 0 reserved"),
    ]);
}

#[test]
fn what_was_put_right_meanwhile_is_read_again() {
    check(&[
        ("receive A MAIN 10", "ok"),
        ("plan C-1 MAIN:A SIDE:A within=100", "ok"),
        ("see C-1 MAIN:A MARIA now A*9", "ok"),
        ("adjust A MAIN -1 lost", "ok"),
        ("see C-1 SIDE:A MARIA now", "ok"),
        ("count C-1", "counting, MAIN:A: 9 of 10 A"),
        ("post C-1", "line 0: MAIN:A put right by 4"),
        ("see C-1 MAIN:A PAUL 3 A*9", "line 0: 3 is not 4 to 6"),
        ("see C-1 MAIN:A PAUL 5 A*9", "ok"),
        ("adjust A SIDE 1 found; post C-1", "line 1: SIDE:A put right by 9"),
    ]);
    // The same when a movement from before is taken back, or another count is posted.
    check(&[
        ("receive A MAIN 10", "ok"),
        ("receive A MAIN 5", "ok"),
        ("plan C-1 MAIN:A within=100", "ok"),
        ("plan C-2 MAIN within=100", "ok"),
        ("see C-1 MAIN:A MARIA now A*10", "ok"),
        ("see C-2 MAIN MARIA now A*10", "ok"),
        ("reverse 2-0", "ok"),
        ("post C-1", "line 0: MAIN:A put right by 7"),
        ("see C-1 MAIN:A PAUL now A*9", "ok"),
        ("see C-2 MAIN PAUL now A*9", "ok"),
        ("post C-1", "ok"),
        ("post C-2", "line 0: MAIN put right by 11"),
        ("stock A MAIN", "9 on hand, 0 reserved"),
    ]);
}

#[test]
fn what_is_told_late_was_seen_by_who_says_when_they_looked() {
    check(&[
        ("at 10 receive A MAIN 10", "ok"),
        ("at 20 plan C-1 MAIN:A within=100", "ok"),
        // Read at 50 with 7 there; 2 had left at 40, and 1 at 60, and both are told later.
        ("at 60 issue A MAIN 1", "ok"),
        ("at 40 issue A MAIN 2", "ok"),
        ("at 70 see C-1 MAIN:A MARIA 2@50 A*7", "ok"),
        ("count C-1", "counted, MAIN:A: 7 of 8 A"),
        // What is told later still changes what should have been there.
        ("at 45 issue A MAIN 1", "ok"),
        ("at 80 post C-1", "line 0: MAIN:A put right by 6"),
        ("at 80 see C-1 MAIN:A PAUL 6@75 A*6", "ok"),
        ("count C-1", "counted, MAIN:A: 6 of 6 A"),
        ("at 90 issue A MAIN 1", "ok"),
        ("at 90 post C-1", "ok"),
        ("stock A MAIN", "5 on hand, 0 reserved"),
    ]);
    // Who does not say when, has seen what was known.
    check(&[
        ("at 10 receive A MAIN 10", "ok"),
        ("at 20 plan C-1 MAIN:A within=100", "ok"),
        ("at 40 issue A MAIN 2", "ok"),
        ("at 70 see C-1 MAIN:A MARIA 2 A*10", "ok"),
        ("count C-1", "counted, MAIN:A: 10 of 10 A"),
    ]);
}

#[test]
fn lots_and_statuses_are_counted_apart() {
    check(&[
        ("receive L MAIN 5 @ lot=L1", "ok"),
        ("receive L MAIN 5 @ lot=L2", "ok"),
        ("status L MAIN 2 damaged @ lot=L2", "ok"),
        ("plan C-1 MAIN within=100", "ok"),
        ("see C-1 MAIN MARIA now L*4 @ lot=L2", "ok"),
        ("count C-1", "counted, MAIN: 0 of 5 L L1, MAIN: 4 of 3 L L2, MAIN: 0 of 2 L L2 damaged"),
    ]);
}

#[test]
fn units_are_counted_by_number() {
    check(&[
        ("receive S MAIN 3 @ serials=S1,S2,S3", "ok"),
        ("receive S SIDE 1 @ serials=S9", "ok"),
        ("plan C-1 MAIN within=100", "ok"),
        ("see C-1 MAIN MARIA now S @ serials=S1,S1", "line 0: S1 twice"),
        ("issue S MAIN 1 @ serials=S3", "ok"),
        ("see C-1 MAIN MARIA 4 S @ serials=S1,S2,S3", "line 0: units moved at MAIN"),
        ("see C-1 MAIN MARIA now S @ serials=S1,S7", "ok"),
        ("count C-1", "counting, MAIN: 2 of 2 S -S2 +S7"),
        ("see C-1 MAIN PAUL now S @ serials=S1,S7,S9", "ok"),
        ("count C-1", "counted, MAIN: 3 of 2 S -S2 +S7 +S9"),
        // A unit that is known elsewhere is moved by who knows why.
        ("post C-1", "line 0: S9 is at SIDE"),
        ("move S SIDE MAIN 1 @ serials=S9", "ok"),
        ("post C-1", "ok"),
        ("stock S MAIN", "3 on hand, 0 reserved"),
        ("issue S MAIN 1 @ serials=S2", "line 0: no serial S2"),
        ("issue S MAIN 3 @ serials=S1,S7,S9", "ok"),
    ]);
}

#[test]
fn a_unit_that_was_missing_and_left_has_turned_up() {
    check(&[
        ("receive S MAIN 2 @ serials=S1,S2", "ok"),
        ("plan C-1 MAIN:S within=100", "ok"),
        ("see C-1 MAIN:S MARIA now S @ serials=S1", "ok"),
        ("issue S MAIN 1 @ serials=S2", "ok"),
        ("post C-1", "ok"),
        ("stock S MAIN", "1 on hand, 0 reserved"),
    ]);
}

#[test]
fn a_posted_count_is_taken_back_as_a_whole() {
    check(&[
        ("receive A MAIN 10; receive B MAIN 4", "ok"),
        ("plan C-1 MAIN within=100", "ok"),
        ("see C-1 MAIN MARIA now A*8 B*5", "ok"),
        ("post C-1", "ok"),
        ("reverse 4-0", "ok"),
        ("stock A MAIN", "10 on hand, 0 reserved"),
        ("stock B MAIN", "4 on hand, 0 reserved"),
        ("count C-1", "posted, MAIN: 8 of 10 A, MAIN: 5 of 4 B"),
    ]);
}

#[test]
fn a_shelf_is_counted_in_one_document() {
    check(&[
        ("receive N MAIN 2", "ok"),
        ("issue N MAIN 5", "ok"),
        ("plan C-1 MAIN:N within=100; see C-1 MAIN:N MARIA now N*1", "ok"),
        ("count C-1", "counting, MAIN:N: 1 of -3 N"),
        ("see C-1 MAIN:N PAUL now N*1; post C-1", "ok"),
        ("stock N MAIN", "1 on hand, 0 reserved"),
    ]);
}

#[test]
fn the_usage_of_a_periodic_item_is_found_by_counts() {
    check(&[
        ("receive A MAIN 10", "ok"),
        ("reserve A MAIN 1", "ok 2-0"),
        ("rule periodic A yes", "ok"),
        ("issue A MAIN 1", "line 0: A is periodic"),
        ("consume A MAIN 1", "line 0: A is periodic"),
        ("reserve A MAIN 1", "line 0: A is periodic"),
        ("reserve A * 1", "line 0: A is periodic"),
        ("fulfil 2-0", "line 0: A is periodic"),
        ("release 2-0", "ok"),
        ("receive A MAIN 5; move A MAIN SIDE 2", "ok"),
        // Opening 10, receipts 5, closing 4 and 1: 10 were used. Nobody counts that again, or approves it.
        ("plan C-1 MAIN SIDE:A approve=0 cost=A:5", "ok"),
        ("see C-1 MAIN MARIA now A*4", "ok"),
        ("see C-1 SIDE:A MARIA now A*1", "ok"),
        ("count C-1", "counted, MAIN: 4 of 13 A used, SIDE:A: 1 of 2 A used"),
        ("post C-1", "ok"),
        ("stock A MAIN", "4 on hand, 0 reserved"),
        ("stock A SIDE", "1 on hand, 0 reserved"),
        ("reverse 14-0", "ok"),
        ("stock A MAIN", "13 on hand, 0 reserved"),
        // More than should be there is a difference as of any item.
        ("plan C-2 SIDE:A", "ok"),
        ("see C-2 SIDE:A MARIA now A*3", "ok"),
        ("post C-2", "line 0: SIDE:A again"),
        ("rule periodic A no", "ok"),
        ("issue A MAIN 1", "ok"),
    ]);
}

#[test]
fn usage_is_told_as_such() {
    let mut warehouse = Warehouse::new();
    for text in [
        "receive S MAIN 2 @ serials=S1,S2",
        "rule periodic S yes",
        "plan C-1 MAIN",
        "see C-1 MAIN MARIA now S @ serials=S1,S3",
        "post C-1",
    ] {
        assert_eq!(warehouse.post(text), "ok", "{text}");
    }
    let entry = decode_entry(&warehouse.journal.last().unwrap().0).unwrap();
    let moved: Vec<_> = entry.moved().map(|moved| (moved.kind, moved.to.code().as_str())).collect();
    assert_eq!(moved, [(MovementKind::Usage, "CUSTOMER"), (MovementKind::Adjustment, "MAIN")]);
    warehouse.assert_sound();
}

#[test]
fn what_a_picker_did_not_find_is_planned_once() {
    let mut warehouse = Warehouse::new();
    let places = |warehouse: &Warehouse| -> String {
        let places = warehouse.state.places_after_short_picks(|sku, _| sku.as_str() != "B");
        let words = places.iter().map(|place| format!("{}:{}", place.location, place.sku.as_ref().unwrap()));
        words.collect::<Vec<_>>().join(" ")
    };
    for (text, expected, left) in [
        ("receive A MAIN 10; receive B MAIN 5; place SO-1 C-1 1:A*5 2:B*1", "ok", ""),
        ("plan C-0 MAIN:A; plan C-9 PICK", "ok", ""),
        ("see C-0 MAIN:A MARIA now A*10; post C-0", "ok", ""),
        ("allocate SO-1", "ok 4-0 4-1000", ""),
        ("wave W-1 STAGE SO-1", "ok", ""),
        ("short SO-1 4-0 MAIN 2; short SO-1 4-1000 MAIN 1", "ok 6-0 6-1001", "MAIN:A"),
        ("plan C-1 MAIN:A", "ok", ""),
        ("give-up C-1", "ok", "MAIN:A"),
        ("plan C-2 MAIN", "ok", ""),
        ("short SO-1 4-0 MAIN 1", "ok 10-0", ""),
        ("give-up C-2; give-up C-9", "ok", "MAIN:A"),
        ("plan C-3 MAIN:A", "ok", ""),
    ] {
        assert_eq!(warehouse.post(text), expected, "{text}");
        assert_eq!(places(&warehouse), left, "{text}");
    }
    warehouse.assert_sound();
}

#[test]
fn a_document_that_moves_goods_is_not_seen_by_a_shelf_that_was_read_before() {
    check(&[
        ("receive S MAIN 3 @ serials=1,2,3; receive A MAIN 10", "ok"),
        ("plan C-1 MAIN:S; plan C-2 MAIN:A; plan C-3 PICK", "ok"),
        (
            "issue S MAIN 1 @ serials=1; see C-1 MAIN:S MARIA 2 S @ serials=2,3",
            "line 1: units moved at MAIN:S",
        ),
        ("at 5 receive A MAIN 1; see C-2 MAIN:A MARIA 2@70 A*10", "line 1: MAIN:A put right by 4"),
        ("at 80 receive A MAIN 1; see C-2 MAIN:A MARIA 2@70 A*10", "ok"),
        ("count C-2", "counted, MAIN:A: 10 of 10 A"),
        // What comes for the first time with the document that counts is seen, or missing.
        ("receive Z PICK 5; see C-3 PICK MARIA now", "ok"),
        ("count C-3", "counting, PICK: 0 of 5 Z"),
    ]);
}

#[test]
fn two_people_do_not_count_for_ever() {
    let mut warehouse = Warehouse::new();
    assert_eq!(warehouse.post("receive A MAIN 10; plan C-1 MAIN:A"), "ok");
    let again = "see C-1 MAIN:A MARIA now A*9; see C-1 MAIN:A PAUL now A*9";
    let document = vec![again; 100].join("; ");
    for _ in 0..10 {
        assert_eq!(warehouse.post(&document), "ok");
    }
    let last = (0..3).map(|_| warehouse.post(again)).last();
    assert_eq!(last.as_deref(), Some("line 0: too many lines"));
    assert_eq!(warehouse.post("post C-1"), "ok");
    warehouse.assert_sound();
}
