//! Catch weight: goods that are counted, and weighed besides. Cheese is counted in wheels and sold by weight; no two wheels weigh the
//! same, and each weighs less the longer it lies. So every position of such an item keeps what its goods weighed as they came, a movement
//! says what they weigh now, and what lies between is a fact of its own: the difference.

mod draft;
mod evolve;
mod judge;
mod rejection;

use vocabulary::{Quantity, Weight, WeightUnit};

pub(crate) use draft::WeightDraft;
pub(crate) use evolve::ItemWeights;
pub(crate) use judge::{Scale, check, check_parts, of_fulfilment, weigh};
pub use rejection::WeightRejection;

/// What a line says of the weight of its goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineWeight {
    /// They weigh this together, positive.
    Measured(Weight),
    /// Nobody weighed them; the item is weighed in this unit.
    Unknown(WeightUnit),
    /// Nobody can weigh them, and they must not wait for it; what is here of the item is weighed in this unit. Only the warehouse's own
    /// lines say so.
    Estimated(WeightUnit),
}

/// What goods weighed that were moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MovedWeight {
    /// The unit.
    pub unit: WeightUnit,
    /// What they weigh where they are now, positive.
    pub measured: Quantity,
    /// By how much that is less than what the place where they were kept of them: what they lost while they lay there. Less than nothing
    /// when they weigh more.
    pub difference: Quantity,
}

impl LineWeight {
    /// The unit that the item is weighed in.
    pub const fn unit(self) -> WeightUnit {
        match self {
            Self::Measured(weight) => weight.unit,
            Self::Unknown(unit) | Self::Estimated(unit) => unit,
        }
    }
}
