//! Facts and refusals about handling units.

use gs1::CompanyPrefix;
use vocabulary::{HandlingUnitKind, LocationCode, Sku, Sscc};

use super::CodecError;
use super::decode::{Decoder, fields, given, is_set, number, quantity, text};
use super::encode::texts;
use super::reader::{Field, Reader};
use super::writer::Writer;
use crate::{
    NestingFault, NumberRange, NumberSeries, NumberSource, UnitChange, UnitEnd, UnitLimit, UnitName,
    UnitRejection,
};

/// Numbers of the facts in `Fact`.
const FACTS: std::ops::RangeInclusive<u64> = 13..=17;
/// Numbers of the refusals in `Rejected`.
const REJECTIONS: std::ops::RangeInclusive<u64> = 30..=39;

/// Whether this field of `Fact` is about handling units.
pub(super) fn is_fact(number: u64) -> bool {
    FACTS.contains(&number)
}

/// Whether this field of `Rejected` is about handling units.
pub(super) fn is_rejection(number: u64) -> bool {
    REJECTIONS.contains(&number)
}

pub(super) fn write_change(writer: &mut Writer, change: &UnitChange) {
    match change {
        UnitChange::NumbersSet(range) => writer.message(13, |writer| {
            writer.text(1, range.series.company_prefix.as_str());
            writer.number(2, range.series.extension_digit);
            writer.number(3, range.next);
            writer.number(4, range.last);
        }),
        UnitChange::Opened { unit, kind, location, number } => writer.message(14, |writer| {
            writer.text(1, unit.as_str());
            writer.text(2, kind.as_str());
            writer.text(3, location.as_str());
            writer.number(4, *number == NumberSource::Range);
        }),
        UnitChange::Nested { unit, parent } => {
            texts(writer, 15, &[unit.as_str(), parent.as_ref().map_or("", Sscc::as_str)]);
        }
        UnitChange::Moved { unit, from, to } => {
            texts(writer, 16, &[unit.as_str(), from.as_str(), to.as_str()]);
        }
        UnitChange::Closed { unit, end } => writer.message(17, |writer| {
            writer.text(1, unit.as_str());
            writer.number(2, *end == UnitEnd::Shipped);
        }),
    }
}

pub(super) fn read_change(
    decoder: &mut Decoder,
    (number_of_fact, fact): (u64, Reader<'_>),
) -> Result<UnitChange, CodecError> {
    let [first, second, third, fourth] = fields(fact)?;
    let unit = || sscc(first);
    Ok(match number_of_fact {
        13 => UnitChange::NumbersSet(NumberRange {
            series: NumberSeries {
                company_prefix: CompanyPrefix::parse(text(first)?)?,
                extension_digit: extension_digit(number(second))?,
            },
            next: number(third),
            last: number(fourth),
        }),
        14 => UnitChange::Opened {
            unit: unit()?,
            kind: HandlingUnitKind::parse(text(second)?)?,
            location: decoder.location(text(third)?)?,
            number: if is_set(fourth) { NumberSource::Range } else { NumberSource::Given },
        },
        15 => UnitChange::Nested { unit: unit()?, parent: given(second, Sscc::parse)? },
        16 => {
            let (from, to) = (decoder.location(text(second)?)?, decoder.location(text(third)?)?);
            UnitChange::Moved { unit: unit()?, from, to }
        }
        _ => {
            let end = if is_set(second) { UnitEnd::Shipped } else { UnitEnd::BrokenUp };
            UnitChange::Closed { unit: unit()?, end }
        }
    })
}

pub(super) fn write_rejection(writer: &mut Writer, rejection: &UnitRejection) {
    match rejection {
        UnitRejection::NotFound { unit } => texts(writer, 30, &[&unit.to_string()]),
        UnitRejection::SsccReused { unit } => texts(writer, 31, &[unit.as_str()]),
        UnitRejection::NumbersExhausted { last } => {
            texts(writer, 32, &[last.as_ref().map_or("", Sscc::as_str)]);
        }
        UnitRejection::NumbersTaken { free } => {
            writer.message(33, |writer| writer.number(1, free.unwrap_or_default()));
        }
        UnitRejection::PackedInUnit { sku, location, loose, packed, unit } => writer.message(34, |writer| {
            writer.text(1, sku.as_str());
            writer.text(2, location.as_str());
            writer.decimal(3, loose);
            writer.decimal(4, packed);
            writer.text(5, unit.as_ref().map_or("", Sscc::as_str));
        }),
        UnitRejection::Insufficient { unit, sku, requested, packed } => writer.message(35, |writer| {
            writer.text(1, unit.as_str());
            writer.text(2, sku.as_ref().map_or("", Sku::as_str));
            writer.decimal(3, requested);
            writer.decimal(4, packed);
        }),
        UnitRejection::Elsewhere { unit, location } => {
            texts(writer, 36, &[unit.as_str(), location.as_str()]);
        }
        UnitRejection::NotEmpty { unit } => texts(writer, 37, &[unit.as_str()]),
        UnitRejection::BadNesting { unit, parent, fault } => writer.message(38, |writer| {
            writer.text(1, unit.as_str());
            writer.text(2, parent.as_str());
            writer.number(3, *fault == NestingFault::TooDeep);
        }),
        UnitRejection::TooLarge { unit, limit } => texts(writer, 39, &[unit.as_str(), limit.as_str()]),
    }
}

pub(super) fn read_rejection(number_of: u64, rejection: Reader<'_>) -> Result<UnitRejection, CodecError> {
    let [first, second, third, fourth, fifth] = fields(rejection)?;
    let unit = || sscc(first);
    Ok(match number_of {
        30 => UnitRejection::NotFound { unit: UnitName::parse(text(first)?)? },
        31 => UnitRejection::SsccReused { unit: unit()? },
        32 => UnitRejection::NumbersExhausted { last: given(first, Sscc::parse)? },
        33 => UnitRejection::NumbersTaken { free: Some(number(first)).filter(|free| *free > 0) },
        34 => UnitRejection::PackedInUnit {
            sku: Sku::parse(text(first)?)?,
            location: LocationCode::parse(text(second)?)?,
            loose: quantity(third)?,
            packed: quantity(fourth)?,
            unit: given(fifth, Sscc::parse)?,
        },
        35 => UnitRejection::Insufficient {
            unit: unit()?,
            sku: given(second, Sku::parse)?,
            requested: quantity(third)?,
            packed: quantity(fourth)?,
        },
        36 => UnitRejection::Elsewhere { unit: unit()?, location: LocationCode::parse(text(second)?)? },
        37 => UnitRejection::NotEmpty { unit: unit()? },
        38 => UnitRejection::BadNesting {
            unit: unit()?,
            parent: sscc(second)?,
            fault: if is_set(third) { NestingFault::TooDeep } else { NestingFault::Cycle },
        },
        _ => UnitRejection::TooLarge { unit: unit()?, limit: limit(second)? },
    })
}

fn sscc(field: Option<Field<'_>>) -> Result<Sscc, CodecError> {
    Ok(Sscc::parse(text(field)?)?)
}

fn extension_digit(number: u64) -> Result<u8, CodecError> {
    let digit = u8::try_from(number).ok().filter(|digit| *digit <= 9);
    digit.ok_or_else(|| CodecError::Protobuf(format!("no extension digit is {number}")))
}

fn limit(field: Option<Field<'_>>) -> Result<UnitLimit, CodecError> {
    let name = text(field)?;
    let known = UnitLimit::ALL.into_iter().find(|limit| limit.as_str() == name);
    known.ok_or_else(|| CodecError::Protobuf(format!("no limit is called {name:?}")))
}
