//! Weights, and refusals about them.

use vocabulary::{LocationCode, Sku, Sscc, WeightUnit};

use super::CodecError;
use super::decode::{fields, given, quantity, text};
use super::encode::texts;
use super::reader::{Field, Reader};
use super::writer::Writer;
use crate::{MovedWeight, WeightRejection};

/// Numbers of the refusals in `Rejected`.
const REJECTIONS: std::ops::RangeInclusive<u64> = 60..=64;

/// Whether this field of `Rejected` is about weight.
pub(super) fn is_rejection(number: u64) -> bool {
    REJECTIONS.contains(&number)
}

/// The field of `Moved`; no difference is left out.
pub(super) fn write_moved(writer: &mut Writer, weight: &MovedWeight) {
    writer.message(21, |writer| {
        writer.decimal(1, weight.measured);
        writer.text(2, weight.unit.as_str());
        if !weight.difference.is_zero() {
            writer.decimal(3, weight.difference);
        }
    });
}

pub(super) fn read_moved(weight: Option<Field<'_>>) -> Result<Option<MovedWeight>, CodecError> {
    let Some(weight) = weight else { return Ok(None) };
    let [measured, unit, difference] = fields(weight.message())?;
    Ok(Some(MovedWeight {
        measured: quantity(measured)?,
        unit: WeightUnit::parse(text(unit)?)?,
        difference: difference.map(|field| quantity(Some(field))).transpose()?.unwrap_or_default(),
    }))
}

pub(super) fn write_rejection(writer: &mut Writer, rejection: &WeightRejection) {
    let word = |unit: &Option<WeightUnit>| unit.map_or("", WeightUnit::as_str);
    match rejection {
        WeightRejection::Missing { sku, unit } => {
            texts(writer, 60, &[sku.as_str(), unit.as_ref().map_or("", Sscc::as_str)]);
        }
        WeightRejection::Unexpected { sku } => texts(writer, 61, &[sku.as_str()]),
        WeightRejection::Changed { sku, held, weighed } => {
            texts(writer, 62, &[sku.as_str(), word(held), word(weighed)]);
        }
        WeightRejection::Insufficient { sku, location, requested, held } => writer.message(63, |writer| {
            writer.text(1, sku.as_str());
            writer.text(2, location.as_str());
            writer.decimal(3, requested);
            writer.decimal(4, held);
        }),
        WeightRejection::OfSeveral { sku } => texts(writer, 64, &[sku.as_str()]),
    }
}

pub(super) fn read_rejection(number: u64, rejection: Reader<'_>) -> Result<WeightRejection, CodecError> {
    let [first, second, third, fourth] = fields(rejection)?;
    let sku = Sku::parse(text(first)?)?;
    Ok(match number {
        60 => WeightRejection::Missing { sku, unit: given(second, Sscc::parse)? },
        61 => WeightRejection::Unexpected { sku },
        62 => WeightRejection::Changed {
            sku,
            held: given(second, WeightUnit::parse)?,
            weighed: given(third, WeightUnit::parse)?,
        },
        63 => WeightRejection::Insufficient {
            sku,
            location: LocationCode::parse(text(second)?)?,
            requested: quantity(third)?,
            held: quantity(fourth)?,
        },
        _ => WeightRejection::OfSeveral { sku },
    })
}
