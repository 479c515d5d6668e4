//! Facts and refusals about deliveries. They are rare beside movements, so that the generated messages do.

use prost::Message;
use proto::events::v1 as wire;
use work_core::DeliveryRejection;
use work_core::wire::{WireError, change_of, change_to, rejection_of, rejection_to};

use super::CodecError;
use super::reader::Reader;
use super::writer::Writer;
use crate::{DeliveryFact, Fact};

/// Numbers of the facts in `Fact`.
const FACTS: std::ops::RangeInclusive<u64> = 30..=39;
/// Number of the refusal in `Rejected`.
pub(super) const REJECTION: u64 = 70;

/// Whether this field of `Fact` is about a delivery.
pub(super) fn is_fact(number: u64) -> bool {
    FACTS.contains(&number)
}

/// All fields of `Fact`.
pub(super) fn write_fact(writer: &mut Writer, fact: &DeliveryFact) {
    let message = wire::Fact { line: fact.line, fact: Some(change_to(&fact.change)) };
    writer.written(&message.encode_to_vec());
}

/// From all bytes of `Fact`.
pub(super) fn read_fact(bytes: &[u8]) -> Result<Fact, CodecError> {
    let message = wire::Fact::decode(bytes).map_err(|e| CodecError::Protobuf(e.to_string()))?;
    let change = message.fact.as_ref().map(change_of).transpose()?.flatten();
    let change = change.ok_or(CodecError::Missing("change of a delivery"))?;
    Ok(Fact::Delivery(Box::new(DeliveryFact { line: message.line, change })))
}

pub(super) fn write_rejection(writer: &mut Writer, rejection: &DeliveryRejection) {
    writer.message(70, |writer| writer.written(&rejection_to(rejection).encode_to_vec()));
}

pub(super) fn read_rejection(rejection: Reader<'_>) -> Result<DeliveryRejection, CodecError> {
    let message = wire::DeliveryRefused::decode(rejection.rest());
    let message = message.map_err(|e| CodecError::Protobuf(e.to_string()))?;
    Ok(rejection_of(&message)?)
}

impl From<WireError> for CodecError {
    fn from(error: WireError) -> Self {
        match error {
            WireError::Missing(what) => Self::Missing(what),
            WireError::Invalid(invalid) => Self::Invalid(invalid),
        }
    }
}
