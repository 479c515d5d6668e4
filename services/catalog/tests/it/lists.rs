use std::collections::BTreeSet;

use proto::catalog::v1::{Item, ListItemsRequest, ListLocationsRequest, RetireItemRequest, Tracking};

use crate::fixtures::{
    create_item, create_items, create_locations, create_warehouse, id, item, location, warehouse,
};
use crate::test_app::{TestApp, refused};

fn list(page_size: i32, page_token: &str, filter: &str) -> ListItemsRequest {
    ListItemsRequest { page_size, page_token: page_token.into(), filter: filter.into() }
}

/// What was there all the time is listed once, whatever comes and goes meanwhile.
pub(crate) async fn pages_are_complete_while_the_catalog_changes(app: &mut TestApp) {
    let mut client = app.client();
    let skus: Vec<String> = (0..50).map(|n| format!("S{n:02}")).collect();
    client.batch_create_items(create_items(skus.iter().map(|sku| item(sku)).collect())).await.unwrap();
    let (mut seen, mut token) = (Vec::new(), String::new());
    loop {
        let page = client.list_items(list(7, &token, "")).await.unwrap().into_inner();
        seen.extend(page.items.into_iter().map(|item| item.sku));
        token = page.next_page_token;
        if token.is_empty() {
            break;
        }
        let (before, after) = (format!("S00-{}", seen.len()), format!("S99-{}", seen.len()));
        client.batch_create_items(create_items(vec![item(&before), item(&after)])).await.unwrap();
        let retire = RetireItemRequest { request_id: id(), sku: seen[0].clone(), ..Default::default() };
        client.retire_item(retire).await.unwrap();
    }
    assert!(seen.is_sorted(), "{seen:?}");
    let unique: BTreeSet<&String> = seen.iter().collect();
    assert_eq!(unique.len(), seen.len(), "nothing comes twice");
    assert!(skus.iter().all(|sku| unique.contains(sku)), "{seen:?}");
}

pub(crate) async fn filters_choose(app: &mut TestApp) {
    let mut client = app.client();
    let items = vec![
        Item { name: "red lantern".into(), ..item("85-A") },
        Item { name: "RED box".into(), tracking: Tracking::Lot.into(), ..item("85-B") },
        Item { name: "blue 100%_box".into(), ..item("a-1") },
        Item { name: "übung".into(), ..item("Z") },
    ];
    client.batch_create_items(create_items(items)).await.unwrap();
    let retire = RetireItemRequest { request_id: id(), sku: "Z".into(), ..Default::default() };
    client.retire_item(retire).await.unwrap();
    for (filter, expected) in [
        ("", "85-A 85-B Z a-1"),
        ("sku = 85-A", "85-A"),
        ("sku : 85*", "85-A 85-B"),
        ("sku : *-B", "85-B"),
        ("sku >= 85-B AND sku < a", "85-B Z"),
        ("name : box", "85-B a-1"),
        ("name : red", "85-A"),
        ("name : \"%_\"", "a-1"),
        ("name : \"*g\"", "Z"),
        ("name : \"üb*\"", "Z"),
        ("name : \"ü\"", "Z"),
        ("state = ACTIVE AND tracking = NONE", "85-A a-1"),
        ("state != ACTIVE", "Z"),
        ("item_class = NONE", ""),
        ("negative_stock_policy = FORBID AND base_unit = EA AND tracking = LOT", "85-B"),
    ] {
        let page = client.list_items(list(0, "", filter)).await.unwrap().into_inner();
        let skus: Vec<&str> = page.items.iter().map(|item| item.sku.as_str()).collect();
        assert_eq!(skus.join(" "), expected, "{filter}");
    }
}

pub(crate) async fn bad_pages_and_filters(app: &mut TestApp) {
    let mut client = app.client();
    client.batch_create_items(create_items(vec![item("A"), item("B")])).await.unwrap();
    client.create_item(create_item(item("C"))).await.unwrap();
    client.create_warehouse(create_warehouse(warehouse("BER"))).await.unwrap();
    client.create_warehouse(create_warehouse(warehouse("MUC"))).await.unwrap();
    client.batch_create_locations(create_locations(vec![location("A", "")])).await.unwrap();
    let token = client.list_items(list(1, "", "")).await.unwrap().into_inner().next_page_token;
    for (request, expected) in [
        (list(-1, "", ""), "BAD_PAGE_SIZE page_size"),
        (list(1001, "", ""), "BAD_PAGE_SIZE page_size"),
        (list(1, "nonsense", ""), "BAD_PAGE_TOKEN page_token"),
        (list(1, &token[1..], ""), "BAD_PAGE_TOKEN page_token"),
        (list(1, &token, "sku = A"), "BAD_PAGE_TOKEN page_token"),
        (list(1, "", "colour = red"), "BAD_FILTER filter"),
        (list(1, "", "sku ="), "BAD_FILTER filter"),
    ] {
        assert_eq!(refused(client.list_items(request).await), expected);
    }
    let other = ListLocationsRequest { page_token: token, ..Default::default() };
    assert_eq!(refused(client.list_locations(other).await), "BAD_PAGE_TOKEN page_token");
    let mut codes = Vec::new();
    let mut page_token = String::new();
    loop {
        let request = ListLocationsRequest { page_size: 4, page_token, filter: String::new() };
        let page = client.list_locations(request).await.unwrap().into_inner();
        codes.extend(page.locations.into_iter().map(|location| (location.warehouse, location.code)));
        page_token = page.next_page_token;
        if page_token.is_empty() {
            break;
        }
    }
    assert_eq!(codes.len(), 13);
    assert!(codes.is_sorted(), "{codes:?}");
}
