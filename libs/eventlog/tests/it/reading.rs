use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use eventlog::{Delivered, Reader, Record};

pub(crate) const SHORT: Duration = Duration::from_millis(20);
/// Long enough for the slowest machine; no passing test waits for it.
pub(crate) const LONG: Duration = Duration::from_secs(60);

pub(crate) fn record(key: &str, value: impl AsRef<str>) -> Record {
    Record {
        key: Bytes::copy_from_slice(key.as_bytes()),
        value: Bytes::copy_from_slice(value.as_ref().as_bytes()),
        headers: vec![],
    }
}

/// Reads until nothing newer exists.
pub(crate) async fn read_all(reader: &mut Reader) -> Vec<Delivered> {
    let mut all = Vec::new();
    loop {
        let batch = next(reader, 100).await;
        all.extend(batch.records);
        if batch.caught_up {
            return all;
        }
    }
}

/// Reads until there are as many, however long that takes.
pub(crate) async fn read_count(reader: &mut Reader, count: usize) -> Vec<Delivered> {
    let mut all = Vec::new();
    while all.len() < count {
        all.extend(next(reader, 100).await.records);
    }
    all
}

pub(crate) async fn next(reader: &mut Reader, records_max: usize) -> eventlog::Batch {
    reader.next_batch(records_max, LONG).await.expect("the log can be read")
}

/// The values of every key, in the order they were read.
pub(crate) fn values_of_keys(records: &[Delivered]) -> BTreeMap<String, Vec<String>> {
    let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for delivered in records {
        values.entry(text(&delivered.record.key)).or_default().push(text(&delivered.record.value));
    }
    values
}

pub(crate) fn text(bytes: &Bytes) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

/// Checks that offsets grow within every partition.
pub(crate) fn assert_offsets_grow(records: &[Delivered]) {
    let mut last: BTreeMap<i32, i64> = BTreeMap::new();
    for delivered in records {
        if let Some(before) = last.insert(delivered.partition, delivered.offset) {
            assert!(
                before < delivered.offset,
                "partition {}: {before}, {}",
                delivered.partition,
                delivered.offset
            );
        }
    }
}
