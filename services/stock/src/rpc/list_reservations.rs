use proto::stock::v1::{ListReservationsRequest, ListReservationsResponse};
use rpc::filter::{FieldSpec, Filter, Value};
use rpc::{ApiError, PageToken};
use stock_core::{Reservation, State};
use vocabulary::{ChannelCode, LocationCode, PartyCode, Quantity, ReservationId, Sequence};

use super::as_of::{Asked, View};
use super::{StockRpc, get_reservation, page};

const FIELDS: [FieldSpec; 7] = [
    FieldSpec::text("sku"),
    FieldSpec::text("location"),
    FieldSpec::text("holder"),
    FieldSpec::text("channel"),
    FieldSpec::text("kind"),
    FieldSpec::decimal("priority"),
    FieldSpec::decimal("quantity"),
];

/// Open reservations by id.
pub(super) async fn handle(
    service: &StockRpc,
    request: ListReservationsRequest,
) -> Result<ListReservationsResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let size = page::size(request.page_size)?;
    let filter = Filter::parse(&request.filter, &FIELDS)?;
    let scope = format!("reservations/{}/{}/{}", request.warehouse, request.as_of_sequence, request.filter);
    let start = page::start(&request.page_token, &scope)?;
    let after = start.and_then(|key| ReservationId::parse(key.first()?).ok());
    let asked = Asked { sequence: request.as_of_sequence, effective: None, recorded: None };
    let as_of = service.history.as_of(&partition, asked).await?;
    let look = move |view: View<'_>| Ok(select(view.state, &filter, after, size));
    let found = as_of.look(&partition, look).await?;
    Ok(ListReservationsResponse {
        reservations: found.rows.iter().map(get_reservation::message).collect(),
        next_page_token: found
            .next
            .map_or_else(String::new, |id| PageToken::encode(&[&id.to_string()], &scope)),
        as_of_sequence: found.sequence.get(),
    })
}

struct Found {
    rows: Vec<Reservation>,
    /// The reservation to go on after.
    next: Option<ReservationId>,
    sequence: Sequence,
}

fn select(state: &State, filter: &Filter, after: Option<ReservationId>, size: usize) -> Found {
    let (mut rows, mut last, mut looked_at) = (Vec::new(), None, 0);
    let found = |rows, next| Found { rows, next, sequence: state.sequence() };
    for held in state.reservations_after(after) {
        if looked_at >= page::ROWS_A_PAGE {
            return found(rows, last);
        }
        looked_at += held.parts.len().max(1);
        let id = held.id;
        if matches(filter, &held) {
            if rows.len() == size {
                return found(rows, last);
            }
            rows.push(held);
        }
        last = Some(id);
    }
    found(rows, None)
}

fn matches(filter: &Filter, held: &Reservation) -> bool {
    let terms = &held.terms;
    filter.matches(|name| match name {
        "sku" => Value::Text(held.sku.as_str()),
        "location" => Value::Text(held.location().map_or("", LocationCode::as_str)),
        "holder" => Value::Text(terms.holder.as_ref().map_or("", PartyCode::as_str)),
        "channel" => Value::Text(terms.channel.as_ref().map_or("", ChannelCode::as_str)),
        "kind" => Value::Text(if terms.expires_at.is_some() { "soft" } else { "hard" }),
        "priority" => Value::Decimal(Quantity::from(u32::from(terms.priority.get()))),
        _ => Value::Decimal(held.quantity),
    })
}
