//! L2 where an item's policy changes while goods lack: what was taken by leave is no fault, and nobody takes more.

use proptest::prelude::*;
use stock_core::State;

use crate::language::Warehouse;
use crate::rules::check;

/// Every position keeps L2, now and at every instant.
pub(crate) fn assert_within(state: &State) {
    for sku in state.skus_after(None) {
        for row in state.positions_of(sku) {
            assert!(state.keeps_no_oversell(&row), "{row:?}");
        }
    }
}

#[test]
fn what_lacks_when_the_policy_changes_is_no_fault() {
    // After each entry, and from a checkpoint of it.
    let entries = [
        "at 10 receive A MAIN 2",
        "at 20 issue A+ MAIN 7",
        "at 30 receive A MAIN 1",
        "at 40 receive B PICK 5",
        "at 40 receive A MAIN 6",
        "at 40 issue A MAIN 1",
        "at 35 issue A MAIN 1",
        "at 50 issue A+ MAIN 4",
        "at 60 receive A PICK 1",
        "at 60 move A+ PICK MAIN 3",
    ];
    let mut warehouse = Warehouse::new();
    for text in entries {
        let answer = warehouse.post(text);
        assert!(answer == "ok" || text.starts_with("at 35"), "{text}: {answer}");
        warehouse.assert_sound();
    }
}

#[test]
fn nobody_takes_more_of_what_lacks() {
    check(
        "receive A MAIN 5; reserve A MAIN 4            | ok 1-1
         issue A+ MAIN 3                               | ok
         stock A MAIN                                  | 2 on hand, 4 reserved
         receive A PICK 1                              | ok
         fulfil 1-1 1                                  | line 0: insufficient 1 of -1
         receive A MAIN 1                              | ok
         issue A MAIN 1                                | line 0: insufficient 1 of -1
         fulfil 1-1 4                                  | line 0: insufficient 4 of 3
         receive A MAIN 1                              | ok
         fulfil 1-1                                    | ok",
    );
}

fn line() -> impl Strategy<Value = String> {
    let policy = prop::sample::select(&["A", "A+", "N"][..]);
    let at = prop::sample::select(&["MAIN", "PICK"][..]);
    let verb = prop::sample::select(&["receive", "issue", "issue", "move", "reserve", "return"][..]);
    (verb, policy, at, 1..9_u32, 1..90_u32).prop_map(|(verb, sku, at, n, time)| match verb {
        "move" => format!("at {time} move {sku} {at} {} {n}", if at == "MAIN" { "PICK" } else { "MAIN" }),
        "reserve" => format!("reserve {sku} {at} {n}"),
        _ => format!("at {time} {verb} {sku} {at} {n}"),
    })
}

proptest! {
    /// Whatever the policy is from line to line, the law that is watched holds; in a state from a checkpoint, too.
    #[test]
    fn the_law_holds_while_policies_change(lines in prop::collection::vec(line(), 1..40)) {
        let mut warehouse = Warehouse::new();
        for (number, line) in lines.iter().enumerate() {
            warehouse.post(line);
            assert_within(&warehouse.state);
            if number % 7 == 0 {
                warehouse.assert_sound();
            }
        }
        warehouse.assert_sound();
    }
}
