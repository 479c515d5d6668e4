use thiserror::Error;
use vocabulary::{DocumentCode, LocationCode, LotCode, Quantity, Sequence};

use super::{Order, OrderState, Placement, Wave};

/// What a step changes of an order: a fact of the journal. What is promised and what leaves is said by facts of the stock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderChange {
    /// It is placed, or otherwise than before.
    Placed(Box<Placement>),
    /// It is picked from now on.
    Released {
        /// Which.
        code: DocumentCode,
        /// In which wave.
        wave: Wave,
    },
    /// Something was not where it should have been.
    Short {
        /// Of which order.
        code: DocumentCode,
        /// What.
        short: Short,
    },
    /// What was picked has left; the facts of its goods stand before it.
    Shipped {
        /// Of which order.
        code: DocumentCode,
        /// The carrier's number; may be empty.
        tracking: String,
    },
    /// All that will leave has left.
    Closed {
        /// Which.
        code: DocumentCode,
    },
    /// Nothing of it left, and nothing will.
    Cancelled {
        /// Which.
        code: DocumentCode,
    },
}

/// Goods that somebody who picked them did not find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Short {
    /// For which line.
    pub line: u32,
    /// Where.
    pub location: LocationCode,
    /// Of which lot; `None` for goods without lots.
    pub lot: Option<LotCode>,
    /// How much, in the base unit; positive.
    pub quantity: Quantity,
    /// The journal's entry that said so, of an order as it is known; `None` in that entry itself, and when nobody knows.
    pub sequence: Option<Sequence>,
}

/// A change that does not follow from what is known: the journal is damaged.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("order {code} cannot have changed like that")]
pub struct OrderNotFollowing {
    /// Which.
    pub code: DocumentCode,
}

impl OrderChange {
    /// Which order changes.
    pub const fn code(&self) -> &DocumentCode {
        match self {
            Self::Placed(placement) => &placement.code,
            Self::Released { code, .. } | Self::Short { code, .. } | Self::Shipped { code, .. } => code,
            Self::Closed { code } | Self::Cancelled { code } => code,
        }
    }

    /// What an order is after the change; `None` is one that is not known. `sequence` is the entry it stands in.
    ///
    /// # Errors
    /// [`OrderNotFollowing`] when it does not follow from what the order is.
    pub fn apply(&self, before: Option<Order>, sequence: Sequence) -> Result<Order, OrderNotFollowing> {
        let not_following = || OrderNotFollowing { code: self.code().clone() };
        let Some(mut order) = before else {
            let Self::Placed(placement) = self else { return Err(not_following()) };
            return Ok(Order::new((**placement).clone()));
        };
        if !order.state.is_open() {
            return Err(not_following());
        }
        match self {
            Self::Placed(placement) => order.placed = (**placement).clone(),
            Self::Released { wave, .. } => {
                (order.state, order.wave) = (OrderState::Released, Some(wave.clone()));
            }
            Self::Short { short, .. } => {
                order.shorts.push(Short { sequence: Some(sequence), ..short.clone() });
            }
            Self::Shipped { tracking, .. } => order.tracking.clone_from(tracking),
            Self::Closed { .. } => (order.state, order.ended_by) = (OrderState::Closed, Some(sequence)),
            Self::Cancelled { .. } => {
                (order.state, order.ended_by) = (OrderState::Cancelled, Some(sequence));
            }
        }
        Ok(order)
    }
}
