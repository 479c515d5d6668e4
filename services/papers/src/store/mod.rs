//! The tables of the papers. The only place with SQL, and `issue` the only one that begins a write transaction.
//!
//! A paper is one transaction of a fixed number of statements:
//!
//! | statement | why |
//! |---|---|
//! | `INSERT series … ON CONFLICT DO NOTHING` | the first paper of a legal entity, kind and year |
//! | `UPDATE series … RETURNING` | takes the lock of the series and the next number: writers go one after the other |
//! | `SELECT request` | the remembered answer, if there is one: then all is taken back, the number too |
//! | `SELECT paper` | of a correction: whether another one was before it |
//! | `INSERT paper` | the paper, with its number in it |
//! | `INSERT request` | remembered with its digest |
//!
//! Why no number is ever missing: 1. a series' row is changed in this transaction alone, and only together with the paper that has the
//! number; 2. what ends before the commit, by whatever cause, leaves neither; 3. the lock of the row is held until the commit, so that the
//! next writer sees either both or none, and no other takes the number meanwhile.

mod entity;
mod error;
mod issue;
mod migrations;
mod read;
mod stored;

use std::sync::Arc;

use database::claim::{ClaimFault, FileClaim};
use database::{Database, DatabaseConfig, DatabaseFault};
use tokio::sync::Mutex;

pub(crate) use error::StoreError;
pub(crate) use issue::Call;
pub(crate) use migrations::Migrator;
pub(crate) use read::{Chosen, Place};
pub(crate) use stored::{Draft, Stored, Subject};

/// The open store. Clones share it.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    database: Database,
    /// One writer at a time in this process: whoever waits here holds no connection. Between processes the row of the series decides.
    writer: Arc<Mutex<()>>,
}

impl Store {
    /// Opens the database and brings its schema up to date.
    pub(crate) async fn open(config: &DatabaseConfig) -> Result<Self, StoreError> {
        let database = Database::connect(config).await?;
        database.migrate::<Migrator>().await?;
        Ok(Self { database, writer: Arc::default() })
    }

    /// Claims a SQLite file for this process. PostgreSQL may serve several.
    pub(crate) fn claim(&self) -> Result<Option<FileClaim>, ClaimFault> {
        self.database.sqlite_file().map(FileClaim::acquire).transpose()
    }

    /// Whether the database answers.
    pub(crate) async fn ping(&self) -> Result<(), DatabaseFault> {
        self.database.ping().await
    }

    /// Folds the log into the file, where there is one.
    pub(crate) async fn close(&self) {
        self.database.close().await;
    }
}
