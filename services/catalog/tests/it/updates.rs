use proto::catalog::v1::{
    CatchWeight, GetItemRequest, Item, LifecycleState, RestoreItemRequest, RetireItemRequest, Tracking,
};

use crate::fixtures::{create_item, id, item, update_item};
use crate::test_app::{TestApp, refused};

pub(crate) async fn masked_fields_change(app: &mut TestApp) {
    let mut client = app.client();
    let created = client.create_item(create_item(item("A"))).await.unwrap().into_inner().item.unwrap();
    let newer =
        Item { name: "new".into(), gtins: vec!["96385074".into()], base_unit: "KG".into(), ..item("A") };
    let updated = client.update_item(update_item(newer.clone(), &["name"])).await.unwrap().into_inner();
    let changed = updated.item.unwrap();
    assert_eq!((changed.name.as_str(), changed.gtins.len(), updated.revision), ("new", 0, 2));
    assert_eq!(changed.created_at, created.created_at);
    assert_ne!(changed.etag, created.etag);
    let all = client
        .update_item(update_item(Item { base_unit: "EA".into(), ..newer.clone() }, &["*"]))
        .await
        .unwrap();
    assert_eq!(all.into_inner().item.unwrap().gtins, ["00000096385074"]);
    let same = client.update_item(update_item(newer.clone(), &["name", "gtins"])).await.unwrap().into_inner();
    assert_eq!(same.revision, 3, "what is so already is no change");
    for mask in [&[][..], &["sku"], &["base_unit"], &["state"], &["nonsense"], &["name", "etag"]] {
        let refusal = client.update_item(update_item(newer.clone(), mask)).await;
        assert_eq!(refused(refusal), "BAD_FIELD_MASK update_mask", "{mask:?}");
    }
    let bad = update_item(Item { name: String::new(), ..newer }, &["name"]);
    assert_eq!(refused(client.update_item(bad).await), "BAD_FIELD item.name");
}

pub(crate) async fn stale_etags_are_refused(app: &mut TestApp) {
    let mut client = app.client();
    let created = client.create_item(create_item(item("A"))).await.unwrap().into_inner().item.unwrap();
    let with = |name: &str, etag: &str| {
        update_item(Item { name: name.into(), etag: etag.into(), ..item("A") }, &["name"])
    };
    let second = client.update_item(with("second", &created.etag)).await.unwrap().into_inner().item.unwrap();
    assert_eq!(refused(client.update_item(with("third", &created.etag)).await), "STALE_ETAG item.etag");
    client.update_item(with("third", "")).await.unwrap();
    let retire = |etag: &str| RetireItemRequest {
        request_id: id(),
        sku: "A".into(),
        etag: etag.into(),
        validate_only: false,
    };
    assert_eq!(refused(client.retire_item(retire(&second.etag)).await), "STALE_ETAG etag");
    let third = client.get_item(GetItemRequest { sku: "A".into() }).await.unwrap().into_inner().item.unwrap();
    assert_eq!(third.name, "third");
    client.retire_item(retire(&third.etag)).await.unwrap();
}

pub(crate) async fn a_retired_item_comes_back(app: &mut TestApp) {
    let mut client = app.client();
    client.create_item(create_item(item("A"))).await.unwrap();
    let retire = RetireItemRequest { request_id: id(), sku: "A".into(), ..Default::default() };
    let retired = client.retire_item(retire).await.unwrap().into_inner().item.unwrap();
    let restore = |etag: &str| RestoreItemRequest {
        request_id: id(),
        sku: "A".into(),
        etag: etag.into(),
        validate_only: false,
    };
    assert_eq!(refused(client.restore_item(restore("0")).await), "STALE_ETAG etag");
    let restored = client.restore_item(restore(&retired.etag)).await.unwrap().into_inner();
    assert_eq!(restored.item.as_ref().unwrap().state(), LifecycleState::Active);
    assert_eq!(client.restore_item(restore("")).await.unwrap().into_inner(), restored, "harmless to repeat");
    let none = RestoreItemRequest { request_id: id(), sku: "NONE".into(), ..Default::default() };
    assert_eq!(refused(client.restore_item(none).await), "UNKNOWN_ITEM sku");
}

/// Nobody answers at the address: only what could hurt goods is not done.
pub(crate) async fn what_goods_depend_on_waits_for_the_view(app: &mut TestApp) {
    let mut client = app.client();
    client.create_item(create_item(item("A"))).await.unwrap();
    let by_lot = || update_item(Item { tracking: Tracking::Lot.into(), ..item("A") }, &["tracking"]);
    let done = by_lot();
    client.update_item(done.clone()).await.unwrap();
    app.ask_the_view_at("127.0.0.1:1").await;
    let mut client = app.client();
    client.update_item(done).await.expect("was answered before");
    client.update_item(by_lot()).await.expect("is so already");
    let renamed = update_item(Item { name: "new".into(), ..item("A") }, &["name"]);
    client.update_item(renamed).await.unwrap();
    let plain = update_item(item("A"), &["tracking"]);
    assert_eq!(refused(client.update_item(plain).await), "VIEW_UNAVAILABLE");
    let weighed = Some(CatchWeight { unit: "kg".into(), decimals: 3, ..CatchWeight::default() });
    let weighed = update_item(Item { catch_weight: weighed, ..item("A") }, &["catch_weight"]);
    assert_eq!(refused(client.update_item(weighed).await), "VIEW_UNAVAILABLE");
    let retire = RetireItemRequest { request_id: id(), sku: "A".into(), ..Default::default() };
    assert_eq!(refused(client.retire_item(retire).await), "VIEW_UNAVAILABLE");
}

pub(crate) async fn retired_records_stay(app: &mut TestApp) {
    let mut client = app.client();
    let given = Item { gtins: vec!["96385074".into()], ..item("A") };
    client.create_item(create_item(given)).await.unwrap();
    let retire = || RetireItemRequest { request_id: id(), sku: "A".into(), ..Default::default() };
    let retired = client.retire_item(retire()).await.unwrap().into_inner();
    assert_eq!(retired.item.as_ref().unwrap().state(), LifecycleState::Retired);
    assert_eq!(client.retire_item(retire()).await.unwrap().into_inner(), retired, "harmless to repeat");
    assert_eq!(refused(client.create_item(create_item(item("A"))).await), "ALREADY_EXISTS item.sku");
    let same_gtin = Item { gtins: vec!["96385074".into()], ..item("B") };
    assert_eq!(refused(client.create_item(create_item(same_gtin)).await), "GTIN_TAKEN item.gtins[0]");
}

pub(crate) async fn gtins_move_with_updates(app: &mut TestApp) {
    let mut client = app.client();
    let with = |sku: &str, gtins: &[&str]| Item {
        gtins: gtins.iter().map(|gtin| (*gtin).into()).collect(),
        ..item(sku)
    };
    client.create_item(create_item(with("A", &["96385074"]))).await.unwrap();
    client.create_item(create_item(item("B"))).await.unwrap();
    let claim = || update_item(with("B", &["96385074", "6291041500213"]), &["gtins"]);
    assert_eq!(refused(client.update_item(claim()).await), "GTIN_TAKEN item.gtins[0]");
    client.update_item(update_item(item("A"), &["gtins"])).await.unwrap();
    client.update_item(claim()).await.unwrap();
    let back = update_item(with("A", &["6291041500213"]), &["gtins"]);
    assert_eq!(refused(client.update_item(back).await), "GTIN_TAKEN item.gtins[0]");
}
