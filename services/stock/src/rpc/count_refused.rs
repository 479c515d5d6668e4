use rpc::{ApiError, Reason};
use work_core::{COUNT_LINES_MAX, CountPlace, CountRejection, OPEN_COUNTS_MAX};

/// A refusal about a count, with its data.
pub(super) fn refused(rejection: &CountRejection, error: impl FnOnce(Reason) -> ApiError) -> ApiError {
    use CountRejection as R;
    match rejection {
        R::NotFound { code } => error(Reason::CountNotFound).with("count", code),
        R::Exists { code } => error(Reason::CountExists).with("count", code),
        R::Ended { code, state } => {
            error(Reason::CountEnded).with("count", code).with("state", state.as_str())
        }
        R::NotPlanned { code, place } => at(error(Reason::CountPlaceNotPlanned), place).with("count", code),
        R::OtherItem { code, place, sku } => {
            at(error(Reason::CountOfOtherItem), place).with("count", code).with("given_sku", sku)
        }
        R::ReadOutOfTime { code, place, given, least, most } => at(error(Reason::CountReadOutOfTime), place)
            .with("count", code)
            .with("given", given)
            .with("least", least)
            .with("most", most),
        R::UnitsMoved { code, place, sku } => error(Reason::CountUnitsMoved)
            .with("count", code)
            .with("location", &place.location)
            .with("sku", sku),
        R::UnitTwice { code, place, sku, serial } => error(Reason::CountUnitTwice)
            .with("count", code)
            .with("location", &place.location)
            .with("sku", sku)
            .with("serial", serial),
        R::Weighed { code, sku } => error(Reason::CountWeighed).with("count", code).with("sku", sku),
        R::SamePerson { code, place, by } => {
            at(error(Reason::CountedBySamePerson), place).with("count", code).with("counted_by", by)
        }
        R::NotCounted { code, place } => at(error(Reason::NotCounted), place).with("count", code),
        R::RecountNeeded { code, place } => at(error(Reason::RecountNeeded), place).with("count", code),
        R::Stale { code, place, corrected_by } => at(error(Reason::CountStale), place)
            .with("count", code)
            .with("corrected_by_sequence", corrected_by),
        R::ApprovalNeeded { code, value } => {
            error(Reason::CountApprovalNeeded).with("count", code).with("value", value)
        }
        R::OwnVariance { code, by } => error(Reason::OwnVariance).with("count", code).with("approved_by", by),
        R::TooManyLines { code } => {
            error(Reason::CountTooLarge).with("count", code).with("max", COUNT_LINES_MAX)
        }
        R::Periodic { sku } => error(Reason::ItemPeriodic).with("sku", sku),
        R::TooMany => error(Reason::TooManyCounts).with("max", OPEN_COUNTS_MAX),
    }
}

fn at(error: ApiError, place: &CountPlace) -> ApiError {
    let error = error.with("location", &place.location);
    match &place.sku {
        Some(sku) => error.with("sku", sku),
        None => error,
    }
}
