use thiserror::Error;
use vocabulary::{
    DocumentCode, ExpectationCode, LotCode, QuantityOverflow, ReservationId, Sequence, SerialNumber, Sscc,
    WarehouseCode,
};

use crate::MovementRef;

/// An entry that does not follow from the state: the journal is damaged, or this is a bug.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EvolveError {
    /// Not the entry after the newest one.
    #[error("entry {found} follows {newest}")]
    Gap {
        /// The newest entry in the state.
        newest: Sequence,
        /// The one given.
        found: Sequence,
    },
    /// From another warehouse.
    #[error("entry of warehouse {found} in the journal of {expected}")]
    Warehouse {
        /// Whose journal it is.
        expected: WarehouseCode,
        /// The entry's.
        found: WarehouseCode,
    },
    /// A quantity out of range.
    #[error("a quantity leaves the exact range")]
    Overflow,
    /// A release of what is not reserved.
    #[error("release of {0}, which holds less")]
    Reservation(ReservationId),
    /// A unit leaves from where it is not, or arrives where it is.
    #[error("serial {0} is not where it leaves from, or is where it arrives")]
    Serial(SerialNumber),
    /// A lot is recorded twice.
    #[error("lot {0} is recorded twice")]
    Lot(LotCode),
    /// A movement is taken back twice.
    #[error("movement {0} is taken back twice")]
    Reversed(MovementRef),
    /// The stored history of a position cannot be read.
    #[error("the stored history of a position cannot be read")]
    History,
    /// A handling unit is not there, is there already, or does not hold what leaves it.
    #[error("handling unit {0} is not as the entry says")]
    HandlingUnit(Sscc),
    /// More weight leaves than is there, or in another unit.
    #[error("the weight of a position is not as the entry says")]
    Weight,
    /// A range that would give numbers again.
    #[error("a number range would give numbers of handling units again")]
    NumberRange,
    /// What is expected is not what the entry changes.
    #[error("what is expected under {0} is not as the entry says")]
    Expectation(ExpectationCode),
    /// A delivery is not what the entry changes.
    #[error("delivery {0} is not as the entry says")]
    Delivery(DocumentCode),
    /// A count is not what the entry changes.
    #[error("count {0} is not as the entry says")]
    Count(DocumentCode),
    /// A production order is not what the entry changes.
    #[error("production order {0} is not as the entry says")]
    Production(DocumentCode),
    /// An order is not what the entry changes.
    #[error("order {0} is not as the entry says")]
    Order(DocumentCode),
    /// A task is not what the entry changes.
    #[error("task {0} is not as the entry says")]
    Task(DocumentCode),
}

impl From<QuantityOverflow> for EvolveError {
    fn from(_: QuantityOverflow) -> Self {
        Self::Overflow
    }
}
