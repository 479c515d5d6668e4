//! What is sent at once, and what waits for the answers to that.

use edge_core::{Number, OPERATIONS_A_BATCH_MAX, batch};

use crate::book::Book;
use crate::rules::{check, run};

#[test]
fn none_overtakes_another_in_a_batch() {
    let mut book = Book::new();
    let grants =
        (1..=5).flat_map(|n| ["ask A/MAIN 10 until 100 @1".to_owned(), format!("accept {n} 7 as 7-{n}")]);
    grants.for_each(|command| drop(run(&mut book, &command)));
    for (commands, expected) in [
        (&["receive A/MAIN 1 @5", "receive A/MAIN 1 @5", "receive A/MAIN 1 @6"][..], 3),
        (&["receive A/MAIN 1 @5", "receive A/MAIN 1 @4"], 1),
        (&["renew 1 until 300 @6", "take A/MAIN 1 @7"], 1),
        (&["settle 2 @6", "receive A/MAIN 1 @7"], 2),
        // The warehouse may refuse the first as of the future, and take what comes without a time.
        (&["take A/MAIN 1 @6", "settle 3 @7"], 1),
        (&["take A/MAIN 1 @6", "renew 4 until 300 @7"], 1),
        (&["settle 5 @6", "receive A/MAIN 1 @6", "ask A/MAIN 10 until 100 @7"], 2),
    ] {
        let before = book.operations.len();
        commands.iter().for_each(|command| drop(run(&mut book, command)));
        let waiting: Vec<_> = book.operations.values().skip(before).cloned().collect();
        assert_eq!((waiting.len(), batch(&waiting)), (commands.len(), expected), "{commands:?}");
    }
    let many: Vec<_> = std::iter::repeat_n(&book.operations[&Number::new(6)], 500).cloned().collect();
    assert_eq!(batch(&many), OPERATIONS_A_BATCH_MAX);
    assert_eq!(batch(&[]), 0);
}

/// Whatever became of the grant: the goods have left, and the warehouse has to say something to that.
#[test]
fn what_was_taken_of_a_grant_that_has_ended_is_still_sent_and_judged() {
    check(
        "ask A/MAIN 10 until 100 @1             | #1 ask
         accept 1 7 as 7-0                      | ok
         take A/MAIN 3 @2                       | #2 take 3 of 1
         settle 1 @3                            | #3 hand back 1
         accept 3 9                             | ok
         show grant 1                           | handedback: 3 of 10, 0 left, until 100
         refuse 2 RESERVATION_NOT_FOUND         | ok
         show state 2                           | list: RESERVATION_NOT_FOUND
         again 2 @4                             | #4 issue",
    );
}

#[test]
fn a_grant_is_renewed_once_until_the_answer_is_there() {
    check(
        "ask A/MAIN 10 until 100 @1             | #1 ask
         accept 1 7 as 7-0                      | ok
         renew 1 until 200 @2                   | #2 renew 10 of 1
         renew 1 until 300 @3                   | ok
         take A/MAIN 1 @4                       | #3 take 1 of 1
         refuse 2 OTHER                         | ok
         renew 1 until 300 @5                   | #4 renew 9 of 1
         accept 4 9 as 9-1                      | ok
         renew 1 until 400 @6                   | #5 renew 9 of 1",
    );
}
