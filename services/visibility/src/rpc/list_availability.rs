use proto::visibility::v1::{AvailabilityKey, ListAvailabilityRequest, ListAvailabilityResponse};
use rpc::{ApiError, Deadline, PageToken, Reason, given};
use vocabulary::ChannelCode;

use super::answer;
use super::limit::{at_most, page_size};
use crate::engine::{Engine, Page, Row, Turn, Until};

pub(super) async fn handle(
    engine: &Engine,
    request: ListAvailabilityRequest,
    deadline: Deadline,
) -> Result<ListAvailabilityResponse, ApiError> {
    at_most(request.at_least.len(), "at_least")?;
    let limit = page_size(request.page_size)?;
    let channel = given("channel", &request.channel, ChannelCode::parse)?;
    let scope = format!("{}\n{}\n{}", request.sku, request.warehouse, request.channel);
    let after = after(&request.page_token, &scope)?;
    let until = engine.until(deadline);
    engine.ready(until).await?;
    engine.at_least(&request.at_least, until).await?;
    let turn = Turn { channel: channel.as_ref(), after: &after, limit };
    let page = match (request.sku.as_str(), request.warehouse.as_str()) {
        ("", "") => {
            let message = "neither an item nor a warehouse is given: name one of them, or both";
            return Err(ApiError::invalid(Reason::NoKeys, "sku", message));
        }
        ("", warehouse) => engine.list_items(warehouse, turn, until).await?,
        (sku, "") => engine.list_warehouses(sku, turn, until).await?,
        (sku, warehouse) => one(engine, (sku, warehouse), turn, until).await?,
    };
    let next = page.next.map(|next| PageToken::encode(&[&next], &scope));
    let rows = page.rows.into_iter().map(|row| answer::availability(row.sku, row.warehouse, row.seen));
    Ok(ListAvailabilityResponse {
        availabilities: rows.collect(),
        next_page_token: next.unwrap_or_default(),
        freshness: page.fresh.into_iter().map(answer::freshness).collect(),
    })
}

async fn one(
    engine: &Engine,
    (sku, warehouse): (&str, &str),
    turn: Turn<'_>,
    until: Until,
) -> Result<Page, ApiError> {
    let (sku, warehouse) = (sku.to_owned(), warehouse.to_owned());
    let keys = [AvailabilityKey { sku: sku.clone(), warehouse: warehouse.clone() }];
    // The request has no list of keys: its fields are called like those of a key.
    let unlisted = |error: ApiError| {
        let field = error.field.strip_prefix("keys[0].").map(str::to_owned);
        field.map(|field| error.clone().at(field)).unwrap_or(error)
    };
    let (values, fresh) = engine.values(&keys, turn.channel, until).await.map_err(unlisted)?;
    let rows = values.into_iter().map(|seen| Row { sku: sku.clone(), warehouse: warehouse.clone(), seen });
    Ok(Page { rows: rows.collect(), fresh, next: None })
}

fn after(token: &str, scope: &str) -> Result<String, ApiError> {
    if token.is_empty() {
        return Ok(String::new());
    }
    Ok(PageToken::decode(token, scope)?.into_iter().next().unwrap_or_default())
}
