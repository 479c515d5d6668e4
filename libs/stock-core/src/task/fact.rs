use vocabulary::DocumentCode;
use work_core::TaskChange;

use crate::{Entry, Fact};

/// A task changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskFact {
    /// The document's line, from 0.
    pub line: u32,
    /// How.
    pub change: TaskChange,
}

impl Entry {
    /// Keys of the tasks that this entry gave to somebody, in the order of its lines.
    pub fn claimed_tasks(&self) -> Vec<DocumentCode> {
        let claimed = |fact: &Fact| {
            let Fact::Task(fact) = fact else { return None };
            fact.change.claimed().cloned()
        };
        self.facts().iter().filter_map(claimed).collect()
    }
}
