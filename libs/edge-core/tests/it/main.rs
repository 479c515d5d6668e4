//! What a device may do, told in a small language, and what is true whatever is done.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a step of a test that fails fails the test")]

mod batches;
mod book;
mod law;
mod rules;
