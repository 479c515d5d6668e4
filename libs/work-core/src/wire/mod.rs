//! Changes and documents as messages of `events/v1`: what the journal stores and checkpoints keep.

mod announcement;
mod change;
mod count;
mod count_change;
mod delivery;
mod disposal;
mod field;
mod order;
mod production;
mod production_rejection;
mod rejection;
mod task;

use thiserror::Error;
use vocabulary::Invalid;

pub use change::{change_of, change_to};
pub use count::{count_kind_to, count_of, count_place_to, count_state_to, count_to};
pub use count_change::{count_change_of, count_change_to, count_rejection_of, count_rejection_to};
pub use delivery::{delivery_of, delivery_to};
pub use order::{
    order_change_of, order_change_to, order_of, order_rejection_of, order_rejection_to, order_state_to,
    order_to, placement_to,
};
pub use production::{
    production_change_of, production_change_to, production_order_of, production_order_to, production_plan_to,
    production_state_to,
};
pub use production_rejection::{production_rejection_of, production_rejection_to};
pub use rejection::{rejection_of, rejection_to};
pub use task::{
    task_change_of, task_change_to, task_kind_of, task_kind_to, task_of, task_plan_to, task_rejection_of,
    task_rejection_to, task_state_to, task_to,
};

/// A message that says nothing a document can be.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WireError {
    /// A field is missing.
    #[error("the message has no {0}")]
    Missing(&'static str),
    /// A field has a value that its type does not allow.
    #[error(transparent)]
    Invalid(#[from] Invalid),
}
