use catalog_core::{Key, Refusal};
use database::DatabaseFault;
use sea_orm::DbErr;
use thiserror::Error;

/// Why the store did not do what was asked. Nothing changed.
#[derive(Debug, Error)]
pub(crate) enum StoreError {
    /// The rules refuse it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// No record has this key.
    #[error("there is no {key}: check the key")]
    NotFound {
        /// The key.
        key: Key,
        /// The field of the request that the key stood in, or empty.
        within: &'static str,
    },
    /// The record changed since it was read.
    #[error("{key} has changed since it was read: read it again and repeat the change")]
    StaleEtag {
        /// The record.
        key: Key,
        /// The field the etag came in.
        field: String,
    },
    /// The request id was used before, with other content.
    #[error("the request id was used before with other content: choose a new one for a new request")]
    RequestIdReused,
    /// The database failed or cannot be reached.
    #[error(transparent)]
    Database(#[from] DatabaseFault),
    /// What is stored is not what was written.
    #[error("the stored {0} cannot be read")]
    Damaged(&'static str),
    /// The task that did the work ended before its answer: the process is stopping.
    #[error("the catalog is stopping: repeat the request")]
    Stopping,
}

impl StoreError {
    /// The same error, seen from the message around it.
    pub(super) fn within(self, outer: &str) -> Self {
        match self {
            Self::Refused(refusal) => refusal.within(outer).into(),
            other @ (Self::NotFound { .. }
            | Self::StaleEtag { .. }
            | Self::RequestIdReused
            | Self::Database(_)
            | Self::Damaged(_)
            | Self::Stopping) => other,
        }
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        Self::Database(error.into())
    }
}
