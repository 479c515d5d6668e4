//! Entries as the bytes that the journal stores, its hash covers and the event log carries: the message `JournalEntry` of
//! `journal_entry.proto`, written and read by hand because this is most of what a movement costs. A property test compares
//! every byte with the generated code.

mod carried;
mod count;
mod decode;
mod delivery;
mod encode;
mod expectation;
mod handling_unit;
mod kind;
mod order;
mod production;
mod promise;
mod put_away;
mod reader;
mod task;
mod time;
mod weight;
mod work;
mod writer;

#[cfg(test)]
mod carried_tests;
#[cfg(test)]
mod count_tests;
#[cfg(test)]
mod delivery_tests;
#[cfg(test)]
mod expectation_tests;
#[cfg(test)]
mod handling_unit_tests;
#[cfg(test)]
mod order_tests;
#[cfg(test)]
mod production_tests;
#[cfg(test)]
mod put_away_tests;
#[cfg(test)]
mod task_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod weight_tests;

use thiserror::Error;
use vocabulary::Invalid;

pub use decode::{Decoder, decode_entry, decode_lot_facts};
pub use encode::{encode_entry, encode_lot_facts};

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
