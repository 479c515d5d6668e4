//! Which lots are here and may expire, by their date: looking for those that have takes no longer than there are.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use vocabulary::{Date, LotCode, Sku};

use crate::draft::Draft;
use crate::lot::LotOrder;
use crate::{HoldCause, Holding};

/// Lots of which something is here that their date would take.
#[derive(Debug, Clone, Default)]
pub(crate) struct Expiring {
    /// By date, then by item.
    by_date: BTreeMap<Date, BTreeSet<(u32, LotCode)>>,
    /// Number of positions with such goods, of each lot that has a date.
    positions: FxHashMap<(u32, LotCode), u32>,
}

impl Expiring {
    /// A position of the lot has something from now on.
    pub(crate) fn arrives(&mut self, date: Date, item: u32, lot: &LotCode) {
        let key = (item, lot.clone());
        let positions = self.positions.entry(key.clone()).or_default();
        *positions = positions.saturating_add(1);
        if *positions == 1 {
            self.by_date.entry(date).or_default().insert(key);
        }
    }

    /// A position of the lot has nothing any more.
    pub(crate) fn leaves(&mut self, date: Date, item: u32, lot: &LotCode) {
        let key = (item, lot.clone());
        let Some(positions) = self.positions.get_mut(&key) else { return };
        *positions = positions.saturating_sub(1);
        if *positions > 0 {
            return;
        }
        self.positions.remove(&key);
        if let Some(lots) = self.by_date.get_mut(&date) {
            lots.remove(&key);
            if lots.is_empty() {
                self.by_date.remove(&date);
            }
        }
    }

    /// Those with a date before this one, oldest first.
    pub(crate) fn before(&self, date: Date) -> impl Iterator<Item = (Date, u32, &LotCode)> {
        let due = self.by_date.range(..date);
        due.flat_map(|(date, lots)| lots.iter().map(|(item, lot)| (*date, *item, lot)))
    }
}

impl Draft<'_> {
    /// Whether the last day of a lot is over.
    pub(crate) fn is_over(&self, order: &LotOrder) -> bool {
        self.today.is_some_and(|today| order.expires_before(today))
    }

    /// Whether the last day of a lot is over, as it is known.
    pub(crate) fn has_expired(&self, sku: &Sku, lot: &LotCode) -> bool {
        let expiry = || self.lot(sku, lot)?.facts.expiry;
        self.today.is_some_and(|today| expiry().is_some_and(|expiry| expiry < today))
    }

    /// What goods are as they arrive: of a lot that has expired they are expired, as if they had been here at the midnight of its last day.
    pub(crate) fn as_it_arrives(&self, sku: &Sku, goods: Holding) -> Holding {
        let expiry = HoldCause::Expiry;
        let is_over = || goods.lot.as_ref().is_some_and(|lot| self.has_expired(sku, lot));
        if expiry.takes(goods.status) && is_over() {
            Holding { status: expiry.status(), ..goods }
        } else {
            goods
        }
    }
}
