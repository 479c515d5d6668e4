use proto::stock::v1::{ListPositionsRequest, ListPositionsResponse, Position};
use rpc::filter::{FieldSpec, Filter, Value};
use rpc::{ApiError, PageToken};
use stock_core::{Holding, PositionRow, State};
use vocabulary::{LotCode, Owner, Sequence, Sku, StockStatus, WarehouseCode};

use super::page::decimal;
use super::{StockRpc, page};

const FIELDS: [FieldSpec; 8] = [
    FieldSpec::text("sku"),
    FieldSpec::text("location"),
    FieldSpec::text("lot"),
    FieldSpec::text("status"),
    FieldSpec::text("owner"),
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
    Ok(ListPositionsResponse {
        positions: found.rows.iter().map(|row| position(&partition.warehouse, row)).collect(),
        next_page_token: found.next.map_or_else(String::new, |row| token(&row, &scope)),
        as_of_sequence: found.sequence.get(),
    })
}

struct Found {
    rows: Vec<PositionRow>,
    /// The position to go on after.
    next: Option<PositionRow>,
    sequence: Sequence,
}

fn select(state: &State, filter: &Filter, start: Option<&[String]>, size: usize) -> Found {
    let mut found = Found { rows: Vec::new(), next: None, sequence: state.sequence() };
    let after = start.and_then(after);
    let (sku, place) = after.map_or((None, None), |(sku, place)| (Some(sku), Some(place)));
    // The item of the last row may have more positions: it comes first again, without those already given.
    let rest = sku.as_ref().map(|sku| state.positions_of(sku)).unwrap_or_default();
    let rest = rest.into_iter().filter(|row| place.as_ref().is_none_or(|place| is_after(row, place)));
    let others = state.skus_after(sku.as_ref().map(Sku::as_str)).take(page::ITEMS_A_PAGE);
    let mut last = None;
    for row in rest.chain(others.flat_map(|sku| state.positions_of(sku))) {
        if matches(filter, &row) {
            if found.rows.len() == size {
                found.next = last;
                return found;
            }
            found.rows.push(row.clone());
        }
        last = Some(row);
    }
    // Everything was looked at, or as much as one page may look at.
    found.next = last.filter(|row| state.skus_after(Some(row.sku.as_str())).next().is_some());
    found
}

/// Where a page begins: item, and location with goods.
fn after(key: &[String]) -> Option<(Sku, (String, Holding))> {
    let [sku, location, lot, status, owner] = key else { return None };
    let holding = Holding {
        lot: LotCode::parse(lot).ok(),
        status: StockStatus::parse(status).ok()?,
        owner: Owner::parse(owner).ok()?,
    };
    Some((Sku::parse(sku).ok()?, (location.clone(), holding)))
}

fn is_after(row: &PositionRow, (location, holding): &(String, Holding)) -> bool {
    (row.location.as_str(), &row.holding) > (location.as_str(), holding)
}

fn token(row: &PositionRow, scope: &str) -> String {
    let (status, owner) = (row.holding.status.as_str(), row.holding.owner.to_string());
    PageToken::encode(&[row.sku.as_str(), row.location.as_str(), lot(row), status, &owner], scope)
}

fn lot(row: &PositionRow) -> &str {
    row.holding.lot.as_ref().map_or("", LotCode::as_str)
}

fn position(warehouse: &WarehouseCode, row: &PositionRow) -> Position {
    Position {
        warehouse: warehouse.to_string(),
        sku: row.sku.to_string(),
        location: row.location.to_string(),
        on_hand: decimal(row.balance.on_hand),
        reserved: decimal(row.balance.reserved),
        available: decimal(row.available()),
        lot: lot(row).to_owned(),
        status: row.holding.status.to_string(),
        owner: row.holding.owner.to_string(),
    }
}

fn matches(filter: &Filter, row: &PositionRow) -> bool {
    let owner = row.holding.owner.to_string();
    filter.matches(|name| match name {
        "lot" => Value::Text(lot(row)),
        "status" => Value::Text(row.holding.status.as_str()),
        "owner" => Value::Text(&owner),
        "sku" => Value::Text(row.sku.as_str()),
        "location" => Value::Text(row.location.as_str()),
        other => page::field(other, &row.balance, row.available()).unwrap_or(Value::Text("")),
    })
}
