//! Appending on PostgreSQL: the claim, and the one statement of a batch. This uses sqlx directly, because the statement
//! carries its rows as arrays, is prepared once, and must run on the very connection that holds the claim (ADR 0003).
//!
//! Why a paused or partitioned old owner cannot commit:
//! 1. A new owner gets the advisory lock only after the server has seen the old owner's connection end.
//! 2. Before it reads the journal it raises the epoch in `partition`, in a transaction of its own.
//! 3. Every append reads the epoch row `FOR SHARE` in the statement that inserts. Either it locks the row first: then the
//!    raise waits until the append has ended, and the new owner reads what it wrote. Or the raise comes first: then the
//!    append waits, sees another epoch, finds no row and inserts nothing.
//! 4. The primary key (partition, sequence) stands behind both.

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{Connection, Row as _};
use uuid::Uuid;
use vocabulary::WarehouseCode;

use super::{Row, StoreFault};

const APPEND: &str = "
    WITH owner AS (SELECT id FROM partition WHERE id = $1 AND epoch = $2 FOR SHARE)
    INSERT INTO journal (partition_id, sequence, request_id, effective_at, recorded_at, hash, entry, traceparent)
    SELECT owner.id, batch.* FROM owner,
        unnest($3::bigint[], $4::uuid[], $5::bigint[], $6::bigint[], $7::bytea[], $8::bytea[],
            $9::text[]) AS batch";

/// The single writer of a partition: its connection holds the claim.
#[derive(Debug)]
pub(crate) struct PostgresAppender {
    connection: PgConnection,
    partition_id: i32,
    epoch: i64,
}

impl PostgresAppender {
    /// Takes the partition over. Fails with [`StoreFault::Held`] while another process has it.
    pub(super) async fn claim(
        options: &PgConnectOptions,
        warehouse: &WarehouseCode,
    ) -> Result<Self, StoreFault> {
        let mut connection = PgConnection::connect_with(options).await?;
        let lock = "SELECT pg_try_advisory_lock(hashtextextended('entrepot.stock/' || current_schema() || '/' || $1, 0))";
        let held: bool =
            sqlx::query(lock).bind(warehouse.as_str()).fetch_one(&mut connection).await?.try_get(0)?;
        if !held {
            return Err(StoreFault::Held("its advisory lock is taken".to_owned()));
        }
        let raise = "
            INSERT INTO partition (warehouse, epoch) VALUES ($1, 1)
            ON CONFLICT (warehouse) DO UPDATE SET epoch = partition.epoch + 1 RETURNING id, epoch";
        let row = sqlx::query(raise).bind(warehouse.as_str()).fetch_one(&mut connection).await?;
        Ok(Self { partition_id: row.try_get(0)?, epoch: row.try_get(1)?, connection })
    }

    pub(super) const fn partition_id(&self) -> i32 {
        self.partition_id
    }

    /// Asks for the epoch, over the connection that holds the lock.
    pub(super) async fn check_claim(&mut self) -> Result<(), StoreFault> {
        let epoch = "SELECT epoch FROM partition WHERE id = $1";
        let row = sqlx::query(epoch).bind(self.partition_id).fetch_one(&mut self.connection).await?;
        if row.try_get::<i64, _>(0)? == self.epoch { Ok(()) } else { Err(StoreFault::Fenced) }
    }

    /// One statement, one round trip, whatever the size of the batch; durable when it returns.
    pub(super) async fn append(&mut self, rows: &[Row]) -> Result<(), StoreFault> {
        let times = |time: fn(&Row) -> i64| rows.iter().map(time).collect::<Vec<i64>>();
        let statement = sqlx::query(APPEND)
            .bind(self.partition_id)
            .bind(self.epoch)
            .bind(times(|row| row.sequence.get().cast_signed()))
            .bind(rows.iter().map(|row| row.request_id.uuid()).collect::<Vec<Uuid>>())
            .bind(times(|row| row.effective_at.micros()))
            .bind(times(|row| row.recorded_at.micros()))
            .bind(rows.iter().map(|row| &row.hash.as_bytes()[..]).collect::<Vec<&[u8]>>())
            .bind(rows.iter().map(|row| &row.entry[..]).collect::<Vec<&[u8]>>())
            .bind(rows.iter().map(|row| row.traceparent.as_deref()).collect::<Vec<Option<&str>>>());
        let written = statement.execute(&mut self.connection).await?.rows_affected();
        if usize::try_from(written) == Ok(rows.len()) { Ok(()) } else { Err(StoreFault::Fenced) }
    }
}
