use std::time::Duration;

use proto::visibility::v1::{BatchGetAvailabilityRequest, ListAvailabilityRequest};
use rpc::client::RemoteError;
use tonic::Request;

use crate::journal::EPOCH_MICROS;
use crate::test_app::{Site, TestApp, failed, show, wishes};

const BER: &str = "1 SUPPLIER>A pen 10; SUPPLIER>A ink 5.5
                   2 reserve pen 3
                   3 rejected";

#[tokio::test]
async fn a_batch_answers_every_key_with_the_freshness_of_its_warehouses() {
    let site = Site::new().await;
    site.publish("BER", BER).await;
    site.publish("HAM", "1 SUPPLIER>A pen 1").await;
    for app in site.both().await {
        let keys =
            [("BER", "pen"), ("HAM", "pen"), ("BER", "ink"), ("HAM", "cap"), ("MUC", "pad"), ("BER", "pen")];
        assert_eq!(
            app.get(&keys, &[]).await,
            "BER@3, HAM@1, MUC@0, pen 10 3 7, pen 1 0 1, ink 5.5 0 5.5, cap 0 0 0, pad 0 0 0, pen 10 3 7"
        );
        let fresh = app.answer(&keys, &[]).await.unwrap().freshness;
        assert_eq!(fresh[0].recorded_at.unwrap().seconds, EPOCH_MICROS / 1_000_000 + 3);
        assert_eq!(fresh[2].recorded_at, None);
        assert!(fresh.iter().all(|fresh| (0..5000).contains(&fresh.age_ms)), "{fresh:?}");
        app.stop().await;
    }
}

#[tokio::test]
async fn what_is_wrong_is_named_with_its_key() {
    let site = Site::new().await;
    site.publish("BER", BER).await;
    for app in site.both().await {
        for (keys, expected) in [
            (vec![("BER", "pen"), ("BER", "pencil")], "UNKNOWN_ITEM keys[1].sku"),
            (vec![("BER", "pen"), ("ROM", "pen")], "UNKNOWN_WAREHOUSE keys[1].warehouse"),
            (vec![("ber", "pen")], "BAD_CODE keys[0].warehouse"),
            (vec![("BER", "")], "BAD_CODE keys[0].sku"),
            (vec![("BER", "\0head")], "BAD_CODE keys[0].sku"),
            (vec![("BER", " pen")], "BAD_CODE keys[0].sku"),
            (vec![], "NO_KEYS keys"),
            (vec![("BER", "pen"); 1001], "TOO_MANY_KEYS keys"),
        ] {
            assert_eq!(app.get(&keys, &[]).await, expected);
        }
        assert_eq!(
            app.get(&[("BER", "pen")], &[("ROM", 1)]).await,
            "UNKNOWN_WAREHOUSE at_least[0].warehouse"
        );
        app.stop().await;
    }
}

#[tokio::test]
async fn a_thousand_keys_are_one_answer() {
    let site = Site::new().await;
    let lines: Vec<String> = (0..1000).map(|n| format!("SUPPLIER>A item-{n} {n}")).collect();
    site.publish("BER", &format!("1 {}", lines.join("; "))).await;
    let skus: Vec<String> = (0..1000).map(|n| format!("item-{n}")).collect();
    let keys: Vec<(&str, &str)> = skus.iter().map(|sku| ("BER", sku.as_str())).collect();
    for app in site.both().await {
        let answer = app.answer(&keys, &[]).await.unwrap();
        assert_eq!(answer.availabilities.len(), 1000);
        assert_eq!(show(&answer.availabilities[999]), "item-999 999 0 999");
        app.stop().await;
    }
}

#[tokio::test]
async fn people_read_what_they_wrote() {
    let site = Site::new().await;
    site.publish("BER", BER).await;
    for (app, sequence) in site.both().await.into_iter().zip([4, 5]) {
        let at_least = [("BER", sequence)];
        let waits = app.get(&[("BER", "ink")], &at_least);
        let writes = async {
            app.get(&[("BER", "ink")], &[("BER", 3)]).await;
            site.publish("BER", &format!("{sequence} SUPPLIER>A ink 0.5")).await;
        };
        let (waited, ()) = tokio::join!(waits, writes);
        let expected = if sequence == 4 { "6 0 6" } else { "6.5 0 6.5" };
        assert_eq!(waited, format!("BER@{sequence}, ink {expected}"));
        app.stop().await;
    }
}

#[tokio::test]
async fn a_sequence_that_does_not_come_is_said_before_the_deadline() {
    let site = Site::new().await;
    site.publish("BER", BER).await;
    for app in site.both().await {
        let keys =
            vec![proto::visibility::v1::AvailabilityKey { sku: "pen".into(), warehouse: "BER".into() }];
        app.get(&[("BER", "pen")], &[]).await;
        let mut request = Request::new(BatchGetAvailabilityRequest {
            keys,
            at_least: wishes(&[("BER", 9)]),
            ..BatchGetAvailabilityRequest::default()
        });
        request.set_timeout(Duration::from_millis(400));
        let error = RemoteError::from(&app.client.clone().batch_get_availability(request).await.unwrap_err());
        assert_eq!(error.reason, "SEQUENCE_NOT_REACHED");
        assert_eq!(error.metadata.get("as_of_sequence").map(String::as_str), Some("3"));
        assert!(error.retry_after.is_some());
        app.stop().await;
    }
}

async fn list(
    app: &TestApp,
    sku: &str,
    warehouse: &str,
    page: (i32, &str),
) -> Result<(String, String), String> {
    let request = ListAvailabilityRequest {
        sku: sku.into(),
        warehouse: warehouse.into(),
        page_size: page.0,
        page_token: page.1.into(),
        ..ListAvailabilityRequest::default()
    };
    let answer =
        app.client.clone().list_availability(request).await.map_err(|status| failed(&status))?.into_inner();
    let rows = answer.availabilities.iter().map(|row| format!("{} {}", row.warehouse, show(row)));
    let fresh = answer.freshness.iter().map(|f| format!("{}@{}", f.warehouse, f.as_of_sequence));
    let text =
        format!("{} as of {}", rows.collect::<Vec<_>>().join(", "), fresh.collect::<Vec<_>>().join(" "));
    Ok((text, answer.next_page_token))
}

#[tokio::test]
async fn lists_go_by_item_or_by_warehouse_in_pages() {
    let site = Site::new().await;
    site.publish("BER", BER).await;
    site.publish("HAM", "1 SUPPLIER>A pen 1\n2 SUPPLIER>A pad 2").await;
    site.publish("MUC", "1 SUPPLIER>A pen 4").await;
    for app in site.both().await {
        let (page, token) = list(&app, "", "BER", (1, "")).await.unwrap();
        assert_eq!(page, "BER ink 5.5 0 5.5 as of BER@3");
        let (page, end) = list(&app, "", "BER", (1, &token)).await.unwrap();
        assert_eq!((page.as_str(), end.as_str()), ("BER pen 10 3 7 as of BER@3", ""));
        let (page, token) = list(&app, "pen", "", (2, "")).await.unwrap();
        assert_eq!(page, "BER pen 10 3 7, HAM pen 1 0 1 as of BER@3 HAM@2");
        let (page, end) = list(&app, "pen", "", (2, &token)).await.unwrap();
        assert_eq!((page.as_str(), end.as_str()), ("MUC pen 4 0 4 as of MUC@1", ""));
        let (page, _) = list(&app, "pad", "MUC", (0, "")).await.unwrap();
        assert_eq!(page, "MUC pad 0 0 0 as of MUC@1");
        let (page, _) = list(&app, "cap", "", (0, "")).await.unwrap();
        assert_eq!(page, " as of ");
        for (sku, warehouse, page, expected) in [
            ("", "", (0, ""), "NO_KEYS sku"),
            ("pencil", "", (0, ""), "UNKNOWN_ITEM sku"),
            ("pencil", "BER", (0, ""), "UNKNOWN_ITEM sku"),
            ("", "ROM", (0, ""), "UNKNOWN_WAREHOUSE warehouse"),
            ("", "BER", (1001, ""), "BAD_PAGE_SIZE page_size"),
            ("", "BER", (-1, ""), "BAD_PAGE_SIZE page_size"),
            ("", "HAM", (1, token.as_str()), "BAD_PAGE_TOKEN page_token"),
        ] {
            assert_eq!(list(&app, sku, warehouse, page).await, Err(expected.to_owned()));
        }
        app.stop().await;
    }
}
