use vocabulary::{LocationCode, Quantity, Sku, Weight, WeightUnit};

use crate::Holding;
use crate::draft::Draft;
use crate::small_map::SmallMap;

/// Weights as the lines judged so far leave them.
#[derive(Debug, Default)]
pub(crate) struct WeightDraft {
    positions: SmallMap<(Sku, LocationCode, Holding), Quantity>,
    /// Over all positions.
    inside: SmallMap<Sku, Weight>,
}

impl Draft<'_> {
    /// Whether any item is, or was, of catch weight: where none is, which is nearly everywhere, nobody has to look.
    pub(crate) const fn has_weights(&self) -> bool {
        self.weights.is_some() || self.state().has_weights
    }

    /// In which unit what is here of an item is weighed; `None` when it is not, or when nothing is here.
    pub(crate) fn weighed(&self, sku: &Sku) -> Option<WeightUnit> {
        if !self.has_weights() {
            return None;
        }
        let inside = self.inside(sku)?;
        inside.amount.is_positive().then_some(inside.unit)
    }

    fn inside(&self, sku: &Sku) -> Option<Weight> {
        let drafted = self.weights.as_ref().and_then(|weights| weights.inside.get(sku)).copied();
        drafted.or_else(|| self.state().weight_inside(sku.as_str()))
    }

    /// What some goods at a place weigh together.
    pub(crate) fn weight(&self, sku: &Sku, at: &LocationCode, holding: &Holding) -> Quantity {
        let drafted = self.weights.as_ref();
        let drafted = drafted.and_then(|w| w.positions.get(&(sku.clone(), at.clone(), holding.clone())));
        drafted.copied().unwrap_or_else(|| {
            let known = self.state().weight_of(sku.as_str(), at.as_str(), holding);
            known.map(|known| known.amount).unwrap_or_default()
        })
    }

    /// Adds to what some goods at a place weigh; `None` when it leaves the exact range.
    pub(crate) fn add_weight(
        &mut self,
        (sku, at, holding): (&Sku, &LocationCode, &Holding),
        Weight { amount, unit }: Weight,
    ) -> Option<()> {
        let here = self.weight(sku, at, holding).checked_add(amount).ok()?;
        let inside = self.inside(sku).map(|inside| inside.amount).unwrap_or_default();
        let inside = inside.checked_add(amount).ok()?;
        let weights = self.weights.get_or_insert_default();
        weights.positions.insert((sku.clone(), at.clone(), holding.clone()), here);
        weights.inside.insert(sku.clone(), Weight { amount: inside, unit });
        Some(())
    }
}
