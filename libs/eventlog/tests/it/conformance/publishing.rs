use bytes::Bytes;
use eventlog::{EventLog, LogFault, RECORD_VALUE_BYTES_MAX, RECORDS_PER_PUBLISH_MAX, Record, partition_of};

use crate::place::{JOURNAL, Place};
use crate::reading::{assert_offsets_grow, read_all, record, values_of_keys};

async fn all_of(log: &EventLog) -> Vec<eventlog::Delivered> {
    read_all(&mut log.read_from_start(JOURNAL.name).await.expect("a reader")).await
}

pub(crate) async fn keeps_the_order_of_a_key(place: &Place) {
    let log = place.open_with(&JOURNAL).await;
    for batch in 0..5 {
        let numbers = batch * 100..(batch + 1) * 100;
        let records =
            numbers.map(|number| record(&format!("W{}", number % 20), number.to_string())).collect();
        log.publish(JOURNAL.name, records).await.expect("published");
    }
    let read = all_of(&log).await;
    assert_eq!(read.len(), 500);
    assert_offsets_grow(&read);
    for delivered in &read {
        let expected = partition_of(&delivered.record.key, JOURNAL.partitions);
        assert_eq!(delivered.partition, expected.cast_signed());
    }
    for (key, values) in values_of_keys(&read) {
        let first: u32 = key[1..].parse().expect("a number");
        let expected: Vec<String> = (0..25).map(|round| (first + round * 20).to_string()).collect();
        assert_eq!(values, expected, "{key}");
    }
}

pub(crate) async fn keeps_bytes_and_headers(place: &Place) {
    let log = place.open_with(&JOURNAL).await;
    let header = |name: &str, value: &'static [u8]| (name.to_owned().into(), Bytes::from_static(value));
    let headers = vec![
        header("z", b"1"),
        header("a", b""),
        header("z", &[0, 255, 10]),
        header("ce_source", "Größe".as_bytes()),
    ];
    let records = vec![
        Record { key: Bytes::from_static(b"one"), value: Bytes::from_static(&[0, 255, 0]), headers },
        Record { key: Bytes::from_static(b"one"), value: Bytes::new(), headers: vec![] },
        Record {
            key: Bytes::from_static(b"one"),
            value: Bytes::new(),
            headers: vec![header("only", b"this")],
        },
    ];
    log.publish(JOURNAL.name, records.clone()).await.expect("published");
    let no_key = Record { key: Bytes::new(), value: Bytes::from_static(b"no key"), headers: vec![] };
    log.publish(JOURNAL.name, vec![no_key.clone()]).await.expect("published");
    let read: Vec<Record> = all_of(&log).await.into_iter().map(|delivered| delivered.record).collect();
    let (without, with): (Vec<Record>, Vec<Record>) =
        read.into_iter().partition(|record| record.key.is_empty());
    assert_eq!(with, records);
    assert_eq!(without, vec![no_key]);
}

pub(crate) async fn is_durable_when_it_returns(place: &Place) {
    let log = place.open_with(&JOURNAL).await;
    log.publish(JOURNAL.name, vec![record("BER", "1"), record("BER", "2")]).await.expect("published");
    drop(log);
    let again = place.open().await;
    again.publish(JOURNAL.name, vec![record("BER", "3")]).await.expect("published");
    let read = all_of(&again).await;
    assert_offsets_grow(&read);
    assert_eq!(values_of_keys(&read)["BER"], ["1", "2", "3"]);
}

pub(crate) async fn concurrent_publishers_keep_their_own_order(place: &Place) {
    let log = place.open_with(&JOURNAL).await;
    let publishers = (0..8).map(|publisher| tokio::spawn(publish_fifty_batches(log.clone(), publisher)));
    futures::future::try_join_all(publishers).await.expect("no publisher panics");
    assert_complete(&all_of(&log).await, 8);
}

pub(crate) async fn two_handles_publish_side_by_side(place: &Place) {
    let (one, other) = (place.open_with(&JOURNAL).await, place.open().await);
    let publishers = (0..4).map(|publisher| {
        let log = if publisher % 2 == 0 { &one } else { &other };
        tokio::spawn(publish_fifty_batches(log.clone(), publisher))
    });
    futures::future::try_join_all(publishers).await.expect("no publisher panics");
    assert_complete(&all_of(&one).await, 4);
}

async fn publish_fifty_batches(log: EventLog, publisher: u32) {
    let key = format!("W{publisher}");
    for batch in 0..50 {
        let records =
            (batch * 4..(batch + 1) * 4).map(|number: u32| record(&key, number.to_string())).collect();
        log.publish(JOURNAL.name, records).await.expect("published");
    }
}

fn assert_complete(read: &[eventlog::Delivered], publishers: usize) {
    assert_offsets_grow(read);
    let values = values_of_keys(read);
    assert_eq!(values.len(), publishers);
    let expected: Vec<String> = (0..200).map(|number| number.to_string()).collect();
    for (key, values) in values {
        assert_eq!(values, expected, "{key}");
    }
}

pub(crate) async fn nothing_to_publish_is_fine(place: &Place) {
    let log = place.open_with(&JOURNAL).await;
    log.publish(JOURNAL.name, vec![]).await.expect("published");
    assert!(all_of(&log).await.is_empty());
}

pub(crate) async fn refuses_too_large_records(place: &Place) {
    let log = place.open_with(&JOURNAL).await;
    let too_large = RECORD_VALUE_BYTES_MAX + 1;
    let records = vec![record("BER", "1"), record("BER", "x".repeat(too_large))];
    let fault = log.publish(JOURNAL.name, records).await.expect_err("too large");
    assert!(
        matches!(&fault, LogFault::Rejected { reason } if reason.contains(&too_large.to_string())),
        "{fault}"
    );
    let mut long_headers = record("BER", "1");
    long_headers.headers.push(("h".into(), Bytes::from(vec![0; 100_000])));
    let fault = log.publish(JOURNAL.name, vec![long_headers]).await.expect_err("too large");
    assert!(matches!(fault, LogFault::Rejected { .. }));
    assert!(all_of(&log).await.is_empty());
}

pub(crate) async fn refuses_too_many_records(place: &Place) {
    let log = place.open_with(&JOURNAL).await;
    let fault = log.publish(JOURNAL.name, vec![record("BER", ""); RECORDS_PER_PUBLISH_MAX + 1]).await;
    assert!(matches!(fault, Err(LogFault::Rejected { .. })));
    log.publish(JOURNAL.name, vec![record("BER", ""); RECORDS_PER_PUBLISH_MAX]).await.expect("published");
    assert_eq!(all_of(&log).await.len(), RECORDS_PER_PUBLISH_MAX);
}

pub(crate) async fn accepts_the_largest_record(place: &Place) {
    let log = place.open_with(&JOURNAL).await;
    let mut largest = Record { key: Bytes::from_static(b"BER"), ..Record::default() };
    // Bytes without a pattern, for compression must not be what makes it fit.
    let noise =
        (0..RECORD_VALUE_BYTES_MAX as u64).map(|n| (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8);
    largest.value = noise.collect();
    largest.headers.push(("h".into(), Bytes::from(vec![7; 60_000])));
    log.publish(JOURNAL.name, vec![largest.clone()]).await.expect("published");
    let read: Vec<Record> = all_of(&log).await.into_iter().map(|delivered| delivered.record).collect();
    assert!(read == [largest]);
}
