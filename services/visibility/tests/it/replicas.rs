use proto::visibility::v1::WatchAvailabilityRequest;

use crate::caches::redis_config;
use crate::test_app::Site;

#[tokio::test]
async fn replicas_share_one_redis_and_each_tells_every_change_once() {
    let site = Site::new().await;
    let config = redis_config();
    let apps = [site.redis(&config).await, site.redis(&config).await];
    let mut streams = Vec::new();
    for app in &apps {
        let watch = app.client.clone().watch_availability(WatchAvailabilityRequest::default()).await;
        streams.push(watch.unwrap().into_inner());
    }
    for n in 1..=200 {
        site.publish("BER", &format!("{n} SUPPLIER>A pen 1")).await;
    }
    for stream in &mut streams {
        for n in 1..=200 {
            let change = stream.message().await.unwrap().unwrap();
            let on_hand = change.availability.unwrap().on_hand.unwrap().value;
            assert_eq!((change.sequence, on_hand), (n, n.to_string()));
        }
    }
    for app in apps {
        assert_eq!(app.get(&[("BER", "pen")], &[("BER", 200)]).await, "BER@200, pen 200 0 200");
        app.stop().await;
    }
}

#[tokio::test]
async fn a_replica_that_starts_later_goes_on_where_the_view_is() {
    let site = Site::new().await;
    let config = redis_config();
    site.publish("BER", "1 SUPPLIER>A pen 1\n2 reserve pen 1").await;
    site.publish("HAM", "1 SUPPLIER>A ink 1").await;
    let first = site.redis(&config).await;
    assert_eq!(first.get(&[("BER", "pen")], &[]).await, "BER@2, pen 1 1 0");
    first.stop().await;
    site.publish("BER", "3 release 2-0 1").await;
    site.publish("MUC", "1 SUPPLIER>A pad 1").await;
    let second = site.redis(&config).await;
    let keys = [("BER", "pen"), ("HAM", "ink"), ("MUC", "pad")];
    assert_eq!(second.get(&keys, &[]).await, "BER@3, HAM@1, MUC@1, pen 1 0 1, ink 1 0 1, pad 1 0 1");
    second.stop().await;
}
