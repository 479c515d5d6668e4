use vocabulary::{
    DocumentCode, LotCode, Owner, PartyCode, Quantity, Sequence, SerialNumber, Sku, StockStatus, Timestamp,
};
use work_core::{CountPlace, CountPlan};

use crate::{Holding, Place, Tracking};

/// A line about a count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CountLine {
    /// It is planned.
    Plan(CountPlan),
    /// Somebody counted a place.
    Enter(CountEntry),
    /// Somebody approves what differs.
    Approve {
        /// Of which count.
        count: DocumentCode,
        /// Who.
        by: PartyCode,
    },
    /// What differs is posted.
    Post {
        /// Of which count.
        count: DocumentCode,
        /// The virtual place that differences come from and go to.
        adjustment: Place,
        /// The one that usage goes to.
        usage: Place,
    },
    /// It is given up.
    Cancel {
        /// Which.
        count: DocumentCode,
    },
}

/// What somebody saw at a place: everything that was there. What is not named was not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountEntry {
    /// For which count.
    pub count: DocumentCode,
    /// Where.
    pub place: CountPlace,
    /// Who.
    pub by: PartyCode,
    /// The newest entry that the shelf already showed; `None` for all that is known.
    pub sequence: Option<Sequence>,
    /// When the shelf was read, if somebody said.
    pub at: Option<Timestamp>,
    /// What was there.
    pub seen: Vec<SeenGoods>,
}

/// Goods that somebody saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenGoods {
    /// The item.
    pub sku: Sku,
    /// How the item was tracked when the line was checked.
    pub tracking: Tracking,
    /// Whether it was of catch weight then.
    pub is_weighed: bool,
    /// The lot; `None` for goods without lots.
    pub lot: Option<LotCode>,
    /// Their status.
    pub status: StockStatus,
    /// Whose they are.
    pub owner: Owner,
    /// How much, in the base unit; not negative.
    pub quantity: Quantity,
    /// One a unit, of an item tracked by serial number.
    pub serials: Vec<SerialNumber>,
}

impl SeenGoods {
    /// What they are.
    pub(super) fn holding(&self) -> Holding {
        Holding { lot: self.lot.clone(), status: self.status, owner: self.owner.clone() }
    }
}
