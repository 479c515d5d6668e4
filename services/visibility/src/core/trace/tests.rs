//! The edges of traces, as text tables and against a naive model.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::core::journal::{entry, journal};
use crate::core::{Book, Edge, EdgeKey, Offer};

/// Every edge of a book: `KEY quantity count first-last`, the separators written as `/`.
fn edges(book: &Book) -> Vec<String> {
    let all = book.edges("", "");
    let told = |(key, edge): (&str, Edge)| {
        assert!(EdgeKey::parse(key).is_some(), "{key:?}");
        let Edge { quantity, count, first, last, .. } = edge;
        format!("{} {quantity} {count} {first}-{last}", key.replace('\0', "/"))
    };
    all.map(told).collect()
}

fn check(script: &str, expected: &[&str]) {
    let mut book = Book::default();
    for entry in journal("BER", script) {
        assert!(matches!(book.offer(&entry), Ok(Offer::Applied(_))));
        assert_eq!(book.offer(&entry), Ok(Offer::Duplicate));
    }
    assert_eq!(edges(&book), expected);
}

#[test]
fn a_lot_is_told_by_its_sums() {
    check(
        "1 SUPPLIER>A lot:X 10 =ACME; SUPPLIER>A pen 5
         2 A>B lot:X 4
         3 B>CUSTOMER lot:X 3 =C-1; A>CUSTOMER lot:X 1
         4 B>CUSTOMER lot:X 1 =C-1
         5 CUSTOMER>A#returned lot:X 2 =C-1
         6 A#returned>A#damaged lot:X 2
         7 ADJUSTMENT>A lot:X 1; A#damaged>ADJUSTMENT lot:X 1
         8 SUPPLIER>A lot:X 2 =ACME
         9 rejected",
        &[
            "L/lot/X/0held/available 8 6 1-8",
            "L/lot/X/0held/damaged 1 2 6-7",
            "L/lot/X/1received/ACME 12 2 1-8",
            "L/lot/X/found/ 1 1 7-7",
            "L/lot/X/issued/ 1 1 3-3",
            "L/lot/X/issued/C-1 4 2 3-4",
            "L/lot/X/lost/ 1 1 7-7",
            "L/lot/X/moved/ 4 1 2-2",
            "L/lot/X/returned/C-1 2 1 5-5",
        ],
    );
}

#[test]
fn production_goes_through_its_document() {
    check(
        "1 SUPPLIER>A flour:F 10; SUPPLIER>A salt 3
         2 A>PRODUCTION flour:F 4; A>PRODUCTION salt 1; PRODUCTION>A bread:B 8
         3 A>PRODUCTION bread:B 2; PRODUCTION>A box*7,8 2",
        &[
            "D/2/made/L/bread/B/ 8 1 2-2",
            "D/2/took/L/flour/F/ 4 1 2-2",
            "D/3/made/S/box/7/ 1 1 3-3",
            "D/3/made/S/box/8/ 1 1 3-3",
            "D/3/took/L/bread/B/ 2 1 3-3",
            "L/bread/B/0held/available 6 2 2-3",
            "L/bread/B/consumed/3 2 1 3-3",
            "L/bread/B/produced/2 8 1 2-2",
            "L/flour/F/0held/available 6 2 1-2",
            "L/flour/F/1received/ 10 1 1-1",
            "L/flour/F/consumed/2 4 1 2-2",
            "S/box/7/0held/available 1 1 3-3",
            "S/box/7/arrived/ 1 1 3-3",
            "S/box/7/produced/3 1 1 3-3",
            "S/box/8/0held/available 1 1 3-3",
            "S/box/8/arrived/ 1 1 3-3",
            "S/box/8/produced/3 1 1 3-3",
        ],
    );
}

#[test]
fn a_unit_has_arrived_once_whatever_becomes_of_it() {
    check(
        "1 SUPPLIER>A cap*1,2 2
         2 A>A#damaged cap*1 1
         3 A#damaged>B#damaged cap*1 1
         4 A>CUSTOMER cap*2 1
         5 CUSTOMER>A cap*2 1",
        &[
            "S/cap/1/0held/damaged 1 1 2-2",
            "S/cap/1/1received/ 1 1 1-1",
            "S/cap/1/arrived/ 1 1 1-1",
            "S/cap/1/moved/ 1 1 3-3",
            "S/cap/2/0held/available 1 1 5-5",
            "S/cap/2/1received/ 1 1 1-1",
            "S/cap/2/arrived/ 1 1 5-5",
            "S/cap/2/issued/ 1 1 4-4",
            "S/cap/2/returned/ 1 1 5-5",
        ],
    );
}

#[test]
fn the_callers_reference_stands_in_for_a_partner() {
    let mut book = Book::default();
    for (text, reference) in [
        ("1 SUPPLIER>A lot:X 9 =ACME", "order 1"),
        ("2 A>CUSTOMER lot:X 1", "order 2"),
        ("3 A>CUSTOMER lot:X 1", ""),
    ] {
        let mut entry = entry("BER", text);
        entry.reference = reference.into();
        book.offer(&entry).unwrap();
    }
    let expected = [
        "L/lot/X/0held/available 7 3 1-3",
        "L/lot/X/1received/ACME 9 1 1-1",
        "L/lot/X/issued/ 1 1 3-3",
        "L/lot/X/issued/#order 2 1 1 2-2",
    ];
    assert_eq!(edges(&book), expected);
}

#[test]
fn pages_of_edges_go_on_where_they_ended() {
    let mut book = Book::default();
    book.offer(&entry("BER", "1 SUPPLIER>A lot:X 9 =B; SUPPLIER>A lot:X 9 =A; SUPPLIER>A lot:XY 1 =A"))
        .unwrap();
    let keys = |prefix: &str, after: &str| -> Vec<String> {
        book.edges(prefix, after).map(|(key, _)| key.replace('\0', "/")).collect()
    };
    let all = ["L/lot/X/0held/available", "L/lot/X/1received/A", "L/lot/X/1received/B"];
    assert_eq!(keys("L\0lot\0X\0", ""), all);
    assert_eq!(keys("L\0lot\0X\0", "L\0lot\0X\x001received\0A"), all[2..]);
    assert_eq!(keys("L\0lot\0X\x001received\0", ""), all[1..]);
    assert!(keys("L\0lot\0X\x001received\0", "L\0lot\0X\x001received\0B").is_empty());
}

/// What may happen to one of three lots.
#[derive(Debug, Clone, Copy)]
enum Step {
    Receive(usize, usize, i64),
    Issue(usize, usize, i64),
    Damage(usize, i64),
    /// Of one lot into another.
    Make(usize, usize, i64, i64),
}

const LOTS: [&str; 3] = ["X", "Y", "Z"];
const PARTNERS: [&str; 3] = ["ACME", "C-1", "C-2"];

/// Keeps every movement as it comes, and sums them up only when it is asked.
#[derive(Default)]
struct Naive {
    movements: Vec<(String, i64)>,
    lines: Vec<String>,
}

impl Naive {
    fn add(&mut self, step: Step) {
        let sequence = self.lines.len() + 1;
        let mut put = |key: String, n: i64| self.movements.push((key, n));
        let held = |lot: usize, status: &str| format!("L/lot/{}/0held/{status}", LOTS[lot]);
        let line = match step {
            Step::Receive(lot, partner, n) => {
                put(held(lot, "available"), n);
                put(format!("L/lot/{}/1received/{}", LOTS[lot], PARTNERS[partner]), n);
                format!("SUPPLIER>A lot:{} {n} ={}", LOTS[lot], PARTNERS[partner])
            }
            Step::Issue(lot, partner, n) => {
                put(held(lot, "available"), -n);
                put(format!("L/lot/{}/issued/{}", LOTS[lot], PARTNERS[partner]), n);
                format!("A>CUSTOMER lot:{} {n} ={}", LOTS[lot], PARTNERS[partner])
            }
            Step::Damage(lot, n) => {
                put(held(lot, "available"), -n);
                put(held(lot, "damaged"), n);
                format!("A>A#damaged lot:{} {n}", LOTS[lot])
            }
            Step::Make(from, to, n, made) => {
                put(held(from, "available"), -n);
                put(format!("L/lot/{}/consumed/{sequence}", LOTS[from]), n);
                put(format!("D/{sequence}/took/L/lot/{}/", LOTS[from]), n);
                put(held(to, "available"), made);
                put(format!("L/lot/{}/produced/{sequence}", LOTS[to]), made);
                put(format!("D/{sequence}/made/L/lot/{}/", LOTS[to]), made);
                format!("A>PRODUCTION lot:{} {n}; PRODUCTION>A lot:{} {made}", LOTS[from], LOTS[to])
            }
        };
        self.lines.push(format!("{sequence} {line}"));
    }

    fn sums(&self) -> BTreeMap<String, i64> {
        let mut sums = BTreeMap::new();
        for (key, n) in &self.movements {
            *sums.entry(key.clone()).or_default() += n;
        }
        sums.retain(|_, n| *n != 0);
        sums
    }
}

fn step() -> impl Strategy<Value = Step> {
    let (lot, partner, n) = (0_usize..3, 0_usize..3, 1_i64..5);
    prop_oneof![
        (lot.clone(), partner.clone(), n.clone()).prop_map(|(l, p, n)| Step::Receive(l, p, n)),
        (lot.clone(), partner, n.clone()).prop_map(|(l, p, n)| Step::Issue(l, p, n)),
        (lot.clone(), n.clone()).prop_map(|(l, n)| Step::Damage(l, n)),
        (lot.clone(), lot, n.clone(), n).prop_map(|(f, t, n, m)| Step::Make(f, t, n, m)),
    ]
}

proptest! {
    /// Entries come again and too early; in the end the edges are the sums over all movements.
    #[test]
    fn agrees_with_the_naive_sums_under_replays(
        steps in prop::collection::vec(step(), 1..50),
        replays in prop::collection::vec((0_usize..50, 0_usize..50), 0..30),
    ) {
        let mut naive = Naive::default();
        steps.into_iter().for_each(|step| naive.add(step));
        let entries = journal("BER", &naive.lines.join("\n"));
        let mut book = Book::default();
        for (at, next) in entries.iter().enumerate() {
            book.offer(next).unwrap();
            for (_, again) in replays.iter().filter(|(after, _)| *after == at) {
                book.offer(&entries[again % entries.len()]).unwrap();
            }
        }
        let sums: BTreeMap<String, String> =
            book.edges("", "").map(|(key, edge)| (key.replace('\0', "/"), edge.quantity.to_text())).collect();
        let expected = naive.sums().into_iter().map(|(key, n)| (key, n.to_string())).collect();
        prop_assert_eq!(sums, expected);
    }
}
