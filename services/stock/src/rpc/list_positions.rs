use proto::stock::v1::{ListPositionsRequest, ListPositionsResponse, Position};
use rpc::filter::{FieldSpec, Filter, Value};
use rpc::{ApiError, PageToken};
use stock_core::{Holding, PositionRow};
use vocabulary::{LocationCode, LotCode, Owner, Quantity, Sequence, Sku, StockStatus, WarehouseCode};

use super::as_of::{Asked, View};
use super::page::decimal;
use super::{StockRpc, page, weight};

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
    // The item of the last row may have more positions: it comes first again, from there on.
    let (first, mut after) = match start {
        Some(Next { sku, place: Some(place) }) => (Some(sku.clone()), Some((sku, Some(place)))),
        Some(Next { sku, place: None }) => (None, Some((sku, None))),
        None => (None, None),
    };
    let others = view.skus_after(after.as_ref().map(|(sku, _)| sku.as_str()));
    let mut room = page::ROWS_A_PAGE;
    for sku in first.iter().chain(others).take(page::ITEMS_A_PAGE) {
        let place = after.take().filter(|(last, _)| last == sku).and_then(|(_, place)| place);
        let place = place.as_ref().map(|(location, holding)| (location.as_str(), holding));
        let mut last = None;
        for at in view.state.places_after(sku, place, room) {
            last = Some(Next::of(sku, at));
            room -= 1;
            let Some(row) = view.position(sku, at)? else { continue };
            let available = row.available(statuses);
            if !matches(filter, &row, available) {
                continue;
            }
            if found.rows.len() == size {
                found.next =
                    found.rows.last().map(|(row, _)| Next::of(&row.sku, (&row.location, &row.holding)));
                return Ok(found);
            }
            let reserved = row.balance.reserved;
            found.rows.push((row, view.of_promises(Some(Promised { reserved, available }))));
        }
        if room == 0 {
            found.next = last;
            return Ok(found);
        }
        found.next = Some(Next { sku: sku.clone(), place: None });
    }
    // Everything was looked at, or as many items as one page may look at.
    found.next = found.next.filter(|next| view.skus_after(Some(next.sku.as_str())).next().is_some());
    Ok(found)
}

impl Next {
    fn of(sku: &Sku, (location, holding): (&LocationCode, &Holding)) -> Self {
        Self { sku: sku.clone(), place: Some((location.to_string(), holding.clone())) }
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
    let (weight, weight_unit) = weight::wire(row.weight);
    Position {
        weight,
        weight_unit,
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
