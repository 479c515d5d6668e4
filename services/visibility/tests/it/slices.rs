//! Slices, and what a channel may take, over gRPC.

use proto::visibility::v1::{
    AvailabilityKey, BatchGetAvailabilityRequest, ListAvailabilityRequest, ListSlicesRequest, Slice,
};

use visibility::VisibilityConfig;

use crate::test_app::{Site, TestApp, failed, show, wishes};

const BER: &str = "1 SUPPLIER>A pen:L1 10; SUPPLIER>A#quality_hold pen:L2 4; SUPPLIER>A ink 3
                   2 SUPPLIER>A#@ACME ink 7; reserve pen:L1~WEB 4
                   3 quota pen~WEB 5; buffer pen 1";

fn all() -> ListSlicesRequest {
    ListSlicesRequest { warehouse: "BER".into(), ..ListSlicesRequest::default() }
}

/// `WAREHOUSE SKU LOT STATUS OWNER on_hand reserved` of every slice on all pages, and the freshness.
async fn list(app: &TestApp, request: ListSlicesRequest) -> Result<Vec<String>, String> {
    let (mut told, mut request) = (Vec::new(), request);
    loop {
        let answer = app.client.clone().list_slices(request.clone()).await;
        let answer = answer.map_err(|status| failed(&status))?.into_inner();
        let row = |s: &Slice| {
            let number = |decimal: &Option<proto::common::v1::Decimal>| decimal.clone().unwrap().value;
            let fresh = answer.freshness.iter().find(|fresh| fresh.warehouse == s.warehouse).unwrap();
            let (on_hand, reserved) = (number(&s.on_hand), number(&s.reserved));
            let place = format!("{}@{}", s.warehouse, fresh.as_of_sequence);
            format!("{place} {} {:?} {} {} {on_hand} {reserved}", s.sku, s.lot, s.status, s.owner)
        };
        told.extend(answer.slices.iter().map(row));
        if answer.next_page_token.is_empty() {
            return Ok(told);
        }
        request.page_token = answer.next_page_token;
    }
}

#[tokio::test]
async fn slices_are_listed_by_what_tells_goods_apart() {
    let site = Site::new().await;
    site.publish("BER", BER).await;
    site.publish("HAM", "1 SUPPLIER>A pen:L1 2").await;
    let ink = ["BER@3 ink \"\" available own 3 0", "BER@3 ink \"\" available consignment:ACME 7 0"];
    let pen = ["BER@3 pen \"L1\" available own 10 4", "BER@3 pen \"L2\" quality_hold own 4 0"];
    let ham = "HAM@1 pen \"L1\" available own 2 0";
    for app in site.both().await {
        app.get(&[("BER", "pen")], &[("BER", 3), ("HAM", 1)]).await;
        for page_size in [1, 3, 100] {
            let paged = ListSlicesRequest { page_size, ..all() };
            assert_eq!(list(&app, paged).await.unwrap(), [ink, pen].concat(), "{page_size} a page");
            let everywhere =
                ListSlicesRequest { page_size, sku: "pen".into(), ..ListSlicesRequest::default() };
            assert_eq!(list(&app, everywhere).await.unwrap(), [pen[0], pen[1], ham]);
        }
        // The goods of a lot, of a status or of an owner, wherever they are.
        for (lot, status, owner, expected) in [
            ("L1", "", "", vec![pen[0], ham]),
            ("", "quality_hold", "", vec![pen[1]]),
            ("", "", "consignment:ACME", vec![ink[1]]),
            ("L2", "available", "", vec![]),
        ] {
            let (lot, status, owner) = (lot.into(), status.into(), owner.into());
            let request =
                ListSlicesRequest { lot, status, owner, page_size: 1, ..ListSlicesRequest::default() };
            assert_eq!(list(&app, request).await.unwrap(), expected);
        }
        let by = |lot: &str, status: &str, owner: &str| ListSlicesRequest {
            lot: lot.into(),
            status: status.into(),
            owner: owner.into(),
            page_size: 1,
            ..all()
        };
        assert_eq!(list(&app, by("L1", "", "")).await.unwrap(), [pen[0]]);
        assert_eq!(list(&app, by("", "quality_hold", "")).await.unwrap(), [pen[1]]);
        assert_eq!(list(&app, by("", "available", "own")).await.unwrap(), [ink[0], pen[0]]);
        assert_eq!(list(&app, by("", "", "consignment:ACME")).await.unwrap(), [ink[1]]);
        assert_eq!(list(&app, by("L9", "", "")).await.unwrap(), [""; 0]);
        app.stop().await;
    }
}

#[tokio::test]
async fn a_list_of_slices_ends_early_and_goes_on() {
    let site = Site::new().await;
    for code in ["BER", "HAM", "MUC"] {
        site.publish(code, "1 SUPPLIER>A pen:L1 10; SUPPLIER>A pen:L2 4; SUPPLIER>A ink 3").await;
    }
    let app = site.start(VisibilityConfig { looks_max: 3, ..VisibilityConfig::default() }).await;
    app.get(&[("BER", "pen")], &[("BER", 1), ("HAM", 1), ("MUC", 1)]).await;
    let pens = |lot: &str| ListSlicesRequest { sku: "pen".into(), lot: lot.into(), ..Default::default() };
    for (lot, expected) in [("", 6), ("L2", 3), ("L9", 0)] {
        assert_eq!(list(&app, pens(lot)).await.unwrap().len(), expected, "{lot:?}");
    }
    // A page that looks at all warehouses would be the last.
    let first = app.client.clone().list_slices(pens("L9")).await.unwrap().into_inner();
    assert!(first.slices.is_empty() && !first.next_page_token.is_empty());
    app.stop().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_list_of_slices_is_said() {
    let site = Site::new().await;
    site.publish("BER", BER).await;
    for app in site.both().await {
        for (request, expected) in [
            (ListSlicesRequest::default(), "NO_KEYS sku"),
            (ListSlicesRequest { sku: "pencil".into(), ..all() }, "UNKNOWN_ITEM sku"),
            (ListSlicesRequest { warehouse: "ROM".into(), ..all() }, "UNKNOWN_WAREHOUSE warehouse"),
            (ListSlicesRequest { lot: "L 1".into(), ..all() }, "BAD_CODE lot"),
            (ListSlicesRequest { status: "lost".into(), ..all() }, "BAD_FIELD status"),
            (ListSlicesRequest { owner: "ACME".into(), ..all() }, "BAD_CODE owner"),
            (ListSlicesRequest { page_size: 1001, ..all() }, "BAD_PAGE_SIZE page_size"),
            (ListSlicesRequest { page_token: "x".into(), ..all() }, "BAD_PAGE_TOKEN page_token"),
        ] {
            assert_eq!(list(&app, request).await, Err(expected.to_owned()));
        }
        app.stop().await;
    }
}

#[tokio::test]
async fn a_channel_sees_what_it_may_take() {
    let site = Site::new().await;
    site.publish("BER", BER).await;
    for app in site.both().await {
        // 6 are free; 5 of them are kept for WEB, 1 for nobody. The promise was made before the quota.
        for (channel, expected) in [("", "pen 10 4 6"), ("WEB", "pen 10 4 5"), ("POS", "pen 10 4 0")] {
            let channel = channel.to_owned();
            let keys = vec![AvailabilityKey { sku: "pen".into(), warehouse: "BER".into() }];
            let request = BatchGetAvailabilityRequest {
                keys,
                at_least: wishes(&[("BER", 3)]),
                channel: channel.clone(),
            };
            let got = app.client.clone().batch_get_availability(request).await.unwrap().into_inner();
            assert_eq!(show(&got.availabilities[0]), expected, "{channel:?}");
            for (sku, warehouse) in [("pen", ""), ("", "BER"), ("pen", "BER")] {
                let (sku, warehouse) = (sku.to_owned(), warehouse.to_owned());
                let request = ListAvailabilityRequest {
                    sku,
                    warehouse,
                    channel: channel.clone(),
                    ..Default::default()
                };
                let listed = app.client.clone().list_availability(request).await.unwrap().into_inner();
                let pen = listed.availabilities.iter().find(|row| row.sku == "pen").unwrap();
                assert_eq!(show(pen), expected, "{channel:?}");
            }
        }
        let keys = vec![AvailabilityKey { sku: "pen".into(), warehouse: "BER".into() }];
        let request = BatchGetAvailabilityRequest { keys, channel: "web shop".into(), ..Default::default() };
        let refused = app.client.clone().batch_get_availability(request).await.unwrap_err();
        assert_eq!(failed(&refused), "BAD_CODE channel");
        app.stop().await;
    }
}
