//! The event log against the journals.

use std::collections::BTreeMap;
use std::time::Duration;

use eventlog::{EventLog, Record};
use proto::stock::v1::JournalRecord;

const TOPIC: &str = "entrepot.stock.journal.v1";
const RECORDS_AT_ONCE: usize = 2000;
const WAIT: Duration = Duration::from_secs(5);
/// Reads without a record before the log counts as out of reach.
const EMPTY_READS_MAX: usize = 12;

/// Every entry is there, in order and byte for byte, when what comes again is dropped by its sequence. Answers how many records
/// came again.
pub(super) async fn check(log: &EventLog, journals: &BTreeMap<&'static str, &[JournalRecord]>) -> usize {
    let mut reader = log.read_from_start(TOPIC).await.unwrap();
    let mut read: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut again, mut empty_reads) = (0, 0);
    loop {
        let batch = reader.next_batch(RECORDS_AT_ONCE, WAIT).await.unwrap();
        empty_reads = if batch.records.is_empty() { empty_reads + 1 } else { 0 };
        assert!(empty_reads < EMPTY_READS_MAX, "the event log does not come to its end");
        for delivered in &batch.records {
            let (warehouse, index) = index_of(&delivered.record, journals);
            let next = read.entry(warehouse).or_default();
            assert!(index <= *next, "{warehouse}: sequence {} comes after {next}", index + 1);
            again += usize::from(index < *next);
            *next = (*next).max(index + 1);
        }
        if batch.caught_up {
            break;
        }
    }
    for (warehouse, journal) in journals {
        assert_eq!(read.get(warehouse), Some(&journal.len()), "the log of {warehouse} is complete");
    }
    again
}

/// Which entry of which journal a record is, from 0; it must be that entry in every byte.
fn index_of<'j>(record: &Record, journals: &BTreeMap<&'j str, &[JournalRecord]>) -> (&'j str, usize) {
    let header = |name: &str| String::from_utf8(record.header(name).unwrap().to_vec()).unwrap();
    let key = String::from_utf8(record.key.to_vec()).unwrap();
    let (warehouse, journal) = journals.get_key_value(key.as_str()).unwrap();
    let sequence: usize = header("ce_sequence").parse().unwrap();
    let Some(entry) = sequence.checked_sub(1).and_then(|index| journal.get(index)) else {
        panic!("the log has {warehouse}/{sequence}, the journal has not");
    };
    assert_eq!(record.value, entry.entry, "{warehouse}/{sequence}");
    assert_eq!(header("ce_id"), format!("{warehouse}/{sequence}"));
    (warehouse, sequence - 1)
}
