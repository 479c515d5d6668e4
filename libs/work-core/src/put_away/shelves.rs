use std::collections::{BTreeMap, BTreeSet};

use vocabulary::{LocationCode, Quantity, Sku};

use super::{HazardClass, Segregation, StoredAs, Stores};

/// A place where goods can be put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    /// Where.
    pub location: LocationCode,
    /// The zone that it is in: what lies there lies beside it. `None` where it stands by itself.
    pub zone: Option<LocationCode>,
    /// What it takes.
    pub stores: Stores,
    /// What lies there, in base units of whatever it is.
    pub units: Quantity,
    /// What is dangerous of it.
    pub hazards: BTreeSet<HazardClass>,
}

/// Goods that are to be put away.
#[derive(Debug, Clone)]
pub struct ToPutAway<'a> {
    /// The item.
    pub sku: &'a Sku,
    /// How it is stored.
    pub stored: &'a StoredAs,
    /// Where they are: that is no place to put them.
    pub from: &'a LocationCode,
    /// How much, in the base unit; positive.
    pub quantity: Quantity,
    /// Decimals that a part of them may have.
    pub decimals: u32,
    /// Where their lot lies; nothing of goods without lots.
    pub lot_at: &'a BTreeSet<LocationCode>,
    /// Where their item lies.
    pub item_at: &'a BTreeSet<LocationCode>,
}

/// Why a place is suggested; the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PutAwayReason {
    /// It is the item's own.
    Fixed,
    /// The same lot lies there.
    SameLot,
    /// The same item lies there.
    SameItem,
    /// It is empty, and of the item's class.
    EmptyOfClass,
    /// It is empty.
    Empty,
    /// It has room beside other items.
    Beside,
}

/// Why there is no place; the farther one came the later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hindrance {
    /// There are no places.
    NoPlace,
    /// All are of another class.
    OtherClass,
    /// Beside all others lies what they must not lie beside.
    Hazard,
    /// All others are full.
    Full,
}

/// Where goods are put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested {
    /// The best place first, with how much goes there.
    pub places: Vec<(LocationCode, Quantity, PutAwayReason)>,
    /// What finds no place.
    pub left: Quantity,
    /// Why.
    pub hindrance: Option<Hindrance>,
}

/// All places of a warehouse, as they are with what was suggested so far.
#[derive(Debug)]
pub struct Shelves {
    /// In the order in which somebody walks by.
    shelves: Vec<Shelf>,
    zones: BTreeMap<LocationCode, BTreeSet<HazardClass>>,
    segregation: Segregation,
    /// Where items go that lie nowhere yet.
    put: BTreeMap<Sku, BTreeSet<LocationCode>>,
}

impl Shelves {
    /// In the order of their codes.
    pub fn new(mut shelves: Vec<Shelf>, segregation: Segregation) -> Self {
        shelves.sort_unstable_by(|a, b| a.location.cmp(&b.location));
        let mut zones: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for shelf in &shelves {
            if let Some(zone) = &shelf.zone {
                zones.entry(zone.clone()).or_default().extend(&shelf.hazards);
            }
        }
        Self { shelves, zones, segregation, put: BTreeMap::new() }
    }

    /// The best places for goods, until all of them have one. They count as put there for those that are asked for next.
    pub fn suggest(&mut self, goods: &ToPutAway<'_>) -> Suggested {
        let (mut fit, mut hindrance) = (Vec::new(), Hindrance::NoPlace);
        for (n, shelf) in self.shelves.iter().enumerate() {
            if shelf.location == *goods.from {
                continue;
            }
            match self.look(shelf, goods) {
                Ok(reason) => fit.push((reason, n)),
                Err(why) => hindrance = hindrance.max(why),
            }
        }
        fit.sort_unstable();
        let (mut places, mut left) = (Vec::new(), goods.quantity);
        for (reason, n) in fit {
            if left.is_zero() {
                break;
            }
            let Some(shelf) = self.shelves.get_mut(n) else { continue };
            let quantity = shelf.room(goods.decimals).map_or(left, |room| room.min(left));
            // Their sum was exact where they came from.
            shelf.units = shelf.units.checked_add(quantity).unwrap_or(Quantity::MAX);
            shelf.hazards.extend(goods.stored.hazard);
            if let Some(beside) = shelf.zone.as_ref().and_then(|zone| self.zones.get_mut(zone)) {
                beside.extend(goods.stored.hazard);
            }
            self.put.entry(goods.sku.clone()).or_default().insert(shelf.location.clone());
            places.push((shelf.location.clone(), quantity, reason));
            left = left.checked_sub(quantity).unwrap_or_default();
        }
        // What fits somewhere and is left over filled it.
        let hindrance = if places.is_empty() { hindrance } else { Hindrance::Full };
        Suggested { places, left, hindrance: left.is_positive().then_some(hindrance) }
    }

    /// Why a place is one for goods, or why not.
    fn look(&self, shelf: &Shelf, goods: &ToPutAway<'_>) -> Result<PutAwayReason, Hindrance> {
        let ToPutAway { stored, .. } = goods;
        let is_fixed = stored.fixed.as_ref() == Some(&shelf.location);
        let class = (stored.class, shelf.stores.class);
        if !is_fixed && matches!(class, (Some(goods), Some(place)) if goods != place) {
            return Err(Hindrance::OtherClass);
        }
        if stored.hazard.is_some_and(|hazard| self.lies_beside(shelf, hazard)) {
            return Err(Hindrance::Hazard);
        }
        if shelf.room(goods.decimals).is_some_and(|room| !room.is_positive()) {
            return Err(Hindrance::Full);
        }
        let is_put = || self.put.get(goods.sku).is_some_and(|places| places.contains(&shelf.location));
        Ok(match () {
            () if is_fixed => PutAwayReason::Fixed,
            () if goods.lot_at.contains(&shelf.location) => PutAwayReason::SameLot,
            () if goods.item_at.contains(&shelf.location) || is_put() => PutAwayReason::SameItem,
            () if !shelf.units.is_zero() => PutAwayReason::Beside,
            () if class.0.is_some() && class.0 == class.1 => PutAwayReason::EmptyOfClass,
            () => PutAwayReason::Empty,
        })
    }

    /// Whether something that must be kept apart lies at a place, or beside it.
    fn lies_beside(&self, shelf: &Shelf, hazard: HazardClass) -> bool {
        let zone = shelf.zone.as_ref().and_then(|zone| self.zones.get(zone));
        let mut there = zone.unwrap_or(&shelf.hazards).iter();
        there.any(|other| self.segregation.keeps_apart(hazard, *other))
    }
}

impl Shelf {
    /// How much more may lie there, in parts of so many decimals; `None` for anything.
    fn room(&self, decimals: u32) -> Option<Quantity> {
        let room = self.stores.units_max?.checked_sub(self.units).unwrap_or_default();
        let is_fine = room.decimals() <= decimals;
        // A part of a room that cannot be filled exactly is not used.
        Some(if is_fine { room } else { room.floor() }.max(Quantity::ZERO))
    }
}
