//! Which positions have goods of another status than `available`, so that nobody has to look at all of them.

use std::collections::{BTreeMap, BTreeSet};

use vocabulary::{LocationCode, Sku, StockStatus};

use crate::{Holding, State};

/// Positions with something on hand, by status: item, location and holding by number. About 20 bytes each.
#[derive(Debug, Clone, Default)]
pub(crate) struct Apart(BTreeMap<StockStatus, BTreeSet<(u32, u32, u32)>>);

impl Apart {
    /// A position has goods from now on, or none any more.
    pub(crate) fn note(&mut self, status: StockStatus, position: (u32, u32, u32), is_here: bool) {
        if status.is_available() {
            return;
        }
        let positions = self.0.entry(status).or_default();
        if is_here {
            positions.insert(position);
        } else {
            positions.remove(&position);
        }
    }
}

impl State {
    /// The positions that have goods of a status other than `available`.
    pub(crate) fn positions_apart(
        &self,
        status: StockStatus,
    ) -> impl Iterator<Item = (&Sku, &LocationCode, &Holding)> {
        let positions = self.apart.0.get(&status).into_iter().flatten();
        positions.filter_map(|(item, location, holding)| {
            let (sku, location) = (self.skus.name(*item)?, self.locations.name(*location)?);
            Some((sku, location, self.holdings.name(*holding)?))
        })
    }
}
