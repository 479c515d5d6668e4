use gs1::{Date, Element, Elements, Meaning, Measurand, ReferenceYear};
use rust_decimal::Decimal;
use vocabulary::{Gln, Gtin, Sscc};

use crate::codes::{ITEM_AI, LOCATION_AI};

/// What the application identifiers of a label say of goods and places.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// The trade item, or the one that a logistic unit is full of (AI 01, 02).
    pub gtin: Option<Gtin>,
    /// Our own item code (AI 91, without a key of GS1).
    pub sku: Option<String>,
    /// AI 10.
    pub lot: Option<String>,
    /// AI 21.
    pub serial: Option<String>,
    /// AI 17, else the day of AI 7003.
    pub expires_on: Option<Date>,
    /// AI 15.
    pub best_before_on: Option<Date>,
    /// AI 11.
    pub made_on: Option<Date>,
    /// Pieces: AI 37, else AI 30.
    pub count: Option<u64>,
    /// Net weight in kilograms, exactly (AI 310n).
    pub net_weight_kg: Option<Decimal>,
    /// Net weight in pounds, exactly (AI 320n).
    pub net_weight_lb: Option<Decimal>,
    /// The logistic unit (AI 00).
    pub sscc: Option<Sscc>,
    /// The place (AI 414).
    pub gln: Option<Gln>,
    /// What is inside the place (AI 254).
    pub gln_extension: Option<String>,
    /// A warehouse and a location in it, in our own codes (AI 92, without a key of GS1).
    pub own_location: Option<String>,
    /// All elements, in brackets, for people.
    pub bracketed: String,
}

impl Facts {
    /// Reads them off.
    pub fn of(elements: &Elements<'_>, reference_year: ReferenceYear) -> Self {
        let text = |ai: &str| elements.get(ai).map(|element| element.value().to_owned());
        let day = |ai: &str| elements.get(ai).and_then(|element| date(element, reference_year));
        let pieces = |ai: &str| elements.get(ai).and_then(|element| count(element, reference_year));
        let net_weight = |unit| elements.iter().find_map(|element| net_weight(element, unit, reference_year));
        let has_key = ["00", "01", "02", "414"].iter().any(|key| elements.get(key).is_some());
        let own = |ai: &str| text(ai).filter(|_| !has_key);
        Self {
            gtin: text("01").or_else(|| text("02")).and_then(|value| Gtin::parse(&value).ok()),
            sku: own(ITEM_AI),
            lot: text("10"),
            serial: text("21"),
            expires_on: day("17").or_else(|| day("7003")),
            best_before_on: day("15"),
            made_on: day("11"),
            count: pieces("37").or_else(|| pieces("30")),
            net_weight_kg: net_weight("kg"),
            net_weight_lb: net_weight("lb"),
            sscc: text("00").and_then(|value| Sscc::parse(&value).ok()),
            gln: text("414").and_then(|value| Gln::parse(&value).ok()),
            gln_extension: text("254"),
            own_location: own(LOCATION_AI),
            bracketed: elements.to_string(),
        }
    }
}

fn date(element: &Element<'_>, reference_year: ReferenceYear) -> Option<Date> {
    if let Meaning::Date { date, .. } = Meaning::of(element, reference_year) { Some(date) } else { None }
}

fn count(element: &Element<'_>, reference_year: ReferenceYear) -> Option<u64> {
    if let Meaning::Count(count) = Meaning::of(element, reference_year) { Some(count) } else { None }
}

fn net_weight(element: &Element<'_>, unit: &str, reference_year: ReferenceYear) -> Option<Decimal> {
    if let Meaning::Measure { amount, measure } = Meaning::of(element, reference_year)
        && measure.measurand == Measurand::NetWeight
        && measure.unit == unit
    {
        return Some(amount);
    }
    None
}
