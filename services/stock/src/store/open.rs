//! Opening a partition: connect, migrate, claim.

use std::path::PathBuf;
use std::time::Duration;

use database::claim::{ClaimFault, FileClaim};
use database::{Database, DatabaseConfig, DatabaseFault};
use vocabulary::WarehouseCode;

use super::append_postgres::PostgresAppender;
use super::append_sqlite::SqliteAppender;
use super::checkpoint::CheckpointStore;
use super::{CheckpointMigrator, JournalMigrator, JournalReader, Row, StoreFault};
use crate::config::StockStore;

/// How long a database may take for one statement of the write path.
const SILENCE_MAX: Duration = Duration::from_secs(15);

/// Where the partitions are.
#[derive(Debug, Clone)]
pub(crate) enum StoreRoot {
    /// A directory with a file a partition.
    Embedded(PathBuf),
    /// One database.
    Postgres(Database),
}

/// An open partition: this process owns it as long as the appender lives.
#[derive(Debug)]
pub(crate) struct PartitionStore {
    pub(crate) appender: Appender,
    pub(crate) journal: JournalReader,
    pub(crate) checkpoints: CheckpointStore,
}

/// The single writer.
#[derive(Debug)]
pub(crate) enum Appender {
    Sqlite(SqliteAppender),
    Postgres(PostgresAppender),
}

impl StoreRoot {
    /// Connects, and brings a shared schema up to date.
    pub(crate) async fn open(config: &StockStore) -> Result<Self, StoreFault> {
        match config {
            StockStore::Embedded { directory } => {
                let made = tokio::fs::create_dir_all(directory).await;
                made.map_err(|error| DatabaseFault::from(sqlx::Error::Io(error)))?;
                Ok(Self::Embedded(directory.clone()))
            }
            StockStore::Postgres(config) => {
                let database = Database::connect(config).await?;
                database.migrate::<JournalMigrator>().await?;
                database.migrate::<CheckpointMigrator>().await?;
                Ok(Self::Postgres(database))
            }
        }
    }

    /// Takes a partition over.
    pub(crate) async fn partition(&self, warehouse: &WarehouseCode) -> Result<PartitionStore, StoreFault> {
        match self {
            Self::Embedded(directory) => embedded(directory.join(format!("{warehouse}.db")), warehouse).await,
            Self::Postgres(database) => {
                let pool = database.postgres_pool().ok_or_else(wrong_backend)?;
                let options = pool.connect_options();
                let appender = in_time(PostgresAppender::claim(&options, warehouse)).await?;
                let journal = JournalReader::new(database.clone(), appender.partition_id());
                let checkpoints = CheckpointStore::new(database.clone(), warehouse);
                Ok(PartitionStore { appender: Appender::Postgres(appender), journal, checkpoints })
            }
        }
    }
}

impl Appender {
    /// Writes a batch; durable when it returns. On any fault the partition must be opened anew: whether the batch was
    /// written is then read from the journal.
    pub(crate) async fn append(&mut self, rows: &[Row]) -> Result<(), StoreFault> {
        match self {
            Self::Sqlite(appender) => appender.append(rows).await,
            Self::Postgres(appender) => in_time(appender.append(rows)).await,
        }
    }

    /// Whether this process still owns the partition.
    pub(crate) async fn check_claim(&mut self) -> Result<(), StoreFault> {
        match self {
            // The file lock ends with the process.
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(appender) => in_time(appender.check_claim()).await,
        }
    }
}

/// A server that is there and says nothing is as good as gone.
async fn in_time<T>(work: impl Future<Output = Result<T, StoreFault>>) -> Result<T, StoreFault> {
    let silent = |_| StoreFault::Database(DatabaseFault::unavailable("the database did not answer in time"));
    tokio::time::timeout(SILENCE_MAX, work).await.map_err(silent)?
}

async fn embedded(file: PathBuf, warehouse: &WarehouseCode) -> Result<PartitionStore, StoreFault> {
    let claim = FileClaim::acquire(&file).map_err(claim_fault)?;
    let database = Database::connect(&DatabaseConfig::sqlite(&file)).await?;
    database.migrate::<JournalMigrator>().await?;
    let projection =
        Database::connect(&DatabaseConfig::sqlite(&file.with_extension("checkpoint.db"))).await?;
    projection.migrate::<CheckpointMigrator>().await?;
    let pool = database.sqlite_pool().ok_or_else(wrong_backend)?;
    let appender = SqliteAppender::open(pool, claim, warehouse).await?;
    let journal = JournalReader::new(database.clone(), appender.partition_id());
    let checkpoints = CheckpointStore::new(projection, warehouse);
    Ok(PartitionStore { appender: Appender::Sqlite(appender), journal, checkpoints })
}

fn claim_fault(fault: ClaimFault) -> StoreFault {
    match fault {
        ClaimFault::Held { .. } => StoreFault::Held(fault.to_string()),
        ClaimFault::Database(fault) => StoreFault::Database(fault),
        ClaimFault::File { .. } => StoreFault::Database(DatabaseFault::unavailable(fault.to_string())),
    }
}

pub(super) fn wrong_backend() -> StoreFault {
    StoreFault::Damaged { what: "database configuration", detail: "its pool is of another kind".to_owned() }
}
