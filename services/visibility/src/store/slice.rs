//! What a store says of slices.

use vocabulary::Sku;

use crate::core::{Detail, Head, Slice, TotalOverflow, Value};

/// Slices of one warehouse that are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SliceWant {
    /// The warehouse.
    pub warehouse: String,
    /// The item; `None` is all. It contains no control character.
    pub sku: Option<String>,
    /// After this key; empty means from the first.
    pub after: String,
    /// At most this many.
    pub limit: usize,
}

/// Slices of one warehouse in the order of their keys, true as of one head.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SlicePage {
    /// As of when.
    pub head: Head,
    /// What is in each: those in which nothing is are left out.
    pub slices: Vec<(Slice, Value)>,
    /// The key to go on after; `None` at the end.
    pub next: Option<String>,
}

/// What a page is made of: items and slices, each from the first that is wanted on, [`SliceWant::take`] of them at most.
pub(super) struct Parts {
    pub(super) head: Head,
    /// Items, with what their plain slices follow from.
    pub(super) plain: Vec<(Sku, Value, Detail)>,
    pub(super) kept: Vec<(Slice, Value)>,
}

impl SliceWant {
    /// What the keys begin with.
    pub(super) fn prefix(&self) -> String {
        self.sku.as_deref().map_or_else(String::new, Slice::prefix)
    }

    /// The item of the last key that is not wanted any more: plain goods come first of an item, so that those of this one are passed.
    pub(super) fn sku_after(&self) -> &str {
        self.after.split('\0').next().unwrap_or_default()
    }

    /// One more than wanted tells whether there are more.
    pub(super) const fn take(&self) -> usize {
        self.limit.saturating_add(1)
    }
}

pub(super) fn page(want: &SliceWant, parts: Parts) -> Result<SlicePage, TotalOverflow> {
    let Parts { head, plain, kept: mut slices } = parts;
    for (sku, value, detail) in plain {
        slices.push((Slice::plain(sku), value.without(detail.apart)?));
    }
    slices.sort_by_cached_key(|(slice, _)| slice.to_string());
    let has_more = slices.len() > want.limit;
    slices.truncate(want.limit);
    let next = slices.last().filter(|_| has_more).map(|(slice, _)| slice.to_string());
    slices.retain(|(_, value)| !value.is_zero());
    Ok(SlicePage { head, slices, next })
}
