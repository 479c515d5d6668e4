use database::DatabaseFault;
use paper_core::Number;
use sea_orm::DbErr;
use thiserror::Error;

/// Why the store did not do what was asked. Nothing changed.
#[derive(Debug, Error)]
pub(crate) enum StoreError {
    /// There is no such paper.
    #[error("there is no paper {0} of this legal entity: check both")]
    NotFound(Number),
    /// It was corrected before.
    #[error("paper {number} was corrected by {by}: correct that one")]
    Corrected {
        /// Which.
        number: Number,
        /// By which.
        by: Number,
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
    #[error("the papers service is stopping: repeat the request")]
    Stopping,
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        Self::Database(error.into())
    }
}
