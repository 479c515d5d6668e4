//! Where goods of a warehouse are best put: what is there, for the chooser in [`work_core`].

use std::collections::{BTreeMap, BTreeSet};

use vocabulary::{DocumentCode, LocationCode, Quantity, SerialNumber, Sku};
use work_core::{Hindrance, PutAwayReason, Segregation, Shelf, Shelves, StoredAs, ToPutAway};

use crate::amount::{Amount, amount, clamped};
use crate::document::LINES_MAX;
use crate::item::{HeldBalance, ItemState};
use crate::{Holding, State, Tracking};

/// Which goods are put away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PutAwayOf {
    /// Everything at a location.
    Location(LocationCode),
    /// What came of a delivery and stands where goods arrive.
    Delivery {
        /// Its key.
        code: DocumentCode,
        /// Where goods arrive, or are inspected.
        arrive_at: Vec<LocationCode>,
    },
}

/// Goods of one lot, status and owner, and where they are best put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutAway {
    /// The item.
    pub sku: Sku,
    /// Where they are.
    pub from: LocationCode,
    /// Which goods.
    pub holding: Holding,
    /// How much there is.
    pub quantity: Quantity,
    /// The best first.
    pub places: Vec<PutAwayPlace>,
    /// What stays, and why; each reason once.
    pub left: Vec<(Quantity, NotPutAway)>,
}

/// A place, and what goes there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutAwayPlace {
    /// Where.
    pub location: LocationCode,
    /// How much.
    pub quantity: Quantity,
    /// Why.
    pub reason: PutAwayReason,
    /// One a unit, of an item tracked by serial number.
    pub serials: Vec<SerialNumber>,
}

/// Why goods stay where they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotPutAway {
    /// They are not available.
    Held,
    /// They are promised.
    Promised,
    /// They are in handling units.
    Packed,
    /// There is no place for them.
    NoPlace(Hindrance),
}

/// Goods at a place, by number.
#[derive(Debug, Clone, Copy)]
struct Standing<'a> {
    sku: &'a Sku,
    item: &'a ItemState,
    at: &'a HeldBalance,
    /// At most so much of them is meant.
    most: Amount,
}

impl State {
    /// Where goods are best put, for at most [`LINES_MAX`] of them, and whether there are more. `places` are the locations where goods are
    /// stored, each with the zone that it is in; `decimals` those of an item's base unit. `None` when no such delivery is known. Looks at
    /// every position once.
    pub fn put_away(
        &self,
        of: &PutAwayOf,
        (places, segregation): (Vec<(LocationCode, Option<LocationCode>)>, Segregation),
        decimals: impl Fn(&Sku) -> u32,
    ) -> Option<(Vec<PutAway>, bool)> {
        let standing = match of {
            PutAwayOf::Location(location) => self.standing_at(location),
            PutAwayOf::Delivery { code, arrive_at } => self.standing_of(code, arrive_at)?,
        };
        let has_more = standing.len() > LINES_MAX;
        let mut shelves = Shelves::new(self.shelves(places), segregation);
        let found = standing.into_iter().take(LINES_MAX);
        let found = found.filter_map(|goods| self.place(goods, &mut shelves, decimals(goods.sku)));
        Some((found.collect(), has_more))
    }

    fn standing_at(&self, location: &LocationCode) -> Vec<Standing<'_>> {
        let Some(number) = self.locations.get(location.as_str()) else { return Vec::new() };
        let items = self.sorted.iter().filter_map(|(sku, item)| Some((sku, self.numbered(*item)?)));
        let here = items.flat_map(|(sku, item)| {
            item.at_location(number).iter().map(move |at| Standing { sku, item, at, most: Amount::MAX })
        });
        here.filter(Standing::is_there).collect()
    }

    /// What came of a delivery, as far as it stands where goods arrive.
    fn standing_of(&self, code: &DocumentCode, arrive_at: &[LocationCode]) -> Option<Vec<Standing<'_>>> {
        let delivery = self.delivery(code)?;
        let mut came: BTreeMap<&Sku, Amount> = BTreeMap::new();
        for (_, line, progress) in delivery.lines() {
            let sum = came.entry(&line.sku).or_default();
            *sum = sum.saturating_add(amount(progress.kept()));
        }
        let docks: BTreeSet<_> =
            arrive_at.iter().filter_map(|location| self.locations.get(location.as_str())).collect();
        let mut standing = Vec::new();
        for (sku, mut most) in came {
            let known = self.skus.get(sku.as_str()).and_then(|number| self.numbered(number));
            let named = self.sorted.get_key_value(sku).map(|(sku, _)| sku);
            let Some((item, sku)) = known.zip(named) else { continue };
            for at in item.balances.iter().filter(|at| docks.contains(&at.location)) {
                let goods = Standing { sku, item, at, most };
                if goods.is_there() {
                    standing.push(goods);
                    most = most.saturating_sub(amount(at.balance.on_hand));
                }
            }
        }
        Some(standing)
    }

    /// The places with what lies there.
    fn shelves(&self, places: Vec<(LocationCode, Option<LocationCode>)>) -> Vec<Shelf> {
        let mut units: BTreeMap<u32, Amount> = BTreeMap::new();
        for at in self.items.iter().flat_map(|item| &item.balances) {
            let sum = units.entry(at.location).or_default();
            *sum = sum.saturating_add(amount(at.balance.on_hand));
        }
        let mut hazards: BTreeMap<u32, BTreeSet<_>> = BTreeMap::new();
        for (sku, how) in &self.rules.stored_as {
            let item = self.held(sku.as_str()).filter(|_| how.hazard.is_some());
            let there = item.into_iter().flat_map(|item| &item.balances);
            for at in there.filter(|at| at.balance.on_hand.is_positive()) {
                hazards.entry(at.location).or_default().extend(how.hazard);
            }
        }
        let shelf = |(location, zone): (LocationCode, _)| {
            let number = self.locations.get(location.as_str());
            let units = number.and_then(|number| units.get(&number)).copied().unwrap_or_default();
            let hazards = number.and_then(|number| hazards.remove(&number)).unwrap_or_default();
            let stores = self.rules.stores.get(&location).cloned().unwrap_or_default();
            Shelf { location, zone, stores, units: clamped(units), hazards }
        };
        places.into_iter().map(shelf).collect()
    }

    /// The best places for goods that are loose, available and not promised.
    fn place(&self, goods: Standing<'_>, shelves: &mut Shelves, decimals: u32) -> Option<PutAway> {
        let Standing { sku, item, at, most } = goods;
        let (from, holding) = (self.locations.name(at.location)?, self.holdings.name(at.holding)?);
        let there = clamped(amount(at.balance.on_hand).min(most));
        let (mut left, mut free) = (Vec::new(), there);
        let mut keep = |quantity: Quantity, why| {
            let kept = quantity.min(free);
            free = free.checked_sub(kept).unwrap_or_default();
            left.extend(kept.is_positive().then_some((kept, why)));
        };
        if !holding.status.is_available() {
            keep(there, NotPutAway::Held);
        }
        keep(self.packed(sku.as_str(), from.as_str(), holding), NotPutAway::Packed);
        keep(at.balance.reserved, NotPutAway::Promised);
        let serials = self.loose_serials(sku, (item, at));
        let mut places = Vec::new();
        if free.is_positive() {
            let (nothing, stored) = (StoredAs::default(), self.rules.stored_as.get(sku));
            let (stored, quantity) = (stored.unwrap_or(&nothing), free);
            let (lot_at, item_at) = (&self.lies_at(item, Some(at.holding)), &self.lies_at(item, None));
            let asked = ToPutAway { sku, stored, from, quantity, decimals, lot_at, item_at };
            let suggested = shelves.suggest(&asked);
            let mut named = serials.into_iter();
            places.extend(suggested.places.into_iter().map(|(location, quantity, reason)| {
                let count = usize::try_from(quantity.floor().billionths() / BILLION).unwrap_or(usize::MAX);
                let serials = named.by_ref().take(count).collect();
                PutAwayPlace { location, quantity, reason, serials }
            }));
            left.extend(suggested.hindrance.map(|why| (suggested.left, NotPutAway::NoPlace(why))));
        }
        let (sku, from, holding) = (sku.clone(), from.clone(), holding.clone());
        Some(PutAway { sku, from, holding, quantity: there, places, left })
    }

    /// Where something of an item lies, or of the lot of a holding.
    fn lies_at(&self, item: &ItemState, holding: Option<u32>) -> BTreeSet<LocationCode> {
        let lot_of = |number| self.holdings.name(number).and_then(|holding| holding.lot.as_ref());
        let wanted = holding.and_then(lot_of);
        let is_meant = |at: &&HeldBalance| match holding {
            Some(_) => wanted.is_some() && lot_of(at.holding) == wanted,
            None => true,
        };
        let there = item.balances.iter().filter(|at| at.balance.on_hand.is_positive()).filter(is_meant);
        there.filter_map(|at| self.locations.name(at.location).cloned()).collect()
    }

    /// Units at a position that are in no handling unit and promised to nobody by name, by number.
    fn loose_serials(&self, sku: &Sku, (item, at): (&ItemState, &HeldBalance)) -> Vec<SerialNumber> {
        let Some(tracked) = item.tracked.as_ref().filter(|tracked| tracked.tracking == Tracking::Serial)
        else {
            return Vec::new();
        };
        let here = tracked.serials.iter().filter(|(_, place)| **place == (at.location, at.holding));
        let free = here.map(|(serial, _)| serial).filter(|serial| {
            !tracked.promised.contains_key(*serial) && self.unit_of_serial(sku.as_str(), serial).is_none()
        });
        let mut free: Vec<_> = free.cloned().collect();
        free.sort_unstable();
        free
    }

    fn numbered(&self, item: u32) -> Option<&ItemState> {
        self.items.get(usize::try_from(item).ok()?)
    }
}

/// Billionths of one.
const BILLION: i128 = 1_000_000_000;

impl Standing<'_> {
    fn is_there(&self) -> bool {
        self.at.balance.on_hand.is_positive() && self.most > 0
    }
}
