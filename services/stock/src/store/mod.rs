//! Where a partition is kept: the port, and what goes through it. Two implementations share the reads (SeaORM) and differ
//! in how a batch is appended.
//!
//! | statement | when | how many |
//! |---|---|---|
//! | append | every batch | 1 on PostgreSQL; 1 a 250 rows in one transaction on SQLite |
//! | find requests | a request id that may have been seen before and is not in memory | 1 a batch |
//! | checkpoint | every `checkpoint_entries` entries and at a clean stop | 1 a 500 changed rows of each table, one transaction; 2 more of the goods in handling units |
//! | relay cursor | at most once a second | 1 |

mod append_postgres;
mod append_sqlite;
mod checkpoint;
mod checkpoint_rows;
mod count_entity;
mod counts;
mod deliveries;
mod delivery_entity;
mod documents;
mod entity;
mod expectation_entity;
mod expectations;
mod handling_unit_entity;
mod handling_unit_rows;
mod handling_units;
mod journal;
mod migrations;
mod open;
mod order_entity;
mod orders;
mod position_history;
mod production_order_entity;
mod production_orders;
mod promise;
mod rule;
mod scan;
mod task_entity;
mod tasks;
mod terms;
mod tracking;
mod weight;

use std::sync::Arc;

use bytes::Bytes;
use database::DatabaseFault;
use stock_core::{ChainHash, Snapshot, Touched};
use thiserror::Error;
use vocabulary::{RequestId, Sequence, Timestamp};

pub(crate) use checkpoint::CheckpointStore;
pub(crate) use journal::JournalReader;
pub(crate) use migrations::{CheckpointMigrator, JournalMigrator};
pub(crate) use open::{Appender, PartitionStore, StoreRoot};
pub(crate) use scan::{Scan, Scanned};

/// A journal row: an entry, the remembered answer of its request, and the record for the event log, in one.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) sequence: Sequence,
    pub(crate) request_id: RequestId,
    pub(crate) effective_at: Timestamp,
    pub(crate) recorded_at: Timestamp,
    /// The chain's hash after this entry.
    pub(crate) hash: ChainHash,
    /// The entry's bytes, which the hash covers.
    pub(crate) entry: Bytes,
    /// The trace that caused it, if it is sampled. Stored beside the entry; the hash does not cover it.
    pub(crate) traceparent: Option<Arc<str>>,
}

/// The newest entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Head {
    pub(crate) sequence: Sequence,
    pub(crate) hash: ChainHash,
    pub(crate) recorded_at: Timestamp,
}

/// What changed since the checkpoint before: every position and reservation in it replaces the stored one.
#[derive(Debug, Clone, Default)]
pub(crate) struct CheckpointChange {
    pub(crate) head: Head,
    /// The checkpoint it builds on: it can only follow that one.
    pub(crate) base: Sequence,
    pub(crate) touched: Touched,
}

/// A stored checkpoint.
#[derive(Debug, Clone, Default)]
pub(crate) struct Checkpoint {
    pub(crate) head: Head,
    pub(crate) snapshot: Snapshot,
}

/// What can go wrong below the port.
#[derive(Debug, Error)]
pub(crate) enum StoreFault {
    /// The database does not answer, or cannot write.
    #[error(transparent)]
    Database(#[from] DatabaseFault),
    /// Another process owns the partition.
    #[error("it is owned by another process: {0}")]
    Held(String),
    /// Another process took the partition over; nothing was written.
    #[error("another process took it over")]
    Fenced,
    /// What is stored cannot be.
    #[error("the stored {what} is damaged: {detail}")]
    Damaged {
        /// Of what.
        what: &'static str,
        /// How.
        detail: String,
    },
}

impl From<sea_orm::DbErr> for StoreFault {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Database(error.into())
    }
}

impl From<sqlx::Error> for StoreFault {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}
