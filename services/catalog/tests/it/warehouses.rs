use prost_types::FieldMask;
use proto::catalog::v1::{ListLocationsRequest, RetireWarehouseRequest, UpdateWarehouseRequest, Warehouse};

use crate::fixtures::{create_warehouse, id, warehouse};
use crate::test_app::{TestApp, refused};

pub(crate) async fn a_warehouse_has_its_outside_world(app: &mut TestApp) {
    let mut client = app.client();
    let created = client.create_warehouse(create_warehouse(warehouse("BER"))).await.unwrap().into_inner();
    assert_eq!(created.revision, 7);
    let page = client.list_locations(ListLocationsRequest::default()).await.unwrap().into_inner();
    let codes: Vec<&str> = page.locations.iter().map(|location| location.code.as_str()).collect();
    assert_eq!(codes, ["ADJUSTMENT", "CUSTOMER", "PRODUCTION", "SCRAP", "SUPPLIER", "TRANSIT"]);
    assert!(page.locations.iter().all(|location| location.r#virtual && location.warehouse == "BER"));
    let change = Warehouse { currency: "USD".into(), time_zone: "Mars".into(), ..warehouse("BER") };
    let update = |path: &str| UpdateWarehouseRequest {
        request_id: id(),
        warehouse: Some(change.clone()),
        update_mask: Some(FieldMask { paths: vec![path.into()] }),
        validate_only: false,
    };
    assert_eq!(refused(client.update_warehouse(update("currency")).await), "BAD_FIELD_MASK update_mask");
    assert_eq!(refused(client.update_warehouse(update("time_zone")).await), "BAD_FIELD warehouse.time_zone");
    let retire = RetireWarehouseRequest { request_id: id(), code: "BER".into(), ..Default::default() };
    let retired = client.retire_warehouse(retire).await.unwrap().into_inner();
    assert_eq!(retired.revision, 8);
    let again = client.create_warehouse(create_warehouse(warehouse("BER"))).await;
    assert_eq!(refused(again), "ALREADY_EXISTS warehouse.code");
}
