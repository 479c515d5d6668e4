use eventlog::LogFault;
use thiserror::Error;

use crate::store::CacheFault;

/// Why the service cannot run.
#[derive(Debug, Error)]
pub enum VisibilityFault {
    /// The cache cannot be used as it is set up.
    #[error(transparent)]
    Cache(#[from] CacheFault),
    /// The event log cannot be used as it is set up.
    #[error(transparent)]
    Log(#[from] LogFault),
    /// A task ended by a bug.
    #[error("the {0} stopped unexpectedly: see the log before this")]
    Stopped(&'static str),
}
