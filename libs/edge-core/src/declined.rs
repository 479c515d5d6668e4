use thiserror::Error;
use vocabulary::{Invalid, Quantity, Timestamp};

use crate::{Number, OPERATIONS_WAITING_MAX, REFERENCE_CHARS_MAX, Spot};

/// Why the device itself does not record something.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Declined {
    /// Less is left of the grants than should be taken.
    #[error(
        "{left} of {spot} may be taken, not {requested}: take less, or ask for more while the network is there"
    )]
    QuotaExceeded {
        /// Which goods.
        spot: Spot,
        /// How much should be taken.
        requested: Quantity,
        /// How much may be.
        left: Quantity,
    },
    /// Enough would be left, but the time of a grant is over.
    #[error("the time to take {requested} of {spot} is over: ask for it again while the network is there")]
    EscrowExpired {
        /// Which goods.
        spot: Spot,
        /// How much should be taken.
        requested: Quantity,
        /// How much may be, of grants whose time is not over.
        left: Quantity,
        /// When the time of the last of the others was over.
        expired_at: Timestamp,
    },
    /// A grant would end before it begins.
    #[error("a grant must end later than now: give it some hours")]
    EndsInThePast,
    /// Something is not written as its kind requires.
    #[error("{invalid}")]
    Invalid {
        /// The field, as the document would have it.
        field: &'static str,
        /// What is wrong.
        invalid: Invalid,
    },
    /// Zero or less.
    #[error("the {field} must be greater than zero")]
    NotPositive {
        /// The field.
        field: &'static str,
    },
    /// An adjustment by zero.
    #[error("an adjustment by zero changes nothing")]
    Zero {
        /// The field.
        field: &'static str,
    },
    /// Serial numbers are given, but not one a unit.
    #[error("there are {given} serial numbers for {quantity}: give one a unit")]
    SerialCount {
        /// How much.
        quantity: Quantity,
        /// How many were given.
        given: usize,
    },
    /// One weight of goods that come from several grants.
    #[error(
        "the goods are of several grants, and one weight does not say what each part weighs: take {first} first"
    )]
    WeightOfSeveral {
        /// What the grant that ends first has left.
        first: Quantity,
    },
    /// More than a document carries.
    #[error("this is more than one document carries: record it in parts")]
    TooLarge,
    /// The reference is too long.
    #[error("the reference is longer than {REFERENCE_CHARS_MAX} characters")]
    ReferenceTooLong,
    /// As many operations wait as a ledger holds.
    #[error("{OPERATIONS_WAITING_MAX} operations wait: connect and synchronise first")]
    Full,
    /// The ledger has no operation, or no grant, of this number.
    #[error("the ledger has no {what} {number}")]
    Unknown {
        /// An operation, or a grant.
        what: &'static str,
        /// Its number.
        number: Number,
    },
    /// The operation is not on the list for a person.
    #[error("operation {number} does not need a person: only what was refused does")]
    NotOnTheList {
        /// Its number.
        number: Number,
    },
    /// The request id was used before, for something else.
    #[error("the request id was used before, for something else: give every request its own")]
    Reused,
}
