//! Master data that the documents need: warehouses, their location, items. What exists already is left as it is.

use proto::catalog::v1 as pb;
use rpc::Reason;

use super::map::WarehouseTable;
use super::plan::Plan;
use crate::client::{Client, request_id_of};
use crate::output::Failure;

/// Items of one call.
const BATCH_ITEMS: usize = 1000;
/// Attempts at a batch whose items somebody else creates at the same time.
const RACES_MAX: usize = 5;

/// Creates what is missing. Answers a catalog revision that knows all of it.
pub(super) async fn ensure(plan: &Plan, client: &Client) -> Result<u64, Failure> {
    let mut last = None;
    for lane in &plan.lanes {
        let warehouse = plan.warehouse(lane);
        ensure_warehouse(client, warehouse).await?;
        ensure_location(plan, client, warehouse).await?;
        last = Some(warehouse);
    }
    for skus in used_skus(plan).chunks(BATCH_ITEMS) {
        ensure_items(plan, client, skus).await?;
    }
    match last {
        Some(warehouse) => revision(client, warehouse).await,
        None => Ok(0),
    }
}

/// The items of the rows, in the order of their first lines.
pub(super) fn used_skus(plan: &Plan) -> Vec<String> {
    let items = &plan.orders.items;
    let mut used = vec![false; items.len()];
    let mut skus = Vec::new();
    for row in &plan.orders.rows {
        let Some(seen) = usize::try_from(row.item).ok().and_then(|index| used.get_mut(index)) else {
            continue;
        };
        if !std::mem::replace(seen, true) {
            skus.extend(items.get(row.item).map(|item| item.sku.as_str().to_owned()));
        }
    }
    skus
}

async fn ensure_warehouse(client: &Client, table: &WarehouseTable) -> Result<(), Failure> {
    let get = pb::GetWarehouseRequest { code: table.code.clone() };
    if exists(client.call(&get, async |request| client.catalog().get_warehouse(request).await).await)? {
        return Ok(());
    }
    let mut create = pb::CreateWarehouseRequest { warehouse: Some(warehouse(table)), ..Default::default() };
    create.request_id = request_id_of("CreateWarehouse", &create);
    existing_is_fine(
        client.call(&create, async |request| client.catalog().create_warehouse(request).await).await,
    )
}

fn warehouse(table: &WarehouseTable) -> pb::Warehouse {
    pb::Warehouse {
        code: table.code.clone(),
        name: table.name.clone(),
        legal_entity: table.legal_entity.clone(),
        time_zone: table.time_zone.clone(),
        currency: table.currency.clone(),
        ..pb::Warehouse::default()
    }
}

async fn ensure_location(plan: &Plan, client: &Client, table: &WarehouseTable) -> Result<(), Failure> {
    let (warehouse, code) = (table.code.clone(), plan.map.location.as_str().to_owned());
    let get = pb::GetLocationRequest { warehouse: warehouse.clone(), code: code.clone() };
    if exists(client.call(&get, async |request| client.catalog().get_location(request).await).await)? {
        return Ok(());
    }
    let kind = pb::LocationKind::Storage.into();
    let location = pb::Location { warehouse, code, kind, ..pb::Location::default() };
    let mut create = pb::CreateLocationRequest { location: Some(location), ..Default::default() };
    create.request_id = request_id_of("CreateLocation", &create);
    existing_is_fine(
        client.call(&create, async |request| client.catalog().create_location(request).await).await,
    )
}

async fn ensure_items(plan: &Plan, client: &Client, skus: &[String]) -> Result<(), Failure> {
    let ask = pb::BatchGetItemsRequest { skus: skus.to_vec() };
    let mut races = 0;
    loop {
        let known =
            client.call(&ask, async |request| client.catalog().batch_get_items(request).await).await?;
        if known.unknown_skus.is_empty() {
            return Ok(());
        }
        let items = known.unknown_skus.iter().map(|sku| item(plan, sku)).collect();
        let mut create = pb::BatchCreateItemsRequest { items, ..Default::default() };
        create.request_id = request_id_of("BatchCreateItems", &create);
        match client.call(&create, async |request| client.catalog().batch_create_items(request).await).await {
            Ok(_) => return Ok(()),
            Err(failure) if is(&failure, Reason::AlreadyExists) && races < RACES_MAX => races += 1,
            Err(failure) => return Err(failure),
        }
    }
}

fn item(plan: &Plan, sku: &str) -> pb::Item {
    pb::Item {
        sku: sku.to_owned(),
        name: sku.to_owned(),
        base_unit: plan.map.unit.as_str().to_owned(),
        base_unit_decimals: plan.map.item.decimals,
        ..pb::Item::default()
    }
}

/// The catalog's revision as it is: asked for with a change that is only checked.
async fn revision(client: &Client, table: &WarehouseTable) -> Result<u64, Failure> {
    let mut ask = pb::UpdateWarehouseRequest {
        warehouse: Some(warehouse(table)),
        update_mask: Some(prost_types::FieldMask { paths: vec!["name".to_owned()] }),
        validate_only: true,
        ..Default::default()
    };
    ask.request_id = request_id_of("UpdateWarehouse", &ask);
    let answer = client.call(&ask, async |request| client.catalog().update_warehouse(request).await).await?;
    Ok(answer.revision)
}

fn is(failure: &Failure, reason: Reason) -> bool {
    failure.reason() == reason.as_str()
}

fn exists<T>(answer: Result<T, Failure>) -> Result<bool, Failure> {
    match answer {
        Ok(_) => Ok(true),
        Err(failure) if failure.exit() == crate::output::Exit::NotFound => Ok(false),
        Err(failure) => Err(failure),
    }
}

fn existing_is_fine<T>(answer: Result<T, Failure>) -> Result<(), Failure> {
    match answer {
        Ok(_) => Ok(()),
        Err(failure) if is(&failure, Reason::AlreadyExists) => Ok(()),
        Err(failure) => Err(failure),
    }
}
