use proto::stock::v1::{ListLotsRequest, ListLotsResponse};
use rpc::{ApiError, PageToken};
use stock_core::{Lot, State};
use vocabulary::{LotCode, Sequence};

use super::as_of::{Asked, View};
use super::get_lot::message;
use super::{StockRpc, catalog, page};

/// The lots of an item, by number.
pub(super) async fn handle(
    service: &StockRpc,
    request: ListLotsRequest,
) -> Result<ListLotsResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    catalog::check_item(&service.catalog, &request.sku)?;
    let size = page::size(request.page_size)?;
    let ListLotsRequest { warehouse, sku, as_of_sequence, page_token, .. } = request;
    let scope = format!("lots/{warehouse}/{as_of_sequence}/{sku}");
    let start = page::start(&page_token, &scope)?;
    let start = start.and_then(|key| LotCode::parse(key.first()?).ok());
    let asked = Asked { sequence: as_of_sequence, effective: None, recorded: None };
    let as_of = service.history.as_of(&partition, asked).await?;
    let of = sku.clone();
    let look = move |view: View<'_>| Ok(select(view.state, &of, start.as_ref(), size));
    let found = as_of.look(&partition, look).await?;
    let next = found.rows.last().filter(|_| found.has_more);
    Ok(ListLotsResponse {
        next_page_token: next
            .map_or_else(String::new, |(code, _)| PageToken::encode(&[code.as_str()], &scope)),
        lots: found.rows.into_iter().map(|(code, lot)| message(&sku, &code, lot)).collect(),
        as_of_sequence: found.sequence.get(),
    })
}

struct Found {
    rows: Vec<(LotCode, Lot)>,
    has_more: bool,
    sequence: Sequence,
}

fn select(state: &State, sku: &str, start: Option<&LotCode>, size: usize) -> Found {
    let mut lots = state.lots_after(sku, start);
    let rows = lots.by_ref().take(size).map(|(code, lot)| (code.clone(), lot.clone())).collect();
    Found { rows, has_more: lots.next().is_some(), sequence: state.sequence() }
}
