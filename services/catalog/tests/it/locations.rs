use prost_types::FieldMask;
use proto::catalog::v1::{
    ListLocationsRequest, Location, LocationKind, RetireLocationRequest, RetireWarehouseRequest,
    UpdateLocationRequest,
};

use crate::fixtures::{create_location, create_locations, create_warehouse, id, location, warehouse};
use crate::test_app::{TestApp, refused};

fn update(location: Location, mask: &str) -> UpdateLocationRequest {
    UpdateLocationRequest {
        request_id: id(),
        location: Some(location),
        update_mask: Some(FieldMask { paths: vec![mask.into()] }),
        validate_only: false,
    }
}

fn retire(code: &str) -> RetireLocationRequest {
    RetireLocationRequest {
        request_id: id(),
        warehouse: "BER".into(),
        code: code.into(),
        ..Default::default()
    }
}

pub(crate) async fn a_tree_in_one_batch(app: &mut TestApp) {
    let mut client = app.client();
    client.create_warehouse(create_warehouse(warehouse("BER"))).await.unwrap();
    // Children before their parents.
    let tree = vec![location("H/A/1", "H/A"), location("H/A", "H"), location("H", "")];
    let created = client.batch_create_locations(create_locations(tree)).await.unwrap().into_inner();
    assert_eq!(created.revision, 10, "one warehouse, six virtual locations, three of ours");
    let filter = "warehouse = BER AND kind = STORAGE AND parent : *".to_owned();
    let request = ListLocationsRequest { filter, ..Default::default() };
    let page = client.list_locations(request).await.unwrap().into_inner();
    let codes: Vec<&str> = page.locations.iter().map(|location| location.code.as_str()).collect();
    assert_eq!(codes, ["H/A", "H/A/1"]);
    let moved = client.update_location(update(location("H/A/1", "H"), "parent")).await.unwrap().into_inner();
    assert_eq!(moved.location.unwrap().parent, "H");
}

pub(crate) async fn places_that_cannot_be(app: &mut TestApp) {
    let mut client = app.client();
    client.create_warehouse(create_warehouse(warehouse("BER"))).await.unwrap();
    let tree = vec![location("A", ""), location("B", "A"), location("OLD", "")];
    client.batch_create_locations(create_locations(tree)).await.unwrap();
    client.retire_location(retire("OLD")).await.unwrap();
    let scrap = Location { kind: LocationKind::Scrap.into(), ..location("X", "") };
    for (new, expected) in [
        (location("A", ""), "ALREADY_EXISTS location.code"),
        (location("X", "NONE"), "BAD_PARENT location.parent"),
        (location("X", "OLD"), "BAD_PARENT location.parent"),
        (location("X", "SCRAP"), "BAD_PARENT location.parent"),
        (location("X", "X"), "BAD_PARENT location.parent"),
        (scrap, "LOCATION_VIRTUAL location.kind"),
        (Location { kind: 0, ..location("X", "") }, "BAD_FIELD location.kind"),
        (Location { warehouse: "MUC".into(), ..location("X", "") }, "UNKNOWN_WAREHOUSE location.warehouse"),
        (Location { warehouse: "muc".into(), ..location("X", "") }, "BAD_CODE location.warehouse"),
    ] {
        assert_eq!(refused(client.create_location(create_location(new)).await), expected);
    }
    let circle = client.update_location(update(location("A", "B"), "parent")).await;
    assert_eq!(refused(circle), "BAD_PARENT location.parent");
    let circle = create_locations(vec![location("X", "Y"), location("Y", "X")]);
    assert_eq!(refused(client.batch_create_locations(circle).await), "BAD_PARENT locations[0].parent");
    let deep = (0..17)
        .map(|n| location(&format!("D{n}"), &if n == 0 { String::new() } else { format!("D{}", n - 1) }));
    let deep = client.batch_create_locations(create_locations(deep.collect())).await;
    assert_eq!(refused(deep), "BAD_PARENT locations[16].parent");
    let request = RetireWarehouseRequest { request_id: id(), code: "BER".into(), ..Default::default() };
    client.retire_warehouse(request).await.unwrap();
    let late = client.create_location(create_location(location("X", ""))).await;
    assert_eq!(refused(late), "WAREHOUSE_RETIRED location.warehouse");
}

pub(crate) async fn virtual_locations_stay(app: &mut TestApp) {
    let mut client = app.client();
    client.create_warehouse(create_warehouse(warehouse("BER"))).await.unwrap();
    assert_eq!(refused(client.retire_location(retire("SCRAP")).await), "LOCATION_VIRTUAL code");
    let renamed = Location { name: "bin".into(), ..location("SCRAP", "") };
    assert_eq!(
        refused(client.update_location(update(renamed, "name")).await),
        "LOCATION_VIRTUAL location.kind"
    );
    let again = client.create_location(create_location(location("SUPPLIER", ""))).await;
    assert_eq!(refused(again), "ALREADY_EXISTS location.code");
}
