use proto::stock::v1::{GetHandlingUnitRequest, GetHandlingUnitResponse, HandlingUnit, HandlingUnitContent};
use rpc::{ApiError, Reason};
use stock_core::{UnitContent, UnitRow};
use vocabulary::{LotCode, Sscc, WarehouseCode};

use super::StockRpc;
use super::as_of::{Asked, View};
use super::page::decimal;

/// One handling unit that is there, with the goods right in it.
pub(super) async fn handle(
    service: &StockRpc,
    request: GetHandlingUnitRequest,
) -> Result<GetHandlingUnitResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let bad = |e: vocabulary::Invalid| ApiError::invalid(Reason::BadCode, "handling_unit", e.to_string());
    let sscc = Sscc::parse(&request.handling_unit).map_err(bad)?;
    let asked = Asked { sequence: request.as_of_sequence, effective: None, recorded: None };
    let as_of = service.history.as_of(&partition, asked).await?;
    let look = move |view: View<'_>| Ok((view.state.handling_unit(&sscc), view.state.sequence()));
    let (found, sequence) = as_of.look(&partition, look).await?;
    let row = found.ok_or_else(|| {
        let message = format!("no handling unit {sscc} is here: it never was, has left, or was broken up");
        ApiError::invalid(Reason::HandlingUnitNotFound, "handling_unit", message)
    })?;
    let handling_unit = Some(whole(&partition.warehouse, &row));
    Ok(GetHandlingUnitResponse { handling_unit, as_of_sequence: sequence.get() })
}

/// A unit with the goods right in it.
pub(super) fn whole(warehouse: &WarehouseCode, row: &UnitRow) -> HandlingUnit {
    let contents = row.contents.iter().map(content).collect();
    HandlingUnit { contents, ..handling_unit(warehouse, row, row.contents.len()) }
}

/// A unit without its goods.
pub(super) fn handling_unit(warehouse: &WarehouseCode, row: &UnitRow, contents: usize) -> HandlingUnit {
    HandlingUnit {
        warehouse: warehouse.to_string(),
        handling_unit: row.sscc.to_string(),
        kind: row.kind.to_string(),
        location: row.location.to_string(),
        parent: row.parent.map_or_else(String::new, |parent| parent.to_string()),
        nested: row.nested.iter().map(ToString::to_string).collect(),
        contents: Vec::new(),
        contents_count: u32::try_from(contents).unwrap_or(u32::MAX),
    }
}

fn content(content: &UnitContent) -> HandlingUnitContent {
    HandlingUnitContent {
        sku: content.sku.to_string(),
        quantity: decimal(content.quantity),
        lot: content.holding.lot.as_ref().map_or_else(String::new, LotCode::to_string),
        status: content.holding.status.to_string(),
        owner: content.holding.owner.to_string(),
        serials: content.serials.iter().map(ToString::to_string).collect(),
    }
}
