use super::testing::{bills, bom, given};
use super::{admit_bom, admit_bom_update};
use crate::{Record, Rule};

const ITEMS: &str = "T 0, LEG 0, TOP 0, GLUE 3, CHIPS 1, OLD 0 retired, A 0, B 0, C 0";

/// `bill => RULE field`, or `ok`, for a bill by itself.
fn check_given(row: &str) {
    let (text, expected) = row.split_once(" => ").unwrap();
    let got = match given(text).into_new().normalised() {
        Ok(bom) => {
            assert_eq!(bom.clone().normalised().as_ref(), Ok(&bom), "{row}");
            "ok".to_owned()
        }
        Err(refusal) => format!("{:?} {}", refusal.rule, refusal.field),
    };
    assert_eq!(got, expected, "{row}");
}

#[test]
fn a_bill_is_checked_by_itself() {
    check_given("T 1 | 4 LEG | 1 TOP scrap 2.5 or 2 A or 1 B | + 3 CHIPS => ok");
    check_given("T 1 base 10 yield 95 from 2026-01-01 until 2026-01-01 | 4 LEG => ok");
    check_given("T a | 4 LEG => BadCode version");
    check_given("T 1 => BadField lines");
    check_given("T 1 base 0 | 4 LEG => BadField base_quantity");
    check_given("T 1 yield 0 | 4 LEG => BadField yield_percent");
    check_given("T 1 yield 100.1 | 4 LEG => BadField yield_percent");
    check_given("T 1 yield 99.00001 | 4 LEG => BadField yield_percent");
    check_given("T 1 from 2026-02-30 | 4 LEG => BadField valid_from");
    check_given("T 1 from 2026-02-02 until 2026-02-01 | 4 LEG => BadField valid_until");
    check_given("T 1 | 0 LEG => BadField lines[0].quantity");
    check_given("T 1 | 4 LEG | 1 LEG => BadField lines[1].sku");
    check_given("T 1 | 4 T => BomCycle lines[0].sku");
    check_given("T 1 | 4 LEG or 1 T => BomCycle lines[0].alternatives[0].sku");
    check_given("T 1 | 4 LEG or 1 LEG => BadField lines[0].alternatives[0].sku");
    check_given("T 1 | 4 LEG or -1 A => BadField lines[0].alternatives[0].quantity");
    check_given("T 1 | 4 LEG scrap 100 => BadField lines[0].scrap_percent");
    check_given("T 1 | 4 LEG scrap -1 => BadField lines[0].scrap_percent");
    check_given("T 1 | 4 LEG phantom or 1 A => BadField lines[0].alternatives");
    check_given("T 1 | 4 LEG | + 1 T => BadField outputs[0].sku");
    check_given("T 1 | 4 LEG | + 0 CHIPS => BadField outputs[0].quantity");
    check_given("T 1 kit | 4 LEG => ok");
    check_given("T 1 kit yield 99 | 4 LEG => BadField yield_percent");
    check_given("T 1 kit | 4 LEG | + 1 CHIPS => BadField outputs");
}

/// Against what is there: `bill => RULE field`, or `ok`.
fn check(there: &[&str], row: &str) {
    let (text, expected) = row.split_once(" => ").unwrap();
    let got = match admit_bom(&bom(text), &bills(ITEMS, there)) {
        Ok(()) => "ok".to_owned(),
        Err(refusal) => format!("{:?} {}", refusal.rule, refusal.field),
    };
    assert_eq!(got, expected, "{row}");
}

#[test]
fn what_a_bill_names_exists_and_is_divided_only_where_it_can_be() {
    check(&[], "T 1 | 4 LEG | 0.125 GLUE | + 0.5 CHIPS => ok");
    check(&[], "X 1 | 4 LEG => UnknownItem sku");
    check(&[], "OLD 1 | 4 LEG => ItemRetired sku");
    check(&[], "T 1 | 4 LEG | 1 X => UnknownItem lines[1].sku");
    check(&[], "T 1 | 4 OLD => ItemRetired lines[0].sku");
    check(&[], "T 1 | 4 LEG or 1 A or 1 OLD => ItemRetired lines[0].alternatives[1].sku");
    check(&[], "T 1 | 4 LEG | + 1 X => UnknownItem outputs[0].sku");
    check(&[], "T 1 | 0.5 LEG => TooManyDecimals lines[0].quantity");
    check(&[], "T 1 base 2 | 1 LEG => ok");
    check(&[], "T 1 base 0.5 | 1 LEG => TooManyDecimals base_quantity");
    check(&[], "T 1 | 1 LEG or 1.5 A => TooManyDecimals lines[0].alternatives[0].quantity");
    check(&[], "T 1 | 1 LEG | + 0.25 CHIPS => TooManyDecimals outputs[0].quantity");
}

#[test]
fn one_version_holds_on_a_day() {
    let first = &["T 1 until 2026-06-30 | 4 LEG", "T 3 from 2026-12-01 | 4 LEG", "A 1 | 1 B"];
    check(first, "T 2 from 2026-07-01 until 2026-11-30 | 3 LEG => ok");
    check(first, "T 2 from 2026-06-30 until 2026-11-30 | 3 LEG => BomOverlap valid_from");
    check(first, "T 2 from 2026-07-01 until 2026-12-01 | 3 LEG => BomOverlap valid_from");
    check(first, "T 2 | 3 LEG => BomOverlap valid_from");
    let later = bom("T 1 until 2026-11-30 | 4 LEG");
    assert_eq!(admit_bom_update(&later, &bills(ITEMS, first)), Ok(()));
    let longest = bom("T 1 | 4 LEG");
    let refusal = admit_bom_update(&longest, &bills(ITEMS, first)).unwrap_err();
    assert_eq!(refusal.rule, Rule::BomOverlap);
    assert_eq!(
        refusal.message,
        "version \"3\" holds from 2026-12-01 until always: end it before this one begins"
    );
    let mut retired = later;
    retired.retire().unwrap();
    assert_eq!(admit_bom_update(&retired, &bills(ITEMS, first)).unwrap_err().rule, Rule::BadField);
}

#[test]
fn nothing_is_made_of_itself() {
    let there = &["A 1 | 1 B", "B 1 until 2020-01-01 | 1 LEG or 1 C", "TOP 1 | 1 GLUE"];
    check(there, "C 1 | 1 TOP => ok");
    check(there, "C 1 | 1 TOP | 1 A => BomCycle lines");
    let refusal = admit_bom(&bom("C 1 | 1 TOP | 1 A"), &bills(ITEMS, there)).unwrap_err();
    assert_eq!(refusal.message, "it would be made of itself: C > A > B > C; take one of them out");
}
