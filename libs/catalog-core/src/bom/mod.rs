//! Bills of material: what a thing is made of.

mod admit;
mod bills;
mod explode;
mod ratio;
mod record;

#[cfg(test)]
mod testing;

#[cfg(test)]
mod admit_tests;

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "the model in the tests computes with plain operators")]
mod explode_tests;

pub use admit::{admit_bom, admit_bom_update};
pub use bills::Bills;
pub use explode::{Depth, Explosion, LEVELS_MAX, LINES_FOLLOWED_MAX, Requirement, Wanted, explode};
