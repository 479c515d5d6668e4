//! Numbers of another system beside what is there.

use stock_core::{AsOf, ListVerdict, Listed};
use vocabulary::{Sequence, Sku};

use crate::language::{Warehouse, location, quantity, time};

/// `SKU[@LOCATION] QUANTITY` as of a sequence and a time, and what is said of it.
fn said(warehouse: &Warehouse, text: &str, (sequence, at): (u64, &str)) -> String {
    let (name, n) = text.split_once(' ').unwrap();
    let (sku, place) = name.split_once('@').map_or((name, None), |(sku, at)| (sku, Some(location(at))));
    let listed = Listed { sku: Sku::parse(sku).unwrap(), location: place, quantity: quantity(n) };
    let as_of = AsOf { effective_at: time(at), sequence: Sequence::new(sequence) };
    let found = warehouse.state.reconcile(&listed, as_of).unwrap();
    let verdict = match found.verdict {
        ListVerdict::Same => "same".to_owned(),
        ListVerdict::Moved => "moved".to_owned(),
        ListVerdict::Behind(sequence) => format!("behind {sequence}"),
        ListVerdict::Unexplained => "unexplained".to_owned(),
    };
    let moved = found.moved.iter().map(|(sequence, n)| format!(" {sequence}:{n}"));
    format!("{verdict}, {} then, {} now{}", found.then, found.now, moved.collect::<String>())
}

#[test]
fn movements_explain_what_differs() {
    let mut warehouse = Warehouse::new();
    for text in [
        "at 10 receive A MAIN 10",
        "at 20 receive A SIDE 5; receive B MAIN 1",
        "at 30 issue A MAIN 3",
        "at 40 move A SIDE MAIN 2",
        "at 15 issue A MAIN 1",
    ] {
        assert_eq!(warehouse.post(text), "ok", "{text}");
    }
    let (now, then, by_20) = ((9, "99"), (2, "99"), (9, "20"));
    for (text, as_of, expected) in [
        ("A 11", now, "same, 11 then, 11 now"),
        ("A 15", then, "moved, 15 then, 11 now 3:-3 5:-1"),
        ("A@SIDE 5", then, "moved, 5 then, 3 now 4:-2"),
        // What happened by then was told later.
        ("A 14", by_20, "moved, 14 then, 11 now 3:-3"),
        // The other one stopped to listen.
        ("A 12", now, "behind 4, 11 then, 11 now 5:-1"),
        ("A@MAIN 10", now, "behind 1, 8 then, 8 now 3:-3 4:2 5:-1"),
        ("A 0", now, "behind 0, 11 then, 11 now 1:10 2:5 3:-3 5:-1"),
        ("A 99", now, "unexplained, 11 then, 11 now"),
        ("A 99", then, "unexplained, 15 then, 11 now 3:-3 5:-1"),
        ("C 0", now, "same, 0 then, 0 now"),
        ("C 1", now, "unexplained, 0 then, 0 now"),
        ("B@NOWHERE 1", now, "unexplained, 0 then, 0 now"),
    ] {
        assert_eq!(said(&warehouse, text, as_of), expected, "{text} as of {as_of:?}");
    }
}
