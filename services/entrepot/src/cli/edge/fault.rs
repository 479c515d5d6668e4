use edge::EdgeFault;
use edge_core::Declined;
use rpc::{Reason, clock};

use crate::client;
use crate::output::{Exit, Failure};

/// What a ledger says, as the command line says it.
pub(super) fn failure(fault: EdgeFault) -> Failure {
    let reason = fault.reason().unwrap_or(Reason::Internal);
    let message = fault.to_string();
    match fault {
        EdgeFault::Remote { cause, waiting } => client::failure(*cause).with("waiting", waiting),
        EdgeFault::Declined(declined) => detailed(Failure::new(reason, message), &declined),
        EdgeFault::NoLedger(_)
        | EdgeFault::Foreign { .. }
        | EdgeFault::Busy(_)
        | EdgeFault::Database(_)
        | EdgeFault::Damaged { .. } => Failure::new(reason, message),
    }
}

fn detailed(failure: Failure, declined: &Declined) -> Failure {
    match declined {
        Declined::QuotaExceeded { requested, left, .. } => {
            failure.with("requested", requested).with("left", left)
        }
        Declined::EscrowExpired { requested, left, expired_at, .. } => failure
            .with("requested", requested)
            .with("left", left)
            .with("expired_at", clock::rfc3339(*expired_at)),
        Declined::Invalid { field, .. } | Declined::NotPositive { field } | Declined::Zero { field } => {
            failure.at(*field)
        }
        Declined::SerialCount { .. } => failure.at("serials"),
        Declined::WeightOfSeveral { first } => failure.at("weight").with("first", first),
        Declined::ReferenceTooLong => failure.at("reference"),
        Declined::Reused => failure.at("request_id"),
        // Nothing gets less full by waiting.
        Declined::TooLarge => failure.exiting(Exit::Usage),
        Declined::EndsInThePast
        | Declined::Full
        | Declined::Unknown { .. }
        | Declined::NotOnTheList { .. } => failure,
    }
}
