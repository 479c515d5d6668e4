//! Refusals in the journal, in words.

use proto::events::v1::rejected::Rejection;

use super::{counts, deliveries, expectations, handling_units, orders, production, promises, tasks, weight};
use crate::cli::text::{micros_to_rfc3339, number};

pub(super) fn refusal(rejection: &Rejection) -> String {
    match rejection {
        Rejection::InsufficientAvailable(r) => format!(
            "insufficient available: {} asked for, {} available of {} at {}",
            number(r.requested.clone()),
            number(r.available.clone()),
            r.sku,
            r.location
        ),
        Rejection::ReservationNotFound(r) => {
            format!("no reservation {}-{}", r.reservation_sequence, r.reservation_line)
        }
        Rejection::ReservationExceeded(r) => format!(
            "reservation {}-{} holds {}, {} asked for",
            r.reservation_sequence,
            r.reservation_line,
            number(r.reserved.clone()),
            number(r.requested.clone())
        ),
        Rejection::QuantityOverflow(r) => format!("quantity of {} at {} would overflow", r.sku, r.location),
        Rejection::DuplicateSerial(_)
        | Rejection::UnknownSerial(_)
        | Rejection::SerialElsewhere(_)
        | Rejection::SerialsExpected(_) => of_units(rejection),
        Rejection::UnknownLot(r) => format!("lot {} of {} was never received", r.lot, r.sku),
        Rejection::LotDiffers(r) => format!("lot {} of {} has another {}", r.lot, r.sku, r.field),
        Rejection::TrackingChanged(r) => format!("{} has stock that is tracked otherwise", r.sku),
        Rejection::NotExpired(_)
        | Rejection::SerialReserved(_)
        | Rejection::SerialNotReserved(_)
        | Rejection::QuotaExceeded(_)
        | Rejection::BufferKept(_)
        | Rejection::CustomerMaximumReached(_)
        | Rejection::ExpiresTooEarly(_)
        | Rejection::InsufficientInWarehouse(_)
        | Rejection::StatusInUse(_)
        | Rejection::StatusNotAvailable(_) => promises::refusal(rejection),
        Rejection::WouldBreakLater(_)
        | Rejection::AlreadyReversed(_)
        | Rejection::ReversalOfReversal(_)
        | Rejection::MovementNotFound(_)
        | Rejection::StockLocked(_) => untimely(rejection),
        Rejection::PromisedElsewhere(r) => promises::elsewhere(r),
        Rejection::TooManyRules(r) => format!("{} rules hold", r.max),
        Rejection::DocumentTooLarge(r) => format!("more than {} {} in one entry", r.max, r.limit),
        Rejection::HandlingUnitNotFound(_)
        | Rejection::SsccReused(_)
        | Rejection::NumberRangeExhausted(_)
        | Rejection::NumberRangeTaken(_)
        | Rejection::PackedInUnit(_)
        | Rejection::InsufficientInUnit(_)
        | Rejection::HandlingUnitElsewhere(_)
        | Rejection::HandlingUnitNotEmpty(_)
        | Rejection::BadNesting(_)
        | Rejection::HandlingUnitTooLarge(_) => handling_units::refusal(rejection),
        Rejection::ExpectationNotFound(_)
        | Rejection::ExpectationOfOtherItem(_)
        | Rejection::ExpectationOfOtherDirection(_)
        | Rejection::TooManyExpectations(_) => expectations::refusal(rejection),
        Rejection::DeliveryRefused(refused) => deliveries::refusal(refused),
        Rejection::OrderRefused(refused) => orders::refusal(refused),
        Rejection::TaskRefused(refused) => tasks::refusal(refused),
        Rejection::ProductionRefused(refused) => production::refusal(refused),
        Rejection::CountRefused(refused) => counts::refusal(refused),
        Rejection::WeightMissing(_)
        | Rejection::WeightUnexpected(_)
        | Rejection::WeighingChanged(_)
        | Rejection::InsufficientWeight(_)
        | Rejection::WeightOfSeveral(_) => weight::refusal(rejection),
    }
}

/// A refusal that is about when something happened, or was taken back.
#[expect(clippy::wildcard_enum_match_arm, reason = "the caller's match is exhaustive and gives these only")]
fn untimely(rejection: &Rejection) -> String {
    match rejection {
        Rejection::WouldBreakLater(r) => format!(
            "{} of {} at {} would be there at {}",
            number(r.on_hand.clone()),
            r.sku,
            r.location,
            micros_to_rfc3339(r.at_micros)
        ),
        Rejection::AlreadyReversed(r) => {
            format!("{}-{} was taken back by {}-{}", r.sequence, r.line, r.by_sequence, r.by_line)
        }
        Rejection::ReversalOfReversal(r) => {
            format!("{}-{} takes back {}-{}", r.sequence, r.line, r.reverses_sequence, r.reverses_line)
        }
        Rejection::MovementNotFound(r) => format!("nothing was moved by {}-{}", r.sequence, r.line),
        Rejection::StockLocked(r) => format!("locked until {}", micros_to_rfc3339(r.until_micros)),
        _ => String::new(),
    }
}

/// A refusal that is about serial numbers.
#[expect(clippy::wildcard_enum_match_arm, reason = "the caller's match is exhaustive and gives these only")]
fn of_units(rejection: &Rejection) -> String {
    match rejection {
        Rejection::DuplicateSerial(r) => {
            format!("serial {} of {} is at {} already", r.serial, r.sku, r.location)
        }
        Rejection::UnknownSerial(r) => format!("no unit of {} with serial {}", r.sku, r.serial),
        Rejection::SerialElsewhere(r) => format!("serial {} of {} is at {}", r.serial, r.sku, r.location),
        Rejection::SerialsExpected(r) => {
            let (given, expected) = (number(r.given.clone()), number(r.expected.clone()));
            format!("{given} serials given for {expected} of {}", r.sku)
        }
        _ => String::new(),
    }
}
