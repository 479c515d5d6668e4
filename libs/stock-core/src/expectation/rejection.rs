use thiserror::Error;
use vocabulary::{ExpectationCode, Sku};

use super::{Direction, EXPECTATIONS_MAX};

/// A business fact about expectations that stands against a line.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ExpectationRejection {
    /// Nothing is expected under this code.
    #[error("nothing is expected under {expectation}: it never was, is met, or was cancelled")]
    NotFound {
        /// The code.
        expectation: ExpectationCode,
    },
    /// What is expected is another item.
    #[error(
        "{expectation} is expected of {sku}, and the line is about {given}: name the right one, or cancel it"
    )]
    OtherItem {
        /// The code.
        expectation: ExpectationCode,
        /// What is expected.
        sku: Sku,
        /// What the line is about.
        given: Sku,
    },
    /// Goods are expected to come and the line lets them go, or the other way round.
    #[error("{expectation} is expected {direction}, and the line is the opposite: name the right one")]
    OtherDirection {
        /// The code.
        expectation: ExpectationCode,
        /// What is expected.
        direction: Direction,
    },
    /// More would be open than may be.
    #[error(
        "{EXPECTATIONS_MAX} expectations are open in the warehouse: cancel those that will not come any more"
    )]
    TooMany,
}
