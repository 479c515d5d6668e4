use std::collections::BTreeMap;

use bytes::Bytes;
use eventlog::{BATCH_BYTES_MAX, LogFault, Record};
use tokio::time::{Instant, timeout};

use crate::place::{CATALOG, JOURNAL, Place};
use crate::reading::{LONG, SHORT, assert_offsets_grow, next, read_all, read_count, record, values_of_keys};

fn numbered(numbers: std::ops::Range<u32>) -> Vec<Record> {
    numbers.map(|number| record(&format!("W{}", number % 7), number.to_string())).collect()
}

pub(crate) async fn goes_on_from_positions(place: &Place) {
    let log = place.open_with(&JOURNAL).await;
    log.publish(JOURNAL.name, numbered(0..300)).await.expect("published");
    let mut first = log.read_from_start(JOURNAL.name).await.expect("a reader");
    let mut read = next(&mut first, 120).await.records;
    assert!(!read.is_empty() && read.len() <= 120);
    let positions = first.positions();
    drop((first, log));
    let log = place.open().await;
    log.publish(JOURNAL.name, numbered(300..310)).await.expect("published");
    let mut second = log.read_from(JOURNAL.name, &positions).await.expect("a reader");
    read.extend(read_all(&mut second).await);
    assert_eq!(read.len(), 310, "nothing twice, nothing left out");
    assert_offsets_grow(&read);
    let mut at_end = log.read_from(JOURNAL.name, &second.positions()).await.expect("a reader");
    assert!(read_all(&mut at_end).await.is_empty());
}

pub(crate) async fn tells_when_it_has_caught_up(place: &Place) {
    let log = place.open_with(&CATALOG).await;
    let mut reader = log.read_from_start(CATALOG.name).await.expect("a reader");
    let empty = next(&mut reader, 10).await;
    assert!(empty.records.is_empty() && empty.caught_up, "an empty topic is news, told without waiting");
    let records = (0..10).map(|number: u32| record(&number.to_string(), "")).collect();
    log.publish(CATALOG.name, records).await.expect("published");
    let mut late = log.read_from_start(CATALOG.name).await.expect("a reader");
    let part = next(&mut late, 4).await;
    assert!(part.records.len() <= 4 && !part.caught_up, "six more are there");
    let rest = read_all(&mut late).await;
    assert_eq!(part.records.len() + rest.len(), 10);
    let nothing = late.next_batch(10, SHORT).await.expect("the log can be read");
    assert!(nothing.records.is_empty() && nothing.caught_up);
}

pub(crate) async fn is_woken_by_a_publish(place: &Place) {
    let log = place.open_with(&JOURNAL).await;
    let mut reader = log.read_from_start(JOURNAL.name).await.expect("a reader");
    assert!(next(&mut reader, 10).await.caught_up);
    let started = Instant::now();
    let waiting = tokio::spawn(async move { next(&mut reader, 10).await });
    log.publish(JOURNAL.name, vec![record("BER", "1")]).await.expect("published");
    let batch = waiting.await.expect("the reader does not panic");
    assert_eq!(batch.records.len(), 1);
    assert!(started.elapsed() < LONG);
}

pub(crate) async fn sees_records_of_another_handle(place: &Place) {
    let (here, there) = (place.open_with(&JOURNAL).await, place.open().await);
    let mut reader = here.read_from_start(JOURNAL.name).await.expect("a reader");
    for number in 0..5_u32 {
        there.publish(JOURNAL.name, vec![record("BER", number.to_string())]).await.expect("published");
        let read = read_count(&mut reader, 1).await;
        assert_eq!(values_of_keys(&read)["BER"], [number.to_string()]);
    }
}

pub(crate) async fn loses_nothing_when_its_future_is_dropped(place: &Place) {
    let log = place.open_with(&JOURNAL).await;
    let mut reader = log.read_from_start(JOURNAL.name).await.expect("a reader");
    let publisher = tokio::spawn(async move {
        for batch in 0..40 {
            log.publish(JOURNAL.name, numbered(batch * 5..(batch + 1) * 5)).await.expect("published");
        }
    });
    let mut read = Vec::new();
    while read.len() < 200 {
        let patience = std::time::Duration::from_micros(300);
        if let Ok(batch) = timeout(patience, reader.next_batch(3, LONG)).await {
            read.extend(batch.expect("the log can be read").records);
        }
    }
    publisher.await.expect("the publisher does not panic");
    assert_offsets_grow(&read);
    assert_eq!(read.len(), 200);
}

pub(crate) async fn bounds_a_batch_by_bytes(place: &Place) {
    let log = place.open_with(&JOURNAL).await;
    let large =
        Record { key: Bytes::from_static(b"BER"), value: Bytes::from(vec![1; 1_000_000]), headers: vec![] };
    log.publish(JOURNAL.name, vec![large; 20]).await.expect("published");
    let mut reader = log.read_from_start(JOURNAL.name).await.expect("a reader");
    let mut count = 0;
    while count < 20 {
        let batch = next(&mut reader, 100).await;
        assert!(batch.records.len() * 1_000_000 <= BATCH_BYTES_MAX + 1_000_000);
        count += batch.records.len();
    }
    assert_eq!(count, 20);
}

pub(crate) async fn refuses_positions_that_are_not_there(place: &Place) {
    let log = place.open_with(&CATALOG).await;
    log.publish(CATALOG.name, vec![record("A", "1")]).await.expect("published");
    let end = log.read_from(CATALOG.name, &BTreeMap::from([(0, 1)])).await;
    assert!(end.is_ok(), "the end is a position to go on from");
    let beyond = log.read_from(CATALOG.name, &BTreeMap::from([(0, 2)])).await;
    assert!(matches!(beyond, Err(LogFault::Truncated { .. })), "{beyond:?}");
    for partition in [1, -1] {
        let other = log.read_from(CATALOG.name, &BTreeMap::from([(partition, 0)])).await;
        assert!(matches!(other, Err(LogFault::Rejected { .. })), "{other:?}");
    }
}
