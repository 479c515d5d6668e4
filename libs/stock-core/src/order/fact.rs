use work_core::OrderChange;

/// An outbound order changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderFact {
    /// The document's line, from 0.
    pub line: u32,
    /// How.
    pub change: OrderChange,
}
