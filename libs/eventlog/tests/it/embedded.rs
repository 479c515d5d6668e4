//! What only the SQLite file promises.

use eventlog::{EventLog, EventLogConfig, LogFault, TopicSpec};

use crate::place::{CATALOG, JOURNAL, Place};
use crate::reading::{next, read_all, record, values_of_keys};

#[tokio::test]
async fn compaction_leaves_one_record_a_key_and_keeps_its_offset() {
    let place = Place::embedded();
    let log = place.open_with(&CATALOG).await;
    for version in 0..10_u32 {
        let records = ["A", "B"].map(|item| record(item, version.to_string())).to_vec();
        log.publish(CATALOG.name, records).await.expect("published");
    }
    let read = read_all(&mut log.read_from_start(CATALOG.name).await.expect("a reader")).await;
    let offsets: Vec<i64> = read.iter().map(|delivered| delivered.offset).collect();
    assert_eq!(offsets, [18, 19]);
    drop(log);
    let log = place.open().await;
    log.publish(CATALOG.name, vec![record("C", "")]).await.expect("published");
    let read = read_all(&mut log.read_from_start(CATALOG.name).await.expect("a reader")).await;
    assert_eq!(read.last().expect("a record").offset, 20, "offsets are never given out twice");
}

#[tokio::test]
async fn a_busy_partition_does_not_starve_the_others() {
    let place = Place::embedded();
    let log = place.open_with(&JOURNAL).await;
    let keys = ["W0", "W1", "W2", "W3", "W4", "W5", "W6", "W7"];
    for key in keys {
        log.publish(JOURNAL.name, vec![record(key, ""); 50]).await.expect("published");
    }
    let mut reader = log.read_from_start(JOURNAL.name).await.expect("a reader");
    let mut partitions = std::collections::BTreeSet::new();
    for _ in 0..JOURNAL.partitions {
        partitions.extend(next(&mut reader, 10).await.records.iter().map(|delivered| delivered.partition));
    }
    assert_eq!(partitions.len(), 3);
}

#[tokio::test]
async fn a_topic_keeps_its_kind() {
    let place = Place::embedded();
    let log = place.open_with(&CATALOG).await;
    let kept = TopicSpec { compacted: false, ..CATALOG };
    assert!(matches!(log.ensure_topic(&kept).await, Err(LogFault::Rejected { .. })));
}

#[tokio::test]
async fn a_reader_outlives_the_handle_it_came_from() {
    let place = Place::embedded();
    let log = place.open_with(&JOURNAL).await;
    let mut reader = log.read_from_start(JOURNAL.name).await.expect("a reader");
    drop(log);
    assert!(next(&mut reader, 10).await.caught_up);
    let other = place.open().await;
    other.publish(JOURNAL.name, vec![record("BER", "1")]).await.expect("published");
    assert_eq!(values_of_keys(&next(&mut reader, 10).await.records)["BER"], ["1"]);
}

#[tokio::test]
async fn a_directory_that_is_not_there_and_a_file_that_is_no_log_are_faults() {
    let place = Place::embedded();
    let missing = place.path().join("missing").join("log.sqlite");
    let fault = EventLog::open(&EventLogConfig::Embedded { path: missing }).await;
    assert!(matches!(fault, Err(LogFault::Unavailable { .. })), "{fault:?}");
    std::fs::write(place.path(), "this is not a database, it only looks like one to nobody".repeat(100))
        .unwrap();
    let fault = EventLog::open(&place.config).await;
    assert!(matches!(fault, Err(LogFault::Rejected { .. })), "{fault:?}");
}
