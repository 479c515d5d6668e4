use eventlog::{LogFault, TopicSpec};

use crate::place::{CATALOG, JOURNAL, Place};
use crate::reading::{read_all, record, text, values_of_keys};

pub(crate) async fn are_made_once(place: &Place) {
    let log = place.open_with(&JOURNAL).await;
    log.publish(JOURNAL.name, vec![record("BER", "1")]).await.expect("published");
    let again = place.open().await;
    again.ensure_topic(&JOURNAL).await.expect("it is there already");
    let read = read_all(&mut again.read_from_start(JOURNAL.name).await.expect("a reader")).await;
    assert_eq!(read.len(), 1);
    let wider = TopicSpec { partitions: JOURNAL.partitions + 1, ..JOURNAL };
    assert!(matches!(log.ensure_topic(&wider).await, Err(LogFault::Rejected { .. })));
    let none = TopicSpec { name: "none", partitions: 0, compacted: false };
    assert!(matches!(log.ensure_topic(&none).await, Err(LogFault::Rejected { .. })));
}

pub(crate) async fn are_unknown_until_made(place: &Place) {
    let log = place.open().await;
    let fault = log.publish(JOURNAL.name, vec![record("BER", "1")]).await;
    assert_eq!(fault, Err(LogFault::UnknownTopic { topic: JOURNAL.name.to_owned() }));
    let fault = log.read_from_start(JOURNAL.name).await.expect_err("no such topic");
    assert_eq!(fault, LogFault::UnknownTopic { topic: JOURNAL.name.to_owned() });
    let log = place.open_with(&JOURNAL).await;
    log.publish(JOURNAL.name, vec![record("BER", "1")]).await.expect("published");
}

pub(crate) async fn keep_the_newest_record_of_a_key(place: &Place) {
    let log = place.open_with(&CATALOG).await;
    for version in 0..6 {
        let items = ["A", "B", "C", "A"];
        let records = (0..).zip(items).map(|(n, item)| record(item, format!("{version}.{n}"))).collect();
        log.publish(CATALOG.name, records).await.expect("published");
    }
    let mut reader = log.read_from_start(CATALOG.name).await.expect("a reader");
    let values = values_of_keys(&read_all(&mut reader).await);
    let newest: Vec<(&str, &str)> =
        values.iter().map(|(key, values)| (key.as_str(), values.last().expect("a value").as_str())).collect();
    assert_eq!(newest, [("A", "5.3"), ("B", "5.1"), ("C", "5.2")]);
    log.publish(CATALOG.name, vec![record("B", "last")]).await.expect("published");
    let read = read_all(&mut reader).await;
    assert_eq!(text(&read.last().expect("a record").record.value), "last", "a reader that is open goes on");
}

pub(crate) async fn do_not_mix(place: &Place) {
    let log = place.open_with(&JOURNAL).await;
    place.open_with(&CATALOG).await;
    log.publish(JOURNAL.name, vec![record("same", "journal")]).await.expect("published");
    log.publish(CATALOG.name, vec![record("same", "catalog")]).await.expect("published");
    for topic in [JOURNAL.name, CATALOG.name] {
        let read = read_all(&mut log.read_from_start(topic).await.expect("a reader")).await;
        assert_eq!(values_of_keys(&read)["same"], [topic]);
    }
}
