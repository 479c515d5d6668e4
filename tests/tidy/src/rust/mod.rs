//! Reading Rust well enough for the rules: what is code, what is a test.

mod blank;
mod naming;
mod source;

pub use naming::snake_case;
pub use source::{Line, Source};
