use thiserror::Error;

/// Why the cache did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CacheFault {
    /// It cannot be reached or cannot write now; the same call may work later.
    #[error("the view's cache is not available, try again later: {reason}")]
    Unavailable {
        /// What was seen.
        reason: String,
    },
    /// What is stored cannot be read; the warehouse's view must be built again.
    #[error("the view of {warehouse} is damaged and must be built again: {reason}")]
    Damaged {
        /// Whose view.
        warehouse: String,
        /// What was found.
        reason: String,
    },
    /// A draft was evicted or flushed before it was done; begin it again.
    #[error("the draft of a view is gone: begin it again")]
    DraftLost,
    /// The cache is set up in a way that cannot be right.
    #[error("the view's cache cannot be used: {reason}")]
    Rejected {
        /// What to change.
        reason: String,
    },
}

impl CacheFault {
    pub(crate) fn damaged(warehouse: &str, reason: impl ToString) -> Self {
        Self::Damaged { warehouse: warehouse.to_owned(), reason: reason.to_string() }
    }
}
