//! Facts and refusals about outbound orders. They are rare beside movements, so that the generated messages do.

use prost::Message;
use proto::events::v1 as wire;
use work_core::wire::{order_change_of, order_change_to, order_rejection_of, order_rejection_to};
use work_core::{OrderChange, OrderRejection};

use super::CodecError;
use super::reader::Reader;
use super::writer::Writer;
use crate::{Fact, OrderFact};

/// Number of the fact in `Fact`.
pub(super) const FACT: u64 = 32;
/// Number of the refusal in `Rejected`.
pub(super) const REJECTION: u64 = 80;

pub(super) fn write_change(writer: &mut Writer, change: &OrderChange) {
    writer.message(32, |writer| writer.written(&order_change_to(change).encode_to_vec()));
}

pub(super) fn read_fact(line: u32, changed: Reader<'_>) -> Result<Fact, CodecError> {
    let message = wire::OrderChanged::decode(changed.rest());
    let message = message.map_err(|e| CodecError::Protobuf(e.to_string()))?;
    Ok(Fact::Order(Box::new(OrderFact { line, change: order_change_of(&message)? })))
}

pub(super) fn write_rejection(writer: &mut Writer, rejection: &OrderRejection) {
    writer.message(80, |writer| writer.written(&order_rejection_to(rejection).encode_to_vec()));
}

pub(super) fn read_rejection(rejection: Reader<'_>) -> Result<OrderRejection, CodecError> {
    let message = wire::OrderRefused::decode(rejection.rest());
    let message = message.map_err(|e| CodecError::Protobuf(e.to_string()))?;
    Ok(order_rejection_of(&message)?)
}
