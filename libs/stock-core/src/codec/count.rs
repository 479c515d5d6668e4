//! Facts and refusals about counts. They are rare beside movements, so that the generated messages do.

use prost::Message;
use proto::events::v1 as wire;
use work_core::wire::{count_change_of, count_change_to, count_rejection_of, count_rejection_to};
use work_core::{CountChange, CountRejection};

use super::CodecError;
use super::reader::Reader;
use super::writer::Writer;
use crate::{CountFact, Fact};

/// Number of the fact in `Fact`.
pub(super) const FACT: u64 = 33;
/// Number of the refusal in `Rejected`.
pub(super) const REJECTION: u64 = 81;

pub(super) fn write_change(writer: &mut Writer, change: &CountChange) {
    writer.message(33, |writer| writer.written(&count_change_to(change).encode_to_vec()));
}

fn read_change(changed: Reader<'_>) -> Result<CountChange, CodecError> {
    let message = wire::CountChanged::decode(changed.rest());
    let message = message.map_err(|e| CodecError::Protobuf(e.to_string()))?;
    Ok(count_change_of(&message)?)
}

pub(super) fn read_fact(line: u32, changed: Reader<'_>) -> Result<Fact, CodecError> {
    let change = read_change(changed)?;
    Ok(Fact::Count(Box::new(CountFact { line, change })))
}

pub(super) fn write_rejection(writer: &mut Writer, rejection: &CountRejection) {
    writer.message(81, |writer| writer.written(&count_rejection_to(rejection).encode_to_vec()));
}

pub(super) fn read_rejection(rejection: Reader<'_>) -> Result<CountRejection, CodecError> {
    let message = wire::CountRefused::decode(rejection.rest());
    let message = message.map_err(|e| CodecError::Protobuf(e.to_string()))?;
    Ok(count_rejection_of(&message)?)
}
