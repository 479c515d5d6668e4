use bytes::Bytes;
use chrono::{DateTime, SecondsFormat, Utc};
use eventlog::Record;
use vocabulary::Timestamp;

use crate::store::ChangeRow;

/// A change as a record of the topic: the bytes of `CatalogChange`, with the attributes of a CloudEvent in the headers (CloudEvents
/// 1.0, Kafka protocol binding, binary mode).
pub(super) fn record(row: ChangeRow) -> Record {
    let revision = row.revision.to_string();
    let mut headers = vec![
        ("ce_specversion".into(), Bytes::from_static(b"1.0")),
        ("ce_id".into(), Bytes::from(format!("catalog/{revision}"))),
        ("ce_source".into(), Bytes::from_static(b"/catalog")),
        ("ce_type".into(), Bytes::from_static(b"entrepot.catalog.change.v1")),
        ("ce_time".into(), Bytes::from(rfc3339(row.recorded_at))),
        ("ce_subject".into(), Bytes::from(row.key.clone())),
        ("ce_sequence".into(), Bytes::from(revision)),
        ("content-type".into(), Bytes::from_static(b"application/protobuf")),
    ];
    if !row.traceparent.is_empty() {
        headers.push(("traceparent".into(), Bytes::from(row.traceparent)));
    }
    Record { key: Bytes::from(row.key), value: Bytes::from(row.change), headers }
}

fn rfc3339(time: Timestamp) -> String {
    let time = DateTime::<Utc>::from_timestamp_micros(time.micros()).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Micros, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_becomes_a_cloud_event() {
        let row = ChangeRow {
            revision: 7,
            key: "item/A-1".into(),
            recorded_at: Timestamp::from_micros(1_291_191_960_123_456).unwrap(),
            traceparent: String::new(),
            change: vec![8, 7],
        };
        let record = record(row);
        let header =
            |name: &str| record.header(name).map(|value| String::from_utf8_lossy(value).into_owned());
        assert_eq!(header("ce_id").as_deref(), Some("catalog/7"));
        assert_eq!(header("ce_time").as_deref(), Some("2010-12-01T08:26:00.123456Z"));
        assert_eq!(header("ce_subject").as_deref(), Some("item/A-1"));
        assert_eq!(header("traceparent"), None);
        assert_eq!((&*record.key, &*record.value), (&b"item/A-1"[..], &[8, 7][..]));
    }
}
