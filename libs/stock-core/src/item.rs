use std::collections::{BTreeMap, BTreeSet};

use laws::NegativeStock;
use rustc_hash::FxHashMap;
use vocabulary::{LotCode, Quantity, ReservationId, SerialNumber};

use crate::handling_unit::PackedItem;
use crate::history::History;
use crate::lot::LotOrder;
use crate::rules::ItemRules;
use crate::weight::ItemWeights;
use crate::{Balance, Lot, Tracking};

/// The number of plain goods among the holdings.
pub(crate) const PLAIN: u32 = 0;

/// What a warehouse holds of one item.
#[derive(Debug, Clone, Default)]
pub(crate) struct ItemState {
    /// Sum over the virtual places: minus what is inside (L1).
    pub(crate) outside: Quantity,
    pub(crate) negative: NegativeStock,
    /// Sorted by location number, then holding number.
    pub(crate) balances: Vec<HeldBalance>,
    /// Only of an item that is, or was, tracked.
    pub(crate) tracked: Option<Box<TrackedItem>>,
    /// Only of an item that is, or was, in handling units.
    pub(crate) packed: Option<Box<PackedItem>>,
    /// Only of an item that has any.
    pub(crate) rules: Option<Box<ItemRules>>,
    /// Only of an item that is, or was, of catch weight.
    pub(crate) weights: Option<Box<ItemWeights>>,
}

#[derive(Debug, Clone)]
pub(crate) struct HeldBalance {
    pub(crate) location: u32,
    pub(crate) holding: u32,
    /// Whether it is in the marks.
    pub(crate) is_marked: bool,
    pub(crate) balance: Balance,
    /// What on hand is the sum of.
    pub(crate) history: History,
}

/// Lots and units of an item.
#[derive(Debug, Clone, Default)]
pub(crate) struct TrackedItem {
    /// As the newest movement told.
    pub(crate) tracking: Tracking,
    pub(crate) lots: BTreeMap<LotCode, Lot>,
    /// Where each lot is that is here: location and holding.
    pub(crate) here: BTreeMap<LotCode, BTreeSet<(u32, u32)>>,
    /// By location: the lots of which something can be promised there, first to expire first.
    pub(crate) order: BTreeMap<u32, BTreeSet<LotOrder>>,
    /// Where each unit is: location and holding.
    pub(crate) serials: FxHashMap<SerialNumber, (u32, u32)>,
    /// Units that are promised by name.
    pub(crate) promised: FxHashMap<SerialNumber, ReservationId>,
}

impl ItemState {
    pub(crate) fn balance(&self, location: u32, holding: u32) -> Option<Balance> {
        self.at(location, holding).map(|at| at.balance)
    }

    pub(crate) fn at(&self, location: u32, holding: u32) -> Option<&HeldBalance> {
        let found = self.balances.binary_search_by_key(&(location, holding), HeldBalance::key).ok()?;
        self.balances.get(found)
    }

    /// What is at a location, by holding number.
    pub(crate) fn at_location(&self, location: u32) -> &[HeldBalance] {
        let start = self.balances.partition_point(|at| at.location < location);
        let rest = self.balances.get(start..).unwrap_or_default();
        let count = rest.partition_point(|at| at.location == location);
        rest.get(..count).unwrap_or_default()
    }

    pub(crate) fn at_mut(&mut self, location: u32, holding: u32) -> &mut HeldBalance {
        let found = self.balances.binary_search_by_key(&(location, holding), HeldBalance::key);
        let at = found.unwrap_or_else(|at| {
            let (balance, history) = Default::default();
            self.balances.insert(at, HeldBalance { location, holding, is_marked: false, balance, history });
            at
        });
        // `at` was found or has just been inserted.
        #[expect(clippy::indexing_slicing, reason = "the index comes from the search or the insert above")]
        &mut self.balances[at]
    }

    /// Locations of its positions; each as often as it has one there.
    pub(crate) fn places(&self) -> impl Iterator<Item = u32> {
        self.balances.iter().map(|at| at.location)
    }

    pub(crate) fn tracking(&self) -> Tracking {
        self.tracked.as_ref().map_or(Tracking::None, |tracked| tracked.tracking)
    }

    pub(crate) fn set_tracking(&mut self, tracking: Tracking) {
        match &mut self.tracked {
            Some(tracked) if tracked.tracking == tracking => {}
            Some(tracked) => tracked.tracking = tracking,
            None if tracking == Tracking::None => {}
            None => self.tracked_mut().tracking = tracking,
        }
    }

    pub(crate) fn tracked_mut(&mut self) -> &mut TrackedItem {
        self.tracked.get_or_insert_default()
    }
}

impl HeldBalance {
    const fn key(&self) -> (u32, u32) {
        (self.location, self.holding)
    }
}

impl TrackedItem {
    /// Something of the lot is at a position from now on, or nothing any more.
    pub(crate) fn set_here(&mut self, at: (u32, u32), lot: &LotCode, is_here: bool) {
        if is_here {
            self.here.entry(lot.clone()).or_default().insert(at);
        } else if let Some(places) = self.here.get_mut(lot) {
            places.remove(&at);
            if places.is_empty() {
                self.here.remove(lot);
            }
        }
    }

    /// Something of the lot can be promised at a location from now on, or nothing any more.
    pub(crate) fn set_open(&mut self, location: u32, lot: &LotCode, is_open: bool) {
        let Some(order) = self.lots.get(lot).map(|known| LotOrder::of(lot, known)) else { return };
        let here = self.order.entry(location).or_default();
        if is_open {
            here.insert(order);
        } else {
            here.remove(&order);
        }
    }
}
