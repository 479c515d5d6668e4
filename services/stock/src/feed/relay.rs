use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use eventlog::{EventLog, Header, Record, TopicSpec};
use rpc::Backoff;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use vocabulary::{Sequence, WarehouseCode};

use crate::engine::{PartitionMetrics, Tail, spans};
use crate::store::{JournalReader, Row};

/// Every warehouse's journal; the key is the warehouse.
pub(crate) const JOURNAL_TOPIC: TopicSpec =
    TopicSpec { name: "entrepot.stock.journal.v1", partitions: 12, compacted: false };

/// Headers of a record that is part of a trace.
const HEADERS_MAX: usize = 7;

/// How often the cursor is saved: a lost cursor costs duplicates, which consumers drop by sequence.
const CURSOR_EVERY: Duration = Duration::from_secs(1);

/// How long a stop waits for the event log to take what is durable; the rest goes out after the next start.
const DRAIN_MAX: Duration = Duration::from_secs(2);

/// Publishes a warehouse's journal in order. The journal is the outbox: what is durable there gets out, however often this
/// is killed.
#[derive(Debug)]
pub(crate) struct Relay {
    warehouse: WarehouseCode,
    log: EventLog,
    tail: Arc<Tail>,
    journal: JournalReader,
    entries_max: usize,
    envelope: Envelope,
}

impl Relay {
    pub(crate) fn new(
        warehouse: &WarehouseCode,
        log: EventLog,
        tail: Arc<Tail>,
        journal: JournalReader,
        entries_max: usize,
    ) -> Self {
        let envelope = Envelope::of(warehouse);
        Self { warehouse: warehouse.clone(), log, tail, journal, entries_max, envelope }
    }

    /// Until it is told to finish; then what is durable still goes out, within [`DRAIN_MAX`]. An outage of the event log
    /// holds up nothing but this.
    pub(crate) async fn run(self, metrics: PartitionMetrics, finish: CancellationToken) {
        let mut backoff = Backoff::new(Duration::from_millis(100), Duration::from_secs(5));
        let (mut published, mut logged) = (Sequence::START, false);
        let too_late = async {
            finish.cancelled().await;
            tokio::time::sleep(DRAIN_MAX).await;
        };
        tokio::pin!(too_late);
        loop {
            let start_of_attempt = published;
            let mut cursor = Cursor { published: Sequence::START, saved: Sequence::START, saved_at: None };
            let ended = tokio::select! {
                ended = self.publish_all(&mut cursor, &metrics, &finish) => ended,
                () = &mut too_late => Ok(()),
            };
            if cursor.published > cursor.saved {
                let _best_effort = self.journal.set_relay_cursor(cursor.published).await;
            }
            published = cursor.published.max(published);
            if published > start_of_attempt {
                backoff.reset();
                logged = false;
            }
            let Err(fault) = ended else { return };
            if finish.is_cancelled() {
                return;
            }
            if !logged {
                tracing::warn!(warehouse = %self.warehouse, %fault, "the relay stopped and will go on from its cursor");
            }
            logged = true;
            tokio::select! {
                () = backoff.wait() => {}
                () = finish.cancelled() => {}
            }
        }
    }

    async fn publish_all(
        &self,
        cursor: &mut Cursor,
        metrics: &PartitionMetrics,
        finish: &CancellationToken,
    ) -> Result<(), String> {
        let mut durable = self.tail.durable();
        let start = self.journal.relay_cursor().await.map_err(|e| e.to_string())?;
        (cursor.published, cursor.saved) = (start, start);
        loop {
            let rows = self.tail.after(&self.journal, cursor.published, self.entries_max).await;
            let rows = rows.map_err(|e| e.to_string())?;
            if let Some(last) = rows.last().map(|row| row.sequence) {
                let records = rows.iter().map(|row| self.envelope.record(row)).collect();
                let spans = spans::publish(&rows);
                self.log.publish(JOURNAL_TOPIC.name, records).await.map_err(|e| e.to_string())?;
                drop(spans);
                cursor.published = last;
            }
            let head = durable.borrow_and_update().sequence;
            metrics.relay_lag(head.get().saturating_sub(cursor.published.get()));
            let due = cursor.saved_at.is_none_or(|saved_at| saved_at.elapsed() >= CURSOR_EVERY);
            if due && cursor.published > cursor.saved {
                self.journal.set_relay_cursor(cursor.published).await.map_err(|e| e.to_string())?;
                (cursor.saved, cursor.saved_at) = (cursor.published, Some(Instant::now()));
            }
            if cursor.published < head {
                continue;
            }
            tokio::select! {
                biased;
                changed = durable.changed() => if changed.is_err() { return Ok(()) },
                () = finish.cancelled() => return Ok(()),
            }
        }
    }
}

struct Cursor {
    published: Sequence,
    saved: Sequence,
    /// `None`: not yet by this process. The first one is saved at once: a process that is killed again and again within
    /// [`CURSOR_EVERY`] would otherwise publish everything since the last save in every one of its lives.
    saved_at: Option<Instant>,
}

/// Journal entries of a warehouse as CloudEvents in binary mode, with the required attributes and the sequence: what the entry
/// says itself is not said again, because headers are most of what publishing costs. What all records share is made once.
#[derive(Debug)]
struct Envelope {
    warehouse: Bytes,
    source: Bytes,
}

impl Envelope {
    fn of(warehouse: &WarehouseCode) -> Self {
        let source = Bytes::from(format!("/warehouses/{warehouse}"));
        Self { warehouse: Bytes::copy_from_slice(warehouse.as_str().as_bytes()), source }
    }

    fn record(&self, row: &Row) -> Record {
        let fixed = |text: &'static str| Bytes::from_static(text.as_bytes());
        let sequence = row.sequence.to_string();
        let mut id = BytesMut::with_capacity(self.warehouse.len() + 1 + sequence.len());
        id.extend_from_slice(&self.warehouse);
        id.extend_from_slice(b"/");
        id.extend_from_slice(sequence.as_bytes());
        let id = id.freeze();
        let mut headers: Vec<Header> = Vec::with_capacity(HEADERS_MAX);
        headers.extend([
            ("ce_specversion".into(), fixed("1.0")),
            ("ce_sequence".into(), id.slice(self.warehouse.len() + 1..)),
            ("ce_id".into(), id),
            ("ce_source".into(), self.source.clone()),
            ("ce_type".into(), fixed("entrepot.stock.journal-entry.v1")),
            ("content-type".into(), fixed("application/protobuf")),
        ]);
        let parent = row.traceparent.as_ref();
        headers.extend(parent.map(|parent| ("traceparent".into(), Bytes::from(parent.to_string()))));
        Record { key: self.warehouse.clone(), value: row.entry.clone(), headers }
    }
}
