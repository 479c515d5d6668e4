use thiserror::Error;
use vocabulary::{LocationCode, Quantity, Sku, Sscc};

use super::{NestingFault, UnitLimit, UnitName};

/// A business fact about handling units that stands against a line.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UnitRejection {
    /// No handling unit of this number is here, or the line opened none.
    #[error("no handling unit {unit} is here: it never was, has left, or was broken up")]
    NotFound {
        /// As the line names it.
        unit: UnitName,
    },
    /// A unit of this number is, or was, here.
    #[error("the number {unit} was used before: a number is given to one unit only")]
    SsccReused {
        /// The number.
        unit: Sscc,
    },
    /// No number is left for a new unit, or there never was any.
    #[error("no number {}, or give the unit a number", left_after(*last))]
    NumbersExhausted {
        /// The last one; `None` when no range was set.
        last: Option<Sscc>,
    },
    /// The range would give numbers again.
    #[error("numbers of this range were given before: {}", starts_at(*free))]
    NumbersTaken {
        /// The first serial reference that is free; `None` when the range overlaps that of another company prefix.
        free: Option<u64>,
    },
    /// Fewer goods than asked for are loose.
    #[error(
        "{loose} of {sku} at {location} are loose and {packed} are in handling units: name the unit, or unpack them first"
    )]
    PackedInUnit {
        /// The item.
        sku: Sku,
        /// Where.
        location: LocationCode,
        /// In no unit.
        loose: Quantity,
        /// In units.
        packed: Quantity,
        /// The unit that a piece asked for is in.
        unit: Option<Sscc>,
    },
    /// The unit holds less of the goods than asked for.
    #[error("{requested} asked for, {packed} in handling unit {unit}: ask for at most that")]
    Insufficient {
        /// The unit.
        unit: Sscc,
        /// The item; `None` when everything was asked for and the unit is empty.
        sku: Option<Sku>,
        /// Asked for.
        requested: Quantity,
        /// In the unit.
        packed: Quantity,
    },
    /// The unit is not where the line needs it.
    #[error("handling unit {unit} is at {location}: name it where it is, or move it first")]
    Elsewhere {
        /// The unit.
        unit: Sscc,
        /// Where it is.
        location: LocationCode,
    },
    /// Something is in the unit.
    #[error("handling unit {unit} is not empty: unpack it first")]
    NotEmpty {
        /// The unit.
        unit: Sscc,
    },
    /// The unit cannot stand in the other one.
    #[error("handling unit {unit} cannot stand in {parent}: {}", in_words(*fault))]
    BadNesting {
        /// The unit.
        unit: Sscc,
        /// What it would stand in.
        parent: Sscc,
        /// Why not.
        fault: NestingFault,
    },
    /// More is in the unit, or moves with it, than may be.
    #[error("with handling unit {unit} a limit is exceeded: {}", above(*limit))]
    TooLarge {
        /// The unit.
        unit: Sscc,
        /// Which limit.
        limit: UnitLimit,
    },
}

fn left_after(last: Option<Sscc>) -> &'static str {
    match last {
        Some(_) => "is left for a new handling unit: set another number range",
        None => "range was set for new handling units: set one",
    }
}

fn starts_at(free: Option<u64>) -> String {
    free.map_or_else(
        || "it overlaps that of another company prefix".to_owned(),
        |free| format!("start at {free} or above"),
    )
}

const fn in_words(fault: NestingFault) -> &'static str {
    match fault {
        NestingFault::Cycle => "it would stand in itself",
        NestingFault::TooDeep => "units stand in each other five deep at most",
    }
}

fn above(limit: UnitLimit) -> String {
    let max = limit.max();
    match limit {
        UnitLimit::Contents => format!("at most {max} different goods are in one unit"),
        UnitLimit::Serials => format!("at most {max} serial numbers are in one unit"),
        UnitLimit::Nested => format!("at most {max} units stand in one"),
        UnitLimit::Document => {
            format!("at most {max} goods, serial numbers and units move with their units in one document")
        }
    }
}
