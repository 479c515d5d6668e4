//! Appending on SQLite: rows in multi-row statements, one transaction a batch. This uses sqlx directly, as on PostgreSQL
//! (ADR 0003).

use database::claim::FileClaim;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Connection, Row as _, Sqlite, SqlitePool};
use vocabulary::WarehouseCode;

use super::{Row, StoreFault};

/// Rows of one statement: eight parameters each, and preparing a longer one costs more than it saves.
const ROWS_A_STATEMENT: usize = 250;

/// Request ids come in no order, so their index is written all over: it must stay in memory for an append to be quick. KiB at
/// most, taken as they are used.
const PAGE_CACHE: &str = "PRAGMA cache_size = -32768";

/// The single writer of a partition's file.
#[derive(Debug)]
pub(crate) struct SqliteAppender {
    connection: PoolConnection<Sqlite>,
    partition_id: i32,
    statement: String,
    /// Held as long as this exists.
    _claim: FileClaim,
}

impl SqliteAppender {
    pub(super) async fn open(
        pool: &SqlitePool,
        claim: FileClaim,
        warehouse: &WarehouseCode,
    ) -> Result<Self, StoreFault> {
        let mut connection = pool.acquire().await?;
        sqlx::query(PAGE_CACHE).execute(&mut *connection).await?;
        let raise = "
            INSERT INTO partition (warehouse, epoch) VALUES (?1, 1)
            ON CONFLICT (warehouse) DO UPDATE SET epoch = epoch + 1 RETURNING id";
        let row = sqlx::query(raise).bind(warehouse.as_str()).fetch_one(&mut *connection).await?;
        Ok(Self {
            partition_id: row.try_get(0)?,
            connection,
            statement: insert(ROWS_A_STATEMENT),
            _claim: claim,
        })
    }

    pub(super) const fn partition_id(&self) -> i32 {
        self.partition_id
    }

    /// Durable when it returns (synchronous=FULL).
    pub(super) async fn append(&mut self, rows: &[Row]) -> Result<(), StoreFault> {
        if rows.len() <= ROWS_A_STATEMENT {
            return Self::insert(&self.statement, self.partition_id, rows, &mut self.connection).await;
        }
        let mut transaction = self.connection.begin().await?;
        for chunk in rows.chunks(ROWS_A_STATEMENT) {
            Self::insert(&self.statement, self.partition_id, chunk, &mut transaction).await?;
        }
        Ok(transaction.commit().await?)
    }

    async fn insert(
        full: &str,
        partition_id: i32,
        rows: &[Row],
        connection: &mut sqlx::SqliteConnection,
    ) -> Result<(), StoreFault> {
        let text = if rows.len() == ROWS_A_STATEMENT { full.to_owned() } else { insert(rows.len()) };
        let mut query: sqlx::query::Query<'_, Sqlite, SqliteArguments> =
            sqlx::query(sqlx::AssertSqlSafe(text));
        for row in rows {
            query = query
                .bind(partition_id)
                .bind(row.sequence.get().cast_signed())
                .bind(row.request_id.uuid())
                .bind(row.effective_at.micros())
                .bind(row.recorded_at.micros())
                .bind(row.hash.as_bytes().to_vec())
                .bind(row.entry.to_vec())
                .bind(row.traceparent.as_deref().map(str::to_owned));
        }
        query.execute(connection).await?;
        Ok(())
    }
}

fn insert(rows: usize) -> String {
    let values = vec!["(?,?,?,?,?,?,?,?)"; rows].join(",");
    format!(
        "INSERT INTO journal (partition_id, sequence, request_id, effective_at, recorded_at, hash, entry, traceparent) VALUES {values}"
    )
}
