//! Promises on terms, as text tables.

use crate::rules::check;

#[test]
fn a_soft_promise_ends_when_its_time_is_over() {
    check(
        "receive A MAIN 10                             | ok
         reserve A MAIN 4 @ until=100 holder=C-1       | ok 2-0
         reserve A MAIN 4                              | ok 3-0
         expire 2-0 99                                 | line 0: 2-0 not expired
         expire 3-0 100                                | line 0: 3-0 not expired
         fulfil 2-0 1                                  | ok
         expire 2-0 100                                | ok
         expire 2-0 100                                | line 0: no reservation 2-0
         expire 9-9 100                                | line 0: no reservation 9-9
         stock A MAIN                                  | 9 on hand, 4 reserved",
    );
}

#[test]
fn terms_are_kept_with_the_promise() {
    check(
        "receive L MAIN 5 @ lot=A expiry=2027-06-01    | ok
         receive L MAIN 5 @ lot=B expiry=2027-01-01    | ok
         reserve L MAIN 7 @ by=lot until=7 priority=9 holder=C-1 channel=WEB | ok 3-0
         release 3-0 6                                 | ok
         expire 3-0 7                                  | ok
         stock L MAIN @ lot=A                          | 5 on hand, 0 reserved
         stock L MAIN @ lot=B                          | 5 on hand, 0 reserved",
    );
}
