//! What is neither transport nor storage: whose paper it is, on which day, and what stands on it.

mod compose;
mod count;
mod head;
mod issue;
mod names;
mod order;
mod receipt;
mod render;
mod trace;
mod unit;
mod walk;
mod when;

use crate::PapersConfig;
use crate::feed::Sources;
use crate::store::Store;

pub(crate) use issue::{CorrectionWish, Wish};
pub(crate) use render::{File, Format};

/// The parts that issue papers.
#[derive(Debug)]
pub(crate) struct Engine {
    config: PapersConfig,
    sources: Sources,
    store: Store,
}

impl Engine {
    /// Of these parts.
    pub(crate) const fn new(config: PapersConfig, sources: Sources, store: Store) -> Self {
        Self { config, sources, store }
    }

    /// Where papers are kept.
    pub(crate) const fn store(&self) -> &Store {
        &self.store
    }
}
