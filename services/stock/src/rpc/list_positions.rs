use proto::stock::v1::{ListPositionsRequest, ListPositionsResponse, Position};
use rpc::filter::{FieldSpec, Filter, Value};
use rpc::{ApiError, PageToken};
use stock_core::{Holding, PositionRow};
use vocabulary::{LotCode, Owner, Quantity, Sequence, Sku, StockStatus, WarehouseCode};

use super::as_of::{Asked, View};
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
    let asked = Asked {
        sequence: request.as_of_sequence,
        effective: request.effective_as_of.as_ref(),
        recorded: request.recorded_as_of.as_ref(),
    };
    let filter = Filter::parse(&request.filter, asked.fields(&FIELDS))?;
    let scope = format!("positions/{}/{}/{}", request.warehouse, asked.scope(), request.filter);
    let start = page::start(&request.page_token, &scope)?.and_then(|key| Next::read(&key));
    let as_of = service.history.as_of(&partition, asked).await?;
    let found = as_of.look(&partition, move |view| select(view, &filter, start, size)).await?;
    Ok(ListPositionsResponse {
        positions: found.rows.iter().map(|row| position(&partition.warehouse, row)).collect(),
        next_page_token: found.next.map_or_else(String::new, |next| next.token(&scope)),
        as_of_sequence: found.sequence.get(),
    })
}

struct Found {
    /// With what is promised of them, which is not known at an instant.
    rows: Vec<(PositionRow, Option<Promised>)>,
    next: Option<Next>,
    sequence: Sequence,
}

struct Promised {
    reserved: Quantity,
    available: Quantity,
}

/// What a page goes on after: all positions of an item, or those up to one.
struct Next {
    sku: Sku,
    place: Option<(String, Holding)>,
}

fn select(view: View<'_>, filter: &Filter, start: Option<Next>, size: usize) -> Result<Found, ApiError> {
    let mut found = Found { rows: Vec::new(), next: None, sequence: view.sequence() };
    let statuses = view.state.available_statuses();
    // The item of the last row may have more positions: it comes first again, without those already given.
    let mut rest = match &start {
        Some(Next { sku, place: Some(place) }) => {
            let mut rows = view.positions_of(sku)?;
            rows.retain(|row| (row.location.as_str(), &row.holding) > (place.0.as_str(), &place.1));
            rows
        }
        Some(Next { place: None, .. }) | None => Vec::new(),
    };
    let mut last = start.map(|next| next.sku);
    let mut others = view.skus_after(last.as_ref().map(Sku::as_str)).take(page::ITEMS_A_PAGE);
    loop {
        for row in rest {
            let available = row.available(statuses);
            if matches(filter, &row, available) {
                if found.rows.len() == size {
                    found.next = found.rows.last().map(|(row, _)| Next::after(row));
                    return Ok(found);
                }
                let reserved = row.balance.reserved;
                found.rows.push((row, view.of_promises(Some(Promised { reserved, available }))));
            }
        }
        let Some(sku) = others.next() else { break };
        rest = view.positions_of(sku)?;
        last = Some(sku.clone());
    }
    // Everything was looked at, or as much as one page may look at.
    let last = last.filter(|sku| view.skus_after(Some(sku.as_str())).next().is_some());
    found.next = last.map(|sku| Next { sku, place: None });
    Ok(found)
}

impl Next {
    fn after(row: &PositionRow) -> Self {
        Self { sku: row.sku.clone(), place: Some((row.location.to_string(), row.holding.clone())) }
    }

    fn read(key: &[String]) -> Option<Self> {
        let (sku, place) = key.split_first()?;
        let place = match place {
            [] => None,
            [location, lot, status, owner] => {
                let holding = Holding {
                    lot: LotCode::parse(lot).ok(),
                    status: StockStatus::parse(status).ok()?,
                    owner: Owner::parse(owner).ok()?,
                };
                Some((location.clone(), holding))
            }
            _ => return None,
        };
        Some(Self { sku: Sku::parse(sku).ok()?, place })
    }

    fn token(&self, scope: &str) -> String {
        let Some((location, holding)) = &self.place else {
            return PageToken::encode(&[self.sku.as_str()], scope);
        };
        let lot = holding.lot.as_ref().map_or("", LotCode::as_str);
        let (status, owner) = (holding.status.as_str(), holding.owner.to_string());
        PageToken::encode(&[self.sku.as_str(), location, lot, status, &owner], scope)
    }
}

fn lot(row: &PositionRow) -> &str {
    row.holding.lot.as_ref().map_or("", LotCode::as_str)
}

fn position(warehouse: &WarehouseCode, (row, promised): &(PositionRow, Option<Promised>)) -> Position {
    Position {
        warehouse: warehouse.to_string(),
        sku: row.sku.to_string(),
        location: row.location.to_string(),
        on_hand: decimal(row.balance.on_hand),
        reserved: promised.as_ref().and_then(|promised| decimal(promised.reserved)),
        available: promised.as_ref().and_then(|promised| decimal(promised.available)),
        lot: lot(row).to_owned(),
        status: row.holding.status.to_string(),
        owner: row.holding.owner.to_string(),
    }
}

fn matches(filter: &Filter, row: &PositionRow, available: Quantity) -> bool {
    let owner = row.holding.owner.to_string();
    filter.matches(|name| match name {
        "lot" => Value::Text(lot(row)),
        "status" => Value::Text(row.holding.status.as_str()),
        "owner" => Value::Text(&owner),
        "sku" => Value::Text(row.sku.as_str()),
        "location" => Value::Text(row.location.as_str()),
        other => page::field(other, &row.balance, available).unwrap_or(Value::Text("")),
    })
}
