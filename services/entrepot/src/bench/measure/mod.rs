//! One file a measurement, in the order they run.

mod availability;
mod choice;
mod embedded;
mod import;
mod memory;
mod restart;
mod stream;
mod tracked;
mod unary;
mod visible;

pub(super) use choice::Measurement;
