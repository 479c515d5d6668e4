use proto::visibility::v1::{WatchAvailabilityRequest, WatchAvailabilityResponse};
use rpc::client::RemoteError;
use tonic::{Status, Streaming};
use visibility::VisibilityConfig;

use crate::test_app::{Site, TestApp, failed, show, wishes};

async fn watch(
    app: &TestApp,
    skus: &[&str],
    warehouses: &[&str],
    after: &[(&str, u64)],
) -> Result<Streaming<WatchAvailabilityResponse>, Status> {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let (skus, warehouses, after) = (texts(skus), texts(warehouses), wishes(after));
    let request = WatchAvailabilityRequest { skus, warehouses, after, ..WatchAvailabilityRequest::default() };
    Ok(app.client.clone().watch_availability(request).await?.into_inner())
}

/// The next `count` changes: `SEQUENCE WAREHOUSE SKU on_hand reserved available`.
async fn take(stream: &mut Streaming<WatchAvailabilityResponse>, count: usize) -> Vec<String> {
    let mut told = Vec::new();
    while told.len() < count {
        let change = stream.message().await.unwrap().unwrap();
        let availability = change.availability.unwrap();
        told.push(format!("{} {} {}", change.sequence, availability.warehouse, show(&availability)));
    }
    told
}

#[tokio::test]
async fn changes_come_from_a_position_and_go_on_as_they_happen() {
    let site = Site::new().await;
    site.publish("BER", "1 SUPPLIER>A pen 10; SUPPLIER>A ink 5\n2 reserve pen 3; reserve pen 1\n3 rejected")
        .await;
    // A Redis that is new to it tells the past too, for it applied it.
    for (app, next) in site.both().await.into_iter().zip([4, 5]) {
        app.get(&[("BER", "pen")], &[]).await;
        let mut all = watch(&app, &[], &[], &[("BER", 1)]).await.unwrap();
        assert_eq!(take(&mut all, 1).await, ["2 BER pen 10 4 6"]);
        let mut ink = watch(&app, &["ink"], &["BER"], &[("BER", 0)]).await.unwrap();
        assert_eq!(take(&mut ink, 1).await, ["1 BER ink 5 0 5"]);
        let mut now = watch(&app, &[], &["BER"], &[("BER", u64::from(next == 5) + 3)]).await.unwrap();
        site.publish("BER", &format!("{next} A>CUSTOMER ink 1")).await;
        let expected = if next == 4 { "4 BER ink 4 0 4" } else { "5 BER ink 3 0 3" };
        assert_eq!(take(&mut now, 1).await, [expected]);
        app.stop().await;
    }
}

#[tokio::test]
async fn a_warehouse_that_appears_is_told_from_its_beginning() {
    let site = Site::new().await;
    for (app, warehouse) in site.both().await.into_iter().zip(["HAM", "MUC"]) {
        let mut told = watch(&app, &[], &[warehouse], &[]).await.unwrap();
        site.publish(warehouse, "1 SUPPLIER>A pen 1\n2 SUPPLIER>A pen 1").await;
        let expected = [format!("1 {warehouse} pen 1 0 1"), format!("2 {warehouse} pen 2 0 2")];
        assert_eq!(take(&mut told, 2).await, expected);
        app.stop().await;
    }
}

#[tokio::test]
async fn a_position_that_is_not_kept_is_refused() {
    let site = Site::new().await;
    let text: Vec<String> = (1..=20).map(|n| format!("{n} SUPPLIER>A pen 1")).collect();
    site.publish("BER", &text.join("\n")).await;
    let app = site.start(VisibilityConfig { watch_changes_max: 5, ..VisibilityConfig::default() }).await;
    app.get(&[("BER", "pen")], &[]).await;
    let refused = watch(&app, &[], &[], &[("BER", 14)]).await.unwrap_err();
    assert_eq!(failed(&refused), "WATCH_POSITION_TOO_OLD after[0].sequence");
    let mut kept = watch(&app, &[], &[], &[("BER", 15)]).await.unwrap();
    assert_eq!(take(&mut kept, 1).await, ["16 BER pen 16 0 16"]);
    for (skus, warehouses, expected) in [
        (vec!["pencil"], vec![], "UNKNOWN_ITEM skus[0]"),
        (vec![], vec!["BER", "ROM"], "UNKNOWN_WAREHOUSE warehouses[1]"),
        (vec!["pen"; 1001], vec![], "TOO_MANY_KEYS skus"),
    ] {
        assert_eq!(failed(&watch(&app, &skus, &warehouses, &[]).await.unwrap_err()), expected);
    }
    app.stop().await;
}

#[tokio::test]
async fn a_watcher_that_does_not_read_is_told_what_it_has_missed() {
    let site = Site::new().await;
    let app = site.start(VisibilityConfig { watch_changes_max: 100, ..VisibilityConfig::default() }).await;
    let mut slow = watch(&app, &[], &[], &[]).await.unwrap();
    // More than the windows of the connection and the ring hold together.
    let lines: Vec<String> =
        (0..500).map(|n| format!("SUPPLIER>A a-long-name-of-an-item-that-takes-room-{n} 1")).collect();
    let text: Vec<String> = (1..=200).map(|n| format!("{n} {}", lines.join("; "))).collect();
    site.publish("BER", &text.join("\n")).await;
    app.get(&[("BER", "pen")], &[("BER", 200)]).await;
    let mut taken = 0;
    let ended = loop {
        match slow.message().await {
            Ok(change) => taken = change.unwrap().sequence,
            Err(status) => break RemoteError::from(&status),
        }
    };
    assert_eq!(ended.reason, "WATCH_TOO_SLOW");
    assert!(taken < 200);
    assert_eq!(ended.metadata.get("last_sequence"), Some(&taken.to_string()));
    app.stop().await;
}

#[tokio::test]
async fn streams_end_when_the_server_stops_and_are_limited() {
    let site = Site::new().await;
    let app = site.start(VisibilityConfig { watchers_max: 1, ..VisibilityConfig::default() }).await;
    let mut first = watch(&app, &[], &[], &[]).await.unwrap();
    assert_eq!(failed(&watch(&app, &[], &[], &[]).await.unwrap_err()), "OVERLOADED");
    app.cancel.cancel();
    assert_eq!(failed(&first.message().await.unwrap_err()), "SHUTTING_DOWN");
    app.stop().await;
}
