use bytes::Bytes;
use eventlog::{Delivered, Record};
use prost::Message;
use proto::events::v1::JournalEntry;
use rustc_hash::FxHashMap;
use vocabulary::{Sequence, WarehouseCode};

use crate::store::{LogPosition, Logged};

/// The entries of one warehouse in a batch, in order.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) warehouse: WarehouseCode,
    pub(super) entries: Vec<Logged>,
    /// The trace of the first entry that is part of a sampled one.
    pub(super) traceparent: Option<String>,
}

/// A record that is no journal entry of its warehouse.
#[derive(Debug)]
pub(super) struct Broken {
    /// As far as its key tells.
    pub(super) warehouse: Option<WarehouseCode>,
    /// As far as its headers tell.
    pub(super) sequence: Option<Sequence>,
    pub(super) position: LogPosition,
    pub(super) reason: String,
}

/// A batch, by warehouse.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    pub(super) groups: Vec<Group>,
    pub(super) broken: Vec<Broken>,
}

impl Group {
    pub(super) fn last(&self) -> Sequence {
        self.entries.iter().map(|logged| Sequence::new(logged.entry.sequence)).max().unwrap_or_default()
    }
}

/// Decodes the records of the warehouses that are `wanted`.
pub(super) fn decode(records: &[Delivered], wanted: impl Fn(&[u8]) -> bool) -> Decoded {
    let mut decoded = Decoded::default();
    let mut index: FxHashMap<Bytes, usize> = FxHashMap::default();
    for delivered in records.iter().filter(|delivered| wanted(&delivered.record.key)) {
        let position = LogPosition { partition: delivered.partition, offset: delivered.offset };
        let record = &delivered.record;
        let placed = entry(record).and_then(|entry| Ok((decoded.group(&mut index, record)?, entry)));
        match placed {
            Ok((at, entry)) => decoded.groups[at].add(entry, position, record),
            Err(reason) => decoded.broken.push(broken(record, position, reason)),
        }
    }
    decoded
}

impl Decoded {
    fn group(&mut self, index: &mut FxHashMap<Bytes, usize>, record: &Record) -> Result<usize, String> {
        if let Some(at) = index.get(&record.key) {
            return Ok(*at);
        }
        let warehouse = warehouse(record).ok_or("its key is no warehouse")?;
        self.groups.push(Group { warehouse, entries: Vec::new(), traceparent: None });
        let at = self.groups.len() - 1;
        index.insert(record.key.clone(), at);
        Ok(at)
    }
}

impl Group {
    fn add(&mut self, entry: JournalEntry, position: LogPosition, record: &Record) {
        let next = LogPosition { offset: position.offset.saturating_add(1), ..position };
        self.entries.push(Logged { entry, next });
        if self.traceparent.is_none() {
            self.traceparent = record.header("traceparent").and_then(|header| sampled(header));
        }
    }
}

fn entry(record: &Record) -> Result<JournalEntry, String> {
    let entry = JournalEntry::decode(record.value.clone()).map_err(|error| error.to_string())?;
    if entry.warehouse.as_bytes() == record.key {
        Ok(entry)
    } else {
        Err(format!("its key is not its warehouse {:?}", entry.warehouse))
    }
}

fn broken(record: &Record, position: LogPosition, reason: String) -> Broken {
    let number = |header: &Bytes| std::str::from_utf8(header).ok()?.parse().ok();
    let sequence = record.header("ce_sequence").and_then(number).map(Sequence::new);
    Broken { warehouse: warehouse(record), sequence, position, reason }
}

fn warehouse(record: &Record) -> Option<WarehouseCode> {
    WarehouseCode::parse(std::str::from_utf8(&record.key).ok()?).ok()
}

/// The header of a trace that is recorded: its flags are odd.
fn sampled(header: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(header).ok()?;
    let (_, flags) = text.rsplit_once('-')?;
    let flags = u8::from_str_radix(flags, 16).ok()?;
    (flags & 1 == 1).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delivered(
        offset: i64,
        key: &'static str,
        entry: &JournalEntry,
        headers: &[(&str, &'static str)],
    ) -> Delivered {
        let headers =
            headers.iter().map(|(name, value)| ((*name).to_owned().into(), Bytes::from(*value))).collect();
        let record = Record { key: Bytes::from(key), value: entry.encode_to_vec().into(), headers };
        Delivered { partition: 3, offset, record }
    }

    fn entry(warehouse: &str, sequence: u64) -> JournalEntry {
        JournalEntry { warehouse: warehouse.into(), sequence, ..JournalEntry::default() }
    }

    #[test]
    fn records_are_grouped_by_warehouse_in_order() {
        let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        let records = [
            delivered(5, "BER", &entry("BER", 1), &[("traceparent", "00-x-y-00")]),
            delivered(6, "HAM", &entry("HAM", 7), &[]),
            delivered(7, "BER", &entry("BER", 2), &[("traceparent", trace)]),
            delivered(8, "BER", &entry("HAM", 8), &[("ce_sequence", "3")]),
        ];
        let decoded = decode(&records, |_| true);
        let told = decoded.groups.iter().map(|g| {
            let next: Vec<_> = g.entries.iter().map(|e| (e.entry.sequence, e.next.offset)).collect();
            (g.warehouse.as_str(), next, g.last().get(), g.traceparent.is_some())
        });
        let expected = [("BER", vec![(1, 6), (2, 8)], 2, true), ("HAM", vec![(7, 7)], 7, false)];
        assert_eq!(told.collect::<Vec<_>>(), expected);
        let broken = &decoded.broken[0];
        assert_eq!((broken.sequence, broken.position.offset), (Some(Sequence::new(3)), 8));
        assert_eq!(decode(&records, |key| key == b"HAM").groups.len(), 1);
    }
}
