use proto::stock::v1::{ListPositionsRequest, ListPositionsResponse};
use rpc::filter::{FieldSpec, Filter, Value};
use rpc::{ApiError, PageToken};
use stock_core::{PositionRow, State};
use vocabulary::Sequence;

use super::get_position::position;
use super::{StockRpc, page};

const FIELDS: [FieldSpec; 5] = [
    FieldSpec::text("sku"),
    FieldSpec::text("location"),
    FieldSpec::decimal("on_hand"),
    FieldSpec::decimal("reserved"),
    FieldSpec::decimal("available"),
];

/// Positions by item and location.
pub(super) async fn handle(
    service: &StockRpc,
    request: ListPositionsRequest,
) -> Result<ListPositionsResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let size = page::size(request.page_size)?;
    let filter = Filter::parse(&request.filter, &FIELDS)?;
    let scope = format!("positions/{}/{}/{}", request.warehouse, request.as_of_sequence, request.filter);
    let start = page::start(&request.page_token, &scope)?;
    let as_of = service.history.as_of(&partition, request.as_of_sequence).await?;
    let found = as_of.look(&partition, move |state| select(state, &filter, start.as_deref(), size)).await?;
    let row = |row: &PositionRow| {
        position(&partition.warehouse, row.sku.as_str(), row.location.as_str(), row.balance)
    };
    Ok(ListPositionsResponse {
        positions: found.rows.iter().map(row).collect(),
        next_page_token: found
            .next
            .map_or_else(String::new, |key| PageToken::encode(&[&key.0, &key.1], &scope)),
        as_of_sequence: found.sequence.get(),
    })
}

struct Found {
    rows: Vec<PositionRow>,
    /// Item and location to go on after.
    next: Option<(String, String)>,
    sequence: Sequence,
}

fn select(state: &State, filter: &Filter, start: Option<&[String]>, size: usize) -> Found {
    let mut found = Found { rows: Vec::new(), next: None, sequence: state.sequence() };
    let (sku, location) = match start {
        Some([sku, location]) => (sku.as_str(), location.as_str()),
        Some(_) | None => ("", ""),
    };
    // The item of the last row may have more locations: it comes first again, without those already given.
    let rest = vocabulary::Sku::parse(sku).map(|sku| state.positions_of(&sku)).unwrap_or_default();
    let rest = rest.into_iter().filter(|row| row.location.as_str() > location);
    let others = state.skus_after(Some(sku).filter(|sku| !sku.is_empty())).take(page::ITEMS_A_PAGE);
    let mut last = None;
    for row in rest.chain(others.flat_map(|sku| state.positions_of(sku))) {
        let key = (row.sku.to_string(), row.location.to_string());
        if matches(filter, &row) {
            if found.rows.len() == size {
                found.next = last;
                return found;
            }
            found.rows.push(row);
        }
        last = Some(key);
    }
    // Everything was looked at, or as much as one page may look at.
    found.next = last.filter(|(sku, _)| state.skus_after(Some(sku)).next().is_some());
    found
}

fn matches(filter: &Filter, row: &PositionRow) -> bool {
    filter.matches(|name| match name {
        "sku" => Value::Text(row.sku.as_str()),
        "location" => Value::Text(row.location.as_str()),
        other => page::field(other, &row.balance).unwrap_or(Value::Text("")),
    })
}
