//! Reading the handling units of a state.

use std::ops::Bound;

use vocabulary::{Quantity, SerialNumber, Sscc};

use super::evolve::PackedPosition;
use super::{NumberRange, SeriesRow, UnitHead, UnitRow};
use crate::{Holding, State};

impl State {
    /// A handling unit that is there.
    pub fn handling_unit(&self, sscc: &Sscc) -> Option<UnitRow> {
        self.units.as_ref()?.row(sscc)
    }

    /// The handling units after a number, in order.
    pub fn handling_units_after(&self, after: Option<Sscc>) -> impl Iterator<Item = UnitRow> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let units = self.units.iter();
        units.flat_map(move |units| {
            units.open.range((from, Bound::Unbounded)).filter_map(|(sscc, _)| units.row(sscc))
        })
    }

    /// The handling units after a number, in order, without their goods but with how many different ones are right in each, and whether
    /// an item is among them.
    pub fn handling_unit_heads_after(
        &self,
        after: Option<Sscc>,
        sku: &str,
    ) -> impl Iterator<Item = UnitHead> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let units = self.units.iter();
        units.flat_map(move |units| {
            let range = units.open.range((from, Bound::Unbounded));
            range.filter_map(move |(sscc, unit)| {
                let has_item =
                    !sku.is_empty() && unit.contents.keys().any(|(known, _)| known.as_str() == sku);
                Some(UnitHead { row: units.head(sscc)?, contents: unit.contents.len(), has_item })
            })
        })
    }

    /// Where the numbers of new handling units come from.
    pub fn number_range(&self) -> Option<NumberRange> {
        self.units.as_ref()?.numbers.range()
    }

    /// What of some goods at a place is in handling units.
    pub fn packed(&self, sku: &str, location: &str, holding: &Holding) -> Quantity {
        self.packed_position(sku, location, holding).map(|packed| packed.quantity).unwrap_or_default()
    }

    /// The handling units that hold some goods at a place, by number.
    pub fn units_with(&self, sku: &str, location: &str, holding: &Holding) -> impl Iterator<Item = Sscc> {
        let packed = self.packed_position(sku, location, holding);
        packed.into_iter().flat_map(|packed| packed.units.keys().copied())
    }

    fn packed_position(&self, sku: &str, location: &str, holding: &Holding) -> Option<&PackedPosition> {
        let packed = self.held(sku)?.packed.as_ref()?;
        let at = (self.locations.get(location)?, self.holdings.get::<Holding>(holding)?);
        packed.positions.get(&at)
    }

    /// The handling unit that a single piece is in.
    pub fn unit_of_serial(&self, sku: &str, serial: &SerialNumber) -> Option<Sscc> {
        self.held(sku)?.packed.as_ref()?.serials.get(serial).copied()
    }

    /// All that is known of handling units, in words, for the digest of the state.
    pub(crate) fn units_in_words(&self) -> impl Iterator<Item = String> {
        let units = self.units.iter();
        units.flat_map(|units| {
            let open = units.open.keys().filter_map(|sscc| units.row(sscc)).map(|row| row.in_words());
            let used = units.used.iter().map(|sscc| format!("used {sscc}\n"));
            open.chain(used).chain(units.series().into_iter().map(|row| row.in_words()))
        })
    }
}

impl UnitRow {
    fn in_words(&self) -> String {
        let Self { sscc, kind, location, parent, .. } = self;
        let parent = parent.as_ref().map_or("", Sscc::as_str);
        let content = |content: &super::UnitContent| {
            let (sku, quantity, serials) = (&content.sku, content.quantity, &content.serials);
            format!("{sscc}\t{sku}\t{quantity}{}\t{serials:?}\n", crate::verify::in_words(&content.holding))
        };
        let contents: String = self.contents.iter().map(content).collect();
        format!("unit {sscc}\t{kind}\t{location}\t{parent}\n{contents}")
    }
}

impl SeriesRow {
    fn in_words(&self) -> String {
        let Self { series, next, last } = self;
        format!("series {} {}\t{next}\t{last:?}\n", series.extension_digit, series.company_prefix)
    }
}
