//! The file: its tables, and how every connection to it is set up.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};

use super::fault::from_sqlx;
use crate::fault::LogFault;

/// How long to wait for another process that is writing.
const BUSY_WAIT: Duration = Duration::from_secs(10);
const CONNECTIONS_MAX: u32 = 8;
/// Pages of the write-ahead log before it is folded into the file (16 MiB): large enough that a page which is appended to
/// by many commits is written back once.
const CHECKPOINT_PAGES: &str = "4000";

/// `record`: position is topic, partition and offset in one (`position.rs`). `newest` exists for compacted topics only:
/// the position of the newest record of a key.
const TABLES: &str = "
CREATE TABLE IF NOT EXISTS topic (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    partitions INTEGER NOT NULL,
    compacted  INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS record (
    position INTEGER PRIMARY KEY,
    key      BLOB NOT NULL,
    headers  BLOB NOT NULL,
    value    BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS newest (
    topic_id INTEGER NOT NULL,
    key      BLOB NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (topic_id, key)
) STRICT, WITHOUT ROWID;";

/// Connection options. `synchronous=FULL`, although publishers have their own durable source and publish again from
/// their cursor: with NORMAL a power failure may take the newest commits of this file while the cursors and the
/// consumers' positions, in other files, survive it. A publisher could be helped by resuming from the smaller of its
/// cursor and what this file holds, but a consumer could not: offsets lost are given out again, to other records when
/// several publishers share a partition, and a consumer that had already stored a higher position would step over them.
/// The price is one fsync a group of publishes, which grouping keeps small.
pub(super) fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY_WAIT)
        .pragma("wal_autocheckpoint", CHECKPOINT_PAGES)
}

pub(super) async fn open(path: &Path) -> Result<SqlitePool, LogFault> {
    let pool = SqlitePoolOptions::new()
        .max_connections(CONNECTIONS_MAX)
        .connect_with(options(path))
        .await
        .map_err(from_sqlx)?;
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await.map_err(from_sqlx)?;
    create_tables(&mut transaction).await?;
    transaction.commit().await.map_err(from_sqlx)?;
    Ok(pool)
}

async fn create_tables(connection: &mut SqliteConnection) -> Result<(), LogFault> {
    sqlx::raw_sql(TABLES).execute(connection).await.map_err(from_sqlx)?;
    Ok(())
}
