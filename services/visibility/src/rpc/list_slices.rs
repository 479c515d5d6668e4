use proto::visibility::v1::{ListSlicesRequest, ListSlicesResponse, Slice as WireSlice};
use rpc::{ApiError, Deadline, PageToken, Reason, given};
use vocabulary::{LotCode, Owner, StockStatus, WarehouseCode};

use super::answer::{self, decimal};
use super::limit::{at_most, page_size, two_parts};
use crate::core::{Slice, Value};
use crate::engine::{Engine, SliceWish};

pub(super) async fn handle(
    engine: &Engine,
    request: ListSlicesRequest,
    deadline: Deadline,
) -> Result<ListSlicesResponse, ApiError> {
    at_most(request.at_least.len(), "at_least")?;
    let limit = page_size(request.page_size)?;
    let scope = [&request.sku, &request.warehouse, &request.lot, &request.status, &request.owner];
    if scope.iter().all(|wanted| wanted.is_empty()) {
        let message = "nothing says which goods: name an item, a warehouse, a lot, a status or an owner";
        return Err(ApiError::invalid(Reason::NoKeys, "sku", message));
    }
    let scope = format!("slices\n{}", scope.map(String::as_str).join("\n"));
    let (warehouse, key) = two_parts(&request.page_token, &scope)?;
    let wish = SliceWish {
        lot: given("lot", &request.lot, LotCode::parse)?,
        status: status(&request.status)?,
        owner: given("owner", &request.owner, Owner::parse)?,
        sku: request.sku,
        warehouse: request.warehouse,
    };
    let until = engine.until(deadline);
    engine.ready(until).await?;
    engine.at_least(&request.at_least, until).await?;
    let page = engine.slices(&wish, (&warehouse, &key), limit, until).await?;
    let next = page.next.map(|(warehouse, key)| PageToken::encode(&[&warehouse, &key], &scope));
    Ok(ListSlicesResponse {
        slices: page.rows.into_iter().map(|(code, slice, value)| row(&code, slice, value)).collect(),
        next_page_token: next.unwrap_or_default(),
        freshness: page.fresh.into_iter().map(answer::freshness).collect(),
    })
}

fn status(text: &str) -> Result<Option<StockStatus>, ApiError> {
    if text.is_empty() {
        return Ok(None);
    }
    StockStatus::parse(text)
        .map(Some)
        .map_err(|invalid| ApiError::invalid(Reason::BadField, "status", invalid.to_string()))
}

fn row(warehouse: &WarehouseCode, slice: Slice, value: Value) -> WireSlice {
    WireSlice {
        sku: slice.sku.to_string(),
        warehouse: warehouse.to_string(),
        lot: slice.lot.map_or_else(String::new, |lot| lot.to_string()),
        status: slice.status.as_str().to_owned(),
        owner: slice.owner.to_string(),
        on_hand: decimal(value.on_hand),
        reserved: decimal(value.reserved),
    }
}
