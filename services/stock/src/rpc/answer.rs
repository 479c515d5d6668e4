//! Answers as messages.

use proto::stock::v1::{DocumentError, DocumentResult, Receipt, document_result};
use rpc::{ApiError, Reason};
use stock_core::{EXPECTATIONS_MAX, ExpectationRejection, Refusal, Rejection, UnitRejection};
use vocabulary::{RequestId, Timestamp, WarehouseCode};

use super::page::decimal;
use super::{count_refused, delivery_refused, order_refused, production_refused, task_refused, weight};
use crate::engine::{Answer, Made, Origin, Recorded, Verdict};

/// The answer to one request, as a receipt or an error.
pub(super) fn receipt(
    answer: Answer,
    warehouse: &WarehouseCode,
    request_id: RequestId,
) -> Result<Receipt, ApiError> {
    match answer {
        Answer::Recorded(recorded) => recorded_receipt(recorded, warehouse, request_id),
        Answer::Invalid(error) => Err(error),
        Answer::Judged { verdict: Err(refusal), .. } => Err(refused(&refusal)),
        Answer::Judged { verdict: Ok(()), effective_at } => Ok(Receipt {
            request_id: request_id.to_string(),
            warehouse: warehouse.to_string(),
            effective_at: effective_at.map(timestamp),
            ..Receipt::default()
        }),
        Answer::Reused(sequence) => {
            let message = format!(
                "request id {request_id} was used for another document: give every document its own id"
            );
            Err(ApiError::invalid(Reason::RequestIdReused, "request_id", message).with("sequence", sequence))
        }
    }
}

fn recorded_receipt(
    recorded: Recorded,
    warehouse: &WarehouseCode,
    request_id: RequestId,
) -> Result<Receipt, ApiError> {
    match recorded.verdict {
        Verdict::Accepted(Made { reservations, handling_units, tasks }) => Ok(Receipt {
            request_id: request_id.to_string(),
            warehouse: warehouse.to_string(),
            sequence: recorded.sequence.get(),
            recorded_at: Some(timestamp(recorded.recorded_at)),
            effective_at: Some(timestamp(recorded.effective_at)),
            reservation_ids: reservations.iter().map(|(id, _)| id.to_string()).collect(),
            remembered: recorded.origin == Origin::Remembered,
            reserved_quantities: reservations.iter().filter_map(|(_, held)| decimal(*held)).collect(),
            handling_units: handling_units.iter().map(ToString::to_string).collect(),
            tasks: tasks.iter().map(ToString::to_string).collect(),
        }),
        Verdict::Refused(refusal) => Err(refused(&refusal).with("sequence", recorded.sequence)),
    }
}

/// A refusal as an error.
pub(super) fn refused(refusal: &Refusal) -> ApiError {
    let message = refusal.rejection.to_string();
    let error = |reason| ApiError::invalid(reason, format!("lines[{}]", refusal.line), message);
    match &refusal.rejection {
        Rejection::InsufficientAvailable { sku, location, requested, available } => {
            error(Reason::InsufficientAvailable)
                .with("sku", sku)
                .with("location", location)
                .with("requested", requested)
                .with("available", available)
        }
        Rejection::ReservationNotFound { reservation } => {
            error(Reason::ReservationNotFound).with("reservation_id", reservation)
        }
        Rejection::ReservationExceeded { reservation, requested, reserved } => {
            error(Reason::ReservationExceeded)
                .with("reservation_id", reservation)
                .with("requested", requested)
                .with("reserved", reserved)
        }
        Rejection::QuantityOverflow { sku, location } => {
            error(Reason::QuantityOverflow).with("sku", sku).with("location", location)
        }
        Rejection::DuplicateSerial { .. }
        | Rejection::UnknownSerial { .. }
        | Rejection::SerialElsewhere { .. }
        | Rejection::SerialsExpected { .. } => about_units(&refusal.rejection, error),
        Rejection::UnknownLot { sku, lot } => error(Reason::UnknownLot).with("sku", sku).with("lot", lot),
        Rejection::LotDiffers { sku, lot, field } => {
            error(Reason::LotDiffers).with("sku", sku).with("lot", lot).with("field", field)
        }
        Rejection::TrackingChanged { sku, held, tracking } => {
            let (held, tracking) = (held.as_str(), tracking.as_str());
            error(Reason::TrackingChanged).with("sku", sku).with("held", held).with("tracking", tracking)
        }
        Rejection::NotExpired { .. }
        | Rejection::SerialReserved { .. }
        | Rejection::SerialNotReserved { .. }
        | Rejection::QuotaExceeded { .. }
        | Rejection::BufferKept { .. }
        | Rejection::CustomerMaximum { .. }
        | Rejection::ExpiresTooEarly { .. }
        | Rejection::InsufficientInWarehouse { .. }
        | Rejection::StatusInUse { .. }
        | Rejection::PromisedElsewhere { .. }
        | Rejection::StatusNotAvailable { .. } => unpromised(&refusal.rejection, error),
        Rejection::WouldBreakLater { .. }
        | Rejection::AlreadyReversed { .. }
        | Rejection::ReversalOfReversal { .. }
        | Rejection::MovementNotFound { .. }
        | Rejection::StockLocked { .. } => untimely(&refusal.rejection, error),
        Rejection::TooManyRules { max } => error(Reason::TooManyRules).with("max", max),
        Rejection::DocumentTooLarge { limit: of, max } => {
            error(Reason::DocumentTooLarge).with("limit", of).with("max", max)
        }
        Rejection::HandlingUnit(rejection) => with_unit_data(rejection, error),
        Rejection::Expectation(rejection) => unexpected(rejection, error),
        Rejection::Weight(rejection) => weight::refused(rejection, error),
        Rejection::Delivery(rejection) => delivery_refused::refused(rejection, error),
        Rejection::Task(rejection) => task_refused::refused(rejection, error),
        Rejection::Order(rejection) => order_refused::refused(rejection, error),
        Rejection::Production(rejection) => production_refused::refused(rejection, error),
        Rejection::Count(rejection) => count_refused::refused(rejection, error),
    }
}

/// A refusal about single units.
#[expect(clippy::wildcard_enum_match_arm, reason = "the caller's match is exhaustive and gives these only")]
fn about_units(rejection: &Rejection, error: impl FnOnce(Reason) -> ApiError) -> ApiError {
    match rejection {
        Rejection::DuplicateSerial { sku, serial, location } => {
            error(Reason::DuplicateSerial).with("sku", sku).with("serial", serial).with("location", location)
        }
        Rejection::UnknownSerial { sku, serial } => {
            error(Reason::UnknownSerial).with("sku", sku).with("serial", serial)
        }
        Rejection::SerialElsewhere { sku, serial, location } => {
            error(Reason::SerialElsewhere).with("sku", sku).with("serial", serial).with("location", location)
        }
        Rejection::SerialsExpected { sku, expected, given } => {
            error(Reason::SerialCount).with("sku", sku).with("expected", expected).with("given", given)
        }
        _ => ApiError::internal("a refusal about a unit is about none"),
    }
}

/// A refusal that came with promises on terms.
#[expect(clippy::wildcard_enum_match_arm, reason = "the caller's match is exhaustive and gives these only")]
fn unpromised(rejection: &Rejection, error: impl FnOnce(Reason) -> ApiError) -> ApiError {
    match rejection {
        Rejection::SerialReserved { sku, serial, reservation } => error(Reason::SerialReserved)
            .with("sku", sku)
            .with("serial", serial)
            .with("reservation_id", reservation),
        Rejection::SerialNotReserved { reservation, serial } => {
            error(Reason::SerialNotReserved).with("reservation_id", reservation).with("serial", serial)
        }
        Rejection::QuotaExceeded { sku, channel, requested, free, kept } => error(Reason::QuotaExceeded)
            .with("sku", sku)
            .with("channel", channel.as_ref().map_or("", |channel| channel.as_str()))
            .with("requested", requested)
            .with("free", free)
            .with("kept", kept),
        Rejection::BufferKept { sku, requested, free, kept, buffer } => error(Reason::BufferKept)
            .with("sku", sku)
            .with("requested", requested)
            .with("free", free)
            .with("kept", kept)
            .with("buffer", buffer),
        Rejection::CustomerMaximum { sku, holder, requested, open, maximum } => {
            error(Reason::CustomerMaximum)
                .with("sku", sku)
                .with("holder", holder)
                .with("requested", requested)
                .with("open", open)
                .with("maximum", maximum)
        }
        Rejection::ExpiresTooEarly { sku, lot, expiry, min_expiry } => error(Reason::ExpiresTooEarly)
            .with("sku", sku)
            .with("lot", lot)
            .with("expiry", expiry)
            .with("min_expiry", min_expiry),
        Rejection::InsufficientInWarehouse { sku, requested, available } => {
            error(Reason::InsufficientAvailable)
                .with("sku", sku)
                .with("requested", requested)
                .with("available", available)
        }
        Rejection::StatusInUse { status, sku, location } => {
            error(Reason::StatusInUse).with("status", status).with("sku", sku).with("location", location)
        }
        Rejection::StatusNotAvailable { sku, status } => {
            error(Reason::StatusNotAvailable).with("sku", sku).with("status", status)
        }
        Rejection::PromisedElsewhere { reservation, location, requested, there, unit } => {
            let error = error(Reason::PromisedElsewhere).with("reservation_id", reservation);
            let error = error.with("location", location).with("requested", requested).with("there", there);
            optional(error, "handling_unit", unit.as_ref())
        }
        Rejection::NotExpired { reservation } => {
            error(Reason::ReservationNotExpired).with("reservation_id", reservation)
        }
        _ => error(Reason::Internal),
    }
}

/// A refusal that is about when something happened, or was taken back.
#[expect(clippy::wildcard_enum_match_arm, reason = "the caller's match is exhaustive and gives these only")]
fn untimely(rejection: &Rejection, error: impl FnOnce(Reason) -> ApiError) -> ApiError {
    match rejection {
        Rejection::WouldBreakLater { sku, location, at, on_hand } => error(Reason::WouldBreakLater)
            .with("sku", sku)
            .with("location", location)
            .with("at", at)
            .with("on_hand", on_hand),
        Rejection::AlreadyReversed { movement, by } => error(Reason::AlreadyReversed)
            .with("movement", movement)
            .with("by", by)
            .with("by_sequence", by.sequence),
        Rejection::ReversalOfReversal { movement, reverses } => {
            error(Reason::ReversalOfReversal).with("movement", movement).with("reverses", reverses)
        }
        Rejection::MovementNotFound { movement } => {
            error(Reason::MovementNotFound).with("movement", movement)
        }
        Rejection::StockLocked { until } => error(Reason::StockLocked).with("until", until),
        _ => error(Reason::Internal),
    }
}

/// A refusal about handling units, with its data.
fn with_unit_data(rejection: &UnitRejection, error: impl FnOnce(Reason) -> ApiError) -> ApiError {
    match rejection {
        UnitRejection::NotFound { unit } => error(Reason::HandlingUnitNotFound).with("handling_unit", unit),
        UnitRejection::SsccReused { unit } => error(Reason::SsccReused).with("handling_unit", unit),
        UnitRejection::NumbersExhausted { last } => {
            optional(error(Reason::NumberRangeExhausted), "last", last.as_ref())
        }
        UnitRejection::NumbersTaken { free } => {
            optional(error(Reason::NumberRangeTaken), "free", free.as_ref())
        }
        UnitRejection::PackedInUnit { sku, location, loose, packed, unit } => {
            let error = error(Reason::PackedInUnit).with("sku", sku).with("location", location);
            optional(error.with("loose", loose).with("packed", packed), "handling_unit", unit.as_ref())
        }
        UnitRejection::Insufficient { unit, sku, requested, packed } => {
            let error = error(Reason::InsufficientInUnit).with("handling_unit", unit);
            optional(error.with("requested", requested).with("packed", packed), "sku", sku.as_ref())
        }
        UnitRejection::Elsewhere { unit, location } => {
            error(Reason::HandlingUnitElsewhere).with("handling_unit", unit).with("location", location)
        }
        UnitRejection::NotEmpty { unit } => error(Reason::HandlingUnitNotEmpty).with("handling_unit", unit),
        UnitRejection::BadNesting { unit, parent, .. } => {
            error(Reason::BadNesting).with("handling_unit", unit).with("parent", parent)
        }
        UnitRejection::TooLarge { unit, limit } => error(Reason::HandlingUnitTooLarge)
            .with("handling_unit", unit)
            .with("limit", limit.as_str())
            .with("max", limit.max()),
    }
}

/// A refusal about what is expected, with its data.
fn unexpected(rejection: &ExpectationRejection, error: impl FnOnce(Reason) -> ApiError) -> ApiError {
    match rejection {
        ExpectationRejection::NotFound { expectation } => {
            error(Reason::ExpectationNotFound).with("expectation", expectation)
        }
        ExpectationRejection::OtherItem { expectation, sku, given } => error(Reason::ExpectationOfOtherItem)
            .with("expectation", expectation)
            .with("sku", sku)
            .with("given_sku", given),
        ExpectationRejection::OtherDirection { expectation, direction } => {
            error(Reason::ExpectationOfOtherDirection)
                .with("expectation", expectation)
                .with("direction", direction)
        }
        ExpectationRejection::TooMany => error(Reason::TooManyExpectations).with("max", EXPECTATIONS_MAX),
    }
}

fn optional(error: ApiError, name: &'static str, value: Option<&impl ToString>) -> ApiError {
    match value {
        Some(value) => error.with(name, value.to_string()),
        None => error,
    }
}

/// One result of a stream.
pub(super) fn result(outcome: Result<Receipt, ApiError>) -> DocumentResult {
    let outcome = match outcome {
        Ok(receipt) => document_result::Outcome::Receipt(receipt),
        Err(error) => document_result::Outcome::Error(DocumentError::from(error)),
    };
    DocumentResult { outcome: Some(outcome) }
}

pub(super) fn timestamp(time: Timestamp) -> prost_types::Timestamp {
    let (seconds, nanos) = time.parts();
    prost_types::Timestamp { seconds, nanos }
}
