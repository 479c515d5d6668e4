use database::DatabaseFault;
use database::claim::ClaimFault;
use thiserror::Error;

use crate::store::StoreError;

/// Why the catalog service cannot start or go on.
#[derive(Debug, Error)]
pub enum CatalogFault {
    /// A configuration value cannot work.
    #[error("{0}")]
    Config(String),
    /// Its database.
    #[error("the catalog's database: {0}")]
    Database(#[from] DatabaseFault),
    /// Another process serves the catalog from the same SQLite file.
    #[error("the catalog cannot be served: {0}")]
    Claim(#[from] ClaimFault),
    /// What it keeps is damaged.
    #[error("the catalog's database is damaged: {0}")]
    Damaged(String),
    /// A part of it ended by a bug.
    #[error("the catalog's {0} stopped unexpectedly")]
    Stopped(&'static str),
}

impl From<StoreError> for CatalogFault {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Database(fault) => Self::Database(fault),
            other @ (StoreError::Refused(_)
            | StoreError::NotFound { .. }
            | StoreError::StaleEtag { .. }
            | StoreError::RequestIdReused
            | StoreError::Damaged(_)
            | StoreError::Stopping) => Self::Damaged(other.to_string()),
        }
    }
}
