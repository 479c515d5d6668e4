use vocabulary::{HandlingUnitKind, LocationCode, Sscc};

use crate::NumberRange;

/// What happened to a handling unit, but for the goods in it, which [`crate::Moved`] tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitFact {
    /// The document's line, from 0.
    pub line: u32,
    /// What it is.
    pub change: UnitChange,
}

/// A change of handling units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitChange {
    /// New units get their numbers from here.
    NumbersSet(NumberRange),
    /// A unit came to be, empty.
    Opened {
        /// Its number.
        unit: Sscc,
        /// What it is.
        kind: HandlingUnitKind,
        /// Where it stands.
        location: LocationCode,
        /// Who chose the number.
        number: NumberSource,
    },
    /// A unit stands in another one, or in none any more.
    Nested {
        /// The unit.
        unit: Sscc,
        /// What it stands in.
        parent: Option<Sscc>,
    },
    /// A unit stands elsewhere, with all that is in it.
    Moved {
        /// The unit.
        unit: Sscc,
        /// Where it stood.
        from: LocationCode,
        /// Where it stands.
        to: LocationCode,
    },
    /// A unit, which was empty, is no more; its number is never given again.
    Closed {
        /// The unit.
        unit: Sscc,
        /// Why.
        end: UnitEnd,
    },
}

impl UnitChange {
    /// The unit that came to be.
    pub(crate) const fn opened(&self) -> Option<Sscc> {
        if let Self::Opened { unit, .. } = self { Some(*unit) } else { None }
    }

    /// The unit that changed.
    pub const fn unit(&self) -> Option<Sscc> {
        match self {
            Self::NumbersSet(_) => None,
            Self::Opened { unit, .. }
            | Self::Nested { unit, .. }
            | Self::Moved { unit, .. }
            | Self::Closed { unit, .. } => Some(*unit),
        }
    }
}

/// Who chose a unit's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberSource {
    /// The warehouse: the next of its range.
    Range,
    /// The caller, for example from a supplier's label.
    Given,
}

/// How a unit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitEnd {
    /// It was empty, and broken up.
    BrokenUp,
    /// It left with its goods.
    Shipped,
}
