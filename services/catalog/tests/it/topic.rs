use std::collections::BTreeMap;

use eventlog::EventLogConfig;
use prost::Message;
use proto::catalog::v1::{
    ListBomsRequest, ListCodingRulesRequest, ListItemClassesRequest, ListItemsRequest, ListLocationsRequest,
    ListRecallsRequest, ListWarehousesRequest, RetireItemRequest,
};
use proto::events::v1::CatalogChange;
use proto::events::v1::catalog_change::Record;

use crate::fixtures::{create_class, create_item, create_warehouse, id, item, update_item, warehouse};
use crate::test_app::TestApp;

pub(crate) async fn every_change_is_published_in_order(app: &mut TestApp) {
    let mut client = app.client();
    client.create_warehouse(create_warehouse(warehouse("BER"))).await.unwrap();
    client.create_item_class(create_class("TOYS", "")).await.unwrap();
    client.create_item(create_item(item("A"))).await.unwrap();
    let renamed = proto::catalog::v1::Item { name: "new".into(), ..item("A") };
    client.update_item(update_item(renamed, &["name"])).await.unwrap();
    let retire = RetireItemRequest { request_id: id(), sku: "A".into(), ..Default::default() };
    let last = client.retire_item(retire).await.unwrap().into_inner();
    let records = app.topic(last.revision).await;
    let keys: Vec<String> =
        records.iter().map(|delivered| String::from_utf8_lossy(&delivered.record.key).into_owned()).collect();
    assert_eq!(
        keys,
        [
            "warehouse/BER",
            "location/BER/SUPPLIER",
            "location/BER/CUSTOMER",
            "location/BER/PRODUCTION",
            "location/BER/ADJUSTMENT",
            "location/BER/TRANSIT",
            "location/BER/SCRAP",
            "item_class/TOYS",
            "item/A",
        ]
    );
    // Eleven changes; of the three of the item, the compacted topic kept the newest.
    let changes =
        records.iter().map(|delivered| CatalogChange::decode(delivered.record.value.clone()).unwrap());
    let changes: Vec<CatalogChange> = changes.collect();
    let revisions: Vec<u64> = changes.iter().map(|change| change.revision).collect();
    assert_eq!(revisions, [1, 2, 3, 4, 5, 6, 7, 8, 11]);
    for (position, (delivered, change)) in records.iter().zip(changes).enumerate() {
        assert_eq!(delivered.offset + 1, i64::try_from(change.revision).unwrap());
        let header =
            |name: &str| String::from_utf8_lossy(delivered.record.header(name).unwrap()).into_owned();
        assert_eq!(header("ce_id"), format!("catalog/{}", change.revision));
        assert_eq!(header("ce_source"), "/catalog");
        assert_eq!(header("ce_specversion"), "1.0");
        assert_eq!(header("ce_subject"), keys[position]);
        assert_eq!(header("content-type"), "application/protobuf");
    }
}

pub(crate) async fn a_restart_goes_on_where_it_was(app: &mut TestApp) {
    let mut client = app.client();
    client.create_item(create_item(item("A"))).await.unwrap();
    app.topic(1).await;
    app.restart_in_place().await;
    let mut client = app.client();
    client.create_item(create_item(item("B"))).await.unwrap();
    let offsets: Vec<i64> = app.topic(2).await.iter().map(|delivered| delivered.offset).collect();
    assert_eq!(offsets, [0, 1], "nothing is published twice");
}

/// The relay on Apache Kafka.
#[tokio::test]
async fn changes_reach_kafka_in_order() {
    let directory = testkit::temp_dir();
    let database = database::DatabaseConfig::new(testkit::sqlite_url(directory.path(), "catalog.db"));
    let topic_prefix = format!("{}.", testkit::unique("catalog"));
    let log = EventLogConfig::Kafka { bootstrap_servers: testkit::kafka(), topic_prefix };
    let app = TestApp::start(database, log, directory).await;
    let mut client = app.client();
    client.create_warehouse(create_warehouse(warehouse("BER"))).await.unwrap();
    let last = client.create_item(create_item(item("A"))).await.unwrap().into_inner();
    let revisions: Vec<u64> = app
        .topic(last.revision)
        .await
        .into_iter()
        .map(|delivered| CatalogChange::decode(delivered.record.value).unwrap().revision)
        .collect();
    assert_eq!(revisions, (1..=8).collect::<Vec<_>>());
    app.stop().await;
}

/// Every record of the catalog: by topic key, with the revision in its etag.
pub(crate) async fn tables(app: &TestApp) -> BTreeMap<String, (u64, Record)> {
    let mut client = app.client();
    let mut tables = BTreeMap::new();
    let mut put = |key: String, etag: &str, record: Record| {
        tables.insert(key, (u64::from_str_radix(etag, 16).unwrap(), record));
    };
    let mut page_token = String::new();
    loop {
        let request = ListItemsRequest { page_size: 1000, page_token, filter: String::new() };
        let page = client.list_items(request).await.unwrap().into_inner();
        page.items.into_iter().for_each(|r| put(format!("item/{}", r.sku), &r.etag.clone(), Record::Item(r)));
        page_token = page.next_page_token;
        if page_token.is_empty() {
            break;
        }
    }
    let page = client.list_item_classes(ListItemClassesRequest::default()).await.unwrap().into_inner();
    for r in page.item_classes {
        put(format!("item_class/{}", r.code), &r.etag.clone(), Record::ItemClass(r));
    }
    let page = client.list_coding_rules(ListCodingRulesRequest::default()).await.unwrap().into_inner();
    for r in page.coding_rules {
        put(format!("coding_rule/{}", r.code), &r.etag.clone(), Record::CodingRule(r));
    }
    let page = client.list_recalls(ListRecallsRequest::default()).await.unwrap().into_inner();
    for r in page.recalls {
        put(format!("recall/{} {}", r.sku, r.lot), &r.etag.clone(), Record::Recall(r));
    }
    let page = client.list_boms(ListBomsRequest::default()).await.unwrap().into_inner();
    for r in page.boms {
        put(format!("bom/{} {}", r.sku, r.version), &r.etag.clone(), Record::Bom(r));
    }
    let page = client.list_warehouses(ListWarehousesRequest::default()).await.unwrap().into_inner();
    for r in page.warehouses {
        put(format!("warehouse/{}", r.code), &r.etag.clone(), Record::Warehouse(r));
    }
    let request = ListLocationsRequest { page_size: 1000, ..Default::default() };
    for r in client.list_locations(request).await.unwrap().into_inner().locations {
        put(format!("location/{}/{}", r.warehouse, r.code), &r.etag.clone(), Record::Location(r));
    }
    tables
}
