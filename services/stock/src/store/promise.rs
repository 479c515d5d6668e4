//! Reservations as the checkpoint has them, and back.

use sea_orm::Set;
use stock_core::{OrderRef, Priority, Reservation, ReservedPart, Terms};
use vocabulary::{
    ChannelCode, DocumentCode, LocationCode, LotCode, PartyCode, Quantity, ReservationId, Sequence,
    SerialNumber, Sku, StockStatus, Timestamp, WarehouseCode,
};

use super::checkpoint_rows::damaged;
use super::{StoreFault, entity};

/// No lot and no serial number has it in it.
const NONE: &str = "#";

pub(super) fn reservation_model(
    warehouse: &WarehouseCode,
    row: &Reservation,
) -> entity::reservation::ActiveModel {
    let is_more = row.is_spread()
        || row.parts.iter().any(|part| !part.serials.is_empty() || !part.status.is_available());
    let part = |part: &ReservedPart| match &part.lot {
        Some(lot) => format!("{lot} {}", part.quantity),
        None => String::new(),
    };
    let joined = |parts: Vec<String>| parts.join(" ").trim().to_owned();
    let (lots, parts) = if is_more {
        (String::new(), joined(row.parts.iter().map(in_full).collect()))
    } else {
        (joined(row.parts.iter().map(part).collect()), String::new())
    };
    let Terms { expires_at, priority, holder, channel, order } = &row.terms;
    entity::reservation::ActiveModel {
        warehouse: Set(warehouse.to_string()),
        sequence: Set(row.id.sequence.get().cast_signed()),
        line: Set(row.id.line.into()),
        sku: Set(row.sku.to_string()),
        location: Set(row.location().map_or_else(String::new, ToString::to_string)),
        quantity: Set(row.quantity.to_string()),
        lots: Set(lots),
        parts: Set(parts),
        expires_at: Set(expires_at.map(Timestamp::micros)),
        priority: Set(priority.get().into()),
        holder: Set(holder.as_ref().map_or_else(String::new, ToString::to_string)),
        channel: Set(channel.as_ref().map_or_else(String::new, ToString::to_string)),
        order_code: Set(order.as_ref().map_or_else(String::new, |order| order.code.to_string())),
        order_line: Set(order.as_ref().map_or(0, |order| order.line.into())),
    }
}

fn in_full(part: &ReservedPart) -> String {
    let ReservedPart { location, lot, status, quantity, serials } = part;
    let lot = lot.as_ref().map_or(NONE, LotCode::as_str);
    let serials: Vec<_> = serials.iter().map(SerialNumber::as_str).collect();
    let serials = if serials.is_empty() { NONE.to_owned() } else { serials.join(NONE) };
    // The usual one is left out.
    let status = if status.is_available() { String::new() } else { format!("{NONE}{status}") };
    format!("{location} {lot} {quantity}{status} {serials}")
}

pub(super) fn reservation(model: entity::reservation::Model) -> Result<Reservation, StoreFault> {
    let line = u32::try_from(model.line).map_err(|_| damaged("a reservation's line"))?;
    let quantity = Quantity::parse(&model.quantity).map_err(damaged)?;
    let priority = u64::try_from(model.priority).ok().and_then(Priority::try_new);
    let order = given(&model.order_code, DocumentCode::parse)?;
    let order_line = u32::try_from(model.order_line).map_err(|_| damaged("an order's line"))?;
    let terms = Terms {
        expires_at: model.expires_at.map(Timestamp::from_micros).transpose().map_err(damaged)?,
        priority: priority.ok_or_else(|| damaged("a reservation's priority"))?,
        holder: given(&model.holder, PartyCode::parse)?,
        channel: given(&model.channel, ChannelCode::parse)?,
        order: order.map(|code| OrderRef { code, line: order_line }),
    };
    let parts = if model.parts.is_empty() {
        let location = LocationCode::parse(&model.location).map_err(damaged)?;
        of_lots(&location, &model.lots, quantity)?
    } else {
        of_parts(&model.parts)?
    };
    Ok(Reservation {
        id: ReservationId { sequence: Sequence::new(model.sequence.cast_unsigned()), line },
        sku: Sku::parse(&model.sku).map_err(damaged)?,
        quantity,
        parts,
        terms,
    })
}

/// What a column says that may be empty.
pub(super) fn given<T>(
    text: &str,
    parse: fn(&str) -> Result<T, vocabulary::Invalid>,
) -> Result<Option<T>, StoreFault> {
    if text.is_empty() { Ok(None) } else { parse(text).map(Some).map_err(damaged) }
}

fn of_lots(location: &LocationCode, text: &str, all: Quantity) -> Result<Vec<ReservedPart>, StoreFault> {
    let status = StockStatus::Available;
    let part = |lot, quantity| ReservedPart {
        location: location.clone(),
        lot,
        status,
        quantity,
        serials: Vec::new(),
    };
    if text.is_empty() {
        return Ok(vec![part(None, all)]);
    }
    let (mut words, mut parts) = (text.split_whitespace(), Vec::new());
    while let Some(lot) = words.next() {
        let quantity = words.next().ok_or_else(|| damaged("a reservation's lots"))?;
        let quantity = Quantity::parse(quantity).map_err(damaged)?;
        parts.push(part(Some(LotCode::parse(lot).map_err(damaged)?), quantity));
    }
    Ok(parts)
}

fn of_parts(text: &str) -> Result<Vec<ReservedPart>, StoreFault> {
    let (mut words, mut parts) = (text.split_whitespace(), Vec::new());
    while let Some(location) = words.next() {
        let mut word = || words.next().ok_or_else(|| damaged("a reservation's parts"));
        let (lot, quantity, serials) = (word()?, word()?, word()?);
        let (quantity, status) = quantity.split_once(NONE).unwrap_or((quantity, ""));
        let serials = serials.split(NONE).filter(|serial| !serial.is_empty());
        parts.push(ReservedPart {
            location: LocationCode::parse(location).map_err(damaged)?,
            lot: given(if lot == NONE { "" } else { lot }, LotCode::parse)?,
            status: StockStatus::parse(status).map_err(damaged)?,
            quantity: Quantity::parse(quantity).map_err(damaged)?,
            serials: serials.map(SerialNumber::parse).collect::<Result<_, _>>().map_err(damaged)?,
        });
    }
    Ok(parts)
}
