//! The follower on a real embedded event log.

#![expect(clippy::unwrap_used, reason = "a test helper that fails fails the test")]

use catalog_view::{CatalogView, TOPIC, follow};
use eventlog::{EventLog, EventLogConfig, Record};
use prost::Message;
use proto::catalog::v1::Item;
use proto::events::v1::CatalogChange;
use tokio_util::sync::CancellationToken;

struct TestLog {
    log: EventLog,
    _dir: tempfile::TempDir,
}

impl TestLog {
    async fn open() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let log =
            EventLog::open(&EventLogConfig::Embedded { path: dir.path().join("log.db") }).await.unwrap();
        Self { log, _dir: dir }
    }

    async fn publish(&self, revision: u64, sku: &str) {
        let item = Item { sku: sku.into(), base_unit: "EA".into(), ..Item::default() };
        let change =
            CatalogChange { revision, record: Some(proto::events::v1::catalog_change::Record::Item(item)) };
        let key = format!("item/{sku}");
        let record = Record { key: key.into(), value: change.encode_to_vec().into(), headers: Vec::new() };
        self.log.publish(TOPIC.name, vec![record]).await.unwrap();
    }
}

#[tokio::test]
async fn a_follower_reads_what_was_there_and_what_comes() {
    let test = TestLog::open().await;
    test.log.ensure_topic(&TOPIC).await.unwrap();
    test.publish(1, "A-1").await;
    test.publish(2, "A-2").await;

    let (view, cancel) = (CatalogView::empty(), CancellationToken::new());
    let follower = tokio::spawn(follow(view.clone(), test.log.clone(), cancel.clone()));
    view.caught_up().await;
    assert!(view.item("A-1").is_some() && view.item("A-2").is_some());
    assert_eq!(view.revision(), 2);

    test.publish(3, "A-3").await;
    view.reached(3).await;
    assert!(view.item("A-3").is_some());

    cancel.cancel();
    follower.await.unwrap();
}

#[tokio::test]
async fn a_follower_makes_the_topic_and_skips_what_it_cannot_read() {
    let test = TestLog::open().await;
    let (view, cancel) = (CatalogView::empty(), CancellationToken::new());
    let follower = tokio::spawn(follow(view.clone(), test.log.clone(), cancel.clone()));
    view.caught_up().await;
    assert_eq!(view.revision(), 0);

    let damaged = Record { key: "item/X".into(), value: vec![0xff; 7].into(), headers: Vec::new() };
    test.log.publish(TOPIC.name, vec![damaged]).await.unwrap();
    test.publish(5, "A-5").await;
    view.reached(5).await;
    assert!(view.item("A-5").is_some());

    cancel.cancel();
    follower.await.unwrap();
}
