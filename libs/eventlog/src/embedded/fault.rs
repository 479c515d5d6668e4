use crate::fault::LogFault;

/// Busy, locked, I/O error, disk full, cannot open: the primary SQLite result codes that may pass.
const PASSING: [i32; 5] = [5, 6, 10, 13, 14];

pub(super) fn from_sqlx(error: sqlx::Error) -> LogFault {
    let reason = error.to_string();
    if may_pass(&error) { LogFault::Unavailable { reason } } else { LogFault::Rejected { reason } }
}

fn may_pass(error: &sqlx::Error) -> bool {
    if let sqlx::Error::Database(database) = error {
        let code = database.code().and_then(|code| code.parse::<i32>().ok());
        return code.is_some_and(|code| PASSING.contains(&(code & 0xff)));
    }
    matches!(
        error,
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed
    )
}
