//! What a device may do without the network, what it did, and what became of it.
//!
//! A device holds [`Grant`]s: goods that a warehouse keeps for it (an escrow: a reservation with the device as its holder
//! and a time when it ends), so that it may take them without asking. What it does is an [`Operation`] with a request id and
//! a time of its own, and waits until the warehouse has answered. [`Ledger`] decides: what is asked of it, and every answer,
//! comes in as an argument; what changes goes out as [`Change`]s, which somebody else stores.
//!
//! 1. A take never exceeds what is left of the grants, and never uses one whose time is over by the device's clock.
//! 2. A recorded operation is in exactly one [`OperationState`] and is never dropped. What the warehouse refuses, and what
//!    was done with goods all the same, stays until a person has resolved it.
//!
//! Pure: no I/O, no clock, no randomness, no floats.

#![deny(clippy::float_arithmetic, clippy::arithmetic_side_effects)]

mod answer;
mod batch;
mod declined;
mod grant;
mod ledger;
mod operation;
mod posting;
mod take;

pub use answer::Answer;
pub use batch::{OPERATIONS_A_BATCH_MAX, batch};
pub use declined::Declined;
pub use grant::{End, Grant, GrantState, Spot};
pub use ledger::{Change, Device, Ledger, OPERATIONS_WAITING_MAX, Wish};
pub use operation::{
    Number, Operation, OperationState, REFERENCE_CHARS_MAX, Refusal, Stamp, Timing, Work, part_id,
};
pub use posting::Posting;
pub use take::Wanted;
