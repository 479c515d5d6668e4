//! What can go wrong with a database, in the two kinds a caller acts on: try again later, or do not.

use std::fmt;

use sea_orm::{DbErr, RuntimeErr};
use sqlx::error::{DatabaseError, ErrorKind};

/// A database operation failed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum DatabaseFault {
    /// Connection lost, pool exhausted, server stopping, disk full, busy or a transaction that lost a race: the same
    /// operation can succeed later.
    #[error("the database is not available: {cause}; try again later")]
    Unavailable {
        /// What the database or its driver said.
        cause: Cause,
    },
    /// The database understood and refused, or the answer made no sense: trying again changes nothing.
    #[error("the database refused: {cause}")]
    Rejected {
        /// What the database or its driver said.
        cause: Cause,
    },
}

/// What the database or its driver said. Never holds connection credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// One line for people.
    pub message: String,
    /// PostgreSQL: SQLSTATE. SQLite: the extended result code in decimal.
    pub code: Option<String>,
    /// The constraint that was violated, where the database says so (PostgreSQL).
    pub constraint: Option<String>,
    violation: Violation,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Violation {
    None,
    Unique,
    Other,
}

impl DatabaseFault {
    /// Whether the same operation can succeed later.
    #[must_use]
    pub const fn is_retryable(&self) -> bool {
        matches!(self, Self::Unavailable { .. })
    }

    /// Whether a unique constraint or primary key refused a row.
    #[must_use]
    pub fn is_unique_violation(&self) -> bool {
        self.cause().violation == Violation::Unique
    }

    /// Whether any constraint (unique, foreign key, check, not null) refused a row.
    #[must_use]
    pub fn is_constraint_violation(&self) -> bool {
        self.cause().violation != Violation::None
    }

    /// Whether somebody else held a lock for too long.
    pub(crate) fn is_lock_timeout(&self) -> bool {
        self.cause().code.as_deref() == Some("55P03")
    }

    /// What the database or its driver said.
    #[must_use]
    pub const fn cause(&self) -> &Cause {
        match self {
            Self::Unavailable { cause } | Self::Rejected { cause } => cause,
        }
    }

    /// Trying again changes nothing.
    pub fn rejected(message: impl Into<String>) -> Self {
        Self::Rejected { cause: Cause::plain(message) }
    }

    /// The same operation can succeed later.
    pub fn unavailable(message: impl Into<String>) -> Self {
        Self::Unavailable { cause: Cause::plain(message) }
    }
}

impl Cause {
    fn plain(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: None, constraint: None, violation: Violation::None }
    }

    fn from_database(error: &dyn DatabaseError) -> Self {
        let violation = match error.kind() {
            ErrorKind::UniqueViolation => Violation::Unique,
            ErrorKind::ForeignKeyViolation
            | ErrorKind::NotNullViolation
            | ErrorKind::CheckViolation
            | ErrorKind::ExclusionViolation => Violation::Other,
            // The list is open: the driver may learn to tell more kinds apart.
            ErrorKind::Other | _ => Violation::None,
        };
        Self {
            message: error.message().to_owned(),
            code: error.code().map(std::borrow::Cow::into_owned),
            constraint: error.constraint().map(str::to_owned),
            violation,
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.code {
            Some(code) => write!(f, "{} (code {code})", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl From<&sqlx::Error> for DatabaseFault {
    fn from(error: &sqlx::Error) -> Self {
        use sqlx::Error as E;
        if let E::Database(refused) = error {
            let cause = Cause::from_database(&**refused);
            return match cause.code.as_deref() {
                Some(code) if is_transient(code) => Self::Unavailable { cause },
                _ => Self::Rejected { cause },
            };
        }
        let cause = Cause::plain(error.to_string());
        // A connection cut in the middle of a message surfaces as a protocol error.
        let lost = matches!(error, E::Io(_) | E::Tls(_) | E::Protocol(_) | E::WorkerCrashed | E::BeginFailed);
        let no_connection = matches!(error, E::PoolTimedOut | E::PoolClosed);
        if lost || no_connection { Self::Unavailable { cause } } else { Self::Rejected { cause } }
    }
}

impl From<sqlx::Error> for DatabaseFault {
    fn from(error: sqlx::Error) -> Self {
        Self::from(&error)
    }
}

impl From<DbErr> for DatabaseFault {
    fn from(error: DbErr) -> Self {
        if let DbErr::Conn(RuntimeErr::SqlxError(e))
        | DbErr::Exec(RuntimeErr::SqlxError(e))
        | DbErr::Query(RuntimeErr::SqlxError(e)) = &error
        {
            return Self::from(&**e);
        }
        if matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) {
            return Self::unavailable(error.to_string());
        }
        Self::rejected(error.to_string())
    }
}

/// Whether a code of the database means "later": SQLSTATE has five characters, SQLite's codes are short numbers.
fn is_transient(code: &str) -> bool {
    match code.len() {
        5 => is_transient_sqlstate(code),
        _ => code.parse().is_ok_and(is_transient_sqlite),
    }
}

/// SQLSTATE classes and codes of PostgreSQL (appendix A of its manual).
fn is_transient_sqlstate(code: &str) -> bool {
    matches!(&code[..2], "08" | "53") // connection exceptions; disk full, out of memory, too many connections
        || matches!(
            code,
            "57P01" | "57P02" | "57P03" // the server stops, crashed or is starting
            | "57P05" // idle session timeout
            | "57014" // a timeout or an administrator cancelled the statement
            | "58030" // I/O error
            | "40001" | "40P01" | "55P03" // lost a race for a lock
            | "25006" // read-only: this server is (still) the standby
        )
}

/// Primary result codes of SQLite (<https://www.sqlite.org/rescode.html>): the low byte of an extended code.
const fn is_transient_sqlite(extended: u32) -> bool {
    const BUSY: u32 = 5;
    const LOCKED: u32 = 6;
    const IOERR: u32 = 10;
    const FULL: u32 = 13;
    const CANTOPEN: u32 = 14;
    matches!(extended & 0xff, BUSY | LOCKED | IOERR | FULL | CANTOPEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        for (code, transient) in [
            ("53100", true),
            ("53300", true),
            ("57P01", true),
            ("57P03", true),
            ("08006", true),
            ("40001", true),
            ("23505", false),
            ("42P01", false),
            ("28P01", false),
            ("5", true),
            ("517", true),   // SQLITE_BUSY_SNAPSHOT
            ("13", true),    // SQLITE_FULL
            ("778", true),   // SQLITE_IOERR_WRITE
            ("2067", false), // SQLITE_CONSTRAINT_UNIQUE
            ("1", false),
        ] {
            assert_eq!(is_transient(code), transient, "{code}");
        }
    }

    #[test]
    fn driver_errors() {
        let lost = sqlx::Error::Io(std::io::ErrorKind::ConnectionReset.into());
        assert!(DatabaseFault::from(lost).is_retryable());
        assert!(DatabaseFault::from(sqlx::Error::PoolTimedOut).is_retryable());
        assert!(!DatabaseFault::from(sqlx::Error::RowNotFound).is_retryable());
        assert!(!DatabaseFault::from(DbErr::Custom("no".to_owned())).is_retryable());
    }
}
