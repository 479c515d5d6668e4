use proto::catalog::v1::{CreateItemRequest, GetItemRequest, Item, RetireItemRequest};

use crate::fixtures::{create_item, create_items, create_warehouse, id, item, update_item, warehouse};
use crate::test_app::{TestApp, refused};

pub(crate) async fn an_answer_is_remembered(app: &mut TestApp) {
    let mut client = app.client();
    let create = create_items(vec![item("A"), item("B")]);
    let first = client.batch_create_items(create.clone()).await.unwrap().into_inner();
    let update = update_item(Item { name: "new".into(), ..item("A") }, &["name"]);
    let updated = client.update_item(update.clone()).await.unwrap().into_inner();
    let retire = RetireItemRequest { request_id: id(), sku: "A".into(), ..Default::default() };
    let retired = client.retire_item(retire.clone()).await.unwrap().into_inner();
    assert_eq!(retired.revision, 4);
    assert_eq!(client.batch_create_items(create).await.unwrap().into_inner(), first);
    assert_eq!(client.update_item(update).await.unwrap().into_inner(), updated);
    assert_eq!(client.retire_item(retire).await.unwrap().into_inner(), retired);
    let warehouse = create_warehouse(warehouse("BER"));
    let created = client.create_warehouse(warehouse.clone()).await.unwrap().into_inner();
    assert_eq!(client.create_warehouse(warehouse).await.unwrap().into_inner(), created);
    let next = client.create_item(create_item(item("C"))).await.unwrap().into_inner();
    assert_eq!(next.revision, created.revision + 1, "repeating changed nothing");
}

pub(crate) async fn an_id_is_not_used_twice(app: &mut TestApp) {
    let mut client = app.client();
    let create = create_item(item("A"));
    client.create_item(create.clone()).await.unwrap();
    let other = CreateItemRequest { item: Some(item("B")), ..create.clone() };
    assert_eq!(refused(client.create_item(other).await), "REQUEST_ID_REUSED request_id");
    let mut batch = create_items(vec![item("A")]);
    batch.request_id = create.request_id;
    assert_eq!(refused(client.batch_create_items(batch).await), "REQUEST_ID_REUSED request_id");
    // A refused request leaves its id free: nothing happened under it.
    let taken = create_item(item("A"));
    assert_eq!(refused(client.create_item(taken.clone()).await), "ALREADY_EXISTS item.sku");
    client.create_item(CreateItemRequest { item: Some(item("C")), ..taken }).await.unwrap();
}

pub(crate) async fn ids_are_required(app: &mut TestApp) {
    let mut client = app.client();
    for (request_id, expected) in [
        ("", "REQUEST_ID_MISSING request_id"),
        ("1", "REQUEST_ID_MALFORMED request_id"),
        ("00000000-0000-0000-0000-000000000000", "REQUEST_ID_MALFORMED request_id"),
    ] {
        let create = CreateItemRequest { request_id: request_id.into(), ..create_item(item("A")) };
        assert_eq!(refused(client.create_item(create).await), expected);
    }
}

pub(crate) async fn validating_changes_nothing(app: &mut TestApp) {
    let mut client = app.client();
    let create = create_item(item("A"));
    let only = CreateItemRequest { validate_only: true, ..create.clone() };
    let validated = client.create_item(only.clone()).await.unwrap().into_inner();
    assert_eq!((validated.item.unwrap().sku.as_str(), validated.revision), ("A", 0));
    assert_eq!(refused(client.get_item(GetItemRequest { sku: "A".into() }).await), "UNKNOWN_ITEM sku");
    let created = client.create_item(create).await.unwrap().into_inner();
    assert_eq!(created.revision, 1);
    // The same request, validated after it was done: what was answered to it.
    assert_eq!(client.create_item(only).await.unwrap().into_inner(), created);
    let bad = CreateItemRequest { validate_only: true, ..create_item(item("A")) };
    assert_eq!(refused(client.create_item(bad).await), "ALREADY_EXISTS item.sku");
    let retire =
        RetireItemRequest { request_id: id(), sku: "A".into(), validate_only: true, ..Default::default() };
    assert_eq!(client.retire_item(retire).await.unwrap().into_inner().revision, 1);
    let got = client.get_item(GetItemRequest { sku: "A".into() }).await.unwrap().into_inner();
    assert_eq!(got.item, created.item);
}
