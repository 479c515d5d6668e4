use std::fmt;

use vocabulary::{LocationCode, LotCode, Quantity, ReservationId, Sku, Timestamp};

use crate::Number;

/// Goods that the warehouse keeps for this device: the device's side of an escrow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Of the operation that asked for it.
    pub number: Number,
    /// Which goods.
    pub spot: Spot,
    /// How much, in the base unit: what was asked for, less what the warehouse turned out not to hold any more.
    pub quantity: Quantity,
    /// How much of it was taken, whatever the warehouse said to that: the goods have left.
    pub taken: Quantity,
    /// From when on nothing may be taken.
    pub expires_at: Timestamp,
    /// Where it stands.
    pub state: GrantState,
    /// The reservation that kept the goods, of one that is no more: the warehouse knows by it what was taken before.
    pub ended_as: Option<ReservationId>,
}

/// Which goods a grant is of: an item at a location, of one lot where one was named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// The item.
    pub sku: Sku,
    /// Where.
    pub location: LocationCode,
    /// The lot; `None` where none was named.
    pub lot: Option<LotCode>,
}

/// Where a grant stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantState {
    /// The warehouse has not answered yet: nothing may be taken.
    Asked,
    /// The warehouse keeps the goods, by this reservation.
    Held(ReservationId),
    /// It is being handed back: nothing more may be taken.
    Returning(ReservationId),
    /// It is no more.
    Ended(End),
}

/// How a grant ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The warehouse did not give it.
    Refused,
    /// The device handed back what was left.
    HandedBack,
    /// The warehouse does not hold it any more: all of it was taken, its time was over, or somebody took it back.
    Gone,
}

impl Grant {
    /// How much may still be taken; its time is not looked at.
    pub fn left(&self) -> Quantity {
        match self.state {
            GrantState::Held(_) => self.quantity.checked_sub(self.taken).unwrap_or_default(),
            GrantState::Asked | GrantState::Returning(_) | GrantState::Ended(_) => Quantity::ZERO,
        }
    }

    /// Whether its time is over at `now`.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires_at <= now
    }

    /// The reservation that keeps the goods, while there is one.
    pub const fn reservation(&self) -> Option<ReservationId> {
        match self.state {
            GrantState::Held(id) | GrantState::Returning(id) => Some(id),
            GrantState::Asked | GrantState::Ended(_) => None,
        }
    }

    /// The reservation that keeps the goods, or kept them last; `None` when there never was one.
    pub fn last_reservation(&self) -> Option<ReservationId> {
        self.reservation().or(self.ended_as)
    }

    /// Whether it is no more.
    pub const fn is_ended(&self) -> bool {
        matches!(self.state, GrantState::Ended(_))
    }

    /// The same, standing elsewhere.
    pub(crate) fn becoming(&self, state: GrantState) -> Self {
        let ended_as = self.last_reservation().filter(|_| matches!(state, GrantState::Ended(_)));
        Self { state, ended_as, ..self.clone() }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.sku, self.location)?;
        match &self.lot {
            Some(lot) => write!(f, ", lot {lot}"),
            None => Ok(()),
        }
    }
}
