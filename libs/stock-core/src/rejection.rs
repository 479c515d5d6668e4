use thiserror::Error;
use vocabulary::{LocationCode, Quantity, ReservationId, Sku};

/// A document's refusal: the line that was refused, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Index of the line, from 0.
    pub line: u32,
    /// Why.
    pub rejection: Rejection,
}

/// A business fact that stands against a line.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Rejection {
    /// Less is available at the position than was asked for.
    #[error(
        "{requested} of {sku} asked for at {location}, {available} available: ask for less, or receive more first"
    )]
    InsufficientAvailable {
        /// The item.
        sku: Sku,
        /// Where.
        location: LocationCode,
        /// Asked for.
        requested: Quantity,
        /// There and not promised.
        available: Quantity,
    },
    /// No open reservation has this id.
    #[error("no open reservation {reservation}: it never was, or nothing of it is left")]
    ReservationNotFound {
        /// The id.
        reservation: ReservationId,
    },
    /// The reservation holds less than was asked for.
    #[error("{requested} asked for of reservation {reservation}, {reserved} left: ask for at most that")]
    ReservationExceeded {
        /// The id.
        reservation: ReservationId,
        /// Asked for.
        requested: Quantity,
        /// Left.
        reserved: Quantity,
    },
    /// The quantity would leave the exact range of 10^18.
    #[error("the quantity of {sku} at {location} would exceed 10^18: split the item or correct its unit")]
    QuantityOverflow {
        /// The item.
        sku: Sku,
        /// Where.
        location: LocationCode,
    },
}
