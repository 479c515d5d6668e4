//! Goods that are lost, or become something else, although they are promised, as text tables.

use proptest::prelude::*;
use stock_core::{Fact, Outcome, ReleaseCause, decode_entry};
use vocabulary::Quantity;

use crate::language::Warehouse;
use crate::rules::check;

#[test]
fn what_is_lost_is_promised_no_more() {
    check(
        "receive A MAIN 10                                    | ok
         reserve A MAIN 4 @ priority=5                        | ok 2-0
         reserve A MAIN 3                                     | ok 3-0
         reserve A MAIN 2                                     | ok 4-0
         adjust A MAIN -2 shrink                              | line 0: insufficient 2 of 1
         adjust A MAIN -1 shrink @ take=promised              | ok
         stock A MAIN                                         | 9 on hand, 9 reserved
         adjust A MAIN -3 shrink @ take=promised              | ok
         stock A MAIN                                         | 6 on hand, 6 reserved
         release 4-0                                          | line 0: no reservation 4-0
         fulfil 3-0 3                                         | line 0: exceeded 3 of 2
         status A MAIN 5 damaged @ take=promised              | ok
         release 3-0                                          | line 0: no reservation 3-0
         stock A MAIN                                         | 1 on hand, 1 reserved
         adjust A MAIN -2 shrink @ take=promised              | line 0: insufficient 2 of 1
         fulfil 2-0 1                                         | ok
         adjust A MAIN 1 found @ take=promised                | ok",
    );
}

#[test]
fn only_promises_of_those_goods_end() {
    check(
        "receive L MAIN 5 @ lot=A; receive L MAIN 5 @ lot=B; receive L PICK 5 @ lot=A | ok
         reserve L MAIN 4 @ lot=A                             | ok 2-0
         reserve L MAIN 4 @ lot=B                             | ok 3-0
         reserve L PICK 4 @ lot=A                             | ok 4-0
         reserve L MAIN 2 @ by=lot                            | ok 5-0
         adjust L MAIN -2 shrink @ lot=A take=promised        | ok
         stock L MAIN @ lot=A                                 | 3 on hand, 3 reserved
         stock L MAIN @ lot=B                                 | 5 on hand, 5 reserved
         stock L PICK @ lot=A                                 | 5 on hand, 4 reserved
         fulfil 5-0 2                                         | line 0: exceeded 2 of 1
         reserve L PICK 1 @ lot=A; adjust L PICK -1 shrink @ lot=A take=promised | ok 8-0
         stock L PICK @ lot=A                                 | 4 on hand, 4 reserved
         release 4-0 3; release 8-0                           | ok",
    );
}

#[test]
fn a_unit_that_is_promised_by_its_number_can_break() {
    check(
        "receive S MAIN 3 @ serials=1,2,3                     | ok
         reserve S MAIN 2 @ serials=1,2                       | ok 2-0
         reserve S MAIN 1 @ by=serial                         | ok 3-0
         status S MAIN 1 damaged @ serials=1                  | line 0: 1 is of 2-0
         status S MAIN 1 damaged @ serials=1 take=promised    | ok
         stock S MAIN                                         | 2 on hand, 2 reserved
         adjust S MAIN -1 gone @ serials=3 take=promised      | ok
         release 3-0                                          | line 0: no reservation 3-0
         fulfil 2-0 @ serials=2                               | ok",
    );
}

#[test]
fn goods_in_a_unit_can_break_too() {
    check(
        "range 7610425 3 0 9; open BOX MAIN                   | ok #0
         receive A MAIN 4 @ unit=#0                           | ok
         reserve A MAIN 4                                     | ok 3-0
         adjust A MAIN -1 broken @ unit=#0 take=promised      | ok
         stock A MAIN                                         | 3 on hand, 3 reserved
         unit #0                                              | BOX at MAIN: 3 A",
    );
}

#[test]
fn a_quota_gets_back_what_was_promised_of_it() {
    check(
        "receive A MAIN 10; rule quota A WEB 4                | ok
         reserve A MAIN 4 @ channel=WEB                       | ok 2-0
         reserve A MAIN 6                                     | ok 3-0
         adjust A MAIN -7 shrink @ take=promised              | ok
         fulfil 2-0 4                                         | line 0: exceeded 4 of 3
         fulfil 2-0 3                                         | ok",
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    /// What is there can always be taken, and no more of the promises ends than is needed.
    #[test]
    fn as_many_promises_end_as_need_to(promises in prop::collection::vec((1_u32..5, 0_u32..9), 0..9), there in 1_u32..30, taken in 1_u32..30) {
        let mut warehouse = Warehouse::new();
        warehouse.post(&format!("receive A MAIN {there}"));
        for (quantity, priority) in promises {
            warehouse.post(&format!("reserve A MAIN {quantity} @ priority={priority}"));
        }
        let before = warehouse.state.balance("A", "MAIN");
        let answer = warehouse.post(&format!("adjust A MAIN -{taken} shrink @ take=promised"));
        prop_assert_eq!(answer == "ok", taken <= there);
        let after = warehouse.state.balance("A", "MAIN");
        let missing = Quantity::from(taken).checked_sub(before.available()).unwrap();
        if taken <= there && missing.is_positive() {
            prop_assert_eq!(before.reserved.checked_sub(after.reserved).unwrap(), missing);
            let Outcome::Posted(facts) = decode_entry(&warehouse.journal.last().unwrap().0).unwrap().outcome else {
                panic!("it was posted")
            };
            let released = facts.iter().filter_map(|fact| if let Fact::Released(released) = fact { Some(released) } else { None });
            prop_assert!(released.clone().count() > 0 && released.clone().all(|released| released.cause == ReleaseCause::Taken));
        } else {
            prop_assert_eq!(before.reserved, after.reserved);
        }
        warehouse.assert_sound();
    }
}
