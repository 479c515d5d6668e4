use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::TryStreamExt;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqlitePool};
use tokio::sync::watch;
use tokio::time::Instant;

use super::fault::from_sqlx;
use super::headers;
use super::position::unpack;
use super::topics::Topic;
use crate::fault::LogFault;
use crate::limits::BATCH_BYTES_MAX;
use crate::record::{Batch, Delivered, Record};

/// How often to look for commits of other processes; those of this process wake the reader at once.
const POLL_INTERVAL: Duration = Duration::from_millis(50);

/// `?1` is a JSON array with the wanted position of every partition; `| ?3` makes it the last position the partition can
/// have. The order of the array is the order of the result.
const SELECT: &str = "
SELECT record.position, record.key, record.headers, record.value
  FROM json_each(?1) AS wanted CROSS JOIN record
 WHERE record.position BETWEEN wanted.value AND (wanted.value | ?3)
 LIMIT ?2";

#[derive(Debug)]
pub(crate) struct EmbeddedReader {
    pool: SqlitePool,
    topic: Arc<Topic>,
    commits: watch::Receiver<u64>,
    /// Next offset by partition.
    next: Vec<i64>,
    /// The partition to begin the next batch with: each its turn, so that a busy one does not starve the others.
    turn: usize,
    told_caught_up: bool,
}

impl EmbeddedReader {
    pub(super) fn new(
        pool: SqlitePool,
        topic: Arc<Topic>,
        commits: watch::Receiver<u64>,
        next: Vec<i64>,
    ) -> Self {
        Self { pool, topic, commits, next, turn: 0, told_caught_up: false }
    }

    pub(crate) fn positions(&self) -> BTreeMap<i32, i64> {
        (0..).zip(self.next.iter().copied()).collect()
    }

    pub(crate) async fn next_batch(&mut self, records_max: usize, wait: Duration) -> Result<Batch, LogFault> {
        let deadline = Instant::now() + wait;
        loop {
            // Marked as seen before the query: a commit after it wakes the wait below.
            self.commits.borrow_and_update();
            let batch = self.read(records_max.max(1)).await?;
            let news = !batch.records.is_empty() || (batch.caught_up && !self.told_caught_up);
            if news || Instant::now() >= deadline {
                self.told_caught_up = batch.caught_up;
                return Ok(batch);
            }
            self.wait_for_commit(deadline).await;
        }
    }

    async fn wait_for_commit(&mut self, deadline: Instant) {
        let until = deadline.min(Instant::now() + POLL_INTERVAL);
        // A closed channel (the log was dropped, the reader lives on) must wait as well, not spin.
        let commit = async {
            if self.commits.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        let _ = tokio::time::timeout_at(until, commit).await;
    }

    async fn read(&mut self, records_max: usize) -> Result<Batch, LogFault> {
        // One more than wanted, to know whether there is more.
        let limit = i64::try_from(records_max.saturating_add(1)).unwrap_or(i64::MAX);
        let mut rows = sqlx::query(SELECT)
            .bind(self.wanted())
            .bind(limit)
            .bind(super::position::OFFSET_MAX)
            .fetch(&self.pool);
        let mut records = Vec::new();
        let mut bytes = 0;
        let mut caught_up = true;
        while let Some(row) = rows.try_next().await.map_err(from_sqlx)? {
            if records.len() == records_max || bytes >= BATCH_BYTES_MAX {
                caught_up = false;
                break;
            }
            let delivered = decode(&row)?;
            bytes += delivered.record.size();
            records.push(delivered);
        }
        drop(rows);
        self.advance(&records);
        Ok(Batch { records, caught_up })
    }

    fn wanted(&self) -> String {
        let partitions = (0_u32..).zip(self.next.iter());
        let mut positions: Vec<String> = partitions
            .map(|(partition, next)| self.topic.lane(partition).position(*next).to_string())
            .collect();
        positions.rotate_left(self.turn);
        format!("[{}]", positions.join(","))
    }

    fn advance(&mut self, records: &[Delivered]) {
        for delivered in records {
            let partition = usize::try_from(delivered.partition).unwrap_or(usize::MAX);
            if let Some(next) = self.next.get_mut(partition) {
                *next = delivered.offset + 1;
            }
        }
        self.turn = (self.turn + 1) % self.next.len().max(1);
    }
}

fn decode(row: &SqliteRow) -> Result<Delivered, LogFault> {
    let (partition, offset) = unpack(row.try_get(0).map_err(from_sqlx)?);
    let record =
        Record { key: blob(row, 1)?, headers: headers::decode(blob(row, 2)?)?, value: blob(row, 3)? };
    Ok(Delivered { partition, offset, record })
}

fn blob(row: &SqliteRow, column: usize) -> Result<Bytes, LogFault> {
    Ok(row.try_get::<Vec<u8>, _>(column).map_err(from_sqlx)?.into())
}
