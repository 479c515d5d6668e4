use gs1::{Checks, Element, Elements, ReferenceYear, Rules, parse_bracketed};
use scan_core::{ITEM_AI, LOCATION_AI, location_value};
use vocabulary::{Gln, Gtin, LocationCode, Sku, Sscc, WarehouseCode};

use crate::LabelFault;

/// The longest location code that fits behind a GLN (AI 254).
const GLN_EXTENSION_MAX: usize = 20;

/// What stands on a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// What it is called by people: the largest line.
    pub(crate) title: String,
    /// More for people.
    pub(crate) lines: Vec<String>,
    /// What its symbols hold.
    pub(crate) elements: Elements<'static>,
    pub(crate) size: Size,
}

/// Width and height in dots, 8 a millimetre.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Where bar codes begin, from the top: below the lines for people.
    pub(crate) bars_top: u32,
    /// The widest module of GS1-128, in dots.
    pub(crate) module_max: u32,
    /// The narrowest one of a symbol that holds several elements: on logistic units 0.495 mm is asked for (GS1 General
    /// Specifications 5.12.3, symbol specification table 5), elsewhere 0.25 mm. What is too long by itself may go down to 0.25 mm.
    pub(crate) module_joined: u32,
}

/// 100 mm by 50 mm.
const SMALL: Size = Size { width: 800, height: 400, bars_top: 200, module_max: 3, module_joined: 2 };
/// 100 mm by 150 mm.
const LOGISTIC: Size = Size { width: 800, height: 1200, bars_top: 256, module_max: 4, module_joined: 4 };

/// An item: by its GTIN, else by our own code.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    pub sku: &'a Sku,
    pub name: &'a str,
    pub gtin: Option<&'a Gtin>,
}

/// A location: by the GLN of its warehouse, else by our own codes.
#[derive(Debug, Clone, Copy)]
pub struct Location<'a> {
    pub warehouse: &'a WarehouseCode,
    pub code: &'a LocationCode,
    pub gln: Option<&'a Gln>,
}

/// A lot of an item that has a GTIN.
#[derive(Debug, Clone, Copy)]
pub struct Lot<'a> {
    pub item: Item<'a>,
    pub lot: &'a str,
    /// Last day of use, YYMMDD.
    pub expires_on: Option<&'a str>,
}

/// A logistic unit, and what it is full of, if it is of one kind.
#[derive(Debug, Clone, Copy)]
pub struct LogisticUnit<'a> {
    pub sscc: &'a Sscc,
    pub gtin: Option<&'a Gtin>,
    pub count: Option<u64>,
    pub lot: Option<&'a str>,
}

impl Label {
    /// The label of an item.
    ///
    /// # Errors
    /// [`LabelFault::Value`] for a SKU that has characters which no label of GS1 can hold, such as blanks, and no GTIN instead.
    pub fn of_item(item: &Item<'_>, year: ReferenceYear) -> Result<Self, LabelFault> {
        let elements = elements(&[item_element(item)], year)?;
        let lines = vec![item.name.to_owned()];
        Ok(Self { title: item.sku.to_string(), lines, elements, size: SMALL })
    }

    /// The label of a location.
    ///
    /// # Errors
    /// [`LabelFault`] does not happen: location codes are made of what a label can hold.
    pub fn of_location(location: &Location<'_>, year: ReferenceYear) -> Result<Self, LabelFault> {
        let (warehouse, code) = (location.warehouse, location.code);
        let elements = match location.gln.filter(|_| code.as_str().len() <= GLN_EXTENSION_MAX) {
            Some(gln) => elements(&[("414", gln.to_string()), ("254", code.to_string())], year)?,
            None => elements(&[(LOCATION_AI, location_value(warehouse, code))], year)?,
        };
        Ok(Self { title: code.to_string(), lines: vec![warehouse.to_string()], elements, size: SMALL })
    }

    /// The label of a lot.
    ///
    /// # Errors
    /// [`LabelFault`] when the item has no GTIN, or the lot or the date cannot stand on a label.
    pub fn of_lot(lot: &Lot<'_>, year: ReferenceYear) -> Result<Self, LabelFault> {
        let gtin = lot.item.gtin.ok_or(LabelFault::LotWithoutGtin)?;
        let mut parts = vec![("01", gtin.to_string())];
        parts.extend(lot.expires_on.map(|date| ("17", date.to_owned())));
        parts.push(("10", lot.lot.to_owned()));
        let lines = vec![lot.item.name.to_owned(), format!("LOT {}", lot.lot)];
        Ok(Self { title: lot.item.sku.to_string(), lines, elements: elements(&parts, year)?, size: SMALL })
    }

    /// The logistic label of a unit.
    ///
    /// # Errors
    /// [`LabelFault`] when its content is half said, or cannot stand on a label.
    pub fn of_logistic_unit(unit: &LogisticUnit<'_>, year: ReferenceYear) -> Result<Self, LabelFault> {
        let mut parts = Vec::new();
        match (unit.gtin, unit.count) {
            (Some(gtin), Some(count)) => {
                parts.extend([("02", gtin.to_string()), ("37", count.to_string())]);
                parts.extend(unit.lot.map(|lot| ("10", lot.to_owned())));
            }
            (None, None) if unit.lot.is_none() => {}
            _ => return Err(LabelFault::ContentIncomplete),
        }
        let named = [("CONTENT", "02"), ("COUNT", "37"), ("BATCH/LOT", "10")];
        let line = |(name, ai): &(&str, &str)| {
            parts.iter().find(|(other, _)| other == ai).map(|(_, value)| format!("{name} {value}"))
        };
        let lines = named.iter().filter_map(line).collect();
        parts.push(("00", unit.sscc.to_string()));
        Ok(Self {
            title: format!("SSCC {}", unit.sscc),
            lines,
            elements: elements(&parts, year)?,
            size: LOGISTIC,
        })
    }

    /// What its symbols hold.
    pub const fn elements(&self) -> &Elements<'static> {
        &self.elements
    }
}

fn item_element(item: &Item<'_>) -> (&'static str, String) {
    match item.gtin {
        Some(gtin) => ("01", gtin.to_string()),
        None => (ITEM_AI, item.sku.to_string()),
    }
}

/// Checked as a label that somebody else reads: content and what goes together.
fn elements(
    parts: &[(&str, String)],
    reference_year: ReferenceYear,
) -> Result<Elements<'static>, LabelFault> {
    let rules = Rules { checks: Checks::ALL, reference_year };
    // By itself first: an error then says where in the value, not where in all of them.
    for (ai, value) in parts {
        Element::parse(ai, value, &rules)?;
    }
    let part = |(ai, value): &(&str, String)| format!("({ai}){}", value.replace('(', "\\("));
    let bracketed: String = parts.iter().map(part).collect();
    Ok(parse_bracketed(&bracketed, &rules)?.into_owned())
}
