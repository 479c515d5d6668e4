//! Tasks, as documents beside the stock: who does what. What they move are lines of stock in the same document.

mod draft;
mod evolve;
mod fact;
mod judge;
mod line;

pub use fact::TaskFact;
pub use line::{NewTask, TaskLine};

pub(crate) use draft::TaskDraft;
pub(crate) use judge::judge;
