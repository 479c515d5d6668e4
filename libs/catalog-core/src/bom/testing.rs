//! Bills as text: `T 1 base 10 yield 95 from 2026-01-01 | 40 LEG | 10 TOP scrap 5 or 11 PANEL | 1 KNOB phantom | + 3 CHIPS`.

use proto::catalog::v1::{
    Bom, BomAlternative, BomKind, BomLine, BomOutput, BomOutputKind, Item, LifecycleState,
};
use proto::common::v1::Decimal;

use super::Bills;
use crate::Record;

pub(super) fn decimal(text: &str) -> Option<Decimal> {
    Some(Decimal { value: text.into() })
}

/// A bill as somebody gives it.
pub(super) fn given(text: &str) -> Bom {
    let mut parts = text.split(" | ");
    let mut words = parts.next().unwrap().split_whitespace();
    let mut bom = Bom { sku: words.next().unwrap().into(), ..Bom::default() };
    bom.version = words.next().unwrap().into();
    while let Some(word) = words.next() {
        match word {
            "base" => bom.base_quantity = decimal(words.next().unwrap()),
            "yield" => bom.yield_percent = decimal(words.next().unwrap()),
            "from" => bom.valid_from = words.next().unwrap().into(),
            "until" => bom.valid_until = words.next().unwrap().into(),
            "kit" => bom.set_kind(BomKind::Kit),
            other => panic!("{other}"),
        }
    }
    for part in parts {
        match part.strip_prefix("+ ") {
            Some(output) => bom.outputs.push(self::output(output)),
            None => bom.lines.push(line(part)),
        }
    }
    bom
}

/// A bill as the catalog keeps it.
pub(super) fn bom(text: &str) -> Bom {
    given(text).into_new().normalised().unwrap()
}

/// Items are `SKU decimals`, with `retired` behind those that are; bills as above.
pub(super) fn bills(items: &str, boms: &[&str]) -> Bills {
    let mut bills = Bills::default();
    for item in items.split(", ") {
        let words: Vec<&str> = item.split_whitespace().collect();
        let state = if words.len() > 2 { LifecycleState::Retired } else { LifecycleState::Active };
        bills.add_item(Item {
            sku: words[0].into(),
            base_unit: "EA".into(),
            base_unit_decimals: words[1].parse().unwrap(),
            state: state.into(),
            ..Item::default()
        });
    }
    boms.iter().for_each(|text| bills.add_bom(bom(text)));
    bills
}

fn line(text: &str) -> BomLine {
    let mut choices = text.split(" or ");
    let words: Vec<&str> = choices.next().unwrap().split_whitespace().collect();
    let scrap = words.iter().position(|word| *word == "scrap");
    let other = |text: &str| {
        let (quantity, sku) = text.split_once(' ').unwrap();
        BomAlternative { sku: sku.into(), quantity: decimal(quantity) }
    };
    BomLine {
        sku: words[1].into(),
        quantity: decimal(words[0]),
        scrap_percent: scrap.and_then(|at| decimal(words.get(at.checked_add(1)?)?)),
        phantom: words.contains(&"phantom"),
        alternatives: choices.map(other).collect(),
    }
}

fn output(text: &str) -> BomOutput {
    let words: Vec<&str> = text.split_whitespace().collect();
    let kind = if words.contains(&"wanted") { BomOutputKind::CoProduct } else { BomOutputKind::ByProduct };
    BomOutput { sku: words[1].into(), quantity: decimal(words[0]), kind: kind.into() }
}
