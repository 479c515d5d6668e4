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

    /// Goods of an item that a place has, or had. Looks at no other place.
    pub(crate) fn holdings_at(&self, sku: &Sku, at: &LocationCode) -> BTreeSet<Holding> {
        let known = self.state.positions_at(sku, at.as_str()).into_iter().map(|row| row.holding);
        let is_here = |(item, location, _): &(Sku, LocationCode, Holding)| item == sku && location == at;
        let drafted = self.balances.iter().filter(|(key, _)| is_here(key));
        known.chain(drafted.map(|((_, _, holding), _)| holding.clone())).collect()
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

    /// An item and a place that has goods of a status other than `available`, if any. Looks at what the document has touched, and at no
    /// more.
    pub(crate) fn first_of(&self, status: StockStatus) -> Option<(Sku, LocationCode)> {
        let is_meant = |(.., holding): &(Sku, LocationCode, Holding)| holding.status == status;
        let drafted = self.balances.iter().filter(|(key, _)| is_meant(key));
        let mut drafted = drafted.filter(|(_, balance)| !balance.on_hand.is_zero());
        let drafted = drafted.next().map(|((sku, location, _), _)| (sku.clone(), location.clone()));
        drafted.or_else(|| {
            let mut known = self
                .state
                .positions_apart(status)
                .map(|(sku, location, holding)| (sku.clone(), location.clone(), holding.clone()));
            let (sku, location, _) = known.find(|key| self.balances.get(key).is_none())?;
            Some((sku, location))
        })
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
