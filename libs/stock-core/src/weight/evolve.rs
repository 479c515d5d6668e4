use std::collections::BTreeMap;

use vocabulary::{Quantity, QuantityOverflow, Sku, Weight, WeightUnit};

use super::MovedWeight;
use crate::amount::{Amount, amount, quantity};
use crate::entry::Moved;
use crate::item::ItemState;
use crate::{EvolveError, Holding, Place, State};

/// What the goods of one item weigh.
#[derive(Debug, Clone)]
pub(crate) struct ItemWeights {
    unit: WeightUnit,
    /// Sum over the virtual places, and of what was lost: minus what is inside (L1).
    outside: Quantity,
    /// By location number and holding number; nothing for positions where nothing is.
    held: BTreeMap<(u32, u32), Quantity>,
}

impl ItemWeights {
    const fn new(unit: WeightUnit) -> Self {
        Self { unit, outside: Quantity::ZERO, held: BTreeMap::new() }
    }

    /// What is outside is what is missing inside.
    pub(crate) fn restore_outside(&mut self) -> Result<(), QuantityOverflow> {
        let inside = self.held.values().map(|held| amount(*held));
        self.outside = quantity(inside.fold(0, Amount::saturating_sub))?;
        Ok(())
    }

    /// Adds to what a position weighs; false when less than nothing would be left.
    fn add(&mut self, at: (u32, u32), weight: Quantity) -> Result<bool, QuantityOverflow> {
        let held = self.held.entry(at).or_default();
        *held = held.checked_add(weight)?;
        let is_there = !held.is_negative();
        if held.is_zero() {
            self.held.remove(&at);
        }
        Ok(is_there)
    }
}

impl ItemState {
    /// What some goods at a place weigh.
    pub(crate) fn weight(&self, location: u32, holding: u32) -> Option<Weight> {
        let weights = self.weights.as_ref()?;
        let amount = *weights.held.get(&(location, holding))?;
        Some(Weight { amount, unit: weights.unit })
    }

    /// Puts what a checkpoint has of a position back.
    pub(crate) fn restore_weight(
        &mut self,
        at: (u32, u32),
        Weight { amount, unit }: Weight,
    ) -> Result<(), EvolveError> {
        let weights = self.weights.get_or_insert_with(|| Box::new(ItemWeights::new(unit)));
        if weights.unit != unit || !weights.add(at, amount)? {
            return Err(EvolveError::Weight);
        }
        Ok(())
    }
}

impl State {
    /// What some goods at a place weigh; `None` for those of no catch weight, and where none are.
    pub fn weight_of(&self, sku: &str, location: &str, holding: &Holding) -> Option<Weight> {
        let location = self.locations.get(location)?;
        self.held(sku)?.weight(location, self.holdings.get::<Holding>(holding)?)
    }

    /// What all that is here of an item weighs; `None` when it is of no catch weight, and when nothing is here.
    pub fn weight_inside(&self, sku: &str) -> Option<Weight> {
        let weights = self.held(sku)?.weights.as_ref()?;
        Some(Weight { amount: weights.outside.negated(), unit: weights.unit })
    }

    /// What goods of an item weigh, position by position.
    pub fn weights_of<'a>(&'a self, sku: &str) -> impl Iterator<Item = Quantity> + use<'a> {
        let weights = self.held(sku).and_then(|held| held.weights.as_ref());
        weights.into_iter().flat_map(|weights| weights.held.values().copied())
    }

    /// Whether what an item's goods weigh, and what went out and was lost of it, adds up to nothing (L1).
    pub fn keeps_weight(&self, sku: &str) -> bool {
        let weights = self.held(sku).and_then(|held| held.weights.as_ref());
        weights.is_none_or(|weights| laws::conservation(self.weights_of(sku), weights.outside))
    }

    /// Whether some goods at a place weigh something, and what is not there weighs nothing; of an item of catch weight.
    pub fn weighs_what_is_there(&self, sku: &Sku, location: &str, holding: &Holding) -> bool {
        if self.weight_inside(sku.as_str()).is_none() {
            return true;
        }
        let weight = self.weight_of(sku.as_str(), location, holding).map(|weight| weight.amount);
        let on_hand = self.balance_of(sku.as_str(), location, holding).on_hand;
        laws::weight_is_there(weight.unwrap_or_default(), on_hand)
    }

    /// Applies what goods weighed that were moved; the holdings are given by their numbers.
    pub(crate) fn weighed(
        &mut self,
        (item, weight): (u32, &MovedWeight),
        (moved, from, to): (&Moved, u32, u32),
    ) -> Result<(), EvolveError> {
        self.has_weights = true;
        let mut number =
            |place: &Place, holding| place.real().map(|code| (self.locations.intern(code).0, holding));
        let (from, to) = (number(&moved.from, from), number(&moved.to, to));
        let held = self.item_mut(item)?;
        let weights = held.weights.get_or_insert_with(|| Box::new(ItemWeights::new(weight.unit)));
        if weights.unit != weight.unit {
            if !weights.held.is_empty() {
                return Err(EvolveError::Weight);
            }
            weights.unit = weight.unit;
        }
        let taken = weight.measured.checked_add(weight.difference)?;
        let (mut is_there, mut inside) = (true, amount(weights.outside).saturating_neg());
        for (at, change) in [(from, taken.negated()), (to, weight.measured)] {
            if let Some(at) = at {
                is_there &= weights.add(at, change)?;
                inside = inside.saturating_add(amount(change));
            }
        }
        // In one step, as it is judged: what came or went may be far more than what is inside before and after.
        weights.outside = quantity(inside.saturating_neg())?;
        if weights.held.is_empty() && weights.outside.is_zero() {
            held.weights = None;
        }
        if is_there { Ok(()) } else { Err(EvolveError::Weight) }
    }
}
