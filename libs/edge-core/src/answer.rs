//! What an answer of the warehouse makes of an operation.

use vocabulary::{ReservationId, Sequence};

use crate::grant::{End, GrantState};
use crate::{Change, Grant, Operation, OperationState, Refusal, Timing, Work};

/// What the warehouse said to an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It is posted.
    Accepted {
        /// Where it stands in the journal.
        sequence: Sequence,
        /// The reservation that it made, if it made one.
        reservation: Option<ReservationId>,
    },
    /// It is not posted, and never will be as it was sent.
    Refused(Refusal),
}

/// What the answer changes. `grant` is the one that the operation asked for or is about.
pub(crate) fn changes(operation: &Operation, grant: Option<&Grant>, answer: Answer) -> Vec<Change> {
    match answer {
        Answer::Accepted { sequence, reservation } => {
            let state = OperationState::Accepted { sequence };
            let ended = grant.and_then(|grant| after_acceptance(&operation.work, grant, reservation));
            with_grant(Change::Answered(operation.number, state), ended)
        }
        Answer::Refused(refusal) => match timing_after(operation.timing, &refusal.reason) {
            Some(timing) => vec![Change::Retimed(operation.number, timing)],
            None => {
                let ended = grant.and_then(|grant| after_refusal(&operation.work, grant, &refusal));
                with_grant(Change::Answered(operation.number, OperationState::Refused(refusal)), ended)
            }
        },
    }
}

fn with_grant(answered: Change, grant: Option<Grant>) -> Vec<Change> {
    [Some(answered), grant.map(Change::Granted)].into_iter().flatten().collect()
}

fn after_acceptance(work: &Work, grant: &Grant, reservation: Option<ReservationId>) -> Option<Grant> {
    match (work, reservation) {
        (Work::Ask { .. }, Some(id)) => Some(grant.becoming(GrantState::Held(id))),
        (Work::Renew { expires_at, .. }, Some(id)) => {
            let state = match grant.state {
                GrantState::Returning(_) => GrantState::Returning(id),
                GrantState::Asked | GrantState::Held(_) | GrantState::Ended(_) => GrantState::Held(id),
            };
            Some(Grant { expires_at: *expires_at, ..grant.becoming(state) })
        }
        (Work::HandBack { .. }, _) => Some(grant.becoming(GrantState::Ended(End::HandedBack))),
        (Work::Ask { .. } | Work::Renew { .. } | Work::Take { .. } | Work::Post(_), _) => None,
    }
}

fn after_refusal(work: &Work, grant: &Grant, refusal: &Refusal) -> Option<Grant> {
    match (work, grant.state) {
        (Work::Ask { .. }, _) => Some(grant.becoming(GrantState::Ended(End::Refused))),
        (Work::HandBack { .. }, _) if refusal.reason == "RESERVATION_NOT_FOUND" => {
            Some(grant.becoming(GrantState::Ended(End::Gone)))
        }
        // It is held as before, and can be handed back again.
        (Work::HandBack { .. }, GrantState::Returning(id)) => Some(grant.becoming(GrantState::Held(id))),
        (Work::HandBack { .. } | Work::Renew { .. } | Work::Take { .. } | Work::Post(_), _) => None,
    }
}

/// Which time to tell the warehouse instead, where the time is what it refused.
///
/// A document refused as of the future is not remembered under its id, so that it may be sent again without a time. Should one
/// that was sent before with the time, and never answered, have been posted all the same, then the one without it is refused as
/// another document of the same id: the answer that counts is the one to the first.
fn timing_after(timing: Timing, reason: &str) -> Option<Timing> {
    match (timing, reason) {
        (Timing::Device, "EFFECTIVE_AT_IN_FUTURE") => Some(Timing::Warehouse),
        (Timing::Warehouse, "REQUEST_ID_REUSED") => Some(Timing::DeviceAgain),
        (Timing::Device | Timing::Warehouse | Timing::DeviceAgain, _) => None,
    }
}
