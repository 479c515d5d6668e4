use proto::catalog::v1::{
    BatchGetItemsRequest, GetItemRequest, Item, LifecycleState, NegativeStockPolicy, Tracking, UnitConversion,
};

use crate::fixtures::{create_item, create_items, item, update_item};
use crate::test_app::{TestApp, refused};

pub(crate) async fn an_item_comes_back_as_created(app: &mut TestApp) {
    let mut client = app.client();
    let case = UnitConversion {
        unit: "CASE".into(),
        numerator: 12,
        denominator: 1,
        decimals: 0,
        ..Default::default()
    };
    let given = Item { gtins: vec!["6291041500213".into()], unit_conversions: vec![case], ..item("A/1 ü") };
    let created = client.create_item(create_item(given)).await.unwrap().into_inner();
    let item = created.item.unwrap();
    assert_eq!(created.revision, 1);
    assert_eq!(item.gtins, ["06291041500213"]);
    assert_eq!((item.tracking(), item.state()), (Tracking::None, LifecycleState::Active));
    assert_eq!(item.negative_stock_policy(), NegativeStockPolicy::Forbid);
    assert!(!item.etag.is_empty() && item.created_at.is_some() && item.created_at == item.updated_at);
    let got = client.get_item(GetItemRequest { sku: "A/1 ü".into() }).await.unwrap().into_inner();
    assert_eq!(got.item.unwrap(), item);
}

pub(crate) async fn every_unit_has_gtins_of_its_own(app: &mut TestApp) {
    let mut client = app.client();
    let packed = |sku: &str, base: &[&str], case: &[&str]| {
        let gtins = |of: &[&str]| of.iter().map(|gtin| (*gtin).to_owned()).collect();
        let case = UnitConversion {
            unit: "CASE".into(),
            numerator: 12,
            denominator: 1,
            decimals: 0,
            gtins: gtins(case),
        };
        Item { gtins: gtins(base), unit_conversions: vec![case], ..item(sku) }
    };
    let (piece, case) = ("06291041500213", "16291041500210");
    let created = client.create_item(create_item(packed("A", &[piece], &[case]))).await.unwrap().into_inner();
    let item = created.item.unwrap();
    assert_eq!((item.gtins[0].as_str(), item.unit_conversions[0].gtins[0].as_str()), (piece, case));
    for (bad, expected) in [
        (packed("B", &[case], &[]), "GTIN_TAKEN item.gtins[0]"),
        (packed("B", &[], &[piece]), "GTIN_TAKEN item.unit_conversions[0].gtins[0]"),
        (packed("B", &["96385074"], &["96385074"]), "BAD_FIELD item.unit_conversions[0].gtins[0]"),
        (packed("B", &[], &["16291041500211"]), "BAD_CODE item.unit_conversions[0].gtins[0]"),
    ] {
        assert_eq!(refused(client.create_item(create_item(bad)).await), expected);
    }
    // From one unit to another of the same item, and then to another item.
    let moved = update_item(packed("A", &[case], &[]), &["gtins", "unit_conversions"]);
    assert_eq!(client.update_item(moved).await.unwrap().into_inner().item.unwrap().gtins, [case]);
    client.create_item(create_item(packed("B", &[], &[piece]))).await.unwrap();
    let back = update_item(packed("A", &[], &[piece]), &["gtins", "unit_conversions"]);
    assert_eq!(refused(client.update_item(back).await), "GTIN_TAKEN item.unit_conversions[0].gtins[0]");
}

pub(crate) async fn a_thousand_items_at_once(app: &mut TestApp) {
    let mut client = app.client();
    let gtin = |n: usize| {
        let body = format!("{n:013}");
        let digit = vocabulary::check_digit(&body).unwrap();
        format!("{body}{digit}")
    };
    let items = (0..1000)
        .map(|n| Item { gtins: (0..20).map(|g| gtin(n * 20 + g)).collect(), ..item(&format!("I{n}")) });
    let items: Vec<Item> = items.collect();
    let created = client.batch_create_items(create_items(items.clone())).await.unwrap().into_inner();
    assert_eq!(created.revision, 1000);
    let skus = |items: &[Item]| items.iter().map(|item| item.sku.clone()).collect::<Vec<_>>();
    assert_eq!(skus(&created.items), skus(&items));
    let one_more = (0..1001).map(|n| item(&format!("X{n}"))).collect();
    assert_eq!(refused(client.batch_create_items(create_items(one_more)).await), "TOO_MANY_DOCUMENTS items");
    assert_eq!(refused(client.batch_create_items(create_items(Vec::new())).await), "NO_DOCUMENTS items");
}

pub(crate) async fn a_batch_is_all_or_nothing(app: &mut TestApp) {
    let mut client = app.client();
    client.create_item(create_item(item("TAKEN"))).await.unwrap();
    let with = |bad: Item| create_items(vec![item("A"), item("B"), bad]);
    let gtins = |sku: &str| Item { gtins: vec!["96385074".into()], ..item(sku) };
    for (request, expected) in [
        (with(item("TAKEN")), "ALREADY_EXISTS items[2].sku"),
        (with(item("A")), "ALREADY_EXISTS items[2].sku"),
        (with(Item { base_unit: "each".into(), ..item("C") }), "BAD_CODE items[2].base_unit"),
        (with(Item { item_class: "NONE".into(), ..item("C") }), "UNKNOWN_ITEM_CLASS items[2].item_class"),
        (create_items(vec![gtins("C"), gtins("D")]), "GTIN_TAKEN items[1].gtins[0]"),
    ] {
        assert_eq!(refused(client.batch_create_items(request).await), expected);
    }
    let created = client.create_item(create_item(item("A"))).await.unwrap().into_inner();
    assert_eq!(created.revision, 2, "the refused batches left nothing");
}

pub(crate) async fn items_by_sku(app: &mut TestApp) {
    let mut client = app.client();
    client.batch_create_items(create_items(vec![item("A"), item("B")])).await.unwrap();
    let ask = |skus: &[&str]| BatchGetItemsRequest { skus: skus.iter().map(|sku| (*sku).into()).collect() };
    let got = client.batch_get_items(ask(&["B", "X", "A", "B", "Y", "X"])).await.unwrap().into_inner();
    assert_eq!(got.items.iter().map(|item| item.sku.as_str()).collect::<Vec<_>>(), ["B", "A"]);
    assert_eq!(got.unknown_skus, ["X", "Y"]);
    assert_eq!(refused(client.batch_get_items(ask(&[])).await), "NO_KEYS skus");
    assert_eq!(refused(client.batch_get_items(ask(&["A"; 1001])).await), "TOO_MANY_KEYS skus");
    assert_eq!(refused(client.batch_get_items(ask(&["A", " B"])).await), "BAD_CODE skus[1]");
}
