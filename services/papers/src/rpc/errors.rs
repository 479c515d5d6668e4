//! What goes wrong, as an error of the API. The one place of that mapping.

use std::time::Duration;

use database::DatabaseFault;
use rpc::{ApiError, Reason};

use crate::store::StoreError;

/// When it is worth asking again after the database failed.
const RETRY_AFTER: Duration = Duration::from_secs(1);

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        let message = error.to_string();
        match error {
            StoreError::NotFound(number) => {
                Self::invalid(Reason::UnknownPaper, "number", message).with("number", number)
            }
            StoreError::Corrected { number, by } => {
                let error = Self::invalid(Reason::PaperCorrected, "number", message);
                error.with("number", number).with("corrected_by", by)
            }
            StoreError::RequestIdReused => Self::invalid(Reason::RequestIdReused, "request_id", message),
            StoreError::Database(fault) => failed(&fault),
            StoreError::Damaged(what) => {
                tracing::error!(what, "the papers' database holds what cannot be read");
                Self::internal(message)
            }
            StoreError::Stopping => Self::unavailable(Reason::ShuttingDown, message, RETRY_AFTER),
        }
    }
}

fn failed(fault: &DatabaseFault) -> ApiError {
    if fault.is_retryable() {
        tracing::warn!(%fault, "the papers' database is not available");
        let message = "the papers' database is not available: repeat with the same request id";
        return ApiError::unavailable(Reason::DatabaseUnavailable, message, RETRY_AFTER);
    }
    tracing::error!(%fault, "the papers' database refused a statement");
    ApiError::internal("the papers' database refused a statement: look into the service's log")
}
