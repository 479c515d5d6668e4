//! Facts and refusals about tasks. They are rare beside movements, so that the generated messages do.

use prost::Message;
use proto::events::v1 as wire;
use work_core::wire::{task_change_of, task_change_to, task_rejection_of, task_rejection_to};
use work_core::{TaskChange, TaskRejection};

use super::CodecError;
use super::reader::Reader;
use super::writer::Writer;
use crate::{Fact, TaskFact};

/// Number of the fact in `Fact`.
pub(super) const FACT: u64 = 35;
/// Number of the refusal in `Rejected`.
pub(super) const REJECTION: u64 = 83;

pub(super) fn write_change(writer: &mut Writer, change: &TaskChange) {
    writer.message(35, |writer| writer.written(&task_change_to(change).encode_to_vec()));
}

pub(super) fn read_fact(line: u32, changed: Reader<'_>) -> Result<Fact, CodecError> {
    let message = wire::TaskChanged::decode(changed.rest());
    let message = message.map_err(|e| CodecError::Protobuf(e.to_string()))?;
    Ok(Fact::Task(Box::new(TaskFact { line, change: task_change_of(&message)? })))
}

pub(super) fn write_rejection(writer: &mut Writer, rejection: &TaskRejection) {
    writer.message(83, |writer| writer.written(&task_rejection_to(rejection).encode_to_vec()));
}

pub(super) fn read_rejection(rejection: Reader<'_>) -> Result<TaskRejection, CodecError> {
    let message = wire::TaskRefused::decode(rejection.rest());
    let message = message.map_err(|e| CodecError::Protobuf(e.to_string()))?;
    Ok(task_rejection_of(&message)?)
}
