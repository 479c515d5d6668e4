use work_core::TaskChange;

/// A task changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskFact {
    /// The document's line, from 0.
    pub line: u32,
    /// How.
    pub change: TaskChange,
}
