//! Goods that are promised as they come to orders that wait for them.

use crate::language::Warehouse;

fn check(table: &[(&str, &str)]) {
    let mut warehouse = Warehouse::new();
    for (number, (text, expected)) in table.iter().enumerate() {
        assert_eq!(warehouse.post(text), *expected, "{}: {text}", number + 1);
    }
    warehouse.assert_sound();
}

#[test]
fn orders_get_what_comes_by_priority_and_due_date() {
    check(&[
        (
            "place SO-1 C-1 1:A*5; place SO-2 C-2 due=2027-01-30 1:A*5; place SO-3 C-3 priority=5 1:A*5 2:B*1",
            "ok",
        ),
        ("announce PO-1 purchase 2026-03-01 1=A*40", "ok"),
        ("dock PO-1 receive A DOCK 12", "ok 3-0 3-1000 3-2000"),
        ("order SO-3", "placed: 1 5 0 0, 2 0 0 1"),
        ("order SO-2", "placed: 1 5 0 0"),
        ("order SO-1", "placed: 1 2 0 3"),
        ("stock A DOCK", "12 on hand, 12 reserved"),
        // Nobody else is promised anything, and what is left is there for everybody.
        ("dock PO-1 receive A DOCK 10; dock PO-1 receive A MAIN 1", "ok 4-0"),
        ("order SO-1", "placed: 1 5 0 0"),
        ("stock A DOCK", "22 on hand, 15 reserved"),
        ("of PO-1 receive A DOCK 1; wave W-1 STAGE SO-1 SO-2", "ok"),
        ("picks W-1", "DOCK A 2 SO-1/1, DOCK A 3 SO-1/1, DOCK A 5 SO-2/1"),
        ("place SO-4 C-1 1:A*1; drop SO-4", "ok"),
        ("dock PO-1 receive A DOCK 1", "ok"),
    ]);
}

#[test]
fn an_order_that_leaves_as_a_whole_gets_all_that_is_missing_or_nothing() {
    check(&[
        ("place SO-1 C-1 complete priority=5 1:A*5; place SO-2 C-2 complete priority=4 1:A*2 2:B*1", "ok"),
        ("place SO-3 C-3 1:A*9", "ok"),
        ("announce PO-1 purchase 2026-03-01 1=A*40 2=B*4", "ok"),
        ("dock PO-1 receive A DOCK 4", "ok 4-0"),
        ("order SO-1", "placed: 1 0 0 5"),
        ("order SO-3", "placed: 1 4 0 5"),
        ("dock PO-1 receive A DOCK 6", "ok 5-0 5-1000"),
        ("order SO-1", "placed: 1 5 0 0"),
        ("order SO-2", "placed: 1 0 0 2, 2 0 0 1"),
        ("order SO-3", "placed: 1 5 0 4"),
    ]);
}

#[test]
fn what_is_held_of_another_lot_or_kept_is_promised_to_nobody() {
    check(&[
        ("place SO-1 C-1 1:A*5; place SO-2 C-2 1:L*5/X; place SO-3 C-3 1:L*5", "ok"),
        ("announce PO-1 purchase 2026-03-01 1=A*40!1.0 2=L*40", "ok"),
        ("dock PO-1 receive A DOCK 10", "ok"),
        ("order SO-1", "placed: 1 0 0 5"),
        ("dock PO-1 receive L DOCK 4 @ lot=Y", "ok 4-0"),
        ("order SO-3", "placed: 1 4 0 1"),
        ("dock PO-1 receive L DOCK 4 @ lot=X", "ok 5-0"),
        ("order SO-2", "placed: 1 4 0 1"),
        ("order SO-3", "placed: 1 4 0 1"),
        ("place SO-4 C-4 1:B*5; place SO-5 C-5 1:B*5; rule maximum B C-4 0", "ok"),
        ("announce PO-2 purchase 2026-03-01 1=B*9; dock PO-2 receive B DOCK 6", "ok 7-1"),
        ("order SO-4", "placed: 1 0 0 5"),
        ("order SO-5", "placed: 1 5 0 0"),
        ("dock PO-2 receive B DOCK 4", "line 0: 4 over, 3 may, PO-2#1"),
    ]);
}
