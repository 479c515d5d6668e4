//! The tables of the catalog. The only place with SQL, and `commit` the only one that begins a write transaction.
//!
//! Every change is one transaction of a fixed number of statements, however many records it has:
//!
//! | statement | why |
//! |---|---|
//! | `UPDATE head … RETURNING` | takes the lock of the one revision row: writers go one after the other |
//! | `SELECT request` | the remembered answer, if there is one |
//! | `SELECT` existing keys, classes, rules, GTINs, the tree, or the bills below one, a level a statement | what the rules are judged against |
//! | `INSERT` or `UPDATE` records (and GTINs) | the records, a chunk of rows a statement |
//! | `INSERT change` | the outbox: a row a record, with its revision |
//! | `INSERT request` | the answer, remembered with its digest |
//! | `UPDATE head` | the revision after it |

mod bills;
mod changes;
mod commit;
mod entity;
mod error;
mod filter_sql;
mod head;
mod list;
mod load;
mod migrations;
mod mutation;
mod plan;
mod relay_turn;
mod requests;
mod table;
mod tables;

use std::sync::Arc;

use database::claim::{ClaimFault, FileClaim};
use database::{Database, DatabaseConfig, DatabaseFault};
use tokio::sync::{Mutex, watch};

pub(crate) use changes::ChangeRow;
pub(crate) use commit::{Call, Mode};
pub(crate) use error::StoreError;
pub(crate) use migrations::Migrator;
pub(crate) use mutation::Mutation;
pub(crate) use table::Table;

/// The open store. Clones share it.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    database: Database,
    /// One writer at a time in this process: whoever waits here holds no connection. Between processes the head row decides.
    writer: Arc<Mutex<()>>,
    /// The newest revision that this process committed.
    committed: Arc<watch::Sender<u64>>,
}

impl Store {
    /// Opens the database and brings its schema up to date.
    pub(crate) async fn open(config: &DatabaseConfig) -> Result<Self, StoreError> {
        let database = Database::connect(config).await?;
        database.migrate::<Migrator>().await?;
        let revision = head::read(database.orm()).await?;
        Ok(Self { database, writer: Arc::default(), committed: Arc::new(watch::Sender::new(revision)) })
    }

    /// Claims a SQLite file for this process: its relay is then the only one. PostgreSQL may serve several processes, whose
    /// relays take turns.
    pub(crate) fn claim(&self) -> Result<Option<FileClaim>, ClaimFault> {
        self.database.sqlite_file().map(FileClaim::acquire).transpose()
    }

    /// Tells the revision after every commit of this process.
    pub(crate) fn committed(&self) -> watch::Receiver<u64> {
        self.committed.subscribe()
    }

    /// The newest revision, of whichever process.
    pub(crate) async fn revision(&self) -> Result<u64, StoreError> {
        head::read(self.database.orm()).await
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
