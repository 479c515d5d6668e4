//! The fields of promises that came after the first version.

use vocabulary::{ChannelCode, LocationCode, PartyCode, SerialNumber, Timestamp};

use super::CodecError;
use super::decode::{given, number, repeated};
use super::reader::{Field, Reader};
use super::writer::Writer;
use crate::entry::{Released, Reserved};
use crate::{Priority, ReleaseCause, Terms};

/// Fields 5 to 9 of `Reserved`.
pub(super) fn write_terms(writer: &mut Writer, reserved: &Reserved) {
    if let Some(terms) = &reserved.terms {
        writer.signed(5, terms.expires_at.map_or(0, Timestamp::micros));
        writer.number(6, terms.priority.get());
        writer.text(7, terms.holder.as_ref().map_or("", PartyCode::as_str));
        writer.text(8, terms.channel.as_ref().map_or("", ChannelCode::as_str));
    }
    reserved.serials.iter().for_each(|serial| writer.text(9, serial.as_str()));
}

/// Fields 5 to 8.
pub(super) fn read_terms(fields: [Option<Field<'_>>; 4]) -> Result<Option<Box<Terms>>, CodecError> {
    let [expires_at, priority, holder, channel] = fields;
    let expires_at = match number(expires_at) {
        0 => None,
        micros => Some(Timestamp::from_micros(micros.cast_signed())?),
    };
    let priority = Priority::try_new(number(priority))
        .ok_or_else(|| CodecError::Protobuf("a priority of more than 9".to_owned()))?;
    let (holder, channel) = (given(holder, PartyCode::parse)?, given(channel, ChannelCode::parse)?);
    Ok(Terms { expires_at, priority, holder, channel }.boxed())
}

/// Fields 5 to 7 of `Released`.
pub(super) fn write_end(writer: &mut Writer, released: &Released) {
    writer.number(
        5,
        match released.cause {
            ReleaseCause::Asked => 0_u32,
            ReleaseCause::Expired => 1,
            ReleaseCause::Reallocated => 2,
            ReleaseCause::Recalled => 3,
        },
    );
    writer.text(6, released.location.as_ref().map_or("", LocationCode::as_str));
    released.serials.iter().for_each(|serial| writer.text(7, serial.as_str()));
}

pub(super) fn cause(field: Option<Field<'_>>) -> Result<ReleaseCause, CodecError> {
    match number(field) {
        0 => Ok(ReleaseCause::Asked),
        1 => Ok(ReleaseCause::Expired),
        2 => Ok(ReleaseCause::Reallocated),
        3 => Ok(ReleaseCause::Recalled),
        other => Err(CodecError::Protobuf(format!("no cause of a release has the number {other}"))),
    }
}

/// Every serial number in a field.
pub(super) fn serials(reader: Reader<'_>, wanted: u64) -> Result<Vec<SerialNumber>, CodecError> {
    repeated(reader, wanted).map(|field| Ok(SerialNumber::parse(field?.text()?)?)).collect()
}
