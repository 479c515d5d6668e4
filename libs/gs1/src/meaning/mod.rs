//! What a value means: a date, a measure, an amount, a count.

mod date;
mod read;

pub use date::{Date, Time};
pub use read::Meaning;
