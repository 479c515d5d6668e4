use proto::stock::v1::{GetReservationRequest, GetReservationResponse, Reservation, ReservedLot};
use rpc::{ApiError, Reason};
use vocabulary::{LotCode, Quantity, ReservationId};

use super::StockRpc;
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
    let part = |(lot, quantity): &(LotCode, Quantity)| ReservedLot {
        lot: lot.to_string(),
        quantity: decimal(*quantity),
    };
    let reservation = Reservation {
        reservation_id: id.to_string(),
        sku: found.sku.to_string(),
        location: found.location.to_string(),
        quantity: decimal(found.quantity),
        lots: found.lots.iter().map(part).collect(),
    };
    Ok(GetReservationResponse { reservation: Some(reservation), as_of_sequence: sequence.get() })
}
