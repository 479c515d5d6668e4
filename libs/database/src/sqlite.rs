//! Opening a SQLite file.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use crate::{DatabaseConfig, DatabaseFault};

/// SQLite has one writer at a time and retries a busy lock with growing pauses, which is not fair: the fewer connections
/// compete, the less a writer starves. One for the owner, one for background writes, two for readers.
const CONNECTIONS_MAX: u32 = 4;
/// How long a statement waits for the other writer before it fails as busy.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a task waits for a connection of the pool.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(15);
/// Rows that a query may be ahead of the task that takes them. They come from another thread, and waking it a row costs more than the row.
const ROWS_AHEAD: usize = 1024;
/// Pages in the write-ahead log before they are folded into the file: pages that many transactions wrote are folded once.
const PAGES_BEFORE_FOLDING: &str = "8000";
/// Bytes that the log's file keeps after it was folded.
const LOG_BYTES_KEPT: &str = "67108864";

/// Opens the file (and its folder) of `config`, creating both when they are absent.
pub(crate) async fn open(config: &DatabaseConfig) -> Result<(SqlitePool, PathBuf), DatabaseFault> {
    if config.schema.is_some() {
        return Err(DatabaseFault::rejected(
            "a schema needs PostgreSQL: remove it, or give each service its own file",
        ));
    }
    let options = connect_options(&config.url)?;
    let file = options.get_filename().to_path_buf();
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        tokio::fs::create_dir_all(folder).await.map_err(|error| {
            DatabaseFault::unavailable(format!("cannot create the folder {}: {error}", folder.display()))
        })?;
    }
    let pool = SqlitePoolOptions::new()
        .max_connections(config.connections_max.clamp(1, CONNECTIONS_MAX))
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // A file does not hang up: no ping, no recycling of connections and their statement caches.
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options)
        .await?;
    Ok((pool, file))
}

fn connect_options(url: &str) -> Result<SqliteConnectOptions, DatabaseFault> {
    if url.contains(":memory:") || url.contains("mode=memory") {
        return Err(DatabaseFault::rejected(
            "a database in memory is not durable: name a file in the sqlite url",
        ));
    }
    let options = SqliteConnectOptions::from_str(url)
        .map_err(|error| DatabaseFault::rejected(format!("the sqlite url is not valid: {error}")))?;
    Ok(options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY_TIMEOUT)
        .row_buffer_size(ROWS_AHEAD)
        .pragma("wal_autocheckpoint", PAGES_BEFORE_FOLDING)
        .pragma("journal_size_limit", LOG_BYTES_KEPT)
        .foreign_keys(true))
}
