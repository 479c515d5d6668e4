use proto::stock::v1::{GetPositionRequest, GetPositionResponse, Position};
use rpc::{ApiError, Reason};
use stock_core::Balance;
use vocabulary::WarehouseCode;

use super::StockRpc;
use super::page::decimal;

/// An item at a location; zero when the warehouse never held it there.
pub(super) async fn handle(
    service: &StockRpc,
    request: GetPositionRequest,
) -> Result<GetPositionResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    if service.catalog.item(&request.sku).is_none() {
        let message = format!("no item has the SKU {:?}", request.sku.chars().take(80).collect::<String>());
        return Err(ApiError::invalid(Reason::UnknownItem, "sku", message));
    }
    if service.catalog.location(partition.warehouse.as_str(), &request.location).is_none() {
        let message = format!("warehouse {} has no such location", partition.warehouse);
        return Err(ApiError::invalid(Reason::UnknownLocation, "location", message));
    }
    let as_of = service.history.as_of(&partition, request.as_of_sequence).await?;
    let (sku, location) = (request.sku.clone(), request.location.clone());
    let seen =
        as_of.look(&partition, move |state| (state.balance(&sku, &location), state.sequence())).await?;
    let position = position(&partition.warehouse, &request.sku, &request.location, seen.0);
    Ok(GetPositionResponse { position: Some(position), as_of_sequence: seen.1.get() })
}

pub(super) fn position(warehouse: &WarehouseCode, sku: &str, location: &str, balance: Balance) -> Position {
    Position {
        warehouse: warehouse.to_string(),
        sku: sku.to_owned(),
        location: location.to_owned(),
        on_hand: decimal(balance.on_hand),
        reserved: decimal(balance.reserved),
        available: decimal(balance.available()),
    }
}
