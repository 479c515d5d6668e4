//! A promise that goes elsewhere with its goods, and why it may not.

use vocabulary::{LocationCode, LotCode, Sku, Sscc, StockStatus};

use super::decode::{Decoder, fields, given, quantity, reservation, text};
use super::reader::Reader;
use super::writer::Writer;
use super::{CodecError, encode, promise};
use crate::Rejection;
use crate::entry::PromiseMoved;

/// Number of the fact in `Fact`.
pub(super) const FACT: u64 = 31;
/// Number of the refusal in `Rejected`.
pub(super) const REJECTION: u64 = 71;

pub(super) fn write_moved(writer: &mut Writer, moved: &PromiseMoved) {
    writer.message(31, |writer| {
        encode::reservation(writer, moved.reservation);
        writer.text(3, moved.sku.as_str());
        writer.decimal(4, moved.quantity);
        writer.text(5, moved.lot.as_ref().map_or("", LotCode::as_str));
        promise::status(writer, 6, moved.status);
        writer.text(7, moved.from.as_str());
        writer.text(8, moved.to.as_str());
        moved.serials.iter().for_each(|serial| writer.text(9, serial.as_str()));
    });
}

pub(super) fn read_moved(
    decoder: &mut Decoder,
    line: u32,
    moved: Reader<'_>,
) -> Result<PromiseMoved, CodecError> {
    let [sequence, of, sku, amount, lot, status, from, to, _serials] = fields(moved)?;
    Ok(PromiseMoved {
        line,
        reservation: reservation(sequence, of)?,
        sku: Sku::parse(text(sku)?)?,
        quantity: quantity(amount)?,
        lot: given(lot, LotCode::parse)?,
        status: StockStatus::parse(text(status)?)?,
        from: decoder.location(text(from)?)?,
        to: decoder.location(text(to)?)?,
        serials: promise::serials(moved, 9)?,
    })
}

/// The refusal 71; nothing for others.
pub(super) fn write_rejection(writer: &mut Writer, rejection: &Rejection) {
    if let Rejection::PromisedElsewhere { reservation, location, requested, there, unit } = rejection {
        writer.message(71, |writer| {
            encode::reservation(writer, *reservation);
            writer.text(3, location.as_str());
            writer.decimal(4, requested);
            writer.decimal(5, there);
            writer.text(6, unit.as_ref().map_or("", Sscc::as_str));
        });
    }
}

pub(super) fn read_rejection(refused: Reader<'_>) -> Result<Rejection, CodecError> {
    let [sequence, line, location, requested, there, unit] = fields(refused)?;
    Ok(Rejection::PromisedElsewhere {
        reservation: reservation(sequence, line)?,
        location: LocationCode::parse(text(location)?)?,
        requested: quantity(requested)?,
        there: quantity(there)?,
        unit: given(unit, Sscc::parse)?,
    })
}
