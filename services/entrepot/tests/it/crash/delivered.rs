//! Deliveries in the crash test.

use stock_core::DeliveryFact;
use work_core::{DeliveryChange, DeliveryRejection};

/// A change in the model's words.
pub(super) fn told(fact: &DeliveryFact) -> String {
    let line = fact.line;
    match &fact.change {
        DeliveryChange::Announced(announced) => {
            let lines = announced.lines.iter().map(|(n, of)| format!(" {n} {} {}", of.sku, of.expected));
            format!("{line} announced {}{}", announced.code, lines.collect::<String>())
        }
        DeliveryChange::Arrived { code, line: number, sku, quantity, .. } => {
            format!("{line} arrived {code} {number} {sku} {quantity}")
        }
        DeliveryChange::TakenBack { code, line: number, quantity, .. } => {
            format!("{line} did not come {code} {number} {quantity}")
        }
        DeliveryChange::Declared { code, discrepancy } => {
            format!("{line} declared {code} {} {}", discrepancy.line, discrepancy.quantity)
        }
        DeliveryChange::Inspected(seen) => {
            format!("{line} inspected {} {} {} {}", seen.code, seen.line, seen.quantity, seen.sample)
        }
        DeliveryChange::InspectionTakenBack { code, line: number, quantity } => {
            format!("{line} waits again {code} {number} {quantity}")
        }
        DeliveryChange::Closed { code, discrepancies } => {
            let wrong = discrepancies.iter().map(|wrong| format!(" {} {}", wrong.line, wrong.quantity));
            format!("{line} closed {code}{}", wrong.collect::<String>())
        }
        DeliveryChange::Disposed { disposal, .. } => {
            let (code, number, quantity) = (&disposal.code, disposal.line, disposal.quantity);
            format!("{line} disposed {code} {number} {quantity} {}", disposal.disposition.as_str())
        }
        DeliveryChange::DisposalTakenBack(disposal) => {
            let (code, number, quantity) = (&disposal.code, disposal.line, disposal.quantity);
            format!("{line} undisposed {code} {number} {quantity} {}", disposal.disposition.as_str())
        }
        DeliveryChange::Cancelled { code } => format!("{line} cancelled {code}"),
    }
}

pub(super) const fn reason(rejection: &DeliveryRejection) -> &'static str {
    match rejection {
        DeliveryRejection::NotFound { .. } => "DELIVERY_NOT_FOUND",
        DeliveryRejection::Ended { .. } => "DELIVERY_ENDED",
        DeliveryRejection::LineNotFound { .. } => "DELIVERY_LINE_NOT_FOUND",
        DeliveryRejection::OtherItem { .. } => "DELIVERY_OF_OTHER_ITEM",
        DeliveryRejection::NotAnnounced { .. } => "ITEM_NOT_ANNOUNCED",
        DeliveryRejection::OverTolerance { .. } => "OVER_TOLERANCE",
        DeliveryRejection::UnitNotAnnounced { .. } => "UNIT_NOT_ANNOUNCED",
        DeliveryRejection::UnitArrived { .. } => "UNIT_ARRIVED",
        DeliveryRejection::LineArrived { .. } => "DELIVERY_LINE_ARRIVED",
        DeliveryRejection::Arrived { .. } => "DELIVERY_ARRIVED",
        DeliveryRejection::NobodyAnswers { .. } => "DELIVERY_DIFFERS",
        DeliveryRejection::NotInspected { .. } => "NOT_INSPECTED",
        DeliveryRejection::MoreThanThere { .. } => "DELIVERY_EXCEEDED",
        DeliveryRejection::SampleTooSmall { .. } => "SAMPLE_TOO_SMALL",
        DeliveryRejection::InspectionFailed { .. } => "INSPECTION_FAILED",
        DeliveryRejection::TooManyLines { .. } => "DELIVERY_TOO_LARGE",
        DeliveryRejection::ExpectationKept { .. } => "EXPECTED_BY_DELIVERY",
        DeliveryRejection::OtherDisposition { .. } => "OTHER_DISPOSITION",
        DeliveryRejection::TooMany => "TOO_MANY_DELIVERIES",
    }
}
