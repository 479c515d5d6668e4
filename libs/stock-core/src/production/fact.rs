use work_core::{ProductionChange, Progress};

use crate::{Entry, Fact};

/// A production order changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductionFact {
    /// The document's line, from 0.
    pub line: u32,
    /// How.
    pub change: ProductionChange,
}

impl Entry {
    /// What a line of its document moved for a production order.
    pub fn progressed_by(&self, line: u32) -> Option<&Progress> {
        self.facts().iter().find_map(|fact| {
            let Fact::Production(fact) = fact else { return None };
            let ProductionChange::Progressed(progress) = &fact.change else { return None };
            (fact.line == line).then_some(progress)
        })
    }
}
