use std::collections::{BTreeMap, BTreeSet};

use vocabulary::{HandlingUnitKind, LocationCode, Quantity, QuantityOverflow, SerialNumber, Sku, Sscc};

use crate::Holding;

/// Levels of a unit with all that is nested in it: a pallet of cartons of boxes has three.
const LEVELS_MAX: usize = 5;

/// A handling unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    pub(crate) kind: HandlingUnitKind,
    /// Where it is, or was before it was nested: a nested unit is where its parent is.
    pub(crate) location: LocationCode,
    pub(crate) parent: Option<Sscc>,
    /// The units that stand right in it.
    pub(crate) nested: BTreeSet<Sscc>,
    pub(crate) contents: BTreeMap<(Sku, Holding), Content>,
}

/// Goods of one kind in a unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Content {
    pub(crate) quantity: Quantity,
    /// One a piece, of an item tracked by serial number.
    pub(crate) serials: BTreeSet<SerialNumber>,
}

/// A limit of handling units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitLimit {
    /// Different goods in one unit.
    Contents,
    /// Serial numbers in one unit.
    Serials,
    /// Units right in one unit.
    Nested,
    /// Different goods and serial numbers, and units, that move with their units in one document.
    Document,
}

/// Why a unit cannot stand in another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NestingFault {
    /// It would stand in itself.
    Cycle,
    /// There would be more than five levels.
    TooDeep,
}

impl UnitLimit {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Contents, Self::Serials, Self::Nested, Self::Document];

    /// What it limits.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Contents => "contents",
            Self::Serials => "serials",
            Self::Nested => "nested",
            Self::Document => "document",
        }
    }

    /// How much of it there may be.
    pub const fn max(self) -> usize {
        match self {
            Self::Contents | Self::Nested => 1000,
            Self::Serials => 5000,
            Self::Document => 10_000,
        }
    }
}

impl Unit {
    pub(crate) const fn new(kind: HandlingUnitKind, location: LocationCode) -> Self {
        Self { kind, location, parent: None, nested: BTreeSet::new(), contents: BTreeMap::new() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.nested.is_empty() && self.contents.is_empty()
    }

    pub(crate) fn content(&self, goods: &(Sku, Holding)) -> Option<&Content> {
        self.contents.get(goods)
    }

    pub(crate) fn put(
        &mut self,
        goods: (Sku, Holding),
        quantity: Quantity,
        serials: &[SerialNumber],
    ) -> Result<(), QuantityOverflow> {
        let content = self.contents.entry(goods).or_default();
        content.quantity = content.quantity.checked_add(quantity)?;
        content.serials.extend(serials.iter().cloned());
        Ok(())
    }

    /// Takes goods out; false when it does not hold so many, or not these.
    pub(crate) fn take(
        &mut self,
        goods: &(Sku, Holding),
        quantity: Quantity,
        serials: &[SerialNumber],
    ) -> Result<bool, QuantityOverflow> {
        let Some(content) = self.contents.get_mut(goods) else { return Ok(false) };
        content.quantity = content.quantity.checked_sub(quantity)?;
        let has_all = serials.iter().all(|serial| content.serials.remove(serial));
        let is_enough = has_all && !content.quantity.is_negative();
        if content.quantity.is_zero() {
            self.contents.remove(goods);
        }
        Ok(is_enough)
    }

    /// The limit that it is above.
    pub(crate) fn broken_limit(&self) -> Option<UnitLimit> {
        let serials = || self.contents.values().map(|content| content.serials.len()).sum::<usize>();
        [
            (UnitLimit::Contents, self.contents.len()),
            (UnitLimit::Nested, self.nested.len()),
            (UnitLimit::Serials, serials()),
        ]
        .into_iter()
        .find_map(|(limit, size)| (size > limit.max()).then_some(limit))
    }
}

/// Where units are kept: the state, or a draft over it.
pub(crate) trait UnitTree {
    fn unit(&self, sscc: &Sscc) -> Option<&Unit>;

    fn unit_mut(&mut self, sscc: &Sscc) -> Option<&mut Unit>;

    /// The unit that a unit stands in at last: itself, when it stands in none.
    fn root(&self, sscc: &Sscc) -> Option<Sscc> {
        self.and_parents(sscc).last()
    }

    /// Where a unit is.
    fn place_of(&self, sscc: &Sscc) -> Option<LocationCode> {
        Some(self.unit(&self.root(sscc)?)?.location.clone())
    }

    /// A unit, the one that it stands in, and so on.
    fn and_parents(&self, sscc: &Sscc) -> impl Iterator<Item = Sscc> {
        let known = self.unit(sscc).map(|_| *sscc);
        std::iter::successors(known, |sscc| self.unit(sscc)?.parent).take(LEVELS_MAX)
    }

    /// A unit and all that is nested in it, each before what stands in it; no more than `units_max`.
    fn with_nested(&self, sscc: &Sscc, units_max: usize) -> Vec<Sscc> {
        let (mut found, mut waiting) = (Vec::new(), vec![*sscc]);
        while let Some(next) = waiting.pop()
            && found.len() < units_max
        {
            found.push(next);
            let nested = self.unit(&next).into_iter().flat_map(|unit| unit.nested.iter().rev());
            waiting.extend(nested.copied());
        }
        found
    }

    /// Whether a unit can stand in another one.
    fn nesting_fault(&self, sscc: &Sscc, parent: &Sscc) -> Option<NestingFault> {
        if self.and_parents(parent).any(|above| above == *sscc) {
            return Some(NestingFault::Cycle);
        }
        let above = self.and_parents(parent).count();
        (above.saturating_add(self.levels(sscc)) > LEVELS_MAX).then_some(NestingFault::TooDeep)
    }

    /// Levels of a unit with all that is nested in it.
    fn levels(&self, sscc: &Sscc) -> usize {
        let above = self.and_parents(sscc).count();
        let all = self.with_nested(sscc, usize::MAX);
        let deepest = all.iter().map(|nested| self.and_parents(nested).count()).max();
        deepest.unwrap_or_default().saturating_sub(above).saturating_add(1)
    }

    /// Puts a unit into another one, or takes it out; false when one of them is not there.
    fn set_parent(&mut self, sscc: &Sscc, parent: Option<Sscc>) -> bool {
        let (Some(place), Some(unit)) = (self.place_of(sscc), self.unit_mut(sscc)) else { return false };
        unit.location = place;
        let before = std::mem::replace(&mut unit.parent, parent);
        if let Some(before) = before.and_then(|before| self.unit_mut(&before)) {
            before.nested.remove(sscc);
        }
        match parent {
            None => true,
            Some(parent) => self.unit_mut(&parent).is_some_and(|parent| parent.nested.insert(*sscc)),
        }
    }
}
