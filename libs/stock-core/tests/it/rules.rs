//! The rules as text tables: one line a document, `document | answer`.

use crate::language::Warehouse;

/// Runs `script` line by line. `a; b` is one document of two lines. After `|` stands `ok`, or the refusal.
pub(crate) fn check(script: &str) {
    let mut warehouse = Warehouse::new();
    for (number, line) in script.lines().map(str::trim).enumerate().filter(|(_, line)| !line.is_empty()) {
        let (document, expected) = line.split_once('|').unwrap();
        let got = warehouse.post(document.trim());
        assert_eq!(got, expected.trim(), "line {}: {document}", number + 1);
    }
    warehouse.assert_sound();
}

#[test]
fn receive_issue_move_return() {
    check(
        "receive A MAIN 10        | ok
         issue A MAIN 4           | ok
         issue A MAIN 7           | line 0: insufficient 7 of 6
         move A MAIN PICK 5       | ok
         issue A MAIN 2           | line 0: insufficient 2 of 1
         return A MAIN 2          | ok
         issue A MAIN 3           | ok
         stock A MAIN             | 0 on hand, 0 reserved
         stock A PICK             | 5 on hand, 0 reserved",
    );
}

#[test]
fn adjustments_go_both_ways() {
    check(
        "adjust A MAIN 3.5 found  | ok
         adjust A MAIN -1.25 lost | ok
         adjust A MAIN -2.26 lost | line 0: insufficient 2.26 of 2.25
         stock A MAIN             | 2.25 on hand, 0 reserved",
    );
}

#[test]
fn a_reservation_holds_what_it_promises() {
    check(
        "receive A MAIN 10        | ok
         reserve A MAIN 8         | ok 2-0
         issue A MAIN 3           | line 0: insufficient 3 of 2
         reserve A MAIN 3         | line 0: insufficient 3 of 2
         move A MAIN PICK 2       | ok
         fulfil 2-0 5             | ok
         stock A MAIN             | 3 on hand, 3 reserved
         fulfil 2-0 4             | line 0: exceeded 4 of 3
         release 2-0 1            | ok
         fulfil 2-0               | ok
         fulfil 2-0               | line 0: no reservation 2-0
         release 9-9              | line 0: no reservation 9-9
         stock A MAIN             | 1 on hand, 0 reserved",
    );
}

#[test]
fn a_document_is_all_or_nothing_and_judged_in_order() {
    check(
        "receive A MAIN 5; issue A MAIN 5; issue A MAIN 1   | line 2: insufficient 1 of 0
         stock A MAIN                                       | 0 on hand, 0 reserved
         receive A MAIN 5; issue A MAIN 5                   | ok
         receive A MAIN 5; reserve A MAIN 3; issue A MAIN 3 | line 2: insufficient 3 of 2
         receive A MAIN 4; reserve A MAIN 3; reserve A MAIN 1 | ok 4-1 4-2
         fulfil 4-1 2; fulfil 4-1 2                         | line 1: exceeded 2 of 1
         fulfil 4-1; release 4-2; issue A MAIN 1            | ok
         stock A MAIN                                       | 0 on hand, 0 reserved",
    );
}

#[test]
fn negative_stock_only_by_policy() {
    check(
        "issue N MAIN 3           | ok
         stock N MAIN             | -3 on hand, 0 reserved
         reserve N MAIN 1         | line 0: insufficient 1 of -3
         receive N MAIN 5         | ok
         reserve N MAIN 2         | ok 4-0
         issue N MAIN 4           | ok
         fulfil 4-0               | ok
         stock N MAIN             | -4 on hand, 0 reserved",
    );
}

#[test]
fn a_new_policy_is_the_items_and_not_one_positions() {
    check(
        "receive A MAIN 5         | ok
         receive A PICK 5         | ok
         reserve A PICK 5         | ok 3-0
         receive A+ MAIN 1        | ok
         issue A+ PICK 9          | ok
         fulfil 3-0               | ok
         stock A PICK             | -9 on hand, 0 reserved
         receive A PICK 9         | ok
         issue A PICK 1           | line 0: insufficient 1 of 0",
    );
}

#[test]
fn quantities_stay_exact() {
    check(
        "receive A MAIN 1000000000000000000 | ok
         receive A MAIN 0.000000001         | line 0: overflow
         receive A PICK 1                   | line 0: overflow
         issue A MAIN 0.000000001           | ok
         stock A MAIN                       | 999999999999999999.999999999 on hand, 0 reserved",
    );
}

#[test]
fn a_minimum_refuses_nothing() {
    check(
        "receive A MAIN 10                                | ok
         rule least A 20; rule least B 1                  | ok
         reserve A MAIN 8; issue A MAIN 1                 | ok 3-0
         reserve A MAIN 2                                 | line 0: insufficient 2 of 1
         rule buffer A 1; issue A MAIN 1                  | line 1: 1 of 1 with 0 for others and 1 buffer
         rule least A; rule least B 5                     | ok
         stock A MAIN                                     | 9 on hand, 8 reserved",
    );
}
