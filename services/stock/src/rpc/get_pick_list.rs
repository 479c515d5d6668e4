use proto::stock::v1::{GetPickListRequest, GetPickListResponse};
use rpc::{ApiError, PageToken};

use super::as_of::{Asked, View};
use super::get_order::pick;
use super::order_line::code;
use super::{StockRpc, page};

/// What is to be picked for the orders of a wave, in walking order. A page goes on after so many: what was picked meanwhile is not asked for
/// again.
pub(super) async fn handle(
    service: &StockRpc,
    request: GetPickListRequest,
) -> Result<GetPickListResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let (size, wave) = (page::size(request.page_size)?, code("wave", &request.wave)?);
    let GetPickListRequest { warehouse, zone, with_picked, page_token, .. } = request;
    let scope = format!("picks/{warehouse}/{wave}/{zone}/{with_picked}");
    let start = page::start(&page_token, &scope)?;
    let start: usize = start.and_then(|key| key.first()?.parse().ok()).unwrap_or_default();
    let asked = Asked { sequence: 0, effective: None, recorded: None };
    let as_of = service.history.as_of(&partition, asked).await?;
    let look = move |view: View<'_>| Ok((view.state.picks_of_wave(&wave), view.state.sequence()));
    let (picks, sequence) = as_of.look(&partition, look).await?;
    let is_meant = |pick: &stock_core::Pick| {
        (with_picked || !pick.is_picked) && pick.location.as_str().starts_with(&zone)
    };
    let mut rest = picks.into_iter().filter(is_meant).skip(start);
    let picks: Vec<_> = rest.by_ref().take(size).map(pick).collect();
    let end = start.saturating_add(picks.len()).to_string();
    let next_page_token = rest.next().map(|_| PageToken::encode(&[&end], &scope)).unwrap_or_default();
    Ok(GetPickListResponse { picks, next_page_token, as_of_sequence: sequence.get() })
}
