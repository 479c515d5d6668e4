use vocabulary::{HandlingUnitKind, LocationCode, Quantity, SerialNumber, Sku, Sscc};

use super::numbers::Numbers;
use super::unit::{Unit, UnitLimit, UnitTree};
use super::{NumberSource, UnitName, UnitRejection};
use crate::draft::Draft;
use crate::small_map::SmallMap;
use crate::{Holding, NumberRange, Rejection};

/// Handling units as the lines judged so far leave them.
#[derive(Debug, Default)]
pub(crate) struct UnitDraft {
    /// Those that were looked at to be changed; nothing stands for one that was closed.
    units: SmallMap<Sscc, Option<Unit>>,
    packed: SmallMap<(Sku, LocationCode, Holding), Quantity>,
    /// In which unit single pieces are, if in any.
    serials: SmallMap<(Sku, SerialNumber), Option<Sscc>>,
    numbers: Option<Numbers>,
    /// By the line that opened them.
    opened: Vec<(u32, Sscc)>,
    /// Goods, serial numbers and units that moved with units.
    travelled: usize,
    /// Units that promises of the newest line counted whole, by position.
    counted: Vec<Counted>,
}

/// A position, and whole units there.
type Counted = (LocationCode, Holding, Vec<Sscc>);

impl UnitTree for Draft<'_> {
    fn unit(&self, sscc: &Sscc) -> Option<&Unit> {
        match self.handling.as_ref().and_then(|handling| handling.units.get(sscc)) {
            Some(drafted) => drafted.as_ref(),
            None => self.state().units.as_ref()?.open.get(sscc),
        }
    }

    fn unit_mut(&mut self, sscc: &Sscc) -> Option<&mut Unit> {
        if self.handling.as_ref().is_none_or(|handling| handling.units.get(sscc).is_none()) {
            let known = self.state().units.as_ref()?.open.get(sscc)?.clone();
            self.handling_mut().units.insert(*sscc, Some(known));
        }
        self.handling_mut().units.get_mut(sscc)?.as_mut()
    }
}

impl Draft<'_> {
    /// Whether a unit stands right at a place, with nothing in it.
    pub(crate) fn stands_empty(&self, sscc: &Sscc, at: &LocationCode) -> bool {
        let is_empty = |unit: &Unit| unit.contents.is_empty() && unit.nested.is_empty();
        self.unit(sscc).is_some_and(|unit| unit.parent.is_none() && unit.location == *at && is_empty(unit))
    }

    /// Whether there is, or was, any handling unit: where there is none, which is nearly everywhere, nobody has to look.
    pub(crate) const fn has_units(&self) -> bool {
        self.handling.is_some() || self.state().units.is_some()
    }

    /// The unit that a line names.
    pub(crate) fn named(&self, name: UnitName) -> Result<Sscc, Rejection> {
        let sscc = match name {
            UnitName::Sscc(sscc) => Some(sscc),
            UnitName::OfLine(line) => {
                let opened = self.handling.iter().flat_map(|handling| &handling.opened);
                opened.into_iter().find_map(|(number, sscc)| (*number == line).then_some(*sscc))
            }
        };
        sscc.filter(|sscc| self.unit(sscc).is_some())
            .ok_or_else(|| UnitRejection::NotFound { unit: name }.into())
    }

    /// The unit that a line names, which must be at this place.
    pub(crate) fn named_at(&self, name: UnitName, at: &LocationCode) -> Result<Sscc, Rejection> {
        let unit = self.named(name)?;
        let location = self.place(&unit)?;
        if location == *at { Ok(unit) } else { Err(UnitRejection::Elsewhere { unit, location }.into()) }
    }

    /// Where a unit is.
    pub(crate) fn place(&self, unit: &Sscc) -> Result<LocationCode, Rejection> {
        let not_found = UnitRejection::NotFound { unit: UnitName::Sscc(*unit) }.into();
        self.place_of(unit).ok_or(not_found)
    }

    /// What of some goods at a place is in units.
    pub(crate) fn packed(&self, sku: &Sku, at: &LocationCode, holding: &Holding) -> Quantity {
        let drafted = self.handling.as_ref();
        let drafted = drafted.and_then(|h| h.packed.get(&(sku.clone(), at.clone(), holding.clone())));
        drafted.copied().unwrap_or_else(|| self.state().packed(sku.as_str(), at.as_str(), holding))
    }

    pub(crate) fn set_packed(&mut self, sku: &Sku, at: &LocationCode, holding: &Holding, packed: Quantity) {
        self.handling_mut().packed.insert((sku.clone(), at.clone(), holding.clone()), packed);
    }

    /// Units that the lines judged so far have looked at to change them, whether they are still there or not.
    pub(crate) fn units_touched(&self) -> impl Iterator<Item = Sscc> {
        self.handling.iter().flat_map(|handling| handling.units.iter()).map(|(unit, _)| *unit)
    }

    /// Whether no promise names a piece of an item in a unit, or in one that stands in it.
    pub(crate) fn names_none(&self, sku: &Sku, unit: &Sscc) -> bool {
        let all = self.with_nested(unit, UnitLimit::Document.max());
        let contents = all.iter().filter_map(|unit| self.unit(unit)).flat_map(|unit| unit.contents.values());
        contents.flat_map(|content| &content.serials).all(|serial| self.promised(sku, serial).is_none())
    }

    /// A promise counts units whole; that is told by an explanation only.
    pub(crate) fn note_counted(&mut self, (at, holding): (&LocationCode, &Holding), units: Vec<Sscc>) {
        if !units.is_empty() {
            self.handling_mut().counted.push((at.clone(), holding.clone(), units));
        }
    }

    /// What was counted since the last call.
    pub(crate) fn take_counted(&mut self) -> Vec<Counted> {
        self.handling.as_mut().map(|handling| std::mem::take(&mut handling.counted)).unwrap_or_default()
    }

    /// The unit that a single piece is in.
    pub(crate) fn unit_of_serial(&self, sku: &Sku, serial: &SerialNumber) -> Option<Sscc> {
        let drafted = self.handling.as_ref();
        let drafted = drafted.and_then(|h| h.serials.get(&(sku.clone(), serial.clone())));
        drafted.copied().unwrap_or_else(|| self.state().unit_of_serial(sku.as_str(), serial))
    }

    pub(crate) fn set_unit_of_serial(&mut self, sku: &Sku, serial: &SerialNumber, unit: Option<Sscc>) {
        self.handling_mut().serials.insert((sku.clone(), serial.clone()), unit);
    }

    /// Opens a unit, with the number given or the next of the range.
    pub(super) fn open(
        &mut self,
        line: u32,
        sscc: Option<Sscc>,
        (kind, at): (&HandlingUnitKind, &LocationCode),
    ) -> Result<(Sscc, NumberSource), Rejection> {
        let (sscc, source) = match sscc {
            Some(unit) if self.was_used(&unit) => return Err(UnitRejection::SsccReused { unit }.into()),
            Some(unit) => (unit, NumberSource::Given),
            None => (self.next_number()?, NumberSource::Range),
        };
        let handling = self.handling_mut();
        handling.units.insert(sscc, Some(Unit::new(kind.clone(), at.clone())));
        handling.opened.push((line, sscc));
        Ok((sscc, source))
    }

    /// A unit is no more.
    pub(super) fn close(&mut self, sscc: &Sscc) {
        if self.unit(sscc).is_some_and(|unit| unit.parent.is_some()) {
            self.set_parent(sscc, None);
        }
        self.handling_mut().units.insert(*sscc, None);
    }

    /// Takes numbers from another range.
    pub(super) fn set_numbers(&mut self, range: &NumberRange) -> Result<(), Rejection> {
        self.numbers_mut().set(range).map_err(|free| UnitRejection::NumbersTaken { free }.into())
    }

    /// Counts what moves with a unit.
    pub(super) fn travel(&mut self, unit: Sscc, count: usize) -> Result<(), Rejection> {
        let handling = self.handling_mut();
        handling.travelled = handling.travelled.saturating_add(count);
        let limit = UnitLimit::Document;
        if handling.travelled > limit.max() {
            return Err(UnitRejection::TooLarge { unit, limit }.into());
        }
        Ok(())
    }

    fn next_number(&mut self) -> Result<Sscc, Rejection> {
        let last = self.numbers_mut().range().and_then(|range| range.series.sscc(range.last));
        loop {
            let Some(next) = self.numbers_mut().take() else {
                return Err(UnitRejection::NumbersExhausted { last }.into());
            };
            // Somebody may have given it to a unit himself.
            if !self.is_known(&next) {
                return Ok(next);
            }
        }
    }

    fn was_used(&self, sscc: &Sscc) -> bool {
        let drafted = self.handling.as_ref().and_then(|handling| handling.numbers.as_ref());
        let numbers = drafted.or_else(|| self.state().units.as_ref().map(|units| &units.numbers));
        self.is_known(sscc) || numbers.is_some_and(|numbers| numbers.has_given(sscc))
    }

    /// Whether a unit of this number is, or was, here.
    fn is_known(&self, sscc: &Sscc) -> bool {
        let drafted = self.handling.as_ref().is_some_and(|handling| handling.units.get(sscc).is_some());
        drafted || self.state().units.as_ref().is_some_and(|units| units.is_known(sscc))
    }

    fn numbers_mut(&mut self) -> &mut Numbers {
        if self.handling.as_ref().is_none_or(|handling| handling.numbers.is_none()) {
            let known = self.state().units.as_ref().map(|units| units.numbers.clone());
            self.handling_mut().numbers = Some(known.unwrap_or_default());
        }
        self.handling_mut().numbers.get_or_insert_default()
    }

    fn handling_mut(&mut self) -> &mut UnitDraft {
        self.handling.get_or_insert_default()
    }
}
