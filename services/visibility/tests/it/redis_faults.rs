//! What Redis can do to the view.

use std::collections::BTreeSet;

use visibility::store::{CacheFault, RedisConfig};
use vocabulary::Sequence;

use crate::caches::{apply, code, logged, redis, redis_config, show, told};
use crate::journal::journal;

pub(crate) async fn command(config: &RedisConfig, words: &[&str]) {
    let client = redis::Client::open(config.url.as_str()).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    redis::cmd(words[0]).arg(&words[1..]).query_async::<()>(&mut connection).await.unwrap();
}

/// A field of a hash.
pub(crate) async fn field(config: &RedisConfig, key: &str, name: &str) -> Option<String> {
    let client = redis::Client::open(config.url.as_str()).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    redis::cmd("HGET").arg(key).arg(name).query_async(&mut connection).await.unwrap()
}

async fn kill_connections(config: &RedisConfig, which: &str) {
    let client = redis::Client::open(config.url.as_str()).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    let own: u64 = redis::cmd("CLIENT").arg("ID").query_async(&mut connection).await.unwrap();
    let list: String = redis::cmd("CLIENT").arg("LIST").query_async(&mut connection).await.unwrap();
    let id = |line: &str| line.strip_prefix("id=")?.split(' ').next()?.parse::<u64>().ok();
    for victim in list.lines().filter(|line| line.contains(which)).filter_map(id).filter(|id| *id != own) {
        redis::cmd("CLIENT")
            .arg("KILL")
            .arg("ID")
            .arg(victim)
            .query_async::<()>(&mut connection)
            .await
            .unwrap();
    }
}

/// What FLUSHALL would do to this test alone.
pub(crate) async fn forget(config: &RedisConfig) {
    let client = redis::Client::open(config.url.as_str()).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    let pattern = format!("{}:*", config.prefix);
    let keys: Vec<String> = redis::cmd("KEYS").arg(pattern).query_async(&mut connection).await.unwrap();
    if !keys.is_empty() {
        redis::cmd("DEL").arg(keys).query_async::<()>(&mut connection).await.unwrap();
    }
}

#[tokio::test]
async fn scripts_are_loaded_again_and_broken_connections_made_anew() {
    // A database of its own, by which its connections can be told from those of other tests.
    let config = RedisConfig { url: format!("{}/9", testkit::redis_url()), ..redis_config() };
    let cache = redis(&config);
    let entries = logged(journal("BER", "1 SUPPLIER>A pen 1\n2 SUPPLIER>A pen 1\n3 SUPPLIER>A pen 1"));
    apply(&cache, "BER", &entries[..1], 0).await;
    command(&config, &["SCRIPT", "FLUSH"]).await;
    apply(&cache, "BER", &entries[..2], 1).await;
    kill_connections(&config, "db=9").await;
    apply(&cache, "BER", &entries, 2).await;
    assert_eq!(show(&cache, "BER", &["pen"]).await, "3: pen 3 0");
}

#[tokio::test]
async fn a_redis_that_is_not_there_is_unavailable() {
    let config = RedisConfig { timeout_ms: 200, ..RedisConfig::at("redis://user:secret@127.0.0.1:1") };
    let cache = redis(&config);
    let fault = cache.heads(&["BER"]).await.unwrap_err();
    assert!(matches!(fault, CacheFault::Unavailable { .. }), "{fault}");
    assert!(!fault.to_string().contains("secret"));
    assert!(cache.prepare().await.is_err());
}

#[tokio::test]
async fn a_flushed_view_stands_at_the_start_and_takes_no_later_entry() {
    let config = redis_config();
    let cache = redis(&config);
    let entries = logged(journal("BER", "1 SUPPLIER>A pen 1\n2 SUPPLIER>A pen 1\n3 SUPPLIER>A pen 1"));
    apply(&cache, "BER", &entries[..2], 0).await;
    forget(&config).await;
    assert_eq!(show(&cache, "BER", &["pen"]).await, "0: pen -");
    assert_eq!(told(&apply(&cache, "BER", &entries[2..], 2).await), "0..0 +0:  ! expected 1, found 3");
    let mut draft = cache.draft(&code("BER"));
    cache.apply_draft(&mut draft, &entries[..2], Sequence::new(2)).await.unwrap();
    forget(&config).await;
    let lost = cache.apply_draft(&mut draft, &entries[2..], Sequence::new(2)).await;
    assert_eq!(lost, Err(CacheFault::DraftLost));
    assert_eq!(cache.swap(&code("BER"), &mut draft).await, Err(CacheFault::DraftLost));
}

#[tokio::test]
async fn a_restart_goes_on_where_the_view_is() {
    let config = redis_config();
    let cache = redis(&config);
    cache.register(&BTreeSet::from([code("BER"), code("HAM")])).await.unwrap();
    let entries = logged(journal("BER", "1 SUPPLIER>A pen 1\n2 SUPPLIER>A pen 1"));
    let sequence = apply(&cache, "BER", &entries, 0).await.head.sequence;
    let next = visibility::store::LogPosition { partition: 0, offset: 77 };
    cache.note(&code("BER"), sequence, next).await.unwrap();
    cache.note(&code("HAM"), sequence, next).await.unwrap();
    let resume = redis(&config).resume().await.unwrap();
    let told: Vec<_> = resume.iter().map(|r| (r.warehouse.as_str(), r.head.sequence.get(), r.next)).collect();
    assert_eq!(told, [("BER", 2, Some(next)), ("HAM", 0, None)]);
    assert_eq!(show(&cache, "BER", &["pen"]).await, "2: pen 2 0");
}
