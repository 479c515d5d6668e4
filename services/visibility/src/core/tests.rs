use std::collections::BTreeMap;

use proptest::prelude::*;
use proto::events::v1::fact::Fact as Kind;
use proto::events::v1::journal_entry::Outcome;
use proto::events::v1::{
    Fact, HandlingUnitClosed, HandlingUnitMoved, HandlingUnitNested, HandlingUnitOpened, JournalEntry,
    NumberRangeSet,
};

use super::journal::{entry, journal};
use super::{Book, Malformed, Offer, Value};

/// Each line of `script` is `ENTRY | what becomes of it`; values read `sku on_hand reserved`.
fn check(script: &str) {
    let mut book = Book::default();
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (text, expected) = line.split_once('|').expect("ENTRY | RESULT");
        let got = match book.offer(&entry("BER", text)) {
            Ok(Offer::Duplicate) => "duplicate".to_owned(),
            Ok(Offer::Gap { expected }) => format!("gap, expected {expected}"),
            Ok(Offer::Applied(effect)) => {
                let values = effect.values.iter();
                let texts = values.map(|t| format!("{} {} {}", t.sku, t.value.on_hand, t.value.reserved));
                texts.collect::<Vec<_>>().join(", ")
            }
            Err(malformed) => malformed.to_string(),
        };
        assert_eq!(got, expected.trim(), "{line}");
    }
}

#[test]
fn only_what_crosses_the_border_changes_what_is_on_hand() {
    check(
        "1 SUPPLIER>A pen 10                        | pen 10 0
         2 A>B pen 3                                | 
         3 B>CUSTOMER pen 2.5; SUPPLIER>B ink 1     | pen 7.5 0, ink 1 0
         4 ADJUSTMENT>A pen 0.5; A>SCRAP pen 1      | pen 7 0
         5 A>CUSTOMER ink 4                         | ink -3 0",
    );
}

#[test]
fn reservations_are_remembered_until_nothing_is_left() {
    check(
        "1 SUPPLIER>A pen 10; SUPPLIER>A ink 5      | pen 10 0, ink 5 0
         2 reserve pen 4; reserve ink 5             | pen 10 4, ink 5 5
         3 release 2-0 1; A>CUSTOMER pen 1          | pen 9 3
         4 release 2-1 5                            | ink 5 0
         5 release 2-1 1                            | reservation 2-1 is released but was not open
         5 release 2-0 4                            | reservation 2-0 is released beyond what it held
         5 reserve pen 2; release 5-0 2             | pen 9 3
         6 release 2-0 3                            | pen 9 0
         7 release 2-0 1                            | reservation 2-0 is released but was not open",
    );
}

#[test]
fn what_is_expected_adds_up_by_day_and_is_no_stock() {
    let mut book = Book::default();
    for (text, expected) in [
        (
            "1 expect pen purchase 2030-03-01 5; expect pen demand 2030-03-04 2",
            "0 0 5::2 day:21974:5:: day:21977:::2",
        ),
        // It changes its quantity, its day, its kind.
        (
            "2 expect pen purchase 2030-03-01 7 was purchase 2030-03-01 5",
            "0 0 7::2 day:21974:7:: day:21977:::2",
        ),
        (
            "3 expect pen purchase 2030-03-02 7 was purchase 2030-03-01 7",
            "0 0 7::2 day:21975:7:: day:21977:::2",
        ),
        (
            "4 expect pen transfer_dispatched 2030-03-04 6.5 was purchase 2030-03-02 7",
            "0 0 :6.5:2 day:21977::6.5:2",
        ),
        // Met as it comes, and opened again.
        ("5 SUPPLIER>A pen 4; met pen transfer_dispatched 2030-03-04 4", "4 0 :2.5:2 day:21977::2.5:2"),
        ("6 reserve pen 2; met pen demand 2030-03-04 2", "4 2 :2.5: day:21977::2.5:"),
        (
            "7 reopened pen demand 2030-03-04 1; expect pen return 2030-03-05 1",
            "4 2 1:2.5:1 day:21977::2.5:1 day:21978:1::",
        ),
        // Cancelled.
        (
            "8 expect pen transfer_dispatched 2030-03-04 0 was transfer_dispatched 2030-03-04 2.5",
            "4 2 1::1 day:21977:::1 day:21978:1::",
        ),
    ] {
        assert!(matches!(book.offer(&entry("BER", text)), Ok(Offer::Applied(_))), "{text}");
        let (value, plan) = (book.value("pen").unwrap(), &book.detail("pen").unwrap().plan);
        let Value { on_hand, reserved, expected: sums } = value;
        assert_eq!(format!("{on_hand} {reserved} {sums}{plan}"), expected, "{text}");
    }
    let beyond = book.offer(&entry("BER", "9 met pen return 2030-03-05 2"));
    assert_eq!(
        beyond.unwrap_err().to_string(),
        "line 0 takes more from what is expected of pen than there is"
    );
    let met = "9 met pen return 2030-03-05 1; expect pen demand 2030-03-04 0 was demand 2030-03-04 1";
    book.offer(&entry("BER", met)).unwrap();
    assert!(book.detail("pen").is_none(), "nothing is kept of what is not expected any more");
}

#[test]
fn only_available_goods_of_our_own_count() {
    check(
        "1 SUPPLIER>A pen 10; SUPPLIER>A#inspection pen 5  | pen 10 0
         2 A>A#damaged pen 3; A#inspection>A pen 1         | pen 8 0
         3 A#damaged>SCRAP pen 3; A#damaged>B#damaged pen 1 | 
         4 SUPPLIER>A#@ACME ink 4                           | 
         5 A#@ACME>A ink 1; A>CUSTOMER ink 1               | ink 0 0",
    );
}

/// Each line of `script` is `ENTRY | the slices that it changes`: `SKU/LOT/STATUS/OWNER on_hand reserved`, or `-` when nothing is left.
fn check_slices(script: &str) {
    let mut book = Book::default();
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (text, expected) = line.split_once('|').expect("ENTRY | RESULT");
        let got = match book.offer(&entry("BER", text)) {
            Ok(Offer::Applied(effect)) => {
                let text = |(key, value): (&String, &Option<Value>)| {
                    let value = value.map(|value| format!("{} {}", value.on_hand, value.reserved));
                    let key = key.replace('\0', "/");
                    format!("{} {}", key.trim_end_matches('/'), value.unwrap_or_else(|| "-".into()))
                };
                effect.slices.iter().map(text).collect::<Vec<_>>().join(", ")
            }
            other => format!("{other:?}"),
        };
        assert_eq!(got, expected.trim(), "{line}");
    }
}

#[test]
fn goods_that_are_not_plain_are_told_apart() {
    check_slices(
        "1 SUPPLIER>A lot:L1 10; SUPPLIER>A pen 5            | lot/L1 10 0
         2 A>B lot:L1 4; A>A#damaged pen 2                   | pen//damaged 2 0
         3 reserve lot:L1 3; A>A#quality_hold lot:L1 2       | lot/L1 8 3, lot/L1/quality_hold 2 0
         4 release 3-0:L1 3 & B>CUSTOMER lot:L1 3            | lot/L1 5 0
         5 SUPPLIER>A#@ACME pen 7; A#damaged>SCRAP pen 2     | pen///consignment:ACME 7 0, pen//damaged -
         6 A#@ACME>A pen 7; A#quality_hold>B#quality_hold lot:L1 1 | pen///consignment:ACME -
         7 SUPPLIER>A unit*7,8 2                             | ",
    );
}

#[test]
fn goods_in_handling_units_count_as_they_move() {
    let mut book = Book::default();
    book.offer(&entry("BER", "1 SUPPLIER>A pen 10")).unwrap();
    let mut shipped = entry("BER", "2 A>A pen 4; A>B pen 4; B>CUSTOMER pen 3");
    let Some(Outcome::Posted(posted)) = &mut shipped.outcome else { panic!("an accepted entry") };
    let facts = [
        Kind::NumberRangeSet(NumberRangeSet::default()),
        Kind::HandlingUnitOpened(HandlingUnitOpened::default()),
        Kind::HandlingUnitNested(HandlingUnitNested::default()),
        Kind::HandlingUnitMoved(HandlingUnitMoved::default()),
        Kind::HandlingUnitClosed(HandlingUnitClosed::default()),
    ];
    posted.facts.extend(facts.map(|fact| Fact { line: 3, fact: Some(fact) }));
    book.offer(&shipped).unwrap();
    assert_eq!(book.value("pen").unwrap().on_hand.to_text(), "7");
}

#[test]
fn a_reservation_over_several_lots_is_one() {
    let mut book = Book::default();
    book.offer(&entry("BER", "1 SUPPLIER>A pen 10")).unwrap();
    let mut reserved = entry("BER", "2 reserve pen 3; reserve pen 2");
    let Some(Outcome::Posted(posted)) = &mut reserved.outcome else { panic!("an accepted entry") };
    for (fact, lot) in posted.facts.iter_mut().zip(["L1", "L2"]) {
        fact.line = 0;
        let Some(Kind::Reserved(part)) = &mut fact.fact else { panic!("a reservation") };
        part.lot = lot.into();
    }
    book.offer(&reserved).unwrap();
    book.offer(&entry("BER", "3 release 2-0 4")).unwrap();
    assert_eq!(book.value("pen").unwrap().reserved.to_text(), "1");
    assert!(matches!(book.offer(&entry("BER", "4 release 2-0 2")), Err(Malformed::ReleasedBeyond { .. })));
}

#[test]
fn every_entry_counts_once_and_in_order() {
    check(
        "1 SUPPLIER>A pen 10                        | pen 10 0
         1 SUPPLIER>A pen 10                        | duplicate
         3 SUPPLIER>A pen 1                         | gap, expected 2
         2 rejected                                 | 
         3 SUPPLIER>A pen 1                         | pen 11 0
         2 rejected                                 | duplicate
         0 SUPPLIER>A pen 1                         | the entry has no sequence",
    );
}

#[test]
fn an_entry_that_fails_leaves_nothing_behind() {
    let mut book = Book::default();
    book.offer(&entry("BER", "1 SUPPLIER>A pen 10")).unwrap();
    let failed = book.offer(&entry("BER", "2 A>CUSTOMER pen 4; reserve pen 1; release 9-9 1"));
    assert!(matches!(failed, Err(Malformed::NotReserved { .. })));
    assert_eq!(book.head().sequence.get(), 1);
    assert_eq!(book.value("pen").unwrap().on_hand.to_text(), "10");
    let unknown = JournalEntry { outcome: None, ..entry("BER", "2 rejected") };
    assert_eq!(book.offer(&unknown), Err(Malformed::UnknownOutcome));
}

/// What a caller may ask of the naive warehouse below.
#[derive(Debug, Clone)]
enum Wish {
    Receive(usize, u32),
    Issue(usize, u32),
    Reserve(usize, u32),
    Release(usize, u32),
    Fulfil(usize, u32),
    Refuse,
}

const SKUS: [&str; 3] = ["pen", "ink", "pad"];

/// Keeps plain integers and writes the journal of what it accepted.
#[derive(Default)]
struct Naive {
    on_hand: BTreeMap<&'static str, i64>,
    promises: Vec<(String, &'static str, i64)>,
    lines: Vec<String>,
}

impl Naive {
    fn grant(&mut self, wish: &Wish) {
        let sequence = self.lines.len() + 1;
        let facts = match *wish {
            Wish::Receive(sku, n) => {
                *self.on_hand.entry(SKUS[sku]).or_default() += i64::from(n);
                format!("SUPPLIER>A {} {n}; A>B {} {n}", SKUS[sku], SKUS[sku])
            }
            Wish::Issue(sku, n) => {
                *self.on_hand.entry(SKUS[sku]).or_default() -= i64::from(n);
                format!("B>CUSTOMER {} {n}", SKUS[sku])
            }
            Wish::Reserve(sku, n) => {
                self.promises.push((format!("{sequence}-0"), SKUS[sku], i64::from(n)));
                format!("reserve {} {n}", SKUS[sku])
            }
            Wish::Release(at, n) => self.end(at, n, ""),
            Wish::Fulfil(at, n) => self.end(at, n, "B>CUSTOMER"),
            Wish::Refuse => "rejected".into(),
        };
        self.lines.push(format!("{sequence} {facts}"));
    }

    fn end(&mut self, at: usize, n: u32, move_to: &str) -> String {
        let count = self.promises.len();
        let Some((id, sku, left)) = self.promises.get_mut(at % count.max(1)) else {
            return "rejected".into();
        };
        let quantity = (*left).min(i64::from(n));
        if quantity == 0 {
            return "rejected".into();
        }
        *left -= quantity;
        if move_to.is_empty() {
            return format!("release {id} {quantity}");
        }
        *self.on_hand.entry(*sku).or_default() -= quantity;
        format!("release {id} {quantity}; {move_to} {sku} {quantity}")
    }

    fn value(&self, sku: &str) -> (i64, i64) {
        let reserved = self.promises.iter().filter(|p| p.1 == sku).map(|p| p.2).sum();
        (self.on_hand.get(sku).copied().unwrap_or(0), reserved)
    }
}

fn wish() -> impl Strategy<Value = Wish> {
    let (sku, at, n) = (0_usize..3, 0_usize..50, 1_u32..20);
    prop_oneof![
        (sku.clone(), n.clone()).prop_map(|(s, n)| Wish::Receive(s, n)),
        (sku.clone(), n.clone()).prop_map(|(s, n)| Wish::Issue(s, n)),
        (sku, n.clone()).prop_map(|(s, n)| Wish::Reserve(s, n)),
        (at.clone(), n.clone()).prop_map(|(a, n)| Wish::Release(a, n)),
        (at, n).prop_map(|(a, n)| Wish::Fulfil(a, n)),
        Just(Wish::Refuse),
    ]
}

proptest! {
    #[test]
    fn agrees_with_the_naive_warehouse_under_replays(
        wishes in prop::collection::vec(wish(), 1..60),
        replays in prop::collection::vec((0_usize..60, 0_usize..60), 0..30),
    ) {
        let mut naive = Naive::default();
        wishes.iter().for_each(|wish| naive.grant(wish));
        let entries = journal("BER", &naive.lines.join("\n"));
        let mut book = Book::default();
        for (at, next) in entries.iter().enumerate() {
            book.offer(next).unwrap();
            // Old entries are duplicates; those ahead are gaps, or the next one early. None of it may change the end.
            for (_, again) in replays.iter().filter(|(after, _)| *after == at) {
                book.offer(&entries[again % entries.len()]).unwrap();
            }
        }
        prop_assert_eq!(book.head().sequence.get(), u64::try_from(entries.len()).unwrap());
        for sku in SKUS {
            let value = book.value(sku).unwrap_or_default();
            let (on_hand, reserved) = naive.value(sku);
            prop_assert_eq!(value.on_hand.to_text(), on_hand.to_string());
            prop_assert_eq!(value.reserved.to_text(), reserved.to_string());
        }
    }
}
