use super::*;

fn item(sku: &str) -> Item {
    Item { sku: sku.into(), name: "a thing".into(), base_unit: "EA".into(), ..Default::default() }
}

fn conversion(unit: &str, numerator: u64, denominator: u64, decimals: u32) -> UnitConversion {
    UnitConversion { unit: unit.into(), numerator, denominator, decimals, gtins: Vec::new() }
}

#[test]
fn a_good_item_gets_its_one_written_form() {
    let given = Item {
        gtins: vec!["6291041500213".into(), "96385074".into()],
        unit_conversions: vec![conversion("CASE", 12, 1, 0)],
        ..item("85123A")
    };
    let item = given.into_new().normalised().unwrap();
    assert_eq!(item.gtins, ["00000096385074", "06291041500213"]);
    assert_eq!(item.tracking(), Tracking::None);
    assert_eq!(item.negative_stock_policy(), NegativeStockPolicy::Forbid);
    assert_eq!(item.state(), LifecycleState::Active);
    assert_eq!(item.clone().normalised().unwrap(), item);
}

#[test]
fn each_field_has_its_refusal() {
    let gtins = |count: usize| vec!["96385074".to_owned(); count];
    for (change, field, rule) in [
        (item(""), "sku", Rule::BadCode),
        (item(&"x".repeat(65)), "sku", Rule::BadCode),
        (item(" A"), "sku", Rule::BadCode),
        (Item { name: String::new(), ..item("A") }, "name", Rule::BadField),
        (Item { name: "x".repeat(201), ..item("A") }, "name", Rule::TextTooLong),
        (Item { name: "a\nb".into(), ..item("A") }, "name", Rule::BadField),
        (Item { base_unit: "ea".into(), ..item("A") }, "base_unit", Rule::BadCode),
        (Item { base_unit_decimals: 10, ..item("A") }, "base_unit_decimals", Rule::BadField),
        (Item { gtins: vec!["96385075".into()], ..item("A") }, "gtins[0]", Rule::BadCode),
        (Item { gtins: gtins(2), ..item("A") }, "gtins[1]", Rule::BadField),
        (Item { gtins: gtins(21), ..item("A") }, "gtins", Rule::BadField),
        (Item { tracking: 9, ..item("A") }, "tracking", Rule::BadField),
        (Item { negative_stock_policy: -1, ..item("A") }, "negative_stock_policy", Rule::BadField),
        (Item { item_class: "a b".into(), ..item("A") }, "item_class", Rule::BadCode),
    ] {
        let refusal = change.normalised().unwrap_err();
        assert_eq!((refusal.field.as_str(), refusal.rule), (field, rule), "{}", refusal.message);
    }
}

#[test]
fn each_conversion_has_its_refusal() {
    for (conversions, field) in [
        (vec![conversion("case", 12, 1, 0)], "unit_conversions[0].unit"),
        (vec![conversion("EA", 1, 1, 0)], "unit_conversions[0].unit"),
        (vec![conversion("CASE", 12, 1, 0), conversion("CASE", 6, 1, 0)], "unit_conversions[1].unit"),
        (vec![conversion("CASE", 0, 1, 0)], "unit_conversions[0].numerator"),
        (vec![conversion("CASE", 1, 0, 0)], "unit_conversions[0].denominator"),
        (vec![conversion("CASE", u64::MAX, 1, 0)], "unit_conversions[0].numerator"),
        (vec![conversion("CASE", 1, 1, 10)], "unit_conversions[0].decimals"),
        ((0..21).map(|n| conversion(&format!("U{n}"), 1, 1, 0)).collect(), "unit_conversions"),
    ] {
        let refusal = Item { unit_conversions: conversions, ..item("A") }.normalised().unwrap_err();
        assert_eq!(refusal.field, field, "{}", refusal.message);
    }
}

fn context() -> ItemContext {
    let class = |code: &str, rule: &str| ItemClass {
        code: code.into(),
        coding_rule: rule.into(),
        ..Default::default()
    };
    let mut retired = class("OLD", "");
    retired.retire().unwrap();
    let rule = CodingRule {
        code: "R".into(),
        pattern: "AA-99".into(),
        description: "two letters, a dash, two digits".into(),
        ..Default::default()
    };
    ItemContext {
        classes: [class("TOYS", "R"), class("FREE", ""), retired].map(|c| (c.code.clone(), c)).into(),
        rules: [("R".to_owned(), rule)].into(),
        gtin_owners: [("00000096385074".to_owned(), "OWNER".to_owned())].into(),
    }
}

/// `sku class gtin … + gtins of a case …; … | ok`, or the field and the rule that is broken.
fn check(row: &str) {
    let (input, expected) = row.split_once(" | ").unwrap();
    let read = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        let class = if words[1] == "-" { "" } else { words[1] };
        let mut levels = words[2..].split(|word| *word == "+");
        let gtins =
            |of: Option<&[&str]>| of.unwrap_or_default().iter().map(|gtin| format!("{gtin:0>14}")).collect();
        let base = gtins(levels.next());
        let case = UnitConversion { gtins: gtins(levels.next()), ..conversion("CASE", 12, 1, 0) };
        Item { item_class: class.into(), gtins: base, unit_conversions: vec![case], ..item(words[0]) }
    };
    let items: Vec<Item> = input.split(';').map(read).collect();
    let fields: Vec<String> = (0..items.len()).map(|n| format!("items[{n}]")).collect();
    let got = admit_items(&items, &fields, &context());
    let got = got.map_or_else(|r| format!("{} {:?}", r.field, r.rule), |()| "ok".into());
    assert_eq!(got, expected, "{row}");
}

#[test]
fn items_against_the_catalog() {
    check("ANY - | ok");
    check("ANY FREE | ok");
    check("TY-08 TOYS | ok");
    check("TY-8 TOYS | items[0].sku CodingRuleBroken");
    check("A - ; TY8 TOYS | items[1].sku CodingRuleBroken");
    check("ANY NONE | items[0].item_class UnknownItemClass");
    check("ANY OLD | items[0].item_class ItemClassRetired");
    check("OTHER - 96385074 | items[0].gtins[0] GtinTaken");
    check("A - 6291041500213; B - 6291041500213 | items[1].gtins[0] GtinTaken");
    check("A - 6291041500213; B - 36000291452 | ok");
    check("OTHER - + 96385074 | items[0].unit_conversions[0].gtins[0] GtinTaken");
    check("A - + 6291041500213; B - 6291041500213 | items[1].gtins[0] GtinTaken");
    check("A - 6291041500213; B - + 6291041500213 | items[1].unit_conversions[0].gtins[0] GtinTaken");
    check("A - 6291041500213 + 36000291452; B - + 9520123456788 | ok");
}

#[test]
fn updates_against_the_catalog() {
    let before = Item { item_class: "OLD".into(), ..item("TY-8") };
    let renamed = Item { name: "other".into(), ..before.clone() };
    assert!(admit_items_update(&before, &renamed, &context()).is_ok(), "an old class may stay");
    let moved = Item { item_class: "TOYS".into(), ..before.clone() };
    assert!(admit_items_update(&before, &moved, &context()).is_ok(), "the rule is asked of new SKUs only");
    let lost = Item { item_class: "NONE".into(), ..before.clone() };
    assert_eq!(admit_items_update(&before, &lost, &context()).unwrap_err().rule, Rule::UnknownItemClass);
    let taken = Item { gtins: vec!["00000096385074".into()], ..before.clone() };
    assert_eq!(admit_items_update(&before, &taken, &context()).unwrap_err().rule, Rule::GtinTaken);
    let own = Item { gtins: vec!["00000096385074".into()], ..item("OWNER") };
    assert!(admit_items_update(&item("OWNER"), &own, &context()).is_ok());
}
