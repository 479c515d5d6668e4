use std::collections::BTreeMap;

use proto::catalog::v1::{Bom, BomLine, Item, Tracking};
use vocabulary::Date;

use crate::Record;

/// Bills and items, as much of the catalog as a question needs.
#[derive(Debug, Default)]
pub struct Bills {
    items: BTreeMap<String, Item>,
    boms: BTreeMap<String, Vec<Bom>>,
}

impl Bills {
    /// Adds an item.
    pub fn add_item(&mut self, item: Item) {
        self.items.insert(item.sku.clone(), item);
    }

    /// Adds a version of a bill; one that is retired holds on no day.
    pub fn add_bom(&mut self, bom: Bom) {
        if bom.is_active() {
            self.boms.entry(bom.sku.clone()).or_default().push(bom);
        }
    }

    /// All items that a bill names as components or in their place, each once for every place.
    pub fn components(bom: &Bom) -> impl Iterator<Item = &str> {
        bom.lines.iter().flat_map(line_items)
    }

    pub(super) fn item(&self, sku: &str) -> Option<&Item> {
        self.items.get(sku)
    }

    pub(super) fn of(&self, sku: &str) -> &[Bom] {
        self.boms.get(sku).map_or(&[], Vec::as_slice)
    }

    /// The version that holds on a day: no two do.
    pub(super) fn on(&self, sku: &str, day: Date) -> Option<&Bom> {
        self.of(sku).iter().find(|bom| {
            let (first, last) = days(bom);
            (first..=last).contains(&day.days())
        })
    }

    /// Decimals that a quantity of an item can have: none of one that is told apart piece by piece.
    pub(super) fn decimals(item: &Item) -> u32 {
        if item.tracking() == Tracking::Serial { 0 } else { item.base_unit_decimals }
    }
}

/// The first and the last day of a version, both included.
pub(super) fn days(bom: &Bom) -> (i32, i32) {
    let day = |text: &str| Date::parse(text).ok().map(Date::days);
    (day(&bom.valid_from).unwrap_or(i32::MIN), day(&bom.valid_until).unwrap_or(i32::MAX))
}

fn line_items(line: &BomLine) -> impl Iterator<Item = &str> {
    let others = line.alternatives.iter().map(|other| other.sku.as_str());
    std::iter::once(line.sku.as_str()).chain(others)
}
