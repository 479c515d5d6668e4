use std::sync::Arc;
use std::time::Duration;

use laws::Law;
use rustc_hash::FxHashSet;
use stock_core::{ChainHash, decode_entry};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use vocabulary::{RequestId, Sequence, WarehouseCode};

use super::metrics::PartitionMetrics;
use super::tail::Tail;
use crate::config::Limits;
use crate::store::{Head, JournalReader, Row, StoreFault};

/// Newest entries that every look reads, whether they are new or not.
const READ_AGAIN: u64 = 1_000;
/// Entries of one query.
const PAGE: u64 = 1_000;

/// Looks at what is stored, beside the owner and off its path: what was appended keeps L3 and L5 as long as nobody changes it
/// afterwards, and this is how one learns of it before the next start.
#[derive(Debug)]
pub(super) struct Inspector {
    warehouse: WarehouseCode,
    journal: JournalReader,
    tail: Arc<Tail>,
    metrics: PartitionMetrics,
    every: Duration,
    entries_max: u64,
    /// Everything up to here was looked at, or replayed at the start.
    seen: Sequence,
    /// A journal does not mend itself: what was seen broken stays so until the partition is opened again.
    broken: Vec<Law>,
}

impl Inspector {
    /// For a partition that has just been loaded up to the end of its tail.
    pub(super) fn new(
        warehouse: &WarehouseCode,
        journal: JournalReader,
        tail: Arc<Tail>,
        metrics: PartitionMetrics,
        limits: &Limits,
    ) -> Self {
        let seen = tail.durable().borrow().sequence;
        Self {
            warehouse: warehouse.clone(),
            journal,
            tail,
            metrics,
            every: Duration::from_millis(limits.law_look_ms.max(1)),
            entries_max: limits.law_look_entries_max.max(1),
            seen,
            broken: Vec::new(),
        }
    }

    /// Looks every now and then, and when a checkpoint was written, until `stop`.
    pub(super) async fn run(mut self, checkpointed: Arc<Notify>, stop: CancellationToken) {
        let work = async {
            loop {
                tokio::select! {
                    () = tokio::time::sleep(self.every) => {}
                    () = checkpointed.notified() => {}
                }
                self.look().await;
            }
        };
        tokio::select! {
            () = work => {}
            () = stop.cancelled() => {}
        }
    }

    async fn look(&mut self) {
        let head = *self.tail.durable().borrow();
        // An outage is told by whoever has to write; this looks again later.
        let Ok(look) = self.read(head).await else { return };
        let new = head.sequence.get().saturating_sub(self.seen.get());
        self.seen = head.sequence;
        for law in [Law::ExactlyOnce, Law::OneHistory] {
            if let Some(Break { sequence, detail, .. }) = look.first(law)
                && !self.broken.contains(&law)
            {
                tracing::error!(warehouse = %self.warehouse, %sequence, %law, detail, "a law is broken: verify the journal");
                self.broken.push(law);
            }
            self.metrics.law(law, !self.broken.contains(&law));
        }
        self.metrics.looked(new.saturating_sub(self.entries_max));
    }

    /// Reads the newest entries up to `head` and judges them.
    async fn read(&self, head: Head) -> Result<Look, StoreFault> {
        let new = head.sequence.get().saturating_sub(self.seen.get());
        let wanted = new.max(READ_AGAIN).min(self.entries_max);
        let before = Sequence::new(head.sequence.get().saturating_sub(wanted));
        let mut look = match self.hash_at(before).await {
            Ok(Some(hash)) => Look::after(before, hash),
            Ok(None) => return Ok(Look::missing(before)),
            Err(StoreFault::Damaged { detail, .. }) => return Ok(Look::unreadable(before, detail)),
            Err(fault) => return Err(fault),
        };
        while look.sequence < head.sequence {
            let rows = match self.journal.after(look.sequence, PAGE).await {
                Ok(rows) => rows,
                Err(StoreFault::Damaged { detail, .. }) => {
                    look.note(Law::OneHistory, look.sequence.next(), detail);
                    return Ok(look);
                }
                Err(fault) => return Err(fault),
            };
            let in_time = rows.iter().take_while(|row| row.sequence <= head.sequence);
            if in_time.map(|row| look.push(row)).count() == 0 {
                break;
            }
        }
        look.finish(&head);
        Ok(look)
    }

    async fn hash_at(&self, sequence: Sequence) -> Result<Option<ChainHash>, StoreFault> {
        if sequence == Sequence::START {
            return Ok(Some(ChainHash::START));
        }
        Ok(self.journal.at(sequence).await?.map(|row| row.hash))
    }
}

/// A run of stored entries, as far as it was judged.
#[derive(Debug)]
struct Look {
    sequence: Sequence,
    hash: ChainHash,
    requests: FxHashSet<RequestId>,
    breaks: Vec<Break>,
}

#[derive(Debug)]
struct Break {
    law: Law,
    sequence: Sequence,
    detail: String,
}

impl Look {
    /// What comes after an entry with this hash.
    fn after(sequence: Sequence, hash: ChainHash) -> Self {
        Self { sequence, hash, requests: FxHashSet::default(), breaks: Vec::new() }
    }

    fn missing(sequence: Sequence) -> Self {
        Self::unreadable(sequence, "the entry is missing".to_owned())
    }

    fn unreadable(sequence: Sequence, detail: String) -> Self {
        let mut look = Self::after(sequence, ChainHash::START);
        look.note(Law::OneHistory, sequence, detail);
        look
    }

    fn push(&mut self, row: &Row) {
        let computed = self.hash.next(&row.entry);
        if !laws::one_history(self.sequence, row.sequence, row.hash.as_bytes(), computed.as_bytes()) {
            let detail = format!("{} follows {}, or a hash does not fit", row.sequence, self.sequence);
            self.note(Law::OneHistory, self.sequence.next(), detail);
        }
        match decode_entry(&row.entry) {
            Err(error) => self.note(Law::OneHistory, row.sequence, error.to_string()),
            Ok(entry) if !laws::exactly_once(self.found(entry.request_id, row)) => {
                let detail = format!("request {} is not found, or found twice", entry.request_id);
                self.note(Law::ExactlyOnce, row.sequence, detail);
            }
            Ok(_) => {}
        }
        (self.sequence, self.hash) = (row.sequence, row.hash);
    }

    /// How many entries of the run a repetition of the request would be answered with. The column is what it is found by.
    fn found(&mut self, request: RequestId, row: &Row) -> usize {
        let is_new = self.requests.insert(request);
        if row.request_id != request {
            0
        } else if is_new {
            1
        } else {
            2
        }
    }

    /// Every entry was read up to the one that the owner knows to be the newest.
    fn finish(&mut self, head: &Head) {
        if self.sequence < head.sequence {
            self.note(Law::OneHistory, self.sequence.next(), "the entry is missing".to_owned());
        } else if self.hash != head.hash {
            let detail = format!("its hash is {}, and was {}", self.hash, head.hash);
            self.note(Law::OneHistory, head.sequence, detail);
        }
    }

    fn note(&mut self, law: Law, sequence: Sequence, detail: String) {
        self.breaks.push(Break { law, sequence, detail });
    }

    fn first(&self, law: Law) -> Option<&Break> {
        self.breaks.iter().find(|broken| broken.law == law)
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use stock_core::{Entry, Outcome, RequestDigest, encode_entry};
    use uuid::Uuid;
    use vocabulary::Timestamp;

    use super::*;

    fn id(n: u64) -> RequestId {
        RequestId::from_uuid(Uuid::from_u128(n.into()))
    }

    /// A journal with these requests.
    fn journal(requests: &[u64]) -> Vec<Row> {
        let mut hash = ChainHash::START;
        let row = |(n, request): (u64, &u64)| {
            let entry = Entry {
                sequence: Sequence::new(n),
                warehouse: WarehouseCode::parse("BER").unwrap(),
                request_id: id(*request),
                digest: RequestDigest::from_bytes([0; 16]),
                effective_at: Timestamp::default(),
                recorded_at: Timestamp::default(),
                reference: String::new(),
                outcome: Outcome::Posted(Vec::new()),
            };
            let bytes = Bytes::from(encode_entry(&entry));
            hash = hash.next(&bytes);
            Row {
                sequence: entry.sequence,
                request_id: entry.request_id,
                effective_at: entry.effective_at,
                recorded_at: entry.recorded_at,
                hash,
                entry: bytes,
                traceparent: None,
            }
        };
        (1..).zip(requests).map(row).collect()
    }

    fn look(rows: &[Row], head: &Head) -> String {
        let mut look = Look::after(Sequence::START, ChainHash::START);
        rows.iter().for_each(|row| look.push(row));
        look.finish(head);
        let said = |law| look.first(law).map(|broken| format!("{} {}", &law.name()[..2], broken.sequence));
        [Law::ExactlyOnce, Law::OneHistory].into_iter().filter_map(said).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn what_was_changed_is_found_at_the_first_bad_entry() {
        type Change = fn(&mut Vec<Row>);
        let table: [(&str, Change, &str); 10] = [
            ("nothing", |_| {}, ""),
            ("an entry is gone", |rows| drop(rows.remove(2)), "L5 3"),
            ("the newest is gone", |rows| drop(rows.pop()), "L5 5"),
            ("two are gone", |rows| drop(rows.drain(1..3)), "L5 2"),
            ("an entry has another sequence", |rows| rows[3].sequence = Sequence::new(9), "L5 4"),
            ("an entry has other bytes", |rows| rows[1].entry = rows[2].entry.clone(), "L3 2, L5 2"),
            ("an entry cannot be read", |rows| rows[1].entry = Bytes::from_static(b"\xff"), "L5 2"),
            ("a hash is another", |rows| rows[2].hash = ChainHash::from_bytes([7; 32]), "L5 3"),
            ("a request cannot be found", |rows| rows[2].request_id = id(99), "L3 3"),
            ("all of it is another", |rows| *rows = journal(&[1, 2, 3, 4, 6]), "L5 5"),
        ];
        for (name, change, expected) in table {
            let mut rows = journal(&[1, 2, 3, 4, 5]);
            let head = rows[4].head();
            change(&mut rows);
            assert_eq!(look(&rows, &head), expected, "{name}");
        }
    }

    #[test]
    fn a_request_has_one_entry() {
        let rows = journal(&[1, 2, 3, 2, 1]);
        assert_eq!(look(&rows, &rows[4].head()), "L3 4");
    }
}
