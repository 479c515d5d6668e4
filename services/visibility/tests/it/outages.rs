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
    cable.cut().await;
    site.publish("BER", "2 SUPPLIER>A pen 1").await;
    let error = app.answer(&[("BER", "pen")], &[]).await.unwrap_err();
    assert_eq!(error.reason, "VIEW_UNAVAILABLE");
    assert!(error.retry_after.is_some());
    cable.mend().await;
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
    let waits = app.get(&[("BER", "pen")], &[]);
    let mends = cable.mend();
    let (answer, ()) = tokio::join!(waits, mends);
    assert_eq!(answer, "BER@1, pen 1 0 1");
    app.stop().await;
}
