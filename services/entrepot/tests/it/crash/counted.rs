//! Counts in the crash test.

use stock_core::CountFact;
use work_core::{CountChange, CountPlace, CountRejection};

/// A change in the model's words.
pub(super) fn told(fact: &CountFact) -> String {
    let line = fact.line;
    match &fact.change {
        CountChange::Planned(plan) => {
            let places = plan.places.iter().map(|place| format!(" {}", at(place)));
            format!("{line} planned {}{}", plan.code, places.collect::<String>())
        }
        CountChange::Counted { code, place, reading } => {
            let seen = reading
                .lines
                .iter()
                .map(|line| format!(" {} {}/{}", line.goods.sku, line.counted, line.expected));
            format!("{line} counted {code} {} {}{}", at(place), reading.by, seen.collect::<String>())
        }
        CountChange::Approved { code, by } => format!("{line} approved {code} {by}"),
        CountChange::Posted { code, .. } => format!("{line} posted {code}"),
        CountChange::Cancelled { code } => format!("{line} given up {code}"),
    }
}

fn at(place: &CountPlace) -> String {
    place.sku.as_ref().map_or_else(|| place.location.to_string(), |sku| format!("{}:{sku}", place.location))
}

pub(super) const fn reason(rejection: &CountRejection) -> &'static str {
    match rejection {
        CountRejection::NotFound { .. } => "COUNT_NOT_FOUND",
        CountRejection::Exists { .. } => "COUNT_EXISTS",
        CountRejection::Ended { .. } => "COUNT_ENDED",
        CountRejection::NotPlanned { .. } => "COUNT_PLACE_NOT_PLANNED",
        CountRejection::OtherItem { .. } => "COUNT_OF_OTHER_ITEM",
        CountRejection::ReadOutOfTime { .. } => "COUNT_READ_OUT_OF_TIME",
        CountRejection::UnitsMoved { .. } => "COUNT_UNITS_MOVED",
        CountRejection::UnitTwice { .. } => "COUNT_UNIT_TWICE",
        CountRejection::Weighed { .. } => "COUNT_WEIGHED",
        CountRejection::SamePerson { .. } => "COUNTED_BY_SAME_PERSON",
        CountRejection::NotCounted { .. } => "NOT_COUNTED",
        CountRejection::RecountNeeded { .. } => "RECOUNT_NEEDED",
        CountRejection::Stale { .. } => "COUNT_STALE",
        CountRejection::ApprovalNeeded { .. } => "COUNT_APPROVAL_NEEDED",
        CountRejection::OwnVariance { .. } => "OWN_VARIANCE",
        CountRejection::TooManyLines { .. } => "COUNT_TOO_LARGE",
        CountRejection::Periodic { .. } => "ITEM_PERIODIC",
        CountRejection::TooMany => "TOO_MANY_COUNTS",
    }
}
