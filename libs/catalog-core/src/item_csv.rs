//! Items as rows of a CSV file. The caller reads and writes the file; this maps its cells. What is written reads back the same.
//!
//! A cell that a spreadsheet would take for a formula is written with an apostrophe in front, and read without it.

use proto::catalog::v1::{Item, NegativeStockPolicy, Tracking, UnitConversion};
use thiserror::Error;

use crate::{UnitText, UnitTextError, catch_weight_text, read_catch_weight, resolve_units, unit_text};

/// The columns, in the order they are written. A file may have them in any order and leave out those after `base_unit`.
pub const COLUMNS: [&str; 10] = [
    "sku",
    "name",
    "base_unit",
    "base_unit_decimals",
    "unit_conversions",
    "gtins",
    "tracking",
    "item_class",
    "negative_stock_policy",
    "catch_weight",
];
const REQUIRED: usize = 3;

/// A header or a row that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CsvError {
    /// The header has a column that items do not have.
    #[error("column {0:?} is not known: the columns are {known}", known = COLUMNS.join(", "))]
    UnknownColumn(String),
    /// The header has a column twice.
    #[error("column {0:?} is there twice: keep one")]
    DuplicateColumn(&'static str),
    /// The header lacks a column.
    #[error("column {0:?} is missing: add it")]
    MissingColumn(&'static str),
    /// A row is longer or shorter than the header.
    #[error("the row has {found} cells and the header {expected}: check separators and quotes")]
    WrongLength {
        /// Cells of the row.
        found: usize,
        /// Cells of the header.
        expected: usize,
    },
    /// A cell that is not written as its column requires.
    #[error("{column} {given:?} cannot be read: {allowed}")]
    BadCell {
        /// The column.
        column: &'static str,
        /// The cell.
        given: String,
        /// How it is written.
        allowed: &'static str,
    },
    /// An alternative unit that means none.
    #[error("unit_conversions cannot be read: {0}")]
    BadUnit(#[from] UnitTextError),
}

/// Where the columns are in a file.
#[derive(Debug, Clone)]
pub struct Columns {
    places: [Option<usize>; COLUMNS.len()],
    width: usize,
}

impl Columns {
    /// Reads the header.
    ///
    /// # Errors
    /// [`CsvError`] for a column that is unknown, twice or missing.
    pub fn parse(header: &[&str]) -> Result<Self, CsvError> {
        let mut places = [None; COLUMNS.len()];
        for (position, cell) in header.iter().enumerate() {
            let name = cell.trim().trim_start_matches('\u{feff}');
            let known = COLUMNS.iter().zip(&mut places).find(|(column, _)| **column == name);
            let Some((column, place)) = known else {
                return Err(CsvError::UnknownColumn(name.chars().take(80).collect()));
            };
            if place.replace(position).is_some() {
                return Err(CsvError::DuplicateColumn(column));
            }
        }
        let missing = COLUMNS.iter().zip(&places).take(REQUIRED).find(|(_, place)| place.is_none());
        missing.map_or(Ok(Self { places, width: header.len() }), |(column, _)| {
            Err(CsvError::MissingColumn(column))
        })
    }

    /// The columns that the file has.
    pub fn present(&self) -> Vec<&'static str> {
        let columns = COLUMNS.iter().zip(&self.places);
        columns.filter(|(_, place)| place.is_some()).map(|(column, _)| *column).collect()
    }

    /// Reads a row. The item is not checked yet: [`crate::Record::normalised`] does that.
    ///
    /// # Errors
    /// [`CsvError`] for a row of the wrong length and for cells that are not numbers, lists or names as they should be.
    pub fn read(&self, row: &[&str]) -> Result<Item, CsvError> {
        if row.len() != self.width {
            return Err(CsvError::WrongLength { found: row.len(), expected: self.width });
        }
        let [sku, name, base_unit, decimals, conversions, gtins, tracking, item_class, policy, weighed] =
            self.places.map(|place| place.and_then(|place| row.get(place)).map_or("", |cell| disarmed(cell)));
        Ok(Item {
            sku: sku.into(),
            name: name.into(),
            base_unit: base_unit.into(),
            base_unit_decimals: read_decimals(decimals)?,
            unit_conversions: read_conversions(conversions, base_unit)?,
            gtins: list(gtins).map(Into::into).collect(),
            tracking: read_tracking(tracking)?.into(),
            item_class: item_class.into(),
            negative_stock_policy: read_policy(policy)?.into(),
            catch_weight: read_catch_weight(weighed)
                .map_err(|allowed| bad("catch_weight", weighed, allowed))?,
            ..Default::default()
        })
    }
}

/// The cells of an item, in the order of [`COLUMNS`].
pub fn write(item: &Item) -> [String; COLUMNS.len()] {
    let conversions: Vec<String> = item.unit_conversions.iter().map(unit_text).collect();
    let tracking = match item.tracking() {
        Tracking::Unspecified | Tracking::None => "none",
        Tracking::Lot => "lot",
        Tracking::Serial => "serial",
    };
    let policy = match item.negative_stock_policy() {
        NegativeStockPolicy::Unspecified | NegativeStockPolicy::Forbid => "forbid",
        NegativeStockPolicy::Allow => "allow",
    };
    let weighed = catch_weight_text(item.catch_weight.as_ref());
    let decimals = item.base_unit_decimals.to_string();
    let (conversions, gtins) = (conversions.join(";"), item.gtins.join(";"));
    [
        &item.sku,
        &item.name,
        &item.base_unit,
        &decimals,
        &conversions,
        &gtins,
        tracking,
        &item.item_class,
        policy,
        &weighed,
    ]
    .map(armed)
}

/// A cell as it is written: with an apostrophe in front when a spreadsheet would take it for a formula. A text that looks as if it
/// had been protected already gets one more, so that reading gives it back.
pub fn armed(cell: &str) -> String {
    if is_formula(cell.trim_start_matches('\'')) { format!("'{cell}") } else { cell.into() }
}

/// A cell as it was meant: without the apostrophe that [`armed`] put there.
pub fn disarmed(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest.trim_start_matches('\'')) => rest,
        Some(_) | None => cell,
    }
}

fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|part| !part.is_empty())
}

fn read_decimals(cell: &str) -> Result<u32, CsvError> {
    match cell.trim() {
        "" => Ok(0),
        number => number.parse().map_err(|_| bad("base_unit_decimals", cell, "a number from 0 to 9")),
    }
}

fn read_conversions(cell: &str, base_unit: &str) -> Result<Vec<UnitConversion>, CsvError> {
    let units: Vec<UnitText> = list(cell).map(UnitText::parse).collect::<Result<_, _>>()?;
    Ok(resolve_units(&units, base_unit)?)
}

fn read_tracking(cell: &str) -> Result<Tracking, CsvError> {
    match cell.trim().to_ascii_lowercase().as_str() {
        "" | "none" => Ok(Tracking::None),
        "lot" => Ok(Tracking::Lot),
        "serial" => Ok(Tracking::Serial),
        _ => Err(bad("tracking", cell, "none, lot or serial")),
    }
}

fn read_policy(cell: &str) -> Result<NegativeStockPolicy, CsvError> {
    match cell.trim().to_ascii_lowercase().as_str() {
        "" | "forbid" => Ok(NegativeStockPolicy::Forbid),
        "allow" => Ok(NegativeStockPolicy::Allow),
        _ => Err(bad("negative_stock_policy", cell, "forbid or allow")),
    }
}

fn bad(column: &'static str, given: &str, allowed: &'static str) -> CsvError {
    CsvError::BadCell { column, given: given.chars().take(80).collect(), allowed }
}

#[cfg(test)]
#[path = "item_csv_tests.rs"]
mod tests;
