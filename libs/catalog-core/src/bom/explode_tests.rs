use std::collections::BTreeMap;

use proptest::prelude::*;
use vocabulary::{Date, Quantity};

use super::testing::bills;
use super::{Bills, Depth, Explosion, LEVELS_MAX, Wanted, explode};
use crate::Refusal;

const ITEMS: &str =
    "T 0, LEG 0, TOP 0, GLUE 3, CHIPS 1, OLD 0 retired, PANEL 0, KNOB 0, SCREW 0, WOOD 2, BOX 0";
const BOMS: &[&str] = &[
    "T 1 until 2026-06-30 | 4 LEG | 1 TOP scrap 20 or 2 PANEL | 0.125 GLUE scrap 10",
    "T 2 from 2026-07-01 yield 90 | 3 LEG | 1 OLD or 1 TOP or 2 PANEL | 2 KNOB phantom | + 0.25 CHIPS",
    "KNOB 1 base 3 | 7 SCREW | 0.1 GLUE",
    "LEG 1 base 8 | 1 WOOD | 8 SCREW",
    "TOP 1 yield 50 | 0.33 WOOD | 1 PANEL",
    "PANEL 1 kit | 0.01 WOOD",
    "BOX 1 | 1 OLD",
    "CHIPS 1 | 1 GLUE phantom",
];

fn ask(bills: &Bills, sku: &str, quantity: &str, day: &str, depth: Depth) -> Result<Explosion, Refusal> {
    let quantity = Quantity::parse(quantity).unwrap();
    explode(bills, &Wanted { sku, quantity, day: Date::parse(day).unwrap(), depth })
}

/// `sku quantity day depth => what is begun: level sku quantity version (what else) | + what comes out besides`
fn check(row: &str) {
    let (input, expected) = row.split_once(" => ").unwrap();
    let words: Vec<&str> = input.split_whitespace().collect();
    let depth = if words[3] == "one" { Depth::One } else { Depth::All };
    let got = match ask(&bills(ITEMS, BOMS), words[0], words[1], words[2], depth) {
        Err(refusal) => format!("{:?} {}", refusal.rule, refusal.field),
        Ok(found) => told(&found),
    };
    assert_eq!(got, expected, "{row}");
}

fn told(found: &Explosion) -> String {
    let value = |decimal: &Option<proto::common::v1::Decimal>| decimal.clone().unwrap().value;
    let mut text = format!("{}:", found.begun);
    for need in &found.requirements {
        text += &format!(" {} {} {}", need.level, need.sku, need.quantity);
        if !need.version.is_empty() {
            text += &format!(" v{}", need.version);
        }
        for other in &need.alternatives {
            text += &format!(" ({} {})", other.sku, value(&other.quantity));
        }
        text += ",";
    }
    for output in &found.outputs {
        text += &format!(" + {} {}", output.sku, value(&output.quantity));
    }
    text
}

#[test]
fn one_level_and_through_phantoms() {
    check("T 10 2026-06-30 one => 10: 1 GLUE 1.389, 1 LEG 40, 1 TOP 13 (PANEL 25),");
    check("T 1 2026-06-30 one => 1: 1 GLUE 0.139, 1 LEG 4, 1 TOP 2 (PANEL 3),");
    // 10 by 0.9 is 11.1: 12 are begun. 24 knobs are 8 times their bill.
    check("T 10 2026-07-01 one => 12: 1 LEG 36, 1 TOP 12 (PANEL 24), 2 GLUE 0.8, 2 SCREW 56, + CHIPS 3");
    // A phantom is not rounded by itself: 4 knobs take 9.33 screws.
    check("T 1 2026-07-01 one => 2: 1 LEG 6, 1 TOP 2 (PANEL 4), 2 GLUE 0.134, 2 SCREW 10, + CHIPS 0.5");
}

#[test]
fn all_levels() {
    // 6 legs and 4 knobs need 6 and 9.33 screws, which is 15.33 together; 2 tops begin with 4.
    check(
        "T 1 2026-07-01 all => 2: 1 LEG 6 v1, 1 TOP 2 v1 (PANEL 4), 2 GLUE 0.134, 2 PANEL 4 v1, 2 SCREW 16, 3 WOOD 2.11, + CHIPS 0.5",
    );
    check("PANEL 3 2026-07-01 all => 3: 1 WOOD 0.03,");
}

#[test]
fn what_cannot_be_followed() {
    check("X 1 2026-07-01 all => UnknownItem sku");
    check("T 0 2026-07-01 all => QuantityNotPositive quantity");
    check("T 0.5 2026-07-01 all => TooManyDecimals quantity");
    check("WOOD 1 2026-07-01 all => NoBom day");
    check("CHIPS 1 2026-07-01 one => NoBom day");
    check("BOX 1 2026-07-01 all => ItemRetired sku");
    check("T 1000000000000000000 2026-01-01 one => QuantityOverflow quantity");
}

#[test]
fn there_is_a_limit_to_levels() {
    let items: Vec<String> = (0..=LEVELS_MAX + 1).map(|level| format!("I{level} 0")).collect();
    let boms: Vec<String> = (0..=LEVELS_MAX).map(|level| format!("I{level} 1 | 1 I{}", level + 1)).collect();
    let boms: Vec<&str> = boms.iter().map(String::as_str).collect();
    let bills = bills(&items.join(", "), &boms);
    let ask = |sku: &str| ask(&bills, sku, "1", "2026-01-01", Depth::All);
    assert_eq!(ask("I1").unwrap().requirements.len(), 20);
    assert_eq!(ask("I0").unwrap_err().rule, crate::Rule::BomTooLarge);
}

/// What a bill of whole numbers takes, in the plainest way: every item after all that need it, in the order of their numbers.
fn model(boms: &[Vec<(usize, u32)>], wanted: u32) -> BTreeMap<usize, u64> {
    let mut needed = BTreeMap::from([(0, u64::from(wanted))]);
    for (made, lines) in boms.iter().enumerate() {
        let made = needed.get(&made).copied().unwrap_or(0);
        for (component, quantity) in lines {
            *needed.entry(*component).or_insert(0) += made * u64::from(*quantity);
        }
    }
    needed.remove(&0);
    needed.retain(|_, quantity| *quantity > 0);
    needed
}

proptest! {
    /// Bills of five items, each made of some of those behind it: what all levels take is what the plain way finds.
    #[test]
    fn whole_numbers_add_up(
        lines in proptest::collection::vec(proptest::collection::vec(0_u32..5, 5), 4), wanted in 1_u32..1000,
    ) {
        let items: Vec<String> = (0..6).map(|item| format!("I{item} 0")).collect();
        let of = |(item, quantities): (usize, &Vec<u32>)| -> Vec<(usize, u32)> {
            let components = quantities.iter().enumerate().map(|(at, quantity)| (item + 1 + at, *quantity));
            components.filter(|(component, quantity)| *component < 6 && *quantity > 0).collect()
        };
        let made: Vec<_> = lines.iter().enumerate().map(of).collect();
        prop_assume!(!made[0].is_empty());
        let text = |(item, lines): (usize, &Vec<(usize, u32)>)| {
            let lines: Vec<String> = lines.iter().map(|(sku, quantity)| format!("{quantity} I{sku}")).collect();
            (!lines.is_empty()).then(|| format!("I{item} 1 | {}", lines.join(" | ")))
        };
        let boms: Vec<String> = made.iter().enumerate().filter_map(text).collect();
        let boms: Vec<&str> = boms.iter().map(String::as_str).collect();
        let found = ask(&bills(&items.join(", "), &boms), "I0", &wanted.to_string(), "2026-01-01", Depth::All);
        let name = |need: &super::Requirement| {
            (need.sku[1..].parse().unwrap(), need.quantity.to_string().parse().unwrap())
        };
        let got: BTreeMap<usize, u64> = found.unwrap().requirements.iter().map(name).collect();
        prop_assert_eq!(got, model(&made, wanted));
    }

    /// What is taken is never less than what the bill says, and less than one part more; with scrap and yield as well.
    #[test]
    fn nothing_is_taken_without_need(
        wanted in 1_i128..100_000, base in 1_i128..1000, quantity in 1_i128..1000, scrap in 0_i128..100, good in 1_i128..=100,
    ) {
        let bill = format!("T 1 base {base} yield {good} | {quantity} LEG scrap {scrap}");
        let found = ask(&bills(ITEMS, &[&bill]), "T", &wanted.to_string(), "2026-01-01", Depth::One).unwrap();
        let begun = (wanted * 100 + good - 1) / good;
        prop_assert_eq!(found.begun.to_string(), begun.to_string());
        let taken: i128 = found.requirements[0].quantity.to_string().parse().unwrap();
        let (need, share) = (begun * quantity * 100, base * (100 - scrap));
        prop_assert!(taken * share >= need && (taken - 1) * share < need);
    }
}
