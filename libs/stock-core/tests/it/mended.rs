//! Documents that once left a warehouse as no journal should have it.

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
