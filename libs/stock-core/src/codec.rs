//! Entries as the bytes that the journal stores, its hash covers and the event log carries.

use laws::NegativeStock;
use prost::Message;
use proto::common::v1::Decimal;
use proto::events::v1 as wire;
use proto::events::v1::journal_entry::Outcome as WireOutcome;
use proto::events::v1::rejected::Rejection as WireRejection;
use thiserror::Error;
use vocabulary::{
    Invalid, LocationCode, Quantity, RequestId, ReservationId, Sequence, Sku, Timestamp, WarehouseCode,
};

use crate::entry::{Moved, Released, Reserved};
use crate::{Entry, Fact, MovementKind, Outcome, Place, Refusal, Rejection, RequestDigest};

/// Bytes that are no journal entry.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CodecError {
    /// Not the protobuf message.
    #[error("not a journal entry: {0}")]
    Protobuf(String),
    /// A field is missing.
    #[error("the entry has no {0}")]
    Missing(&'static str),
    /// A field has a value that its type does not allow.
    #[error(transparent)]
    Invalid(#[from] Invalid),
}

/// The entry's bytes.
pub fn encode_entry(entry: &Entry) -> Vec<u8> {
    let outcome = match &entry.outcome {
        Outcome::Posted(facts) => {
            WireOutcome::Posted(wire::Posted { facts: facts.iter().map(fact_to_wire).collect() })
        }
        Outcome::Rejected(refusal) => WireOutcome::Rejected(refusal_to_wire(refusal)),
    };
    let message = wire::JournalEntry {
        sequence: entry.sequence.get(),
        warehouse: entry.warehouse.to_string(),
        request_id: entry.request_id.as_bytes().to_vec(),
        request_digest: entry.digest.as_bytes().to_vec(),
        effective_at_micros: entry.effective_at.micros(),
        recorded_at_micros: entry.recorded_at.micros(),
        reference: entry.reference.clone(),
        outcome: Some(outcome),
    };
    message.encode_to_vec()
}

/// The entry in `bytes`.
///
/// # Errors
/// [`CodecError`] when they hold none.
pub fn decode_entry(bytes: &[u8]) -> Result<Entry, CodecError> {
    let message = wire::JournalEntry::decode(bytes).map_err(|e| CodecError::Protobuf(e.to_string()))?;
    let outcome = match message.outcome.ok_or(CodecError::Missing("outcome"))? {
        WireOutcome::Posted(posted) => {
            Outcome::Posted(posted.facts.into_iter().map(fact_from_wire).collect::<Result<_, _>>()?)
        }
        WireOutcome::Rejected(rejected) => Outcome::Rejected(refusal_from_wire(rejected)?),
    };
    Ok(Entry {
        sequence: Sequence::new(message.sequence),
        warehouse: WarehouseCode::parse(&message.warehouse)?,
        request_id: RequestId::from_bytes(sixteen(&message.request_id, "request id of 16 bytes")?),
        digest: RequestDigest::from_bytes(sixteen(&message.request_digest, "request digest of 16 bytes")?),
        effective_at: Timestamp::from_micros(message.effective_at_micros)?,
        recorded_at: Timestamp::from_micros(message.recorded_at_micros)?,
        reference: message.reference,
        outcome,
    })
}

fn fact_to_wire(fact: &Fact) -> wire::Fact {
    use wire::fact::Fact as WireFact;
    let (line, fact) = match fact {
        Fact::Moved(moved) => (moved.line, WireFact::Moved(moved_to_wire(moved))),
        Fact::Reserved(reserved) => {
            let wire = wire::Reserved {
                sku: reserved.sku.to_string(),
                location: reserved.location.to_string(),
                quantity: decimal(reserved.quantity),
            };
            (reserved.line, WireFact::Reserved(wire))
        }
        Fact::Released(released) => {
            let wire = wire::Released {
                reservation_sequence: released.reservation.sequence.get(),
                reservation_line: released.reservation.line,
                quantity: decimal(released.quantity),
            };
            (released.line, WireFact::Released(wire))
        }
    };
    wire::Fact { line, fact: Some(fact) }
}

fn moved_to_wire(moved: &Moved) -> wire::Moved {
    wire::Moved {
        kind: kind_to_wire(moved.kind).into(),
        sku: moved.sku.to_string(),
        from_location: moved.from.code().to_string(),
        to_location: moved.to.code().to_string(),
        quantity: decimal(moved.quantity),
        reason: moved.reason.clone(),
        negative_allowed: moved.negative == NegativeStock::Allowed,
        from_virtual: moved.from.real().is_none(),
        to_virtual: moved.to.real().is_none(),
    }
}

fn fact_from_wire(fact: wire::Fact) -> Result<Fact, CodecError> {
    use wire::fact::Fact as WireFact;
    let line = fact.line;
    Ok(match fact.fact.ok_or(CodecError::Missing("fact"))? {
        WireFact::Moved(moved) => Fact::Moved(moved_from_wire(line, moved)?),
        WireFact::Reserved(reserved) => Fact::Reserved(Reserved {
            line,
            sku: Sku::parse(&reserved.sku)?,
            location: LocationCode::parse(&reserved.location)?,
            quantity: quantity(reserved.quantity)?,
        }),
        WireFact::Released(released) => Fact::Released(Released {
            line,
            reservation: reservation(released.reservation_sequence, released.reservation_line),
            quantity: quantity(released.quantity)?,
        }),
    })
}

fn moved_from_wire(line: u32, moved: wire::Moved) -> Result<Moved, CodecError> {
    let place = |code: &str, is_virtual| {
        let code = LocationCode::parse(code)?;
        Ok::<_, CodecError>(if is_virtual { Place::Virtual(code) } else { Place::Real(code) })
    };
    Ok(Moved {
        line,
        kind: kind_from_wire(moved.kind())?,
        sku: Sku::parse(&moved.sku)?,
        negative: if moved.negative_allowed { NegativeStock::Allowed } else { NegativeStock::Forbidden },
        from: place(&moved.from_location, moved.from_virtual)?,
        to: place(&moved.to_location, moved.to_virtual)?,
        quantity: quantity(moved.quantity)?,
        reason: moved.reason,
    })
}

const fn kind_to_wire(kind: MovementKind) -> wire::MovementKind {
    match kind {
        MovementKind::Receipt => wire::MovementKind::Receipt,
        MovementKind::Issue => wire::MovementKind::Issue,
        MovementKind::Move => wire::MovementKind::Move,
        MovementKind::Adjustment => wire::MovementKind::Adjustment,
        MovementKind::Return => wire::MovementKind::Return,
        MovementKind::Fulfilment => wire::MovementKind::Fulfilment,
    }
}

const fn kind_from_wire(kind: wire::MovementKind) -> Result<MovementKind, CodecError> {
    match kind {
        wire::MovementKind::Receipt => Ok(MovementKind::Receipt),
        wire::MovementKind::Issue => Ok(MovementKind::Issue),
        wire::MovementKind::Move => Ok(MovementKind::Move),
        wire::MovementKind::Adjustment => Ok(MovementKind::Adjustment),
        wire::MovementKind::Return => Ok(MovementKind::Return),
        wire::MovementKind::Fulfilment => Ok(MovementKind::Fulfilment),
        wire::MovementKind::Unspecified => Err(CodecError::Missing("movement kind")),
    }
}

fn refusal_to_wire(refusal: &Refusal) -> wire::Rejected {
    let rejection = match &refusal.rejection {
        Rejection::InsufficientAvailable { sku, location, requested, available } => {
            WireRejection::InsufficientAvailable(wire::InsufficientAvailable {
                sku: sku.to_string(),
                location: location.to_string(),
                requested: decimal(*requested),
                available: decimal(*available),
            })
        }
        Rejection::ReservationNotFound { reservation } => {
            WireRejection::ReservationNotFound(wire::ReservationNotFound {
                reservation_sequence: reservation.sequence.get(),
                reservation_line: reservation.line,
            })
        }
        Rejection::ReservationExceeded { reservation, requested, reserved } => {
            WireRejection::ReservationExceeded(wire::ReservationExceeded {
                reservation_sequence: reservation.sequence.get(),
                reservation_line: reservation.line,
                requested: decimal(*requested),
                reserved: decimal(*reserved),
            })
        }
        Rejection::QuantityOverflow { sku, location } => {
            let (sku, location) = (sku.to_string(), location.to_string());
            WireRejection::QuantityOverflow(wire::QuantityOverflow { sku, location })
        }
    };
    wire::Rejected { line: refusal.line, rejection: Some(rejection) }
}

fn refusal_from_wire(rejected: wire::Rejected) -> Result<Refusal, CodecError> {
    let rejection = match rejected.rejection.ok_or(CodecError::Missing("rejection"))? {
        WireRejection::InsufficientAvailable(r) => Rejection::InsufficientAvailable {
            sku: Sku::parse(&r.sku)?,
            location: LocationCode::parse(&r.location)?,
            requested: quantity(r.requested)?,
            available: quantity(r.available)?,
        },
        WireRejection::ReservationNotFound(r) => Rejection::ReservationNotFound {
            reservation: reservation(r.reservation_sequence, r.reservation_line),
        },
        WireRejection::ReservationExceeded(r) => Rejection::ReservationExceeded {
            reservation: reservation(r.reservation_sequence, r.reservation_line),
            requested: quantity(r.requested)?,
            reserved: quantity(r.reserved)?,
        },
        WireRejection::QuantityOverflow(r) => Rejection::QuantityOverflow {
            sku: Sku::parse(&r.sku)?,
            location: LocationCode::parse(&r.location)?,
        },
    };
    Ok(Refusal { line: rejected.line, rejection })
}

fn decimal(quantity: Quantity) -> Option<Decimal> {
    Some(Decimal { value: quantity.to_string() })
}

fn quantity(decimal: Option<Decimal>) -> Result<Quantity, CodecError> {
    Ok(Quantity::parse(&decimal.ok_or(CodecError::Missing("quantity"))?.value)?)
}

const fn reservation(sequence: u64, line: u32) -> ReservationId {
    ReservationId { sequence: Sequence::new(sequence), line }
}

fn sixteen(bytes: &[u8], what: &'static str) -> Result<[u8; 16], CodecError> {
    bytes.try_into().map_err(|_| CodecError::Missing(what))
}
