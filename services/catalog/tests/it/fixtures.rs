//! Records and requests to start from.

use prost_types::FieldMask;
use proto::catalog::v1::{
    BatchCreateItemsRequest, BatchCreateLocationsRequest, CreateItemClassRequest, CreateItemRequest,
    CreateLocationRequest, CreateWarehouseRequest, Item, ItemClass, Location, LocationKind,
    UpdateItemRequest, Warehouse,
};
use vocabulary::RequestId;

/// A new request id.
pub(crate) fn id() -> String {
    RequestId::from_uuid(uuid::Uuid::new_v4()).to_string()
}

pub(crate) fn item(sku: &str) -> Item {
    Item { sku: sku.into(), name: format!("thing {sku}"), base_unit: "EA".into(), ..Default::default() }
}

pub(crate) fn create_item(item: Item) -> CreateItemRequest {
    CreateItemRequest { request_id: id(), item: Some(item), validate_only: false }
}

pub(crate) fn create_items(items: Vec<Item>) -> BatchCreateItemsRequest {
    BatchCreateItemsRequest { request_id: id(), items, validate_only: false }
}

pub(crate) fn update_item(item: Item, mask: &[&str]) -> UpdateItemRequest {
    let update_mask = FieldMask { paths: mask.iter().map(|path| (*path).into()).collect() };
    UpdateItemRequest {
        request_id: id(),
        item: Some(item),
        update_mask: Some(update_mask),
        validate_only: false,
    }
}

pub(crate) fn create_class(code: &str, coding_rule: &str) -> CreateItemClassRequest {
    let class = ItemClass {
        code: code.into(),
        name: code.into(),
        coding_rule: coding_rule.into(),
        ..Default::default()
    };
    CreateItemClassRequest { request_id: id(), item_class: Some(class), validate_only: false }
}

pub(crate) fn warehouse(code: &str) -> Warehouse {
    Warehouse {
        code: code.into(),
        name: format!("warehouse {code}"),
        legal_entity: "ACME".into(),
        time_zone: "Europe/Berlin".into(),
        currency: "EUR".into(),
        ..Default::default()
    }
}

pub(crate) fn create_warehouse(warehouse: Warehouse) -> CreateWarehouseRequest {
    CreateWarehouseRequest { request_id: id(), warehouse: Some(warehouse), validate_only: false }
}

pub(crate) fn location(code: &str, parent: &str) -> Location {
    Location {
        warehouse: "BER".into(),
        code: code.into(),
        parent: parent.into(),
        kind: LocationKind::Storage.into(),
        ..Default::default()
    }
}

pub(crate) fn create_location(location: Location) -> CreateLocationRequest {
    CreateLocationRequest { request_id: id(), location: Some(location), validate_only: false }
}

pub(crate) fn create_locations(locations: Vec<Location>) -> BatchCreateLocationsRequest {
    BatchCreateLocationsRequest { request_id: id(), locations, validate_only: false }
}
