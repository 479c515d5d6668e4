use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use vocabulary::{HandlingUnitKind, LocationCode, Quantity, SerialNumber, Sscc};

use super::numbers::Numbers;
use super::unit::{Unit, UnitTree};
use super::{NumberSource, UnitChange};
use crate::entry::Moved;
use crate::{EvolveError, State, UnitFact};

/// The handling units of a warehouse.
#[derive(Debug, Clone, Default)]
pub(crate) struct Units {
    pub(crate) open: BTreeMap<Sscc, Unit>,
    /// Numbers of units that are no more and were not taken from a range.
    pub(crate) used: BTreeSet<Sscc>,
    pub(crate) numbers: Numbers,
    /// Units that changed since the last checkpoint.
    pub(super) marked: BTreeSet<Sscc>,
    pub(super) are_numbers_marked: bool,
}

/// What of one item is in units.
#[derive(Debug, Clone, Default)]
pub(crate) struct PackedItem {
    /// By location number and holding number.
    pub(super) positions: FxHashMap<(u32, u32), PackedPosition>,
    pub(super) serials: FxHashMap<SerialNumber, Sscc>,
}

/// What of some goods at a place is in units.
#[derive(Debug, Clone, Default)]
pub(crate) struct PackedPosition {
    pub(super) quantity: Quantity,
    pub(super) units: BTreeMap<Sscc, Quantity>,
}

impl Units {
    /// Whether a unit of this number is, or was, here; but for those that a range gave.
    pub(crate) fn is_known(&self, sscc: &Sscc) -> bool {
        self.open.contains_key(sscc) || self.used.contains(sscc)
    }
}

impl UnitTree for Units {
    fn unit(&self, sscc: &Sscc) -> Option<&Unit> {
        self.open.get(sscc)
    }

    fn unit_mut(&mut self, sscc: &Sscc) -> Option<&mut Unit> {
        self.open.get_mut(sscc)
    }
}

impl PackedItem {
    /// Adds to what a unit holds of some goods at a place.
    pub(super) fn add(&mut self, unit: Sscc, at: (u32, u32), quantity: Quantity) -> Result<(), EvolveError> {
        let packed = self.positions.entry(at).or_default();
        packed.quantity = packed.quantity.checked_add(quantity)?;
        let held = packed.units.entry(unit).or_default();
        *held = held.checked_add(quantity)?;
        if held.is_zero() {
            packed.units.remove(&unit);
        }
        if packed.units.is_empty() {
            self.positions.remove(&at);
        }
        Ok(())
    }
}

impl State {
    /// Applies a fact about handling units.
    pub(crate) fn unit_changed(&mut self, fact: &UnitFact) -> Result<(), EvolveError> {
        let units = self.units.get_or_insert_default();
        let done = match &fact.change {
            UnitChange::NumbersSet(range) => {
                units.are_numbers_marked = true;
                return units.numbers.set(range).map_err(|_| EvolveError::NumberRange);
            }
            UnitChange::Opened { unit, kind, location, number } => {
                units.opened(unit, (kind, location), *number)
            }
            UnitChange::Nested { unit, parent } => {
                units.mark_tree(unit);
                units.set_parent(unit, *parent)
            }
            UnitChange::Moved { unit, to, .. } => units.moved(unit, to),
            UnitChange::Closed { unit, .. } => units.closed(unit),
        };
        match fact.change.unit().filter(|_| !done) {
            Some(unit) => Err(EvolveError::HandlingUnit(unit)),
            None => Ok(()),
        }
    }

    /// Applies what a movement does to the goods in units; the holdings are given by their numbers.
    pub(crate) fn repacked(
        &mut self,
        item: u32,
        moved: &Moved,
        (from, to): (u32, u32),
    ) -> Result<(), EvolveError> {
        if let (Some(at), Some(unit)) = (moved.from.real(), moved.from_unit()) {
            let at = (self.locations.intern(at).0, from);
            let packed = self.item_mut(item)?.packed.get_or_insert_default();
            packed.add(unit, at, moved.quantity.negated())?;
            for serial in moved.serials() {
                packed.serials.remove(serial);
            }
            let goods = (moved.sku.clone(), moved.from_holding());
            if !self.touch_unit(unit)?.take(&goods, moved.quantity, moved.serials())? {
                return Err(EvolveError::HandlingUnit(unit));
            }
        }
        if let (Some(at), Some(unit)) = (moved.to.real(), moved.to_unit()) {
            let at = (self.locations.intern(at).0, to);
            let packed = self.item_mut(item)?.packed.get_or_insert_default();
            packed.add(unit, at, moved.quantity)?;
            packed.serials.extend(moved.serials().iter().map(|serial| (serial.clone(), unit)));
            let goods = (moved.sku.clone(), moved.to_holding());
            self.touch_unit(unit)?.put(goods, moved.quantity, moved.serials())?;
        }
        Ok(())
    }

    fn touch_unit(&mut self, unit: Sscc) -> Result<&mut Unit, EvolveError> {
        let units = self.units.get_or_insert_default();
        units.marked.insert(unit);
        units.open.get_mut(&unit).ok_or(EvolveError::HandlingUnit(unit))
    }
}

impl Units {
    fn opened(
        &mut self,
        sscc: &Sscc,
        (kind, location): (&HandlingUnitKind, &LocationCode),
        number: NumberSource,
    ) -> bool {
        self.marked.insert(*sscc);
        let is_given = match number {
            NumberSource::Given => true,
            NumberSource::Range => {
                self.are_numbers_marked = true;
                self.numbers.give(sscc)
            }
        };
        let is_new = !self.is_known(sscc);
        self.open.insert(*sscc, Unit::new(kind.clone(), location.clone()));
        is_given && is_new
    }

    /// What is nested in it goes along.
    fn moved(&mut self, sscc: &Sscc, to: &LocationCode) -> bool {
        self.mark_tree(sscc);
        let Some(unit) = self.open.get_mut(sscc) else { return false };
        unit.location = to.clone();
        unit.parent.is_none()
    }

    fn closed(&mut self, sscc: &Sscc) -> bool {
        self.marked.insert(*sscc);
        if self.unit(sscc).is_some_and(|unit| unit.parent.is_some()) {
            self.set_parent(sscc, None);
        }
        if !self.numbers.has_given(sscc) {
            self.used.insert(*sscc);
        }
        self.open.remove(sscc).is_some_and(|unit| unit.is_empty())
    }

    /// Where a unit stands is stored with each that is nested in it.
    fn mark_tree(&mut self, sscc: &Sscc) {
        let all = self.with_nested(sscc, usize::MAX);
        self.marked.extend(all);
    }
}
