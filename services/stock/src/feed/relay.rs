use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use eventlog::{EventLog, Record, TopicSpec};
use rpc::Backoff;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use vocabulary::{Sequence, WarehouseCode};

use crate::engine::{PartitionMetrics, Tail, spans};
use crate::store::{JournalReader, Row};

/// Every warehouse's journal; the key is the warehouse.
pub(crate) const JOURNAL_TOPIC: TopicSpec =
    TopicSpec { name: "entrepot.stock.journal.v1", partitions: 12, compacted: false };

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
}

impl Relay {
    pub(crate) fn new(
        warehouse: &WarehouseCode,
        log: EventLog,
        tail: Arc<Tail>,
        journal: JournalReader,
        entries_max: usize,
    ) -> Self {
        Self { warehouse: warehouse.clone(), log, tail, journal, entries_max }
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
                let records = rows.iter().map(|row| record(&self.warehouse, row)).collect();
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

/// A journal entry as a CloudEvent in binary mode.
fn record(warehouse: &WarehouseCode, row: &Row) -> Record {
    let header = |name: &str, value: String| (name.to_owned(), Bytes::from(value));
    let fixed = |name: &str, value: &'static str| (name.to_owned(), Bytes::from_static(value.as_bytes()));
    let sequence = row.sequence.to_string();
    let mut headers = vec![
        fixed("ce_specversion", "1.0"),
        header("ce_id", format!("{warehouse}/{sequence}")),
        header("ce_source", format!("/warehouses/{warehouse}")),
        fixed("ce_type", "entrepot.stock.journal-entry.v1"),
        header("ce_subject", warehouse.to_string()),
        header("ce_time", rpc::clock::rfc3339(row.recorded_at)),
        fixed("content-type", "application/protobuf"),
        header("ce_sequence", sequence),
        header("ce_hash", row.hash.to_string()),
    ];
    headers.extend(row.traceparent.as_ref().map(|parent| header("traceparent", parent.to_string())));
    Record { key: Bytes::copy_from_slice(warehouse.as_str().as_bytes()), value: row.entry.clone(), headers }
}
