//! Where goods are, as the lines judged so far leave them.

use std::collections::{BTreeMap, BTreeSet};

use vocabulary::{LocationCode, LotCode, Sku, StockStatus};

use super::Draft;
use crate::lot::LotOrder;
use crate::{Balance, Holding};

impl Draft<'_> {
    /// The lots of an item that this document has touched at a place, in order.
    pub(crate) fn lots_touched(&self, sku: &Sku, at: &LocationCode) -> BTreeSet<LotOrder> {
        let here = self
            .balances
            .iter()
            .filter(|((item, location, holding), _)| item == sku && location == at && holding.is_available());
        let order = |((_, _, holding), _): &((Sku, LocationCode, Holding), Balance)| {
            let lot = holding.lot.as_ref()?;
            Some(LotOrder::of(lot, self.lot(sku, lot)?))
        };
        here.filter_map(order).collect()
    }

    /// Positions of available goods that this document has touched, with their lots.
    pub(crate) fn places_touched(
        &self,
        sku: &Sku,
        at: Option<&LocationCode>,
    ) -> Vec<(LocationCode, Option<LotOrder>)> {
        let here = self.balances.iter().filter(|((item, location, holding), _)| {
            item == sku && at.is_none_or(|at| at == location) && holding.is_available()
        });
        let place = |((_, location, holding), _): &((Sku, LocationCode, Holding), Balance)| {
            let known = |lot| Some(LotOrder::of(lot, self.lot(sku, lot)?));
            (location.clone(), holding.lot.as_ref().and_then(known))
        };
        here.map(place).collect()
    }

    /// Positions of our own goods of a status, with their lots. Looks at every position of the item.
    pub(crate) fn places_of(
        &self,
        sku: &Sku,
        at: Option<&LocationCode>,
        status: StockStatus,
    ) -> Vec<(LocationCode, Option<LotOrder>)> {
        let is_meant = |holding: &Holding| *holding == Holding::own(holding.lot.clone(), status);
        let meant = self.positions(sku, at).into_iter().filter(|(_, holding, _)| is_meant(holding));
        let known = |lot: &LotCode| Some(LotOrder::of(lot, self.lot(sku, lot)?));
        meant.map(|(location, holding, _)| (location, holding.lot.as_ref().and_then(known))).collect()
    }

    /// An item and a place that has goods of a status, if any. Looks at every position of the warehouse.
    pub(crate) fn first_of(&self, status: StockStatus) -> Option<(Sku, LocationCode)> {
        let is_drafted = |sku: &Sku, location: &LocationCode, holding: &Holding| {
            self.balances.get(&(sku.clone(), location.clone(), holding.clone())).is_some()
        };
        let drafted = self
            .balances
            .iter()
            .filter(|((.., holding), balance)| holding.status == status && !balance.on_hand.is_zero());
        let mut drafted = drafted.map(|((sku, location, _), _)| (sku.clone(), location.clone()));
        drafted.next().or_else(|| self.state.first_of(status, is_drafted))
    }

    /// What is on hand of an item, by location and then by goods.
    pub(crate) fn positions(
        &self,
        sku: &Sku,
        at: Option<&LocationCode>,
    ) -> Vec<(LocationCode, Holding, Balance)> {
        let known =
            self.state.positions_of(sku).into_iter().map(|row| ((row.location, row.holding), row.balance));
        let mut positions: BTreeMap<_, _> = known.collect();
        for ((item, location, holding), balance) in self.balances.iter() {
            if item == sku {
                positions.insert((location.clone(), holding.clone()), *balance);
            }
        }
        positions.retain(|(location, _), _| at.is_none_or(|at| at == location));
        positions.into_iter().map(|((location, holding), balance)| (location, holding, balance)).collect()
    }
}
