use work_core::CountChange;

/// A count changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountFact {
    /// The document's line, from 0.
    pub line: u32,
    /// How.
    pub change: CountChange,
}
