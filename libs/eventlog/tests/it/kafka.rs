//! What only Kafka can do to us.

use std::collections::BTreeMap;

use eventlog::{EventLog, EventLogConfig, LogFault};
use rdkafka::admin::{AdminOptions, ResourceSpecifier};
use rdkafka::{Offset, TopicPartitionList};

use crate::place::{CATALOG, JOURNAL, Place};
use crate::reading::{LONG, read_all, record};

#[tokio::test]
async fn truncated_records_are_told_apart_from_none() {
    let place = Place::kafka();
    let log = place.open_with(&CATALOG).await;
    let kept = eventlog::TopicSpec { name: "kept", partitions: 1, compacted: false };
    let log_of_kept = place.open_with(&kept).await;
    let records = (0..10).map(|number: u32| record("BER", number.to_string())).collect();
    log_of_kept.publish(kept.name, records).await.expect("published");
    let mut before = TopicPartitionList::new();
    before.add_partition_offset(&place.full_name(kept.name), 0, Offset::Offset(6)).unwrap();
    place.admin().delete_records(&before, &AdminOptions::new()).await.expect("records are deleted");
    let fault = log.read_from(kept.name, &BTreeMap::from([(0, 3)])).await;
    assert!(matches!(fault, Err(LogFault::Truncated { .. })), "{fault:?}");
    let rest = read_all(&mut log.read_from_start(kept.name).await.expect("a reader")).await;
    assert_eq!(rest.iter().map(|delivered| delivered.offset).collect::<Vec<_>>(), [6, 7, 8, 9]);
    place.clean_up().await;
}

#[tokio::test]
async fn topics_are_configured_to_keep_what_they_must() {
    let place = Place::kafka();
    place.open_with(&CATALOG).await;
    place.open_with(&JOURNAL).await;
    for (topic, policy) in [(CATALOG.name, "compact"), (JOURNAL.name, "delete")] {
        let name = place.full_name(topic);
        let configs =
            place.admin().describe_configs(&[ResourceSpecifier::Topic(&name)], &AdminOptions::new()).await;
        let config = configs.expect("an answer").remove(0).expect("the topic's configuration");
        let value = |name: &str| config.get(name).and_then(|entry| entry.value.clone());
        assert_eq!(value("cleanup.policy").as_deref(), Some(policy));
        if policy == "delete" {
            assert_eq!(value("retention.ms").as_deref(), Some("-1"));
        }
    }
    place.clean_up().await;
}

#[tokio::test]
async fn a_reader_of_a_deleted_topic_says_so() {
    let place = Place::kafka();
    let log = place.open_with(&JOURNAL).await;
    let mut reader = log.read_from_start(JOURNAL.name).await.expect("a reader");
    assert!(read_all(&mut reader).await.is_empty());
    place.clean_up().await;
    let fault = loop {
        match reader.next_batch(10, LONG).await {
            Ok(batch) => assert!(batch.records.is_empty()),
            Err(fault) if fault.is_retryable() => {}
            Err(fault) => break fault,
        }
    };
    assert!(matches!(fault, LogFault::UnknownTopic { .. } | LogFault::Truncated { .. }), "{fault}");
    assert_eq!(reader.next_batch(10, LONG).await, Err(fault), "and goes on saying it");
}

#[tokio::test]
async fn a_cluster_that_is_away_is_unavailable() {
    // Nobody listens on the discard port; opening does not ask.
    let config =
        EventLogConfig::Kafka { bootstrap_servers: "127.0.0.1:9".into(), topic_prefix: String::new() };
    let log = EventLog::open(&config).await.expect("the log opens");
    let fault = log.publish(JOURNAL.name, vec![record("BER", "1")]).await;
    assert!(matches!(fault, Err(LogFault::Unavailable { .. })), "{fault:?}");
    let nowhere = EventLogConfig::Kafka { bootstrap_servers: " ".into(), topic_prefix: String::new() };
    assert!(matches!(EventLog::open(&nowhere).await, Err(LogFault::Rejected { .. })));
}
