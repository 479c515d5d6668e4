//! Alerts over gRPC: the list, and the stream.

use proto::visibility::v1::{
    Alert, AlertKind, ListAlertsRequest, WatchAvailabilityRequest, WatchAvailabilityResponse, WatchScope,
};
use tonic::Streaming;
use visibility::{CacheConfig, VisibilityConfig};

use crate::caches::redis_config;
use crate::test_app::{Site, TestApp, failed, wishes};

/// Lots of long ago and of long to come, and promises of both.
const BER: &str = "1 SUPPLIER>A pen 10; least pen 5; record ink:L1 2020-06-30; SUPPLIER>A ink:L1 3
                   2 reserve pen!1700000060 6; record ink:L2 2999-01-01; SUPPLIER>A ink:L2 3
                   3 A>CUSTOMER pad+ 3; reserve ink:L2!99999999999 1; SUPPLIER>A cap*7 1";

const HAM: &str = "1 least pen 1; SUPPLIER>A cap*7 1";

/// `KIND WAREHOUSE SKU ABOUT QUANTITY`
fn text(alert: &Alert) -> String {
    let quantity = alert.quantity.clone().unwrap().value;
    let about =
        [&alert.lot, &alert.location, &alert.serial, &alert.reservation_id].map(String::as_str).concat();
    let kind = alert.kind().as_str_name().trim_start_matches("ALERT_KIND_").to_lowercase();
    format!("{kind} {} {} {about} {quantity}", alert.warehouse, alert.sku)
}

async fn list(app: &TestApp, request: ListAlertsRequest) -> Result<Vec<String>, String> {
    let (mut told, mut request) = (Vec::new(), request);
    loop {
        let answer = app.client.clone().list_alerts(request.clone()).await;
        let answer = answer.map_err(|status| failed(&status))?.into_inner();
        told.extend(answer.alerts.iter().map(text));
        if answer.next_page_token.is_empty() {
            return Ok(told);
        }
        request.page_token = answer.next_page_token;
    }
}

fn all() -> ListAlertsRequest {
    ListAlertsRequest { at_least: wishes(&[("BER", 3), ("HAM", 1)]), ..ListAlertsRequest::default() }
}

#[tokio::test]
async fn what_is_open_is_listed_by_warehouse_and_kind() {
    let site = Site::new().await;
    site.publish("BER", BER).await;
    site.publish("HAM", HAM).await;
    let open = [
        "below_minimum BER pen  4",
        "expiring BER ink L1 3",
        "negative BER pad A -3",
        "reservation_expiring BER pen 2-0 6",
        "below_minimum HAM pen  0",
        "duplicate_serial BER cap 7 1",
    ];
    for app in site.both().await {
        app.get(&[("BER", "pen")], &[("BER", 3), ("HAM", 1)]).await;
        for page_size in [1, 2, 100] {
            assert_eq!(list(&app, ListAlertsRequest { page_size, ..all() }).await.unwrap(), open);
        }
        let kind = |kind: AlertKind| ListAlertsRequest { kind: kind.into(), ..all() };
        assert_eq!(list(&app, kind(AlertKind::BelowMinimum)).await.unwrap(), [open[0], open[4]]);
        assert_eq!(list(&app, kind(AlertKind::DuplicateSerial)).await.unwrap(), [open[5]]);
        let of = |sku: &str, warehouse: &str| ListAlertsRequest {
            sku: sku.into(),
            warehouse: warehouse.into(),
            page_size: 1,
            ..all()
        };
        assert_eq!(list(&app, of("pen", "")).await.unwrap(), [open[0], open[3], open[4]]);
        assert_eq!(list(&app, of("", "HAM")).await.unwrap(), [open[4], open[5]]);
        assert_eq!(list(&app, of("cap", "HAM")).await.unwrap(), [open[5]], "it is there, too");
        let far = ListAlertsRequest { expiring_within_days: Some(36_500), ..kind(AlertKind::Expiring) };
        assert_eq!(list(&app, far).await.unwrap(), [open[1]], "a century is not enough");
        for (request, expected) in [
            (of("pencil", ""), "UNKNOWN_ITEM sku"),
            (of("", "ROM"), "UNKNOWN_WAREHOUSE warehouse"),
            (ListAlertsRequest { kind: 99, ..all() }, "BAD_FIELD kind"),
            (
                ListAlertsRequest { expiring_within_days: Some(36_501), ..all() },
                "BAD_FIELD expiring_within_days",
            ),
            (ListAlertsRequest { page_size: -1, ..all() }, "BAD_PAGE_SIZE page_size"),
        ] {
            assert_eq!(list(&app, request).await, Err(expected.to_owned()));
        }
        app.stop().await;
    }
}

async fn watch(app: &TestApp, skus: &[&str], scope: WatchScope) -> Streaming<WatchAvailabilityResponse> {
    let skus = skus.iter().map(|sku| (*sku).to_owned()).collect();
    let request =
        WatchAvailabilityRequest { skus, scope: scope.into(), ..WatchAvailabilityRequest::default() };
    app.client.clone().watch_availability(request).await.unwrap().into_inner()
}

/// The next alert: `+` raised or `-` cleared.
async fn next(stream: &mut Streaming<WatchAvailabilityResponse>) -> String {
    let told = stream.message().await.unwrap().unwrap();
    let change = told.alert.expect("an alert");
    assert!(told.availability.is_none());
    format!("{}{} @{}", if change.cleared { '-' } else { '+' }, text(&change.alert.unwrap()), told.sequence)
}

#[tokio::test]
async fn alerts_are_told_once_when_they_are_raised_and_once_when_they_are_cleared() {
    for is_redis in [false, true] {
        let site = Site::new().await;
        site.publish("BER", BER).await;
        let config = VisibilityConfig { alerts_every_ms: 10, ..VisibilityConfig::default() };
        let cache = if is_redis { CacheConfig::Redis(redis_config()) } else { CacheConfig::Memory };
        let app = site.start(VisibilityConfig { cache, ..config }).await;
        // What is open at the start is in the list, and no news.
        assert_eq!(list(&app, all_of_ber(3)).await.unwrap().len(), 4);
        let mut alerts = watch(&app, &[], WatchScope::Alerts).await;
        let mut pads = watch(&app, &["pad"], WatchScope::Alerts).await;
        site.publish("BER", "4 release 2-0 6").await;
        let mut told = [next(&mut alerts).await, next(&mut alerts).await];
        told.sort();
        assert_eq!(told, ["-below_minimum BER pen  4 @4", "-reservation_expiring BER pen 2-0 6 @4"]);
        site.publish("BER", "5 least pen 5; A>CUSTOMER ink:L1 1\n6 SUPPLIER>A pad+ 3").await;
        assert_eq!(next(&mut alerts).await, "-negative BER pad A -3 @6");
        assert_eq!(next(&mut pads).await, "-negative BER pad A -3 @6");
        site.publish("HAM", "1 SUPPLIER>A cap*7 1").await;
        assert_eq!(next(&mut alerts).await, "+duplicate_serial BER cap 7 1 @0");
        site.publish("BER", "7 A>CUSTOMER cap*7 1").await;
        assert_eq!(next(&mut alerts).await, "-duplicate_serial BER cap 7 1 @0");
        app.stop().await;
    }
}

fn all_of_ber(sequence: u64) -> ListAlertsRequest {
    ListAlertsRequest { at_least: wishes(&[("BER", sequence)]), ..ListAlertsRequest::default() }
}

#[tokio::test]
async fn what_the_clock_brings_is_told_although_nothing_is_written() {
    let site = Site::new().await;
    let soon = rpc::clock::now().micros() / 1_000_000 + 3;
    site.publish("BER", &format!("1 SUPPLIER>A pen 10; reserve pen!{soon} 6")).await;
    let config =
        VisibilityConfig { alerts_every_ms: 10, reservation_expiring_s: 1, ..VisibilityConfig::default() };
    let app = site.start(config).await;
    assert_eq!(list(&app, all_of_ber(1)).await.unwrap(), [""; 0]);
    let mut alerts = watch(&app, &[], WatchScope::All).await;
    assert_eq!(next(&mut alerts).await, "+reservation_expiring BER pen 1-1 6 @1");
    assert_eq!(list(&app, all_of_ber(1)).await.unwrap(), ["reservation_expiring BER pen 1-1 6"]);
    app.stop().await;
}

#[tokio::test]
async fn an_alert_says_whose_a_promise_is_and_whether_a_day_is_past() {
    let site = Site::new().await;
    site.publish("BER", "1 SUPPLIER>A pen 9; reserve pen!1700000060^C-1 6; reserve pen!1700000061 1").await;
    site.publish("HAM", "1 record ink:L1 2020-06-30; SUPPLIER>A ink:L1 3; reserve ink:L1 3").await;
    for app in site.both().await {
        app.get(&[("BER", "pen")], &[("BER", 1), ("HAM", 1)]).await;
        let answer = app.client.clone().list_alerts(ListAlertsRequest::default()).await.unwrap().into_inner();
        let told: Vec<_> =
            answer.alerts.iter().map(|a| (a.sku.as_str(), a.holder.as_str(), a.expired)).collect();
        assert_eq!(told, [("pen", "C-1", false), ("pen", "", false), ("ink", "", true)]);
        app.stop().await;
    }
}
