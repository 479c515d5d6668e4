//! What changed of counts, and what stands against a step of one.

use proto::events::v1 as wire;
use proto::events::v1::count_changed::Change;
use proto::events::v1::{CountRefusal, CountRefused};
use vocabulary::{DocumentCode, PartyCode, Sequence, SerialNumber, Sku, Timestamp};

use super::WireError;
use super::count::{
    count_place_to, count_state_to, place_of, plan_of, plan_to, reading_of, reading_to, state_of,
};
use crate::{CountChange, CountPlace, CountRejection};

/// A change of a count as a message.
pub fn count_change_to(change: &CountChange) -> wire::CountChanged {
    let change = match change {
        CountChange::Planned(plan) => Change::Planned(plan_to(plan)),
        CountChange::Counted { code, place, reading } => Change::Counted(wire::CountPlaceCounted {
            count: code.to_string(),
            place: Some(count_place_to(place)),
            reading: Some(reading_to(reading)),
        }),
        CountChange::Approved { code, by } => {
            Change::Approved(wire::CountApproved { count: code.to_string(), by: by.to_string() })
        }
        CountChange::Posted { code, at } => {
            Change::Posted(wire::CountPosted { count: code.to_string(), posted_at_micros: at.micros() })
        }
        CountChange::Cancelled { code } => {
            Change::Cancelled(wire::CountCancelled { count: code.to_string() })
        }
    };
    wire::CountChanged { change: Some(change) }
}

/// A message as a change of a count.
///
/// # Errors
/// [`WireError`] when a field is missing or not what it should be.
pub fn count_change_of(message: &wire::CountChanged) -> Result<CountChange, WireError> {
    let code = |count: &str| Ok::<_, WireError>(DocumentCode::parse(count)?);
    Ok(match message.change.as_ref().ok_or(WireError::Missing("change of the count"))? {
        Change::Planned(plan) => CountChange::Planned(Box::new(plan_of(plan)?)),
        Change::Counted(counted) => CountChange::Counted {
            code: code(&counted.count)?,
            place: place_of(counted.place.as_ref())?,
            reading: Box::new(reading_of(counted.reading.as_ref().ok_or(WireError::Missing("reading"))?)?),
        },
        Change::Approved(approved) => {
            CountChange::Approved { code: code(&approved.count)?, by: PartyCode::parse(&approved.by)? }
        }
        Change::Posted(posted) => CountChange::Posted {
            code: code(&posted.count)?,
            at: Timestamp::from_micros(posted.posted_at_micros)?,
        },
        Change::Cancelled(cancelled) => CountChange::Cancelled { code: code(&cancelled.count)? },
    })
}

/// A refusal about a count as a message.
pub fn count_rejection_to(rejection: &CountRejection) -> CountRefused {
    use CountRejection as R;
    let (refusal, code, place) = named(rejection);
    let blank = CountRefused {
        refusal: refusal.into(),
        count: code.map(ToString::to_string).unwrap_or_default(),
        place: place.map(count_place_to),
        ..CountRefused::default()
    };
    match rejection {
        R::NotFound { .. } | R::Exists { .. } | R::NotPlanned { .. } | R::NotCounted { .. } => blank,
        R::RecountNeeded { .. } | R::TooManyLines { .. } | R::TooMany => blank,
        R::Ended { state, .. } => CountRefused { state: count_state_to(*state).into(), ..blank },
        R::OtherItem { sku, .. } | R::UnitsMoved { sku, .. } | R::Weighed { sku, .. } => {
            CountRefused { sku: sku.to_string(), ..blank }
        }
        R::UnitTwice { sku, serial, .. } => {
            CountRefused { sku: sku.to_string(), serial: serial.to_string(), ..blank }
        }
        R::Periodic { sku } => CountRefused { sku: sku.to_string(), ..blank },
        R::ReadOutOfTime { given, least, most, .. } => {
            CountRefused { given: given.get(), least: least.get(), most: most.get(), ..blank }
        }
        R::SamePerson { by, .. } | R::OwnVariance { by, .. } => CountRefused { by: by.to_string(), ..blank },
        R::Stale { corrected_by, .. } => CountRefused { given: corrected_by.get(), ..blank },
        R::ApprovalNeeded { value, .. } => CountRefused { value: value.clone(), ..blank },
    }
}

/// A message as a refusal about a count.
///
/// # Errors
/// [`WireError`] when a field is missing or not what it should be.
pub fn count_rejection_of(message: &CountRefused) -> Result<CountRejection, WireError> {
    use CountRejection as R;
    if message.refusal() == CountRefusal::TooMany {
        return Ok(R::TooMany);
    }
    if message.refusal() == CountRefusal::Periodic {
        return Ok(R::Periodic { sku: Sku::parse(&message.sku)? });
    }
    let code = DocumentCode::parse(&message.count)?;
    let place = || place_of(message.place.as_ref());
    let sku = || Ok::<_, WireError>(Sku::parse(&message.sku)?);
    let by = || Ok::<_, WireError>(PartyCode::parse(&message.by)?);
    let given = Sequence::new(message.given);
    Ok(match message.refusal() {
        CountRefusal::Unspecified => return Err(WireError::Missing("refusal")),
        CountRefusal::TooMany => R::TooMany,
        CountRefusal::Periodic => R::Periodic { sku: sku()? },
        CountRefusal::NotFound => R::NotFound { code },
        CountRefusal::Exists => R::Exists { code },
        CountRefusal::Ended => R::Ended { code, state: state_of(message.state())? },
        CountRefusal::NotPlanned => R::NotPlanned { code, place: place()? },
        CountRefusal::OtherItem => R::OtherItem { code, place: place()?, sku: sku()? },
        CountRefusal::ReadOutOfTime => {
            let (least, most) = (Sequence::new(message.least), Sequence::new(message.most));
            R::ReadOutOfTime { code, place: place()?, given, least, most }
        }
        CountRefusal::UnitsMoved => R::UnitsMoved { code, place: place()?, sku: sku()? },
        CountRefusal::UnitTwice => {
            let serial = SerialNumber::parse(&message.serial)?;
            R::UnitTwice { code, place: place()?, sku: sku()?, serial }
        }
        CountRefusal::Weighed => R::Weighed { code, sku: sku()? },
        CountRefusal::SamePerson => R::SamePerson { code, place: place()?, by: by()? },
        CountRefusal::NotCounted => R::NotCounted { code, place: place()? },
        CountRefusal::RecountNeeded => R::RecountNeeded { code, place: place()? },
        CountRefusal::Stale => R::Stale { code, place: place()?, corrected_by: given },
        CountRefusal::ApprovalNeeded => R::ApprovalNeeded { code, value: message.value.clone() },
        CountRefusal::OwnVariance => R::OwnVariance { code, by: by()? },
        CountRefusal::TooManyLines => R::TooManyLines { code },
    })
}

/// Its kind, and the count and the place that it is about.
const fn named(rejection: &CountRejection) -> (CountRefusal, Option<&DocumentCode>, Option<&CountPlace>) {
    use CountRejection as R;
    match rejection {
        R::NotFound { code } => (CountRefusal::NotFound, Some(code), None),
        R::Exists { code } => (CountRefusal::Exists, Some(code), None),
        R::Ended { code, .. } => (CountRefusal::Ended, Some(code), None),
        R::NotPlanned { code, place } => (CountRefusal::NotPlanned, Some(code), Some(place)),
        R::OtherItem { code, place, .. } => (CountRefusal::OtherItem, Some(code), Some(place)),
        R::ReadOutOfTime { code, place, .. } => (CountRefusal::ReadOutOfTime, Some(code), Some(place)),
        R::UnitsMoved { code, place, .. } => (CountRefusal::UnitsMoved, Some(code), Some(place)),
        R::UnitTwice { code, place, .. } => (CountRefusal::UnitTwice, Some(code), Some(place)),
        R::Weighed { code, .. } => (CountRefusal::Weighed, Some(code), None),
        R::SamePerson { code, place, .. } => (CountRefusal::SamePerson, Some(code), Some(place)),
        R::NotCounted { code, place } => (CountRefusal::NotCounted, Some(code), Some(place)),
        R::RecountNeeded { code, place } => (CountRefusal::RecountNeeded, Some(code), Some(place)),
        R::Stale { code, place, .. } => (CountRefusal::Stale, Some(code), Some(place)),
        R::ApprovalNeeded { code, .. } => (CountRefusal::ApprovalNeeded, Some(code), None),
        R::OwnVariance { code, .. } => (CountRefusal::OwnVariance, Some(code), None),
        R::TooManyLines { code } => (CountRefusal::TooManyLines, Some(code), None),
        R::Periodic { .. } => (CountRefusal::Periodic, None, None),
        R::TooMany => (CountRefusal::TooMany, None, None),
    }
}
