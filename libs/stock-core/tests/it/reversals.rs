//! Taking back, and the lock, as text tables.

use stock_core::{Fact, Outcome, decode_entry};

use crate::language::Warehouse;
use crate::rules::check;

#[test]
fn a_movement_is_taken_back_once() {
    check(
        "receive A MAIN 10        | ok
         issue A MAIN 4           | ok
         move A MAIN PICK 5       | ok
         reverse 2-0              | ok
         stock A MAIN             | 5 on hand, 0 reserved
         reverse 2-0              | line 0: 2-0 reversed by 4-0
         reverse 4-0              | line 0: 4-0 reverses 2-0
         reverse 1-0              | line 0: insufficient 10 of 5
         reverse 3-0; reverse 1-0 | ok
         stock A MAIN             | 0 on hand, 0 reserved
         stock A PICK             | 0 on hand, 0 reserved
         reverse 3-0              | line 0: 3-0 reversed by 8-0
         reverse 1-0              | line 0: 1-0 reversed by 8-1",
    );
}

#[test]
fn what_moved_nothing_cannot_be_taken_back() {
    check(
        "receive A MAIN 10        | ok
         reserve A MAIN 4         | ok 2-0
         issue A MAIN 9           | line 0: insufficient 9 of 6
         reverse 2-0              | line 0: no movement 2-0
         reverse 3-0              | line 0: no movement 3-0
         reverse 1-1              | line 0: no movement 1-1
         reverse 99-0             | line 0: no movement 99-0
         issue A MAIN 1; reverse 1-0; reverse 1-0 | line 1: insufficient 10 of 5
         adjust A MAIN 3 found    | ok
         reverse 9-0; reverse 9-0 | line 1: 9-0 reversed by 10-0",
    );
}

#[test]
fn a_fulfilment_comes_back_as_goods() {
    check(
        "receive A MAIN 10        | ok
         reserve A MAIN 4         | ok 2-0
         fulfil 2-0 3             | ok
         reverse 3-0              | ok
         stock A MAIN             | 10 on hand, 1 reserved
         fulfil 2-0 2             | line 0: exceeded 2 of 1",
    );
}

#[test]
fn lots_units_statuses_and_owners_come_back_as_they_were() {
    check(
        "receive L MAIN 2 @ lot=A expiry=2027-01-01        | ok
         receive L MAIN 2 @ lot=B expiry=2027-02-01        | ok
         issue L MAIN 3 @ by=lot                           | ok
         reverse 3-0                                       | ok
         stock L MAIN @ lot=A                              | 2 on hand, 0 reserved
         stock L MAIN @ lot=B                              | 2 on hand, 0 reserved
         status L MAIN 1 quarantine @ lot=A                | ok
         reverse 5-0                                       | ok
         stock L MAIN @ lot=A                              | 2 on hand, 0 reserved
         stock L MAIN @ lot=A status=quarantine            | 0 on hand, 0 reserved
         receive C MAIN 4 @ owner=consignment:ACME         | ok
         issue C MAIN 3 @ owner=consignment:ACME           | ok
         reverse 8-0                                       | ok
         stock C MAIN @ owner=consignment:ACME             | 4 on hand, 0 reserved
         stock C MAIN                                      | 0 on hand, 0 reserved
         receive S MAIN 2 @ serials=1,2                    | ok
         issue S MAIN 1 @ serials=2                        | ok
         return S MAIN 1 @ serials=2                       | ok
         reverse 11-0                                      | line 0: 2 is at MAIN
         reverse 12-0; reverse 11-0                        | ok
         move S MAIN PICK 1 @ serials=1                    | ok
         reverse 10-0                                      | line 0: insufficient 2 of 1
         reverse 15-0; reverse 10-0                        | ok",
    );
}

#[test]
fn an_item_is_tracked_as_what_comes_back() {
    check(
        "receive A MAIN 2                                  | ok
         issue A MAIN 2                                    | ok
         receive A MAIN 1 @ lot=X                          | ok
         reverse 2-0                                       | line 0: by quantity only, here by lot
         reverse 3-0                                       | ok
         reverse 2-0                                       | ok
         stock A MAIN                                      | 2 on hand, 0 reserved",
    );
}

#[test]
fn taking_back_is_checked_in_time() {
    check(
        "at 10 receive A MAIN 5   | ok
         at 20 issue A MAIN 4     | ok
         at 30 receive A MAIN 9   | ok
         at 30 reverse 1-0        | ok
         at 25 receive A MAIN 4   | ok
         at 20 reverse 5-0        | line 0: -3 at 20
         at 20 reverse 2-0        | ok
         stock A MAIN at 20       | 5 on hand",
    );
}

#[test]
fn the_lock_closes_what_happened_before() {
    check(
        "at 10 receive A MAIN 5         | ok
         at 30 lock 20                  | ok
         at 19 receive A MAIN 1         | line 0: locked until 20
         at 20 receive A MAIN 1         | ok
         at 19 reserve A MAIN 1         | line 0: locked until 20
         pass at 19 receive A MAIN 1    | ok
         at 30 lock 15                  | line 0: locked until 20
         at 30 lock 25; lock 24         | line 1: locked until 25
         at 30 lock 25                  | ok
         pass at 30 lock 15             | ok
         at 19 receive A MAIN 1         | ok
         at 14 receive A MAIN 1         | line 0: locked until 15
         at 30 reverse 1-0              | ok
         at 14 reverse 4-0              | line 0: locked until 15
         stock A MAIN                   | 3 on hand, 0 reserved",
    );
}

#[test]
fn an_entry_says_that_it_passed_the_lock() {
    let mut warehouse = Warehouse::new();
    for text in
        ["at 30 lock 20", "pass at 19 receive A MAIN 1", "pass at 20 receive A MAIN 1", "pass at 30 lock 10"]
    {
        assert_eq!(warehouse.post(text), "ok", "{text}");
    }
    let passed = |(bytes, _): &(Vec<u8>, _)| match decode_entry(bytes).unwrap().outcome {
        Outcome::Posted(facts) => facts.iter().find_map(|fact| {
            if let Fact::LockPassed(lock) = fact { Some(lock.until.micros()) } else { None }
        }),
        Outcome::Rejected(_) => None,
    };
    assert_eq!(warehouse.journal.iter().map(passed).collect::<Vec<_>>(), [None, Some(20), None, Some(20)]);
    warehouse.assert_sound();
}
