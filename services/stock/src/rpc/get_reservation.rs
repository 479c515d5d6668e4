use proto::stock::v1::{
    GetReservationRequest, GetReservationResponse, Reservation, ReservedLot, ReservedPart,
};
use rpc::{ApiError, Reason};
use vocabulary::ReservationId;

use super::StockRpc;
use super::answer::timestamp;
use super::page::decimal;

/// One open reservation.
pub(super) async fn handle(
    service: &StockRpc,
    request: GetReservationRequest,
) -> Result<GetReservationResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let bad =
        |e: vocabulary::Invalid| ApiError::invalid(Reason::BadReservationId, "reservation_id", e.to_string());
    let id = ReservationId::parse(&request.reservation_id).map_err(bad)?;
    let (found, sequence) = partition.look(move |state| (state.reservation(id), state.sequence())).await?;
    let found = found.ok_or_else(|| {
        let message = format!("no open reservation {id}: it never was, or nothing of it is left");
        ApiError::invalid(Reason::ReservationNotFound, "reservation_id", message)
    })?;
    let reservation = Some(message(&found));
    Ok(GetReservationResponse { reservation, as_of_sequence: sequence.get() })
}

/// A reservation as a message.
pub(super) fn message(held: &stock_core::Reservation) -> Reservation {
    let lot = |part: &stock_core::ReservedPart| {
        Some(ReservedLot { lot: part.lot.as_ref()?.to_string(), quantity: decimal(part.quantity) })
    };
    let part = |part: &stock_core::ReservedPart| ReservedPart {
        location: part.location.to_string(),
        lot: part.lot.as_ref().map_or_else(String::new, ToString::to_string),
        quantity: decimal(part.quantity),
        serials: part.serials.iter().map(ToString::to_string).collect(),
        status: part.status.to_string(),
    };
    Reservation {
        reservation_id: held.id.to_string(),
        sku: held.sku.to_string(),
        location: held.location().map_or_else(String::new, ToString::to_string),
        quantity: decimal(held.quantity),
        lots: held.parts.iter().filter_map(lot).collect(),
        expires_at: held.terms.expires_at.map(timestamp),
        priority: held.terms.priority.get().into(),
        holder: held.terms.holder.as_ref().map_or_else(String::new, ToString::to_string),
        channel: held.terms.channel.as_ref().map_or_else(String::new, ToString::to_string),
        parts: held.parts.iter().map(part).collect(),
    }
}
