//! What SQLite can append at most: the same rows as a journal's, a thousand a transaction, with nothing else to do.

use std::str::FromStr;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection, Executor};
use tokio::time::Instant;

use crate::bench::random::Random;
use crate::output::Failure;

/// What a row says about it.
pub(in crate::bench) const NAME: &str = "SQLite, synchronous=FULL, batches of 1,000 rows";

const ROWS_A_BATCH: i64 = 1000;
const ROWS_A_STATEMENT: usize = 250;
/// As long as the entry of a document of one line.
const ENTRY: [u8; 150] = [7; 150];
const HASH: [u8; 32] = [7; 32];

/// Rows a second.
pub(in crate::bench) async fn rows_a_second(span: Duration) -> Result<f64, Failure> {
    let directory = tempfile::Builder::new().prefix("entrepot-sqlite-").tempdir();
    let directory = directory.map_err(|e| Failure::file(&std::env::temp_dir(), &e))?;
    let url = format!("sqlite://{}", directory.path().join("limit.db").display());
    measure(&url, span).await.map_err(|e| Failure::fault(format!("the SQLite baseline: {e}")))
}

async fn measure(url: &str, span: Duration) -> Result<f64, sqlx::Error> {
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    connection.execute(CREATE).await?;
    let values = ["(1,?,?,?,?,?,?)"; ROWS_A_STATEMENT].join(",");
    let insert = format!("INSERT INTO journal VALUES {values}");
    let (mut random, mut written, started) = (Random::unrepeated(), 0_i64, Instant::now());
    while started.elapsed() < span {
        let mut transaction = connection.begin().await?;
        let until = written + ROWS_A_BATCH;
        while written < until {
            let mut query = sqlx::query(sqlx::AssertSqlSafe(insert.clone()));
            for _ in 0..ROWS_A_STATEMENT {
                written += 1;
                query = query.bind(written).bind(random.uuid()).bind(written).bind(written);
                query = query.bind(&HASH[..]).bind(&ENTRY[..]);
            }
            query.execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
    }
    Ok(written as f64 / started.elapsed().as_secs_f64())
}

const CREATE: &str = "
    CREATE TABLE journal (partition_id INTEGER NOT NULL, sequence INTEGER NOT NULL, request_id BLOB NOT NULL,
        effective_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, hash BLOB NOT NULL, entry BLOB NOT NULL,
        PRIMARY KEY (partition_id, sequence));
    CREATE UNIQUE INDEX journal_request ON journal (partition_id, request_id);";
