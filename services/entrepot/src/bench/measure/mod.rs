//! One file a measurement, in the order they run.

mod as_of;
mod atp;
mod availability;
mod choice;
mod counts;
mod embedded;
mod fefo;
mod import;
mod labels;
mod memory;
mod orders;
mod papers;
mod recall;
mod restart;
mod stream;
mod tasks;
mod tracked;
mod unary;
mod visible;

pub(super) use choice::Measurement;
