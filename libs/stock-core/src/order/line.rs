use vocabulary::{DocumentCode, LocationCode, LotCode, Quantity, ReservationId, SerialNumber};
use work_core::{Placement, Wave};

use crate::Place;

/// A line about an outbound order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderLine {
    /// It is placed, or otherwise than before.
    Place(Placement),
    /// What is there is promised for it.
    Allocate {
        /// Which.
        order: DocumentCode,
    },
    /// Orders are picked together from now on.
    Release {
        /// Which.
        orders: Vec<DocumentCode>,
        /// In which wave.
        wave: Wave,
    },
    /// Goods are not where they should be.
    Short(ShortPick),
    /// What is picked leaves.
    Ship {
        /// Of which order.
        order: DocumentCode,
        /// The carrier's number; may be empty.
        tracking: String,
        /// The customers' virtual place.
        to: Place,
    },
    /// Nothing more will leave.
    Close {
        /// Which.
        order: DocumentCode,
        /// Whether what has not left is not wanted any more.
        without_rest: bool,
    },
    /// Nothing will leave.
    Cancel {
        /// Which.
        order: DocumentCode,
    },
}

/// Promised goods that somebody who picked them did not find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortPick {
    /// For which order.
    pub order: DocumentCode,
    /// The promise.
    pub reservation: ReservationId,
    /// Where they should have been.
    pub location: LocationCode,
    /// Of which lot; `None` for goods without lots.
    pub lot: Option<LotCode>,
    /// How much, in the base unit; positive.
    pub quantity: Quantity,
    /// One a unit, of an item tracked by serial number.
    pub serials: Vec<SerialNumber>,
    /// In somebody's words.
    pub reason: String,
}
