//! Handling units, as text tables. Their lines: `range PREFIX EXTENSION NEXT LAST`, `open KIND LOCATION [SSCC]`, `pack UNIT SKU QUANTITY`,
//! `unpack UNIT [SKU QUANTITY]`, `nest UNIT PARENT`, `unnest UNIT`, `shift UNIT LOCATION`, `ship UNIT [ID …]`, `close UNIT`; and `unit UNIT`, which
//! asks. A unit is written as the serial reference of its number in the series 3 7610425 (`#7`), as its number, or as `line:N`; goods name
//! theirs as `@ unit=…`.

use std::collections::BTreeMap;

use gs1::CompanyPrefix;
use stock_core::{
    Line, LineGoods, NumberRange, NumberSeries, PackedGoods, Place, SeriesRow, Shipment, State, TouchedUnits,
    UnitLine, UnitName, UnitRejection, UnitRow, UnitSnapshot,
};
use vocabulary::{HandlingUnitKind, Quantity, Sku, Sscc};

use crate::language::{location, quantity, reservation};

/// What is stored of handling units, as changes come.
#[derive(Debug, Default)]
pub(crate) struct Stored {
    open: BTreeMap<Sscc, UnitRow>,
    used: Vec<Sscc>,
    series: Vec<SeriesRow>,
}

impl Stored {
    pub(crate) fn take(&mut self, touched: TouchedUnits) {
        self.open.extend(touched.open.into_iter().map(|row| (row.sscc, row)));
        self.open.retain(|sscc, _| !touched.closed.contains(sscc));
        self.used.extend(touched.used);
        if !touched.series.is_empty() {
            self.series = touched.series;
        }
    }

    pub(crate) fn snapshot(&self) -> UnitSnapshot {
        let (used, series) = (self.used.clone(), self.series.clone());
        UnitSnapshot { open: self.open.values().cloned().collect(), used, series }
    }
}

fn series() -> NumberSeries {
    NumberSeries { company_prefix: CompanyPrefix::parse("7610425").unwrap(), extension_digit: 3 }
}

/// As tests write a unit's number.
pub(crate) fn short(sscc: &Sscc) -> String {
    series().reference(sscc).map_or_else(|| sscc.to_string(), |reference| format!("#{reference}"))
}

/// As tests write a unit.
pub(crate) fn name(text: &str) -> UnitName {
    match text.strip_prefix('#') {
        Some(reference) => UnitName::Sscc(series().sscc(reference.parse().unwrap()).unwrap()),
        None => UnitName::parse(text).unwrap(),
    }
}

pub(crate) fn sscc(text: &str) -> Sscc {
    match name(text) {
        UnitName::Sscc(sscc) => sscc,
        UnitName::OfLine(_) => panic!("{text} is no number"),
    }
}

pub(crate) fn line(words: &[&str], which: LineGoods) -> Line {
    let goods = |sku: &str, n: &str| PackedGoods {
        sku: Sku::parse(sku).unwrap(),
        quantity: quantity(n),
        which: which.clone(),
    };
    Line::HandlingUnit(Box::new(match words {
        ["range", prefix, extension, next, last] => UnitLine::SetNumbers(NumberRange {
            series: NumberSeries {
                company_prefix: CompanyPrefix::parse(prefix).unwrap(),
                extension_digit: extension.parse().unwrap(),
            },
            next: next.parse().unwrap(),
            last: last.parse().unwrap(),
        }),
        ["open", kind, at, number @ ..] => UnitLine::Open {
            sscc: number.first().map(|number| sscc(number)),
            kind: HandlingUnitKind::parse(kind).unwrap(),
            at: location(at),
        },
        ["pack", unit, sku, n] => UnitLine::Pack { into: name(unit), goods: goods(sku, n) },
        ["unpack", unit] => UnitLine::Unpack { from: name(unit), goods: None },
        ["unpack", unit, sku, n] => UnitLine::Unpack { from: name(unit), goods: Some(goods(sku, n)) },
        ["nest", unit, parent] => UnitLine::Nest { unit: name(unit), parent: Some(name(parent)) },
        ["unnest", unit] => UnitLine::Nest { unit: name(unit), parent: None },
        ["shift", unit, to] => UnitLine::Move { unit: name(unit), to: location(to) },
        ["ship", unit, promises @ ..] => UnitLine::Ship(Shipment {
            reservations: promises.iter().map(|id| reservation(id)).collect(),
            unit: name(unit),
            to: Place::Virtual(location("CUSTOMER")),
            claim: which.claim.clone(),
            partner: which.partner.clone(),
        }),
        ["close", unit] => UnitLine::Close { unit: name(unit) },
        other => panic!("no such line: {other:?}"),
    }))
}

pub(crate) fn in_words(rejection: &UnitRejection) -> String {
    let unit =
        |sscc: &Option<Sscc>| sscc.as_ref().map_or_else(String::new, |sscc| format!(" in {}", short(sscc)));
    match rejection {
        UnitRejection::NotFound { unit: UnitName::Sscc(sscc) } => format!("no unit {}", short(sscc)),
        UnitRejection::NotFound { unit } => format!("no unit {unit}"),
        UnitRejection::SsccReused { unit } => format!("{} was used", short(unit)),
        UnitRejection::NumbersExhausted { last } => format!("no number after {:?}", last.as_ref().map(short)),
        UnitRejection::NumbersTaken { free } => format!("given up to {free:?}"),
        UnitRejection::PackedInUnit { loose, packed, unit: packed_in, .. } => {
            format!("{loose} loose, {packed} packed{}", unit(packed_in))
        }
        UnitRejection::Insufficient { unit, requested, packed, .. } => {
            format!("{requested} of {packed} in {}", short(unit))
        }
        UnitRejection::Elsewhere { unit, location } => format!("{} is at {location}", short(unit)),
        UnitRejection::NotEmpty { unit } => format!("{} is not empty", short(unit)),
        UnitRejection::BadNesting { unit, parent, fault } => {
            format!("{} in {}: {fault:?}", short(unit), short(parent))
        }
        UnitRejection::TooLarge { unit, limit } => format!("{}: too many {}", short(unit), limit.as_str()),
    }
}

/// `KIND at LOCATION [in PARENT] [with UNIT …]: QUANTITY SKU LOT STATUS OWNER SERIALS, …`
pub(crate) fn show(state: &State, text: &str) -> String {
    let Some(row) = state.handling_unit(&sscc(text)) else { return "none".to_owned() };
    let parent = row.parent.as_ref().map_or_else(String::new, |parent| format!(" in {}", short(parent)));
    let nested: String = row.nested.iter().map(|nested| format!(" with {}", short(nested))).collect();
    let contents = row.contents.iter().map(|content| {
        let mut words = vec![content.quantity.to_string(), content.sku.to_string()];
        words.extend(content.holding.lot.as_ref().map(ToString::to_string));
        if !content.holding.is_available() {
            words.push(format!("{} {}", content.holding.status, content.holding.owner));
        }
        words.extend(content.serials.iter().map(ToString::to_string));
        words.join(" ")
    });
    let contents = contents.collect::<Vec<_>>().join(", ");
    format!("{} at {}{parent}{nested}: {contents}", row.kind, row.location).trim_end().to_owned()
}

/// Of every position what the units there hold is packed, no more than is there, and each piece is in the unit it is said to be in.
pub(crate) fn assert_packed(state: &State) {
    let mut held: BTreeMap<_, Quantity> = BTreeMap::new();
    for row in state.handling_units_after(None) {
        for content in row.contents {
            let key = (content.sku.clone(), row.location.clone(), content.holding.clone());
            let sum = held.entry(key).or_default();
            *sum = sum.checked_add(content.quantity).unwrap();
            for serial in &content.serials {
                let at = state.serial(content.sku.as_str(), serial);
                assert_eq!(at, Some((&row.location, &content.holding)), "{serial} in {}", row.sscc);
            }
            if !content.serials.is_empty() {
                assert!(laws::serials_match(content.serials.len(), content.quantity), "{}", row.sscc);
            }
        }
    }
    for sku in state.skus_after(None) {
        for row in state.positions_of(sku) {
            let packed = state.packed(sku.as_str(), row.location.as_str(), &row.holding);
            let here = held.remove(&(sku.clone(), row.location.clone(), row.holding.clone()));
            assert_eq!(packed, here.unwrap_or_default(), "{row:?}");
            assert!(laws::packed_is_there(packed, row.balance.on_hand), "{row:?}: {packed} packed");
        }
    }
    assert!(held.is_empty(), "units hold what is nowhere: {held:?}");
}
