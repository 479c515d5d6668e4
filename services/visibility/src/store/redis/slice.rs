//! Slices in Redis: their keys in a sorted set for ranges, what is in them in the view's hash with the head. A script reads both at
//! once: goods that go from one slice to another are in one of the two, never in none.

use std::sync::LazyLock;

use futures::future::try_join_all;
use redis::Script;
use vocabulary::{Invalid, Sku};

use super::trace::end_of;
use super::{RedisCache, keys, text};
use crate::core::{Detail, Slice};
use crate::store::slice::{self, Parts};
use crate::store::{CacheFault, SlicePage, SliceWant};

pub(super) static RANGES: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("ranges.lua")));

/// Items, slices, and the fields of both behind the head.
pub(super) type Stored = (Vec<String>, Vec<String>, Vec<Option<String>>);

impl RedisCache {
    /// All of them at the same time, over one connection.
    pub(in crate::store) async fn slices(&self, wants: &[SliceWant]) -> Result<Vec<SlicePage>, CacheFault> {
        try_join_all(wants.iter().map(|want| self.slice_page(want))).await
    }

    async fn slice_page(&self, want: &SliceWant) -> Result<SlicePage, CacheFault> {
        let view = self.live(&want.warehouse);
        let (first_sku, last_sku) = items(want);
        let (first, last) = ranges(want);
        let mut call = RANGES.key(&view.view);
        call.key(&view.skus).key(&view.slices).arg(keys::HEAD);
        call.arg(first_sku).arg(last_sku).arg(first).arg(last).arg(want.take());
        call.arg(keys::detail("")).arg(keys::slice(""));
        let stored: Stored = self.connection.invoke(&call).await?;
        let parts = read(stored).map_err(|invalid| CacheFault::damaged(&want.warehouse, invalid))?;
        slice::page(want, parts).map_err(|overflow| CacheFault::damaged(&want.warehouse, overflow))
    }
}

/// The items whose plain goods are wanted.
fn items(want: &SliceWant) -> (String, String) {
    match (&want.sku, want.after.is_empty()) {
        (None, true) => ("-".into(), "+".into()),
        (None, false) => (format!("({}", want.sku_after()), "+".into()),
        (Some(sku), true) => (format!("[{sku}"), format!("[{sku}")),
        // Passed already.
        (Some(sku), false) => (format!("({sku}"), format!("[{sku}")),
    }
}

fn ranges(want: &SliceWant) -> (String, Vec<u8>) {
    let prefix = want.prefix();
    let first = if want.after.is_empty() { format!("[{prefix}") } else { format!("({}", want.after) };
    (first, end_of(&prefix))
}

fn read((skus, slices, fields): Stored) -> Result<Parts, Invalid> {
    let mut fields = fields.into_iter();
    let head = fields.next().flatten().map(|text| text::read_head(&text)).transpose()?.unwrap_or_default();
    let mut plain = Vec::with_capacity(skus.len());
    for sku in skus {
        let (value, detail) = (fields.next().flatten(), fields.next().flatten());
        let Some(value) = value else { continue };
        let detail = detail.map(|text| Detail::parse(&text)).transpose()?.unwrap_or_default();
        plain.push((Sku::parse(&sku)?, text::read_value(&value)?, detail));
    }
    let mut kept = Vec::with_capacity(slices.len());
    for (key, field) in slices.iter().zip(fields) {
        if let Some(field) = field {
            kept.push((Slice::parse(key)?, text::read_value(&field)?));
        }
    }
    Ok(Parts { head, plain, kept })
}
