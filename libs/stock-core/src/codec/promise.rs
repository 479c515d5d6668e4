//! What came with promises on terms: fields, rules and refusals.

use vocabulary::{
    ChannelCode, Date, DocumentCode, LocationCode, LotCode, PartyCode, Quantity, SerialNumber, Sku,
    StockStatus, Timestamp,
};

use super::CodecError;
use super::decode::{fields, given, number, quantity, repeated, reservation, text};
use super::encode;
use super::put_away;
use super::reader::{Field, Reader};
use super::writer::Writer;
use crate::entry::{Released, Reserved};
use crate::{OrderRef, Priority, Rejection, ReleaseCause, Rule, Terms};

/// Fields 5 to 12 of `Reserved`.
pub(super) fn write_terms(writer: &mut Writer, reserved: &Reserved) {
    if let Some(terms) = &reserved.terms {
        writer.signed(5, terms.expires_at.map_or(0, Timestamp::micros));
        writer.number(6, terms.priority.get());
        writer.text(7, terms.holder.as_ref().map_or("", PartyCode::as_str));
        writer.text(8, terms.channel.as_ref().map_or("", ChannelCode::as_str));
    }
    reserved.serials.iter().for_each(|serial| writer.text(9, serial.as_str()));
    status(writer, 10, reserved.status);
    if let Some(order) = reserved.terms.as_ref().and_then(|terms| terms.order.as_ref()) {
        writer.text(11, order.code.as_str());
        writer.number(12, order.line);
    }
}

/// Fields 5 to 8, 11 and 12.
pub(super) fn read_terms(fields: [Option<Field<'_>>; 6]) -> Result<Option<Box<Terms>>, CodecError> {
    let [expires_at, priority, holder, channel, order, line] = fields;
    let expires_at = match number(expires_at) {
        0 => None,
        micros => Some(Timestamp::from_micros(micros.cast_signed())?),
    };
    let priority = Priority::try_new(number(priority))
        .ok_or_else(|| CodecError::Protobuf("a priority of more than 9".to_owned()))?;
    let (holder, channel) = (given(holder, PartyCode::parse)?, given(channel, ChannelCode::parse)?);
    let code = given(order, DocumentCode::parse)?;
    let line = line.map_or(Ok(0), Field::small)?;
    let order = code.map(|code| OrderRef { code, line });
    Ok(Terms { expires_at, priority, holder, channel, order }.boxed())
}

/// Fields 5 to 8 of `Released`.
pub(super) fn write_end(writer: &mut Writer, released: &Released) {
    writer.number(
        5,
        match released.cause {
            ReleaseCause::Asked => 0_u32,
            ReleaseCause::Expired => 1,
            ReleaseCause::Reallocated => 2,
            ReleaseCause::Recalled => 3,
            ReleaseCause::LotExpired => 4,
            ReleaseCause::Taken => 5,
        },
    );
    writer.text(6, released.location.as_ref().map_or("", LocationCode::as_str));
    released.serials.iter().for_each(|serial| writer.text(7, serial.as_str()));
    status(writer, 8, released.status);
}

/// The usual one is left out.
pub(super) fn status(writer: &mut Writer, field: u32, status: StockStatus) {
    if !status.is_available() {
        writer.text(field, status.as_str());
    }
}

pub(super) fn cause(field: Option<Field<'_>>) -> Result<ReleaseCause, CodecError> {
    match number(field) {
        0 => Ok(ReleaseCause::Asked),
        1 => Ok(ReleaseCause::Expired),
        2 => Ok(ReleaseCause::Reallocated),
        3 => Ok(ReleaseCause::Recalled),
        4 => Ok(ReleaseCause::LotExpired),
        5 => Ok(ReleaseCause::Taken),
        other => Err(CodecError::Protobuf(format!("no cause of a release has the number {other}"))),
    }
}

/// Every serial number in a field.
pub(super) fn serials(reader: Reader<'_>, wanted: u64) -> Result<Vec<SerialNumber>, CodecError> {
    repeated(reader, wanted).map(|field| Ok(SerialNumber::parse(field?.text()?)?)).collect()
}

/// The message `RuleSet`.
pub(super) fn write_rule(writer: &mut Writer, rule: &Rule) {
    let amount = |writer: &mut Writer, field, quantity: &Option<Quantity>| {
        if let Some(quantity) = quantity {
            writer.decimal(field, quantity);
        }
    };
    match rule {
        Rule::ChannelQuota { sku, channel, quantity } => writer.message(1, |writer| {
            writer.text(1, sku.as_str());
            writer.text(2, channel.as_str());
            amount(writer, 3, quantity);
        }),
        Rule::SafetyBuffer { sku, quantity } => writer.message(2, |writer| {
            writer.text(1, sku.as_str());
            amount(writer, 2, quantity);
        }),
        Rule::CustomerMaximum { sku, holder, quantity } => writer.message(3, |writer| {
            writer.text(1, sku.as_str());
            writer.text(2, holder.as_ref().map_or("", PartyCode::as_str));
            amount(writer, 3, quantity);
        }),
        Rule::Minimum { sku, quantity } => writer.message(5, |writer| {
            writer.text(1, sku.as_str());
            amount(writer, 2, quantity);
        }),
        Rule::ShelfLife { holder, days } => writer.message(4, |writer| {
            writer.text(1, holder.as_str());
            writer.number(2, days.unwrap_or_default());
        }),
        Rule::StatusCounts { status, counts } => writer.message(6, |writer| {
            writer.text(1, status.as_str());
            writer.number(2, *counts);
        }),
        Rule::Periodic { sku, is_periodic } => writer.message(82, |writer| {
            writer.text(1, sku.as_str());
            writer.number(2, *is_periodic);
        }),
        Rule::StoredAs { sku, how } => put_away::write_stored_as(writer, sku, how),
        Rule::Stores { location, what } => put_away::write_stores(writer, location, what),
    }
}

pub(super) fn read_rule(set: Reader<'_>) -> Result<Rule, CodecError> {
    let amount = |field: Option<Field<'_>>| field.map(|field| quantity(Some(field))).transpose();
    let rules: [_; 6] = fields(set)?;
    match rules {
        [Some(quota), ..] => {
            let [sku, channel, kept] = fields(quota.message())?;
            let (sku, channel) = (Sku::parse(text(sku)?)?, ChannelCode::parse(text(channel)?)?);
            Ok(Rule::ChannelQuota { sku, channel, quantity: amount(kept)? })
        }
        [_, Some(buffer), ..] => {
            let [sku, kept] = fields(buffer.message())?;
            Ok(Rule::SafetyBuffer { sku: Sku::parse(text(sku)?)?, quantity: amount(kept)? })
        }
        [_, _, Some(maximum), ..] => {
            let [sku, holder, most] = fields(maximum.message())?;
            let (sku, holder) = (Sku::parse(text(sku)?)?, given(holder, PartyCode::parse)?);
            Ok(Rule::CustomerMaximum { sku, holder, quantity: amount(most)? })
        }
        [_, _, _, _, Some(minimum), _] => {
            let [sku, least] = fields(minimum.message())?;
            Ok(Rule::Minimum { sku: Sku::parse(text(sku)?)?, quantity: amount(least)? })
        }
        [_, _, _, Some(life), ..] => {
            let [holder, days] = fields(life.message())?;
            let days = days.map(Field::small).transpose()?.filter(|days| *days > 0);
            Ok(Rule::ShelfLife { holder: PartyCode::parse(text(holder)?)?, days })
        }
        [_, _, _, _, _, Some(status)] => {
            let [status, counts] = fields(status.message())?;
            Ok(Rule::StatusCounts { status: StockStatus::parse(text(status)?)?, counts: number(counts) != 0 })
        }
        [None, None, None, None, None, None] => read_later_rule(set),
    }
}

/// Rules with higher numbers.
fn read_later_rule(mut set: Reader<'_>) -> Result<Rule, CodecError> {
    while let Some((number_of_rule, field)) = set.next()? {
        match number_of_rule {
            82 => {
                let [sku, is_periodic] = fields(field.message())?;
                let (sku, is_periodic) = (Sku::parse(text(sku)?)?, number(is_periodic) != 0);
                return Ok(Rule::Periodic { sku, is_periodic });
            }
            145 => return put_away::read_stored_as(field.message()),
            146 => return put_away::read_stores(field.message()),
            _ => {}
        }
    }
    Err(CodecError::Missing("rule"))
}

/// Refusals 20 to 29; nothing for others.
#[expect(clippy::wildcard_enum_match_arm, reason = "the caller's match is exhaustive and gives these only")]
pub(super) fn write_rejection(writer: &mut Writer, rejection: &Rejection) {
    match rejection {
        Rejection::NotExpired { reservation: id } => {
            writer.message(20, |writer| encode::reservation(writer, *id));
        }
        Rejection::SerialReserved { sku, serial, reservation: id } => writer.message(21, |writer| {
            encode::reservation(writer, *id);
            writer.text(3, sku.as_str());
            writer.text(4, serial.as_str());
        }),
        Rejection::SerialNotReserved { reservation: id, serial } => writer.message(22, |writer| {
            encode::reservation(writer, *id);
            writer.text(3, serial.as_str());
        }),
        Rejection::QuotaExceeded { sku, channel, requested, free, kept } => {
            let channel = channel.as_ref().map_or("", ChannelCode::as_str);
            about(writer, 23, &[sku.as_str(), channel], &[requested, free, kept]);
        }
        Rejection::BufferKept { sku, requested, free, kept, buffer } => {
            about(writer, 24, &[sku.as_str()], &[requested, free, kept, buffer]);
        }
        Rejection::CustomerMaximum { sku, holder, requested, open, maximum } => {
            about(writer, 25, &[sku.as_str(), holder.as_str()], &[requested, open, maximum]);
        }
        Rejection::ExpiresTooEarly { sku, lot, expiry, min_expiry } => {
            let dates = (expiry.to_string(), min_expiry.to_string());
            encode::texts(writer, 26, &[sku.as_str(), lot.as_str(), &dates.0, &dates.1]);
        }
        Rejection::InsufficientInWarehouse { sku, requested, available } => {
            about(writer, 27, &[sku.as_str()], &[requested, available]);
        }
        Rejection::StatusInUse { status, sku, location } => {
            encode::texts(writer, 28, &[sku.as_str(), location.as_str(), status.as_str()]);
        }
        Rejection::StatusNotAvailable { sku, status } => {
            encode::texts(writer, 29, &[sku.as_str(), status.as_str()]);
        }
        _ => {}
    }
}

/// A message of texts, and quantities after them.
fn about(writer: &mut Writer, field: u32, texts: &[&str], quantities: &[&Quantity]) {
    writer.message(field, |writer| {
        let mut fields = 1..;
        texts.iter().zip(&mut fields).for_each(|(text, field)| writer.text(field, text));
        quantities.iter().zip(&mut fields).for_each(|(quantity, field)| writer.decimal(field, quantity));
    });
}

pub(super) fn read_rejection(number: u64, rejection: Reader<'_>) -> Result<Rejection, CodecError> {
    let [first, second, third, fourth, fifth] = fields(rejection)?;
    let sku = || Ok::<_, CodecError>(Sku::parse(text(first)?)?);
    Ok(match number {
        20 => Rejection::NotExpired { reservation: reservation(first, second)? },
        21 => Rejection::SerialReserved {
            reservation: reservation(first, second)?,
            sku: Sku::parse(text(third)?)?,
            serial: SerialNumber::parse(text(fourth)?)?,
        },
        22 => Rejection::SerialNotReserved {
            reservation: reservation(first, second)?,
            serial: SerialNumber::parse(text(third)?)?,
        },
        23 => Rejection::QuotaExceeded {
            sku: sku()?,
            channel: given(second, ChannelCode::parse)?,
            requested: quantity(third)?,
            free: quantity(fourth)?,
            kept: quantity(fifth)?,
        },
        24 => Rejection::BufferKept {
            sku: sku()?,
            requested: quantity(second)?,
            free: quantity(third)?,
            kept: quantity(fourth)?,
            buffer: quantity(fifth)?,
        },
        25 => Rejection::CustomerMaximum {
            sku: sku()?,
            holder: PartyCode::parse(text(second)?)?,
            requested: quantity(third)?,
            open: quantity(fourth)?,
            maximum: quantity(fifth)?,
        },
        26 => Rejection::ExpiresTooEarly {
            sku: sku()?,
            lot: LotCode::parse(text(second)?)?,
            expiry: Date::parse(text(third)?)?,
            min_expiry: Date::parse(text(fourth)?)?,
        },
        28 => Rejection::StatusInUse {
            sku: sku()?,
            location: LocationCode::parse(text(second)?)?,
            status: StockStatus::parse(text(third)?)?,
        },
        29 => Rejection::StatusNotAvailable { sku: sku()?, status: StockStatus::parse(text(second)?)? },
        _ => Rejection::InsufficientInWarehouse {
            sku: sku()?,
            requested: quantity(second)?,
            available: quantity(third)?,
        },
    })
}
