//! Reading a journal, and the relay's cursor. Any number of these may read while one appender writes.

use std::sync::Arc;

use bytes::Bytes;
use database::Database;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use stock_core::ChainHash;
use uuid::Uuid;
use vocabulary::{RequestId, Sequence, Timestamp};

use super::entity::{journal, relay_cursor};
use super::{Head, Row, Scan, StoreFault, scan};

/// Request ids of one query; SQLite takes about 32,000 parameters.
const IDS_A_QUERY: usize = 1000;

/// Reads one partition's journal.
#[derive(Debug, Clone)]
pub(crate) struct JournalReader {
    database: Database,
    partition_id: i32,
}

impl JournalReader {
    pub(super) const fn new(database: Database, partition_id: i32) -> Self {
        Self { database, partition_id }
    }

    /// Entries after a sequence, in order.
    pub(crate) async fn after(&self, after: Sequence, entries_max: u64) -> Result<Vec<Row>, StoreFault> {
        let rows = stored()
            .filter(journal::Column::PartitionId.eq(self.partition_id))
            .filter(journal::Column::Sequence.gt(after.get().cast_signed()))
            .order_by_asc(journal::Column::Sequence)
            .limit(entries_max)
            .into_tuple::<Stored>()
            .all(self.database.orm())
            .await?;
        rows.into_iter().map(row).collect()
    }

    /// Everything in a range, as fast as the store can.
    pub(crate) fn scan(&self, range: scan::Range) -> Scan {
        scan::start(self.database.clone(), self.partition_id, range)
    }

    /// The entries of these requests, in no order.
    pub(crate) async fn of_requests(&self, ids: &[RequestId]) -> Result<Vec<Row>, StoreFault> {
        let mut found = Vec::new();
        for chunk in ids.chunks(IDS_A_QUERY) {
            let rows = stored()
                .filter(journal::Column::PartitionId.eq(self.partition_id))
                .filter(journal::Column::RequestId.is_in(chunk.iter().map(|id| id.uuid())))
                .into_tuple::<Stored>()
                .all(self.database.orm())
                .await?;
            for stored in rows {
                found.push(row(stored)?);
            }
        }
        Ok(found)
    }

    /// The entries at these sequences, in no order; what is not there is left out.
    pub(crate) async fn of_sequences(&self, sequences: &[Sequence]) -> Result<Vec<Row>, StoreFault> {
        let mut found = Vec::new();
        for chunk in sequences.chunks(IDS_A_QUERY) {
            let rows = stored()
                .filter(journal::Column::PartitionId.eq(self.partition_id))
                .filter(journal::Column::Sequence.is_in(chunk.iter().map(|n| n.get().cast_signed())))
                .into_tuple::<Stored>()
                .all(self.database.orm())
                .await?;
            found.extend(rows.into_iter().map(row).collect::<Result<Vec<_>, _>>()?);
        }
        Ok(found)
    }

    /// Request ids after a sequence, in order, with the last sequence read; empty at the end.
    pub(crate) async fn request_ids(
        &self,
        after: Sequence,
        max: u64,
    ) -> Result<Vec<(Sequence, RequestId)>, StoreFault> {
        let rows: Vec<(i64, Uuid)> = journal::Entity::find()
            .select_only()
            .columns([journal::Column::Sequence, journal::Column::RequestId])
            .filter(journal::Column::PartitionId.eq(self.partition_id))
            .filter(journal::Column::Sequence.gt(after.get().cast_signed()))
            .order_by_asc(journal::Column::Sequence)
            .limit(max)
            .into_tuple()
            .all(self.database.orm())
            .await?;
        Ok(rows
            .into_iter()
            .map(|(n, id)| (Sequence::new(n.cast_unsigned()), RequestId::from_uuid(id)))
            .collect())
    }

    /// The entry at a sequence.
    pub(crate) async fn at(&self, sequence: Sequence) -> Result<Option<Row>, StoreFault> {
        let before = Sequence::new(sequence.get().saturating_sub(1));
        let found = self.after(before, 1).await?;
        Ok(found.into_iter().find(|row| row.sequence == sequence))
    }

    /// The newest entry that was recorded at a time or before it, of those up to `until`. The time of recording never goes back,
    /// so that a handful of looks find it.
    pub(crate) async fn newest_at(&self, time: Timestamp, until: Sequence) -> Result<Sequence, StoreFault> {
        let (mut found, mut later) = (0, until.get().saturating_add(1));
        while later - found > 1 {
            let middle = found + (later - found) / 2;
            let recorded_at: Option<i64> =
                journal::Entity::find_by_id((self.partition_id, middle.cast_signed()))
                    .select_only()
                    .column(journal::Column::RecordedAt)
                    .into_tuple()
                    .one(self.database.orm())
                    .await?;
            let missing =
                || StoreFault::Damaged { what: "journal", detail: format!("it has no entry {middle}") };
            if recorded_at.ok_or_else(missing)? <= time.micros() {
                found = middle;
            } else {
                later = middle;
            }
        }
        Ok(Sequence::new(found))
    }

    /// How far the relay has published.
    pub(crate) async fn relay_cursor(&self) -> Result<Sequence, StoreFault> {
        let found = relay_cursor::Entity::find_by_id(self.partition_id).one(self.database.orm()).await?;
        Ok(found.map_or(Sequence::START, |cursor| Sequence::new(cursor.sequence.cast_unsigned())))
    }

    /// Remembers how far the relay has published. A cursor that lags costs duplicates, which consumers drop.
    pub(crate) async fn set_relay_cursor(&self, sequence: Sequence) -> Result<(), StoreFault> {
        let cursor = relay_cursor::ActiveModel {
            partition_id: Set(self.partition_id),
            sequence: Set(sequence.get().cast_signed()),
        };
        let replace = OnConflict::column(relay_cursor::Column::PartitionId)
            .update_column(relay_cursor::Column::Sequence)
            .to_owned();
        relay_cursor::Entity::insert(cursor)
            .on_conflict(replace)
            .exec_without_returning(self.database.orm())
            .await?;
        Ok(())
    }
}

impl Row {
    /// As the newest entry.
    pub(crate) const fn head(&self) -> Head {
        Head { sequence: self.sequence, hash: self.hash, recorded_at: self.recorded_at }
    }
}

/// A row's columns by position: a restart reads a million of them, and by name each costs several times as much.
type Stored = (i64, Uuid, i64, i64, Vec<u8>, Vec<u8>, Option<String>);

fn stored() -> sea_orm::Select<journal::Entity> {
    journal::Entity::find().select_only().columns([
        journal::Column::Sequence,
        journal::Column::RequestId,
        journal::Column::EffectiveAt,
        journal::Column::RecordedAt,
        journal::Column::Hash,
        journal::Column::Entry,
        journal::Column::Traceparent,
    ])
}

fn row(stored: Stored) -> Result<Row, StoreFault> {
    let (sequence, request_id, effective_at, recorded_at, hash, entry, traceparent) = stored;
    let damaged = |detail: String| StoreFault::Damaged { what: "journal", detail };
    let time = |micros| Timestamp::from_micros(micros).map_err(|e| damaged(e.to_string()));
    Ok(Row {
        sequence: Sequence::new(sequence.cast_unsigned()),
        request_id: RequestId::from_uuid(request_id),
        effective_at: time(effective_at)?,
        recorded_at: time(recorded_at)?,
        hash: chain_hash(&hash)?,
        entry: Bytes::from(entry),
        traceparent: traceparent.map(Arc::from),
    })
}

pub(super) fn chain_hash(bytes: &[u8]) -> Result<ChainHash, StoreFault> {
    let damaged =
        |_| StoreFault::Damaged { what: "hash", detail: format!("{} bytes instead of 32", bytes.len()) };
    bytes.try_into().map(ChainHash::from_bytes).map_err(damaged)
}
