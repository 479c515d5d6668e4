use database::DatabaseFault;
use database::claim::ClaimFault;
use thiserror::Error;

use crate::store::StoreError;

/// Why the papers service cannot start or go on.
#[derive(Debug, Error)]
pub enum PapersFault {
    /// A configuration value cannot work.
    #[error("{0}")]
    Config(String),
    /// Its database.
    #[error("the papers' database: {0}")]
    Database(#[from] DatabaseFault),
    /// Another process serves the papers from the same SQLite file.
    #[error("the papers cannot be served: {0}")]
    Claim(#[from] ClaimFault),
    /// What it keeps is damaged.
    #[error("the papers' database is damaged: {0}")]
    Damaged(String),
    /// A part of it ended by a bug.
    #[error("the papers' {0} stopped unexpectedly")]
    Stopped(&'static str),
}

impl From<StoreError> for PapersFault {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Database(fault) => Self::Database(fault),
            other @ (StoreError::NotFound(_)
            | StoreError::Corrected { .. }
            | StoreError::RequestIdReused
            | StoreError::Damaged(_)
            | StoreError::Stopping) => Self::Damaged(other.to_string()),
        }
    }
}
