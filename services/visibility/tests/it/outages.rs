use rpc::Readiness;
use visibility::store::RedisConfig;

use crate::cable::Cable;
use crate::caches::redis_config;
use crate::test_app::Site;

#[tokio::test]
async fn a_redis_that_is_away_is_said_and_caught_up_with() {
    let site = Site::new().await;
    let mut cable = Cable::lay(&testkit::redis_url()).await;
    let config = RedisConfig { url: cable.url(), timeout_ms: 500, ..redis_config() };
    site.publish("BER", "1 SUPPLIER>A pen 1").await;
    let app = site.redis(&config).await;
    assert_eq!(app.get(&[("BER", "pen")], &[]).await, "BER@1, pen 1 0 1");
    app.becomes(Readiness::is_ready).await;
    cable.cut().await;
    site.publish("BER", "2 SUPPLIER>A pen 1").await;
    let error = app.answer(&[("BER", "pen")], &[]).await.unwrap_err();
    assert_eq!(error.reason, "VIEW_UNAVAILABLE");
    assert!(error.retry_after.is_some());
    app.becomes(|readiness| matches!(readiness, Readiness::Waiting(what) if what.contains("cache"))).await;
    cable.mend().await;
    app.becomes(Readiness::is_ready).await;
    loop {
        match app.get(&[("BER", "pen")], &[]).await.as_str() {
            "VIEW_UNAVAILABLE" | "BER@1, pen 1 0 1" => tokio::task::yield_now().await,
            answer => break assert_eq!(answer, "BER@2, pen 2 0 2"),
        }
    }
    app.stop().await;
}

#[tokio::test]
async fn a_service_starts_before_its_redis() {
    let site = Site::new().await;
    site.publish("BER", "1 SUPPLIER>A pen 1").await;
    let mut cable = Cable::lay(&testkit::redis_url()).await;
    cable.cut().await;
    let config = RedisConfig { url: cable.url(), timeout_ms: 500, ..redis_config() };
    let app = site.redis(&config).await;
    app.becomes(|readiness| matches!(readiness, Readiness::Waiting(what) if what.contains("cache"))).await;
    let waits = app.get(&[("BER", "pen")], &[]);
    let mends = cable.mend();
    let (answer, ()) = tokio::join!(waits, mends);
    assert_eq!(answer, "BER@1, pen 1 0 1");
    app.becomes(Readiness::is_ready).await;
    app.stop().await;
}

/// Nothing was ever published: there is no head in the cache to compare with, and it is missed all the same.
#[tokio::test]
async fn an_empty_view_misses_its_redis() {
    let site = Site::new().await;
    let mut cable = Cable::lay(&testkit::redis_url()).await;
    let app = site.redis(&RedisConfig { url: cable.url(), timeout_ms: 500, ..redis_config() }).await;
    app.becomes(Readiness::is_ready).await;
    cable.cut().await;
    app.becomes(|readiness| !readiness.is_ready()).await;
    cable.mend().await;
    app.becomes(Readiness::is_ready).await;
    app.stop().await;
}
