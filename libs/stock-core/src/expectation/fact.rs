use vocabulary::{Date, Quantity};

use super::{Expectation, ExpectedKind};

/// What happened to an expectation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectationFact {
    /// The document's line, from 0.
    pub line: u32,
    /// What it is.
    pub change: ExpectationChange,
}

/// A change of an expectation. Each says enough for a reader that only adds up what is open by item and day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpectationChange {
    /// It was set, or cancelled: then nothing of it is open.
    Set {
        /// What was open under its code; `None` for nothing. Of the same item and direction.
        before: Option<ExpectedBefore>,
        /// What it is now.
        after: Expectation,
    },
    /// Goods came or went that were expected.
    Met(Met),
    /// What had met it was taken back, and is open again.
    Reopened(Met),
}

/// What was open before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpectedBefore {
    /// Supply of which kind, or demand.
    pub kind: ExpectedKind,
    /// The day.
    pub day: Date,
    /// How much.
    pub open: Quantity,
}

/// How much of an expectation a line met, or opened again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    /// In the base unit, positive.
    pub quantity: Quantity,
    /// What the expectation is after it.
    pub expectation: Expectation,
}

impl ExpectationChange {
    /// What the expectation is after it.
    pub const fn after(&self) -> &Expectation {
        match self {
            Self::Set { after, .. } => after,
            Self::Met(met) | Self::Reopened(met) => &met.expectation,
        }
    }
}

impl Expectation {
    pub(super) const fn before(&self) -> ExpectedBefore {
        ExpectedBefore { kind: self.kind, day: self.day, open: self.open }
    }
}
