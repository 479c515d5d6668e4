//! What the texts of the item column are. Each text is judged once, however many lines carry it.

use std::collections::HashMap;

use vocabulary::Sku;

use super::cells::{collapse, is_formula};
use super::map::{OrderMap, WithoutItem};
use super::reject::RejectReason;

/// The number of an item in this import.
pub(crate) type ItemNumber = u32;

/// What a text of the item column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ItemText {
    /// An item, unless it turns out that it was never sold.
    Item(ItemNumber),
    /// An adjustment of an item of that name, with the text as the reason.
    WriteOff(ItemNumber),
    /// Neither.
    Rejected(RejectReason),
}

/// An item that lines name.
#[derive(Debug)]
pub(crate) struct Item {
    /// Its key, and its name.
    pub(crate) sku: Sku,
    /// Whether a line gives it a price above zero.
    pub(crate) priced: bool,
}

/// The items of a file, numbered in the order of their first lines.
#[derive(Debug, Default)]
pub(crate) struct Items {
    list: Vec<Item>,
    by_key: HashMap<Sku, ItemNumber>,
    by_text: HashMap<Box<str>, ItemText>,
}

impl Items {
    /// Judges a text.
    pub(super) fn judge(&mut self, text: &str, map: &OrderMap) -> ItemText {
        if let Some(known) = self.by_text.get(text) {
            return *known;
        }
        let judged = self.judge_new(text, map);
        self.by_text.insert(text.into(), judged);
        judged
    }

    fn judge_new(&mut self, text: &str, map: &OrderMap) -> ItemText {
        let key = collapse(text, map.item.case);
        if key.is_empty() {
            return ItemText::Rejected(RejectReason::ItemMissing);
        }
        if is_formula(&key) {
            return ItemText::Rejected(RejectReason::FormulaCell);
        }
        if map.not_stock.matches(&key) {
            return ItemText::Rejected(RejectReason::NotStock);
        }
        let write_off = map.write_off.matches(&key);
        if write_off && map.without_item == WithoutItem::Reject {
            return ItemText::Rejected(RejectReason::ItemUnknown);
        }
        match Sku::parse(&key) {
            Err(_) => ItemText::Rejected(RejectReason::BadItem),
            Ok(sku) if write_off => ItemText::WriteOff(self.number(sku)),
            Ok(sku) => ItemText::Item(self.number(sku)),
        }
    }

    fn number(&mut self, sku: Sku) -> ItemNumber {
        let next = ItemNumber::try_from(self.list.len()).unwrap_or(ItemNumber::MAX);
        let number = *self.by_key.entry(sku.clone()).or_insert(next);
        if number == next {
            self.list.push(Item { sku, priced: false });
        }
        number
    }

    /// Remembers that a line gives the item a price above zero.
    pub(super) fn mark_priced(&mut self, number: ItemNumber) {
        if let Some(item) = self.index(number).and_then(|index| self.list.get_mut(index)) {
            item.priced = true;
        }
    }

    /// The item of a number that came from here.
    pub(crate) fn get(&self, number: ItemNumber) -> Option<&Item> {
        self.index(number).and_then(|index| self.list.get(index))
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    fn index(&self, number: ItemNumber) -> Option<usize> {
        usize::try_from(number).ok()
    }
}
