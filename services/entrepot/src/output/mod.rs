//! What a command says: results on stdout as a table, JSON or CSV; errors on stderr; and the exit code.

mod cells;
mod exit;
mod failure;
mod progress;
mod render;
mod stream;

pub(crate) use exit::{EXIT_CODES, Exit};
pub(crate) use failure::Failure;
pub(crate) use progress::Progress;
pub(crate) use render::{Format, Output, View};
pub(crate) use stream::Stream;
