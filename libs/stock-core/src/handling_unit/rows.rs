//! Handling units as they are read and stored.

use vocabulary::{HandlingUnitKind, LocationCode, Quantity, SerialNumber, Sku, Sscc};

use super::evolve::Units;
use super::unit::{Content, Unit, UnitTree};
use crate::{EvolveError, Holding, NumberSeries, State};

/// A handling unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRow {
    /// Its number.
    pub sscc: Sscc,
    /// What it is.
    pub kind: HandlingUnitKind,
    /// Where it is.
    pub location: LocationCode,
    /// What it stands in.
    pub parent: Option<Sscc>,
    /// What stands right in it, by number.
    pub nested: Vec<Sscc>,
    /// The goods right in it, by item and kind of goods.
    pub contents: Vec<UnitContent>,
}

/// A handling unit in a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitHead {
    /// The unit, without its goods.
    pub row: UnitRow,
    /// How many different goods are right in it.
    pub contents: usize,
    /// Whether the item that was asked for is among them.
    pub has_item: bool,
}

/// Goods of one kind in a handling unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitContent {
    /// The item.
    pub sku: Sku,
    /// Which goods.
    pub holding: Holding,
    /// How much, in the base unit.
    pub quantity: Quantity,
    /// One a piece, of an item tracked by serial number; in order.
    pub serials: Vec<SerialNumber>,
}

/// How far the numbers of a series were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesRow {
    /// The series.
    pub series: NumberSeries,
    /// The first serial reference that was not given.
    pub next: u64,
    /// The last serial reference, of the series that numbers are taken from.
    pub last: Option<u64>,
}

/// All that is stored of handling units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitSnapshot {
    /// Every unit.
    pub open: Vec<UnitRow>,
    /// Every number of a unit that is no more, and was not taken from a range.
    pub used: Vec<Sscc>,
    /// Every series that numbers were taken from.
    pub series: Vec<SeriesRow>,
}

/// What entries have changed of handling units, as it is now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TouchedUnits {
    /// Units that are there, by number.
    pub open: Vec<UnitRow>,
    /// Units that are no more.
    pub closed: Vec<Sscc>,
    /// Those of them whose numbers were not taken from a range.
    pub used: Vec<Sscc>,
    /// Every series, when one of them has changed.
    pub series: Vec<SeriesRow>,
}

impl Units {
    /// A unit with the goods right in it.
    pub(super) fn row(&self, sscc: &Sscc) -> Option<UnitRow> {
        let content = |((sku, holding), content): (&(Sku, Holding), &Content)| UnitContent {
            sku: sku.clone(),
            holding: holding.clone(),
            quantity: content.quantity,
            serials: content.serials.iter().cloned().collect(),
        };
        let contents = self.unit(sscc)?.contents.iter().map(content).collect();
        Some(UnitRow { contents, ..self.head(sscc)? })
    }

    /// A unit without its goods.
    pub(super) fn head(&self, sscc: &Sscc) -> Option<UnitRow> {
        let unit = self.unit(sscc)?;
        Some(UnitRow {
            sscc: *sscc,
            kind: unit.kind.clone(),
            location: self.place_of(sscc)?,
            parent: unit.parent,
            nested: unit.nested.iter().copied().collect(),
            contents: Vec::new(),
        })
    }

    pub(super) fn series(&self) -> Vec<SeriesRow> {
        let current = self.numbers.current.as_ref();
        let row = |(series, next): (&NumberSeries, &u64)| {
            let last = current.filter(|(current, _)| current == series).map(|(_, last)| *last);
            SeriesRow { series: series.clone(), next: *next, last }
        };
        self.numbers.marks.iter().map(row).collect()
    }

    /// Everything that changed since the last call, as it is now.
    pub(crate) fn take_touched(&mut self) -> TouchedUnits {
        let marked = std::mem::take(&mut self.marked);
        let mut touched = TouchedUnits::default();
        for sscc in marked {
            match self.row(&sscc) {
                Some(row) => touched.open.push(row),
                None => touched.closed.push(sscc),
            }
        }
        touched.used = touched.closed.iter().filter(|sscc| self.used.contains(sscc)).copied().collect();
        if std::mem::take(&mut self.are_numbers_marked) {
            touched.series = self.series();
        }
        touched
    }
}

impl State {
    /// Puts the units of a checkpoint back; the positions are there already.
    pub(crate) fn restore_units(&mut self, snapshot: UnitSnapshot) -> Result<(), EvolveError> {
        let UnitSnapshot { open, used, series } = snapshot;
        if open.is_empty() && used.is_empty() && series.is_empty() {
            return Ok(());
        }
        let mut units = Units { used: used.into_iter().collect(), ..Units::default() };
        for row in &series {
            units.numbers.marks.insert(row.series.clone(), row.next);
            if let Some(last) = row.last {
                units.numbers.current = Some((row.series.clone(), last));
            }
        }
        for row in &open {
            let unit = Unit::new(row.kind.clone(), row.location.clone());
            units.open.insert(row.sscc, Unit { parent: row.parent, ..unit });
        }
        for row in open {
            let missing = EvolveError::HandlingUnit(row.sscc);
            if let Some(parent) = row.parent {
                units.open.get_mut(&parent).ok_or_else(|| missing.clone())?.nested.insert(row.sscc);
            }
            for content in row.contents {
                self.restore_packed(row.sscc, &row.location, &content)?;
                let unit = units.open.get_mut(&row.sscc).ok_or_else(|| missing.clone())?;
                unit.put((content.sku, content.holding), content.quantity, &content.serials)?;
            }
        }
        self.units = Some(Box::new(units));
        Ok(())
    }

    fn restore_packed(
        &mut self,
        unit: Sscc,
        location: &LocationCode,
        content: &UnitContent,
    ) -> Result<(), EvolveError> {
        let (item, location) = (self.item(&content.sku), self.locations.intern(location).0);
        let holding = self.holdings.intern(&content.holding).0;
        let packed = self.item_mut(item)?.packed.get_or_insert_default();
        packed.serials.extend(content.serials.iter().map(|serial| (serial.clone(), unit)));
        packed.add(unit, (location, holding), content.quantity)
    }
}
