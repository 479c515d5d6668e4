use std::fmt;

use vocabulary::{LotCode, Owner, PartyCode, ReservationId, SerialNumber, Sscc, StockStatus};

use crate::{Claim, Holding, LineWeight, LotFacts, MovedWeight, PromisedStatus, UnitName};

/// How the units of an item are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tracking {
    /// They are not: quantities only.
    #[default]
    None,
    /// By lot.
    Lot,
    /// By serial number.
    Serial,
}

impl Tracking {
    /// How goods are tracked that are named like this.
    pub const fn of(lot: Option<&LotCode>, serials: &[SerialNumber]) -> Self {
        match (lot, serials.is_empty()) {
            (_, false) => Self::Serial,
            (Some(_), true) => Self::Lot,
            (None, true) => Self::None,
        }
    }

    /// Its name, as documents and errors write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Lot => "lot",
            Self::Serial => "serial",
        }
    }
}

impl fmt::Display for Tracking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "quantity only",
            Self::Lot | Self::Serial => self.as_str(),
        })
    }
}

/// Which goods a line is about, where they are not plain ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineGoods {
    /// How the item was tracked when the line was checked.
    pub tracking: Tracking,
    /// The lot; `None` lets an issue or a reservation of an item tracked by lot choose.
    pub lot: Option<LotCode>,
    /// One a unit.
    pub serials: Vec<SerialNumber>,
    /// Their status.
    pub status: StockStatus,
    /// Whose they are.
    pub owner: Owner,
    /// What a receipt says of the lot.
    pub facts: LotFacts,
    /// How they are promised, where the usual way does not do.
    pub claim: Option<Box<Claim>>,
    /// The supplier or the customer, if somebody said.
    pub partner: Option<PartyCode>,
    /// The handling unit that they are taken out of, or put into; `None` for loose ones.
    pub unit: Option<UnitName>,
    /// Of an item of catch weight: what they weigh.
    pub weight: Option<LineWeight>,
    /// Of goods that are lost or become another status: promises of them end where what is available does not suffice.
    pub takes_promised: bool,
    /// Of goods that move: the promise that they are of, which goes with them; `None` for goods that are free.
    pub carries: Option<ReservationId>,
}

impl LineGoods {
    /// What the line takes or puts.
    pub fn holding(&self) -> Holding {
        Holding { lot: self.lot.clone(), status: self.status, owner: self.owner.clone() }
    }

    /// Whether a promise must be of goods of this status, and not of others that count.
    pub(crate) fn names_status(&self) -> bool {
        let is_named = |claim: &Claim| claim.status == PromisedStatus::AsNamed;
        !self.status.is_available() || self.claim.as_deref().is_some_and(is_named)
    }

    /// `None` for plain goods, which most lines are about.
    pub fn boxed(self) -> Option<Box<Self>> {
        (self != Self::default()).then(|| Box::new(self))
    }
}

/// Which goods were moved, where they are not plain ones: of which lot and numbers, and what they were and became.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Goods {
    /// The lot.
    pub lot: Option<LotCode>,
    /// One a unit.
    pub serials: Vec<SerialNumber>,
    /// What they were.
    pub from: Standing,
    /// What they became; as they were unless the status or the owner changed.
    pub to: Standing,
    /// The handling unit that they were in.
    pub from_unit: Option<Sscc>,
    /// The handling unit that they are in now.
    pub to_unit: Option<Sscc>,
    /// Of an item of catch weight: what they weighed; `None` when they stayed where and what they are.
    pub weight: Option<MovedWeight>,
}

/// State and owner of goods.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// Their state.
    pub status: StockStatus,
    /// Whose they are.
    pub owner: Owner,
}

impl Goods {
    /// Goods that stay what they are.
    pub fn unchanged(holding: Holding, serials: Vec<SerialNumber>) -> Self {
        let Holding { lot, status, owner } = holding;
        let standing = Standing { status, owner };
        Self {
            lot,
            serials,
            from: standing.clone(),
            to: standing,
            from_unit: None,
            to_unit: None,
            weight: None,
        }
    }

    /// `None` for plain goods, so that the same movement is always written the same way.
    pub fn boxed(self) -> Option<Box<Self>> {
        (self != Self::default()).then(|| Box::new(self))
    }

    /// Lot and numbers as tracking.
    pub fn tracking(&self) -> Tracking {
        Tracking::of(self.lot.as_ref(), &self.serials)
    }
}
