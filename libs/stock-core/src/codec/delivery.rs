//! Facts and refusals about deliveries. They are rare beside movements, so that the generated messages do.

use prost::Message;
use proto::events::v1 as wire;
use work_core::wire::{WireError, change_of, change_to, rejection_of, rejection_to};
use work_core::{DeliveryChange, DeliveryRejection};

use super::CodecError;
use super::reader::Reader;
use super::writer::Writer;
use crate::{DeliveryFact, Fact};

/// Number of the fact in `Fact`.
pub(super) const FACT: u64 = 30;
/// Number of the refusal in `Rejected`.
pub(super) const REJECTION: u64 = 70;

pub(super) fn write_change(writer: &mut Writer, change: &DeliveryChange) {
    writer.message(30, |writer| writer.written(&change_to(change).encode_to_vec()));
}

fn read_change(changed: Reader<'_>) -> Result<DeliveryChange, CodecError> {
    let message = wire::DeliveryChanged::decode(changed.rest());
    let message = message.map_err(|e| CodecError::Protobuf(e.to_string()))?;
    Ok(change_of(&message)?)
}

pub(super) fn read_fact(line: u32, changed: Reader<'_>) -> Result<Fact, CodecError> {
    let change = read_change(changed)?;
    Ok(Fact::Delivery(Box::new(DeliveryFact { line, change })))
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
