use std::path::Path;
use std::time::Duration;

use database::claim::Claim;
use database::{Database, DatabaseConfig, DatabaseFault};
use edge_core::{Device, Grant, Number, Operation};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use super::entity::{device, escrow, operation};
use super::migrations::LedgerMigrator;
use super::{Turn, rows};
use crate::EdgeFault;

/// How often a file that is locked is tried again, and how long between.
const OPENINGS_MAX: u32 = 100;
const BETWEEN_OPENINGS: Duration = Duration::from_millis(50);

/// Kinds of operations that are done with goods.
const WITH_GOODS: [&str; 2] = ["take", "post"];

/// Which operations to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those that a person must see to.
    NeedingAPerson,
    /// Those that wait for the warehouse.
    Waiting,
    /// Every one that was ever recorded.
    All,
}

/// An open file.
#[derive(Debug, Clone)]
pub(crate) struct LedgerStore {
    database: Database,
}

impl LedgerStore {
    /// Opens the file, made when it is absent, and brings its tables up to date. SQLite does not wait for a file that another
    /// process has just made and is turning to write-ahead logging: it is tried again.
    pub(crate) async fn open(file: &Path) -> Result<Self, EdgeFault> {
        let mut tries = 0;
        loop {
            match Self::try_open(file).await {
                Err(fault) if fault.is_retryable() && tries < OPENINGS_MAX => tries += 1,
                opened => return Ok(opened?),
            }
            tokio::time::sleep(BETWEEN_OPENINGS).await;
        }
    }

    async fn try_open(file: &Path) -> Result<Self, DatabaseFault> {
        let database = Database::connect(&DatabaseConfig::sqlite(file)).await?;
        database.migrate::<LedgerMigrator>().await?;
        Ok(Self { database })
    }

    pub(crate) async fn device(&self) -> Result<Option<Device>, EdgeFault> {
        let found = device::Entity::find().one(self.database.orm()).await?;
        found.as_ref().map(rows::device).transpose()
    }

    /// Waits for its turn to write.
    pub(crate) async fn turn(&self) -> Result<Turn, EdgeFault> {
        let immediate = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(Turn::new(self.database.orm().begin_with_options(immediate).await?))
    }

    /// The one that may synchronise; the claim ends with the process.
    pub(crate) async fn claim(&self) -> Result<Claim, EdgeFault> {
        Ok(self.database.claim("sync").await?)
    }

    pub(crate) async fn operation(&self, number: Number) -> Result<Option<Operation>, EdgeFault> {
        let found = operation::Entity::find_by_id(rows::number_of(number)).one(self.database.orm()).await?;
        found.map(rows::operation).transpose()
    }

    /// In order, at most `limit`.
    pub(crate) async fn operations(&self, which: Which, limit: u64) -> Result<Vec<Operation>, EdgeFault> {
        let found = chosen(which)
            .order_by_asc(operation::Column::Number)
            .limit(limit)
            .all(self.database.orm())
            .await?;
        found.into_iter().map(rows::operation).collect()
    }

    pub(crate) async fn count(&self, which: Which) -> Result<u64, EdgeFault> {
        Ok(chosen(which).count(self.database.orm()).await?)
    }

    /// All grants that there ever were, the oldest first.
    pub(crate) async fn grants(&self) -> Result<Vec<Grant>, EdgeFault> {
        let found = escrow::Entity::find().order_by_asc(escrow::Column::Number).all(self.database.orm());
        found.await?.into_iter().map(rows::grant).collect()
    }

    pub(crate) async fn close(&self) {
        self.database.close().await;
    }
}

fn chosen(which: Which) -> Select<operation::Entity> {
    let all = operation::Entity::find();
    match which {
        Which::All => all,
        Which::Waiting => all.filter(operation::Column::State.eq("waiting")),
        Which::NeedingAPerson => all
            .filter(operation::Column::State.eq("refused"))
            .filter(operation::Column::Kind.is_in(WITH_GOODS)),
    }
}

impl From<DbErr> for EdgeFault {
    fn from(error: DbErr) -> Self {
        Self::Database(error.into())
    }
}
