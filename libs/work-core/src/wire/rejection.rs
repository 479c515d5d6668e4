use proto::events::v1::{DeliveryRefusal, DeliveryRefused};
use vocabulary::{DocumentCode, Sku};

use super::WireError;
use super::announcement::{source_of, source_to};
use super::delivery::{state_of, state_to};
use super::disposal::{disposition_of, disposition_to};
use super::field::{decimal, quantity, sscc};
use crate::DeliveryRejection;

/// A refusal as a message.
pub fn rejection_to(rejection: &DeliveryRejection) -> DeliveryRefused {
    use DeliveryRejection as R;
    let (refusal, code) = named(rejection);
    let blank = DeliveryRefused {
        refusal: refusal.into(),
        delivery: code.map(ToString::to_string).unwrap_or_default(),
        ..DeliveryRefused::default()
    };
    match rejection {
        R::NotFound { .. } | R::Arrived { .. } | R::TooManyLines { .. } | R::TooMany => blank,
        R::Ended { state, .. } => DeliveryRefused { state: state_to(*state).into(), ..blank },
        R::LineNotFound { line, .. } | R::ExpectationKept { line, .. } => {
            DeliveryRefused { number: *line, ..blank }
        }
        R::OtherItem { line, sku, given, .. } => {
            let (sku, given_sku) = (sku.to_string(), given.to_string());
            DeliveryRefused { number: *line, sku, given_sku, ..blank }
        }
        R::NotAnnounced { sku, .. } => DeliveryRefused { given_sku: sku.to_string(), ..blank },
        R::UnitNotAnnounced { sscc, .. } | R::UnitArrived { sscc, .. } => {
            DeliveryRefused { handling_unit: sscc.to_string(), ..blank }
        }
        R::OverTolerance { line, asked, left: there, .. }
        | R::NobodyAnswers { line, expected: asked, received: there, .. }
        | R::MoreThanThere { line, asked, there, .. } => {
            DeliveryRefused { number: *line, asked: decimal(*asked), there: decimal(*there), ..blank }
        }
        R::OtherDisposition { from, disposition, .. } => DeliveryRefused {
            source: source_to(*from).into(),
            disposition: disposition_to(*disposition).into(),
            ..blank
        },
        R::LineArrived { line, received: there, .. } | R::NotInspected { line, left: there, .. } => {
            DeliveryRefused { number: *line, there: decimal(*there), ..blank }
        }
        R::SampleTooSmall { line, given: counted, sample: planned, .. }
        | R::InspectionFailed { line, defective: counted, accept: planned, .. } => {
            DeliveryRefused { number: *line, counted: *counted, planned: *planned, ..blank }
        }
    }
}

/// A message as a refusal.
///
/// # Errors
/// [`WireError`] when a field is missing or not what it should be.
pub fn rejection_of(message: &DeliveryRefused) -> Result<DeliveryRejection, WireError> {
    use DeliveryRejection as R;
    if message.refusal() == DeliveryRefusal::TooMany {
        return Ok(R::TooMany);
    }
    let (code, line) = (DocumentCode::parse(&message.delivery)?, message.number);
    let asked = || quantity(message.asked.as_ref());
    let there = || quantity(message.there.as_ref());
    let (counted, planned) = (message.counted, message.planned);
    Ok(match message.refusal() {
        DeliveryRefusal::Unspecified => return Err(WireError::Missing("refusal")),
        DeliveryRefusal::TooMany => R::TooMany,
        DeliveryRefusal::NotFound => R::NotFound { code },
        DeliveryRefusal::Ended => R::Ended { code, state: state_of(message.state())? },
        DeliveryRefusal::LineNotFound => R::LineNotFound { code, line },
        DeliveryRefusal::TooManyLines => R::TooManyLines { code },
        DeliveryRefusal::ExpectationKept => R::ExpectationKept { code, line },
        DeliveryRefusal::OtherItem => {
            let (sku, given) = (Sku::parse(&message.sku)?, Sku::parse(&message.given_sku)?);
            R::OtherItem { code, line, sku, given }
        }
        DeliveryRefusal::NotAnnounced => R::NotAnnounced { code, sku: Sku::parse(&message.given_sku)? },
        DeliveryRefusal::OverTolerance => R::OverTolerance { code, line, asked: asked()?, left: there()? },
        DeliveryRefusal::UnitNotAnnounced => {
            R::UnitNotAnnounced { code, sscc: sscc(&message.handling_unit)? }
        }
        DeliveryRefusal::UnitArrived => R::UnitArrived { code, sscc: sscc(&message.handling_unit)? },
        DeliveryRefusal::LineArrived => R::LineArrived { code, line, received: there()? },
        DeliveryRefusal::Arrived => R::Arrived { code },
        DeliveryRefusal::NobodyAnswers => {
            R::NobodyAnswers { code, line, expected: asked()?, received: there()? }
        }
        DeliveryRefusal::NotInspected => R::NotInspected { code, line, left: there()? },
        DeliveryRefusal::OtherDisposition => {
            let (from, disposition) = (source_of(message.source())?, disposition_of(message.disposition())?);
            R::OtherDisposition { code, from, disposition }
        }
        DeliveryRefusal::MoreThanThere => R::MoreThanThere { code, line, asked: asked()?, there: there()? },
        DeliveryRefusal::SampleTooSmall => R::SampleTooSmall { code, line, given: counted, sample: planned },
        DeliveryRefusal::InspectionFailed => {
            R::InspectionFailed { code, line, defective: counted, accept: planned }
        }
    })
}

/// Its kind, and the delivery that it is about.
const fn named(rejection: &DeliveryRejection) -> (DeliveryRefusal, Option<&DocumentCode>) {
    use DeliveryRejection as R;
    match rejection {
        R::NotFound { code } => (DeliveryRefusal::NotFound, Some(code)),
        R::Ended { code, .. } => (DeliveryRefusal::Ended, Some(code)),
        R::LineNotFound { code, .. } => (DeliveryRefusal::LineNotFound, Some(code)),
        R::OtherItem { code, .. } => (DeliveryRefusal::OtherItem, Some(code)),
        R::NotAnnounced { code, .. } => (DeliveryRefusal::NotAnnounced, Some(code)),
        R::OverTolerance { code, .. } => (DeliveryRefusal::OverTolerance, Some(code)),
        R::UnitNotAnnounced { code, .. } => (DeliveryRefusal::UnitNotAnnounced, Some(code)),
        R::UnitArrived { code, .. } => (DeliveryRefusal::UnitArrived, Some(code)),
        R::LineArrived { code, .. } => (DeliveryRefusal::LineArrived, Some(code)),
        R::Arrived { code } => (DeliveryRefusal::Arrived, Some(code)),
        R::NobodyAnswers { code, .. } => (DeliveryRefusal::NobodyAnswers, Some(code)),
        R::NotInspected { code, .. } => (DeliveryRefusal::NotInspected, Some(code)),
        R::MoreThanThere { code, .. } => (DeliveryRefusal::MoreThanThere, Some(code)),
        R::SampleTooSmall { code, .. } => (DeliveryRefusal::SampleTooSmall, Some(code)),
        R::InspectionFailed { code, .. } => (DeliveryRefusal::InspectionFailed, Some(code)),
        R::TooManyLines { code } => (DeliveryRefusal::TooManyLines, Some(code)),
        R::ExpectationKept { code, .. } => (DeliveryRefusal::ExpectationKept, Some(code)),
        R::OtherDisposition { code, .. } => (DeliveryRefusal::OtherDisposition, Some(code)),
        R::TooMany => (DeliveryRefusal::TooMany, None),
    }
}
