use proto::visibility::v1::{RebuildViewRequest, WatchAvailabilityRequest};

use crate::caches::redis_config;
use crate::redis_faults::{command, field, forget};
use crate::test_app::{Site, TestApp, failed};

/// Entry n adds one to both items: whoever sees parts of two views sees them differ.
fn twins(from: u64, to: u64) -> String {
    let text: Vec<String> = (from..=to).map(|n| format!("{n} SUPPLIER>A pen 1; SUPPLIER>A ink 1")).collect();
    text.join("\n")
}

async fn rebuild(app: &TestApp, warehouse: &str) -> Result<Vec<(String, u64)>, String> {
    let request = RebuildViewRequest { warehouse: warehouse.into() };
    let answer = app.client.clone().rebuild_view(request).await.map_err(|status| failed(&status))?;
    Ok(answer.into_inner().freshness.into_iter().map(|f| (f.warehouse, f.as_of_sequence)).collect())
}

/// Reads until the view is at `end`; every answer must be whole and none older than the one before.
async fn read_until(app: &TestApp, end: u64) {
    let mut last = 0;
    while last < end {
        let answer = app.answer(&[("BER", "pen"), ("BER", "ink")], &[]).await;
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => {
                assert_eq!(error.reason, "VIEW_REBUILDING");
                tokio::task::yield_now().await;
                continue;
            }
        };
        let sequence = answer.freshness[0].as_of_sequence;
        assert!(sequence >= last, "{sequence} after {last}");
        last = sequence;
        for availability in &answer.availabilities {
            assert_eq!(availability.on_hand.clone().unwrap().value, sequence.to_string());
        }
    }
}

/// What is told of the pens of a warehouse as soon as its view is there.
async fn rebuilt(app: &TestApp, warehouse: &str) -> String {
    loop {
        match app.get(&[(warehouse, "pen")], &[]).await {
            answer if answer == "VIEW_REBUILDING" => tokio::task::yield_now().await,
            answer => break answer,
        }
    }
}

#[tokio::test]
async fn a_view_is_rebuilt_while_it_is_read_and_written() {
    let site = Site::new().await;
    site.publish("BER", &twins(1, 3000)).await;
    site.publish("HAM", "1 SUPPLIER>A pen 1").await;
    for (app, start) in site.both().await.into_iter().zip([3001, 3201]) {
        let request =
            WatchAvailabilityRequest { skus: vec!["pen".into()], ..WatchAvailabilityRequest::default() };
        app.get(&[("BER", "pen")], &[("BER", start - 1)]).await;
        let mut stream = app.client.clone().watch_availability(request).await.unwrap().into_inner();
        let writes = async {
            for n in start..start + 200 {
                site.publish("BER", &twins(n, n)).await;
            }
        };
        let rebuilds = async {
            for _ in 0..3 {
                let fresh = rebuild(&app, "BER").await.unwrap();
                assert!(fresh[0].1 >= start - 1, "{fresh:?}");
            }
        };
        let watches = async {
            for n in start..start + 200 {
                assert_eq!(
                    stream.message().await.unwrap().unwrap().sequence,
                    n,
                    "no change is lost or told twice"
                );
            }
        };
        tokio::join!(writes, rebuilds, watches, read_until(&app, start + 199));
        let all = rebuild(&app, "").await.unwrap();
        assert_eq!(all, [("BER".to_owned(), start + 199), ("HAM".to_owned(), 1)]);
        assert_eq!(rebuild(&app, "ROM").await, Err("UNKNOWN_WAREHOUSE warehouse".to_owned()));
        app.stop().await;
    }
}

#[tokio::test]
async fn a_flushed_redis_is_noticed_and_built_again_never_zeros() {
    let site = Site::new().await;
    site.publish("BER", &twins(1, 2000)).await;
    site.publish("HAM", "1 SUPPLIER>A pen 7").await;
    let config = redis_config();
    let app = site.redis(&config).await;
    assert_eq!(app.get(&[("HAM", "pen")], &[("BER", 2000)]).await, "HAM@1, pen 7 0 7");
    let flushes = async {
        for start in [2001, 2101, 2201] {
            forget(&config).await;
            site.publish("BER", &twins(start, start + 99)).await;
            app.get(&[("BER", "pen")], &[("BER", start + 99)]).await;
        }
    };
    tokio::join!(flushes, read_until(&app, 2300));
    // HAM has no new entry that would tell of its loss.
    assert_eq!(rebuilt(&app, "HAM").await, "HAM@1, pen 7 0 7");
    app.stop().await;
}

#[tokio::test]
async fn a_damaged_view_is_built_again() {
    let site = Site::new().await;
    site.publish("BER", &twins(1, 10)).await;
    let config = redis_config();
    let app = site.redis(&config).await;
    app.get(&[("BER", "pen")], &[]).await;
    command(&config, &["HSET", &format!("{}:{{BER}}:8:view", config.prefix), "pen", "nonsense"]).await;
    assert_eq!(app.get(&[("BER", "pen")], &[]).await, "VIEW_REBUILDING");
    assert_eq!(rebuilt(&app, "BER").await, "BER@10, pen 10 0 10");
    app.stop().await;
}

/// Nobody reads it: whoever looks for alerts finds it.
#[tokio::test]
async fn what_is_damaged_of_alerts_is_built_again() {
    let site = Site::new().await;
    site.publish("BER", &twins(1, 10)).await;
    let config = redis_config();
    let app = site.redis(&config).await;
    app.get(&[("BER", "pen")], &[]).await;
    let (view, differed) = (format!("{}:{{BER}}:8:view", config.prefix), "\0differed:expiring");
    command(&config, &["HSET", &view, differed, "nonsense"]).await;
    while field(&config, &view, differed).await.as_deref() == Some("nonsense") {
        tokio::task::yield_now().await;
    }
    assert_eq!(rebuilt(&app, "BER").await, "BER@10, pen 10 0 10");
    app.stop().await;
}

#[tokio::test]
async fn a_log_with_a_gap_is_not_passed_over() {
    let site = Site::new().await;
    site.publish("BER", &twins(1, 5)).await;
    site.publish("BER", &twins(7, 9)).await;
    site.publish("HAM", "1 SUPPLIER>A pen 1").await;
    for app in site.both().await {
        assert_eq!(
            app.get(&[("BER", "pen"), ("HAM", "pen")], &[]).await,
            "BER@5, HAM@1, pen 5 0 5, pen 1 0 1"
        );
        assert_eq!(rebuild(&app, "BER").await, Err("JOURNAL_DAMAGED".to_owned()));
        assert_eq!(app.get(&[("BER", "pen")], &[]).await, "BER@5, pen 5 0 5", "the old view stays");
        let answer = app.answer(&[("BER", "pen"), ("HAM", "pen")], &[]).await.unwrap();
        let (ber, ham) = (answer.freshness[0].age_ms, answer.freshness[1].age_ms);
        assert!(ber > ham, "the view of BER grows old: {ber} ms, {ham} ms");
        app.stop().await;
    }
}
