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
    assert!(told.availability.is_none());
    if let Some(more) = told.more_alerts {
        let kind = more.kind().as_str_name().trim_start_matches("ALERT_KIND_").to_lowercase();
        return format!("{} {kind} {}", if more.over { "all" } else { "more" }, more.warehouse);
    }
    let change = told.alert.expect("an alert");
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
async fn what_is_not_told_of_is_not_cleared() {
    for is_redis in [false, true] {
        let site = Site::new().await;
        site.publish("BER", "1 least ink 5; least pad 5; least pen 5").await;
        let config =
            VisibilityConfig { alerts_every_ms: 10, alerts_open_max: 2, ..VisibilityConfig::default() };
        let cache = if is_redis { CacheConfig::Redis(redis_config()) } else { CacheConfig::Memory };
        let app = site.start(VisibilityConfig { cache, ..config }).await;
        assert_eq!(list(&app, all_of_ber(1)).await.unwrap().len(), 3, "the list has all");
        let mut alerts = watch(&app, &[], WatchScope::Alerts).await;
        assert_eq!(next(&mut alerts).await, "more below_minimum BER", "it is said at once");
        // Another one sorts before those that were told of.
        site.publish("BER", "2 least cap 5").await;
        assert_eq!(next(&mut alerts).await, "+below_minimum BER cap  0 @2");
        site.publish("BER", "3 SUPPLIER>A pad 9").await;
        let seen = list(&app, all_of_ber(3)).await.unwrap();
        assert_eq!(seen.len(), 3, "nothing is told of pad, which is behind the others: {seen:?}");
        site.publish("BER", "4 SUPPLIER>A ink 9").await;
        let mut told = [next(&mut alerts).await, next(&mut alerts).await, next(&mut alerts).await];
        told.sort();
        let expected =
            ["+below_minimum BER pen  0 @4", "-below_minimum BER ink  0 @4", "-below_minimum BER pad  0 @4"];
        assert_eq!(told, expected);
        assert_eq!(next(&mut alerts).await, "all below_minimum BER");
        app.stop().await;
    }
}

#[tokio::test]
async fn a_list_ends_early_and_goes_on() {
    let site = Site::new().await;
    for code in ["BER", "HAM", "MUC"] {
        let lots = (1..=5).map(|n| format!("record ink:L{n} 2020-01-0{n}; SUPPLIER>A ink:L{n} 1"));
        let lots: Vec<_> = lots.chain(["SUPPLIER>A pen 1".to_owned(), "least pen 9".to_owned()]).collect();
        site.publish(code, &format!("1 {}", lots.join("; "))).await;
    }
    for is_redis in [false, true] {
        let cache = if is_redis { CacheConfig::Redis(redis_config()) } else { CacheConfig::Memory };
        let app = site.start(VisibilityConfig { cache, looks_max: 4, ..VisibilityConfig::default() }).await;
        app.get(&[("BER", "pen")], &[("BER", 1), ("HAM", 1), ("MUC", 1)]).await;
        let all = ListAlertsRequest::default();
        let whole = list(&app, ListAlertsRequest { page_size: 1, ..all.clone() }).await.unwrap();
        assert_eq!(whole.len(), 18);
        assert_eq!(list(&app, all.clone()).await.unwrap(), whole);
        let pens = ListAlertsRequest { sku: "pen".into(), ..all.clone() };
        assert_eq!(list(&app, pens.clone()).await.unwrap().len(), 3);
        // Nothing of it is open anywhere: a page that looks at all warehouses would be the last.
        let caps = ListAlertsRequest { sku: "cap".into(), ..all };
        let first = app.client.clone().list_alerts(caps.clone()).await.unwrap().into_inner();
        assert!(first.alerts.is_empty() && !first.next_page_token.is_empty());
        assert_eq!(list(&app, caps).await.unwrap(), [""; 0]);
        app.stop().await;
    }
}

/// Where it is tomorrow already, and where it still is yesterday.
#[tokio::test]
async fn lots_expire_by_the_day_at_their_warehouse() {
    let site = Site::new().await;
    site.publish_warehouse(100, "BER", "Pacific/Kiritimati").await;
    site.publish_warehouse(101, "HAM", "Etc/GMT+12").await;
    let ahead = vocabulary::Timestamp::from_micros(rpc::clock::now().micros() + 14 * 3_600_000_000).unwrap();
    let today = vocabulary::Date::of(ahead);
    let journal = format!("1 record ink:L1 {today}; SUPPLIER>A ink:L1 3");
    site.publish("BER", &journal).await;
    site.publish("HAM", &journal).await;
    let config = VisibilityConfig { alerts_every_ms: 10, expiring_days: 0, ..VisibilityConfig::default() };
    let app = site.start(config).await;
    let mut alerts = watch(&app, &[], WatchScope::Alerts).await;
    assert_eq!(list(&app, ListAlertsRequest::default()).await.unwrap(), ["expiring BER ink L1 3"]);
    let days = ListAlertsRequest { expiring_within_days: Some(2), ..ListAlertsRequest::default() };
    assert_eq!(list(&app, days).await.unwrap().len(), 2);
    let tomorrow = today.plus_days(1).unwrap();
    let later =
        format!("record ink:L2 {tomorrow}; SUPPLIER>A ink:L2 1; record ink:L3 {today}; SUPPLIER>A ink:L3 1");
    site.publish("HAM", &format!("2 {later}")).await;
    site.publish("BER", &format!("2 {later}")).await;
    assert_eq!(next(&mut alerts).await, "+expiring BER ink L3 1 @2");
    app.stop().await;
}

#[tokio::test]
async fn one_warehouse_that_is_late_does_not_silence_the_others() {
    let site = Site::new().await;
    site.publish("BER", "1 SUPPLIER>A cap*7 1").await;
    site.publish("MUC", "1 SUPPLIER>A pen 1").await;
    // An entry is missing before it, for good.
    site.publish("MUC", "3 SUPPLIER>A pen 1").await;
    let config = VisibilityConfig { alerts_every_ms: 10, ..VisibilityConfig::default() };
    let app = site.start(config).await;
    let mut alerts = watch(&app, &[], WatchScope::Alerts).await;
    let (warehouses, scope) = (vec!["BER".to_owned()], WatchScope::Alerts.into());
    let of_ber = WatchAvailabilityRequest { warehouses, scope, ..WatchAvailabilityRequest::default() };
    let mut of_ber = app.client.clone().watch_availability(of_ber).await.unwrap().into_inner();
    // Its first alerts are news, too.
    site.publish("HAM", HAM).await;
    // What is in two warehouses is told to who watches either.
    assert_eq!(next(&mut of_ber).await, "+duplicate_serial HAM cap 7 1 @0");
    let mut told = [next(&mut alerts).await, next(&mut alerts).await];
    told.sort();
    assert_eq!(told, ["+below_minimum HAM pen  0 @1", "+duplicate_serial HAM cap 7 1 @0"]);
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
