use std::fmt;

use vocabulary::{HandlingUnitKind, Invalid, LocationCode, PartyCode, Quantity, ReservationId, Sku, Sscc};

use crate::{Claim, LineGoods, NumberRange, Place};

/// What a line does with a handling unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitLine {
    /// New units get their numbers from here.
    SetNumbers(NumberRange),
    /// A unit comes to be.
    Open {
        /// Its number; the next of the range when there is none.
        sscc: Option<Sscc>,
        /// What it is.
        kind: HandlingUnitKind,
        /// Where it stands.
        at: LocationCode,
    },
    /// Goods at the unit's place go into it: loose ones, or those of the unit that they name.
    Pack {
        /// The unit.
        into: UnitName,
        /// Which goods.
        goods: PackedGoods,
    },
    /// Goods come out of a unit and are loose.
    Unpack {
        /// The unit.
        from: UnitName,
        /// Which goods; all that is right in it when there are none.
        goods: Option<PackedGoods>,
    },
    /// A unit is put into another one at the same place, or taken out.
    Nest {
        /// The unit.
        unit: UnitName,
        /// What it stands in from now on.
        parent: Option<UnitName>,
    },
    /// A unit goes elsewhere with all that is in it.
    Move {
        /// The unit.
        unit: UnitName,
        /// Real.
        to: LocationCode,
    },
    /// A unit leaves with all that is in it, and is no more.
    Ship(Shipment),
    /// A unit, which is empty, is no more.
    Close {
        /// The unit.
        unit: UnitName,
    },
}

/// A unit that leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shipment {
    /// The unit.
    pub unit: UnitName,
    /// Virtual.
    pub to: Place,
    /// How its goods are taken.
    pub claim: Option<Box<Claim>>,
    /// The customer, if somebody said.
    pub partner: Option<PartyCode>,
    /// Promises that its goods fulfil, in order.
    pub reservations: Vec<ReservationId>,
}

/// A quantity of an item that is packed or unpacked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedGoods {
    /// The item.
    pub sku: Sku,
    /// In the base unit, positive.
    pub quantity: Quantity,
    /// Which goods.
    pub which: LineGoods,
}

/// A handling unit, as a line names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitName {
    /// By its number.
    Sscc(Sscc),
    /// As the one that this line of the same document opens, from 0.
    OfLine(u32),
}

impl UnitName {
    /// Reads an SSCC, or `line:N`.
    ///
    /// # Errors
    /// [`Invalid`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let invalid = || Invalid::new("handling unit", text, "an SSCC of 18 digits, or line:N");
        match text.strip_prefix("line:") {
            Some(number) if number.starts_with('+') => Err(invalid()),
            Some(number) => number.parse().map(Self::OfLine).map_err(|_| invalid()),
            None => Sscc::parse(text).map(Self::Sscc).map_err(|_| invalid()),
        }
    }
}

impl fmt::Display for UnitName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sscc(sscc) => sscc.fmt(f),
            Self::OfLine(number) => write!(f, "line:{number}"),
        }
    }
}
