//! What is written of late movements, of reversals and of the lock.

use vocabulary::{LocationCode, Sequence, Sku, Timestamp};

use super::CodecError;
use super::decode::{fields, number, quantity, text};
use super::reader::{Field, Reader};
use super::writer::Writer;
use crate::{MovementRef, Rejection, StockLock};

pub(super) fn write_lock(writer: &mut Writer, field: u32, lock: &StockLock) {
    writer.number(1, lock.line);
    writer.message(field, |writer| writer.signed(1, lock.until.micros()));
}

pub(super) fn read_lock(line: u32, lock: Reader<'_>) -> Result<StockLock, CodecError> {
    let [until] = fields(lock)?;
    Ok(StockLock { line, until: time(until)? })
}

/// Only of the refusals that are read by [`read_rejection`].
pub(super) fn write_rejection(writer: &mut Writer, rejection: &Rejection) {
    if let Rejection::WouldBreakLater { sku, location, at, on_hand } = rejection {
        writer.message(13, |writer| {
            writer.text(1, sku.as_str());
            writer.text(2, location.as_str());
            writer.signed(3, at.micros());
            writer.decimal(4, on_hand);
        });
    }
    if let Rejection::AlreadyReversed { movement, by } = rejection {
        writer.message(14, |writer| {
            write_movement(writer, 1, *movement);
            write_movement(writer, 3, *by);
        });
    }
    if let Rejection::ReversalOfReversal { movement, reverses } = rejection {
        writer.message(15, |writer| {
            write_movement(writer, 1, *movement);
            write_movement(writer, 3, *reverses);
        });
    }
    if let Rejection::MovementNotFound { movement } = rejection {
        writer.message(16, |writer| write_movement(writer, 1, *movement));
    }
    if let Rejection::StockLocked { until } = rejection {
        writer.message(17, |writer| writer.signed(1, until.micros()));
    }
}

pub(super) fn read_rejection(
    number: u64,
    [first, second, third, fourth]: [Option<Field<'_>>; 4],
) -> Result<Rejection, CodecError> {
    Ok(match number {
        13 => Rejection::WouldBreakLater {
            sku: Sku::parse(text(first)?)?,
            location: LocationCode::parse(text(second)?)?,
            at: time(third)?,
            on_hand: quantity(fourth)?,
        },
        14 => Rejection::AlreadyReversed { movement: movement(first, second)?, by: movement(third, fourth)? },
        15 => Rejection::ReversalOfReversal {
            movement: movement(first, second)?,
            reverses: movement(third, fourth)?,
        },
        16 => Rejection::MovementNotFound { movement: movement(first, second)? },
        _ => Rejection::StockLocked { until: time(first)? },
    })
}

pub(super) fn movement(
    sequence: Option<Field<'_>>,
    line: Option<Field<'_>>,
) -> Result<MovementRef, CodecError> {
    let line = line.map_or(Ok(0), Field::small)?;
    Ok(MovementRef { sequence: Sequence::new(number(sequence)), line })
}

fn write_movement(writer: &mut Writer, field: u32, movement: MovementRef) {
    writer.number(field, movement.sequence.get());
    writer.number(field.saturating_add(1), movement.line);
}

fn time(field: Option<Field<'_>>) -> Result<Timestamp, CodecError> {
    Ok(Timestamp::from_micros(number(field).cast_signed())?)
}
