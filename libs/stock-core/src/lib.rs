//! The rules of a warehouse: [`decide`] judges a document against the [`State`], [`State::evolve`] applies what was
//! decided. Pure: no I/O, no clock, no randomness, no floats, no logging, and nothing depends on hash order. Time and ids
//! come in with the document, so that replaying a journal gives the same state everywhere.

#![deny(clippy::float_arithmetic, clippy::arithmetic_side_effects)]

mod chain;
mod codec;
mod decide;
mod digest;
mod document;
mod draft;
mod entry;
mod evolve_error;
mod interner;
mod rejection;
mod small_map;
mod state;
mod touched;
pub mod verify;

pub use chain::ChainHash;
pub use codec::{CodecError, Decoder, decode_entry, encode_entry};
pub use decide::decide;
pub use digest::RequestDigest;
pub use document::{Action, Document, LINES_MAX, Line, Place};
pub use entry::{Entry, Fact, Moved, MovementKind, Outcome, Released, Reserved};
pub use evolve_error::EvolveError;
pub use rejection::{Refusal, Rejection};
pub use state::{Balance, PositionRow, Reservation, State};
pub use touched::Touched;
