use proto::stock::v1::{GetPickListRequest, GetPickListResponse};
use rpc::{ApiError, PageToken};
use vocabulary::ReservationId;

use super::as_of::{Asked, View};
use super::get_order::pick;
use super::order_line::code;
use super::{StockRpc, page};

/// What is to be picked for the orders of a wave, in walking order. A page goes on after the last of the page before, whatever was picked
/// meanwhile.
pub(super) async fn handle(
    service: &StockRpc,
    request: GetPickListRequest,
) -> Result<GetPickListResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let (size, wave) = (page::size(request.page_size)?, code("wave", &request.wave)?);
    let GetPickListRequest { warehouse, zone, with_picked, page_token, .. } = request;
    let scope = format!("picks/{warehouse}/{wave}/{zone}/{with_picked}");
    let start = page::start(&page_token, &scope)?;
    let asked = Asked { sequence: 0, effective: None, recorded: None };
    let as_of = service.history.as_of(&partition, asked).await?;
    let look = move |view: View<'_>| Ok((view.state.picks_of_wave(&wave), view.state.sequence()));
    let (picks, sequence) = as_of.look(&partition, look).await?;
    let is_meant = |pick: &stock_core::Pick| {
        (with_picked || !pick.is_picked) && pick.location.as_str().starts_with(&zone)
    };
    let is_after = |pick: &stock_core::Pick| start.as_ref().is_none_or(|start| key(pick) > *start);
    let mut picks = picks;
    picks.sort_by_cached_key(key);
    let mut rest = picks.into_iter().filter(|pick| is_meant(pick) && is_after(pick)).peekable();
    let page: Vec<_> = rest.by_ref().take(size).collect();
    let last = page.last().map(key).filter(|_| rest.peek().is_some());
    let next_page_token = last.map(|key| {
        let key: Vec<_> = key.iter().map(String::as_str).collect();
        PageToken::encode(&key, &scope)
    });
    let (picks, next_page_token) =
        (page.into_iter().map(pick).collect(), next_page_token.unwrap_or_default());
    Ok(GetPickListResponse { picks, next_page_token, as_of_sequence: sequence.get() })
}

/// By which picks are in order.
fn key(pick: &stock_core::Pick) -> Vec<String> {
    let lot = pick.lot.as_ref().map(ToString::to_string).unwrap_or_default();
    // In the order of the fields that picks are compared by, with numbers of one width.
    let ReservationId { sequence, line } = pick.reservation;
    let (location, sku, status) = (pick.location.to_string(), pick.sku.to_string(), pick.status.to_string());
    let order = pick.order.to_string();
    vec![
        location,
        sku,
        lot,
        status,
        order,
        format!("{:010}", pick.line),
        format!("{:020}-{line:010}", sequence.get()),
    ]
}
