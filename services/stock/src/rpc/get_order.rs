use proto::stock::v1::{GetOrderRequest, GetOrderResponse, Pick};
use rpc::{ApiError, Reason};
use vocabulary::{LotCode, SerialNumber};
use work_core::wire::order_to;

use super::StockRpc;
use super::as_of::{Asked, View};
use super::order_line::code;
use super::page::decimal;

/// One outbound order: what the customer wants, and what became of it.
pub(super) async fn handle(
    service: &StockRpc,
    request: GetOrderRequest,
) -> Result<GetOrderResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let code = code("order", &request.order)?;
    let asked = Asked { sequence: request.as_of_sequence, effective: None, recorded: None };
    let as_of = service.history.as_of(&partition, asked).await?;
    let wanted = code.clone();
    let look = move |view: View<'_>| {
        let found = view.state.order(&wanted).cloned();
        Ok((found, view.state.picks_of_order(&wanted), view.state.sequence()))
    };
    let (found, picks, sequence) = as_of.look(&partition, look).await?;
    let order = found.ok_or_else(|| {
        let message = format!("no order {code} is known: it never was, or is over for long");
        ApiError::invalid(Reason::OrderNotFound, "order", message).with("order", &code)
    })?;
    Ok(GetOrderResponse {
        order: Some(order_to(&order)),
        picks: picks.into_iter().map(pick).collect(),
        as_of_sequence: sequence.get(),
    })
}

/// Goods that are promised for an order, as a message.
pub(super) fn pick(pick: stock_core::Pick) -> Pick {
    Pick {
        location: pick.location.to_string(),
        sku: pick.sku.to_string(),
        lot: pick.lot.as_ref().map_or_else(String::new, LotCode::to_string),
        status: if pick.status.is_available() { String::new() } else { pick.status.to_string() },
        order: pick.order.to_string(),
        line: pick.line,
        reservation_id: pick.reservation.to_string(),
        quantity: decimal(pick.quantity),
        serials: pick.serials.iter().map(SerialNumber::to_string).collect(),
        picked: pick.is_picked,
    }
}
