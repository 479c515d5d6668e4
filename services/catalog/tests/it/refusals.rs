use proto::catalog::v1::{
    CatchWeight, CreateItemRequest, GetCodingRuleRequest, GetItemClassRequest, GetItemRequest,
    GetLocationRequest, GetWarehouseRequest, Item, RetireItemRequest, Warehouse,
};
use proto::common::v1::Decimal;

use crate::fixtures::{create_item, create_warehouse, id, item, update_item, warehouse};
use crate::test_app::{TestApp, refused};

pub(crate) async fn each_bad_field_is_named(app: &mut TestApp) {
    let mut client = app.client();
    for (bad, expected) in [
        (item(""), "BAD_CODE item.sku"),
        (item("A\u{7}"), "BAD_CODE item.sku"),
        (Item { name: "  ".into(), ..item("A") }, "BAD_FIELD item.name"),
        (Item { name: "x".repeat(201), ..item("A") }, "TEXT_TOO_LONG item.name"),
        (Item { base_unit: "Each".into(), ..item("A") }, "BAD_CODE item.base_unit"),
        (Item { base_unit_decimals: 10, ..item("A") }, "BAD_FIELD item.base_unit_decimals"),
        (Item { gtins: vec!["1".into()], ..item("A") }, "BAD_CODE item.gtins[0]"),
        (Item { tracking: 7, ..item("A") }, "BAD_FIELD item.tracking"),
        (weighed("oz", "1"), "BAD_FIELD item.catch_weight.unit"),
        (weighed("kg", "-1"), "BAD_FIELD item.catch_weight.unit_weight_min"),
    ] {
        assert_eq!(refused(client.create_item(create_item(bad)).await), expected);
    }
    for (bad, expected) in [
        (Warehouse { code: "1A".into(), ..warehouse("A") }, "BAD_CODE warehouse.code"),
        (Warehouse { gln: "123".into(), ..warehouse("A") }, "BAD_CODE warehouse.gln"),
        (Warehouse { legal_entity: String::new(), ..warehouse("A") }, "BAD_FIELD warehouse.legal_entity"),
        (Warehouse { time_zone: "Berlin".into(), ..warehouse("A") }, "BAD_FIELD warehouse.time_zone"),
        (Warehouse { currency: "DEM".into(), ..warehouse("A") }, "BAD_FIELD warehouse.currency"),
    ] {
        assert_eq!(refused(client.create_warehouse(create_warehouse(bad)).await), expected);
    }
    let nothing = CreateItemRequest { request_id: id(), ..Default::default() };
    assert_eq!(refused(client.create_item(nothing).await), "BAD_FIELD item");
}

fn weighed(unit: &str, least: &str) -> Item {
    let unit_weight_min = Some(Decimal { value: least.into() });
    let weighed = CatchWeight { unit: unit.into(), decimals: 3, unit_weight_min, unit_weight_max: None };
    Item { catch_weight: Some(weighed), ..item("A") }
}

pub(crate) async fn unknown_records(app: &mut TestApp) {
    let mut client = app.client();
    let code = || "NONE".to_owned();
    assert_eq!(refused(client.get_item(GetItemRequest { sku: code() }).await), "UNKNOWN_ITEM sku");
    assert_eq!(refused(client.get_item(GetItemRequest { sku: String::new() }).await), "BAD_CODE sku");
    assert_eq!(
        refused(client.get_item_class(GetItemClassRequest { code: code() }).await),
        "UNKNOWN_ITEM_CLASS code"
    );
    let rule = client.get_coding_rule(GetCodingRuleRequest { code: code() }).await;
    assert_eq!(refused(rule), "UNKNOWN_CODING_RULE code");
    assert_eq!(
        refused(client.get_warehouse(GetWarehouseRequest { code: code() }).await),
        "UNKNOWN_WAREHOUSE code"
    );
    let location = client.get_location(GetLocationRequest { warehouse: code(), code: code() }).await;
    assert_eq!(refused(location), "UNKNOWN_LOCATION code");
    let retire = RetireItemRequest { request_id: id(), sku: code(), ..Default::default() };
    assert_eq!(refused(client.retire_item(retire).await), "UNKNOWN_ITEM sku");
    assert_eq!(
        refused(client.update_item(update_item(item("NONE"), &["name"])).await),
        "UNKNOWN_ITEM item.sku"
    );
    assert_eq!(refused(client.update_item(update_item(item(""), &["name"])).await), "BAD_CODE item.sku");
}
