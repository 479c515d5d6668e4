//! Why something is refused: a [`Reason`], often a broken [`Rule`], the AI, and where.

mod fault;
mod reason;
mod rule;

pub use fault::Error;
pub(crate) use fault::Flaw;
pub use reason::Reason;
pub use rule::{CouponField, Rule};
