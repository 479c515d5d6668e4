//! The lock of a warehouse's stock, and who may pass it.

use proto::stock::v1 as wire;
use rpc::{ApiError, Reason, clock};
use stock_core::Line;
use vocabulary::Timestamp;

/// Whether callers may change what happened before the lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LockPassing {
    /// Nobody may.
    Forbidden,
    /// Whoever asks for it may.
    Allowed,
}

impl LockPassing {
    /// Whether the document passes the lock.
    pub(super) fn judge(self, document: &wire::Document) -> Result<bool, ApiError> {
        match (document.pass_lock, self) {
            (false, _) => Ok(false),
            (true, Self::Allowed) => Ok(true),
            (true, Self::Forbidden) => {
                let message = "you may not change what happened before the lock: leave pass_lock away, or ask the operator";
                Err(ApiError::invalid(Reason::Permission, "pass_lock", message))
            }
        }
    }
}

pub(super) fn parse(line: &wire::LockStock) -> Result<Line, ApiError> {
    let bad = |message: String| ApiError::invalid(Reason::BadTime, "until", message);
    let Some(until) = &line.until else {
        return Err(bad("say until when the stock is locked".to_owned()));
    };
    let until = Timestamp::from_parts(until.seconds, until.nanos).map_err(|e| bad(e.to_string()))?;
    if until > clock::now() {
        // Nothing could be posted any more.
        return Err(bad(format!("{until} lies in the future: lock what has happened")));
    }
    Ok(Line::LockStock { until })
}
