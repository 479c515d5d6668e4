//! Claims: at most one process owns a thing (a warehouse) at a time.
//!
//! A claim elects an owner; it does not make the owner safe. A process that is paused, or cut off from the server, learns
//! late that it lost its claim. On PostgreSQL every commit must therefore also check an epoch row. On SQLite the claim
//! is safe by itself: the lock dies with the process.

mod file;
mod postgres;

pub use file::FileClaim;
pub use postgres::PostgresClaim;

use crate::connection::Link;
use crate::{Database, DatabaseFault};

/// Why a claim was not given.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ClaimFault {
    /// Somebody else holds it.
    #[error("`{name}` is already owned by {holder}; stop that owner first, or wait until it is gone")]
    Held {
        /// What was claimed.
        name: String,
        /// Who holds it, as far as one can tell.
        holder: String,
    },
    /// The database did not answer.
    #[error(transparent)]
    Database(#[from] DatabaseFault),
    /// The claim file cannot be used.
    #[error("cannot use the claim file {file}: {problem}; check the rights of its folder and the free space")]
    File {
        /// Path of the claim file.
        file: String,
        /// What the operating system said.
        problem: String,
    },
}

impl ClaimFault {
    /// Whether the same claim can succeed later without anybody changing the configuration.
    #[must_use]
    pub const fn is_retryable(&self) -> bool {
        match self {
            Self::Held { .. } => true,
            Self::Database(fault) => fault.is_retryable(),
            Self::File { .. } => false,
        }
    }
}

/// An exclusive claim, of the kind the database offers. Dropping it gives it back.
#[derive(Debug)]
pub enum Claim {
    /// An advisory lock of a PostgreSQL server.
    Postgres(PostgresClaim),
    /// A lock on a file beside the SQLite database.
    File(FileClaim),
}

impl Claim {
    /// Whether the claim is still ours, as far as we know.
    #[must_use]
    pub fn is_held(&self) -> bool {
        match self {
            Self::Postgres(claim) => claim.is_held(),
            Self::File(claim) => claim.is_held(),
        }
    }

    /// Resolves when the claim was lost. Cancel safe.
    pub async fn lost(&mut self) {
        match self {
            Self::Postgres(claim) => claim.lost().await,
            Self::File(claim) => claim.lost().await,
        }
    }

    /// Gives the claim back and waits until others can have it.
    pub async fn release(self) {
        match self {
            Self::Postgres(claim) => claim.release().await,
            Self::File(claim) => drop(claim),
        }
    }
}

impl Database {
    /// Claims `name` (for example `stock/BER`) in this database. On SQLite the claim covers the whole file, whatever
    /// the name, because the file has one owner.
    ///
    /// # Errors
    /// [`ClaimFault::Held`] when somebody else owns it: also this process, through another claim.
    pub async fn claim(&self, name: &str) -> Result<Claim, ClaimFault> {
        match self.link() {
            Link::Sqlite { file, .. } => FileClaim::acquire(file).map(Claim::File),
            Link::Postgres { .. } => PostgresClaim::acquire(self, name).await.map(Claim::Postgres),
        }
    }
}
