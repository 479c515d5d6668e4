//! Facts and refusals about production orders. They are rare beside movements, so that the generated messages do.

use prost::Message;
use proto::events::v1 as wire;
use work_core::wire::{
    production_change_of, production_change_to, production_rejection_of, production_rejection_to,
};
use work_core::{ProductionChange, ProductionRejection};

use super::CodecError;
use super::reader::Reader;
use super::writer::Writer;
use crate::{Fact, ProductionFact};

/// Number of the fact in `Fact`.
pub(super) const FACT: u64 = 34;
/// Number of the refusal in `Rejected`.
pub(super) const REJECTION: u64 = 82;

pub(super) fn write_change(writer: &mut Writer, change: &ProductionChange) {
    writer.message(34, |writer| writer.written(&production_change_to(change).encode_to_vec()));
}

pub(super) fn read_fact(line: u32, changed: Reader<'_>) -> Result<Fact, CodecError> {
    let message = wire::ProductionChanged::decode(changed.rest());
    let message = message.map_err(|e| CodecError::Protobuf(e.to_string()))?;
    Ok(Fact::Production(Box::new(ProductionFact { line, change: production_change_of(&message)? })))
}

pub(super) fn write_rejection(writer: &mut Writer, rejection: &ProductionRejection) {
    writer.message(82, |writer| writer.written(&production_rejection_to(rejection).encode_to_vec()));
}

pub(super) fn read_rejection(rejection: Reader<'_>) -> Result<ProductionRejection, CodecError> {
    let message = wire::ProductionRefused::decode(rejection.rest());
    let message = message.map_err(|e| CodecError::Protobuf(e.to_string()))?;
    Ok(production_rejection_of(&message)?)
}
