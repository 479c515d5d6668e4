//! Where goods may lack. An item's policy may be changed while it lacks: what was taken by leave is no fault then, as long as nobody takes
//! more. So of each position that was ever taken from by leave it is known since when nothing may lack there any more.

use std::ops::RangeInclusive;

use laws::NegativeStock;
use rustc_hash::FxHashMap;
use vocabulary::{LocationCode, Sku, Timestamp};

use crate::amount::{Amount, clamped};
use crate::entry::Moved;
use crate::history::{History, Stamp};
use crate::{Balance, Holding, Place, PositionRow, State};

/// What is there where nothing lacks.
const NOT_LACKING: RangeInclusive<Amount> = 0..=Amount::MAX;

/// Positions of plain goods from which somebody took by leave what need not have been there; by item and location.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lacking {
    /// From when on nothing lacks: the earliest instant at which somebody took without leave since. Nothing while nobody did.
    since: FxHashMap<(u32, u32), Option<Timestamp>>,
}

impl Lacking {
    /// Somebody takes from a position; that without leave, all is there from that instant on.
    fn taken(&mut self, at: (u32, u32), effective_at: Timestamp, negative: NegativeStock) {
        match negative {
            NegativeStock::Allowed => drop(self.since.insert(at, None)),
            NegativeStock::Forbidden => {
                if let Some(since) = self.since.get_mut(&at) {
                    *since = Some(since.map_or(effective_at, |known| known.min(effective_at)));
                }
            }
        }
    }

    pub(crate) fn restore(&mut self, at: (u32, u32), since: Option<Timestamp>) {
        self.since.insert(at, since);
    }
}

/// Since when nothing lacks at a position of a checkpoint, if something ever did. It is taken as it is: whatever lacks in a checkpoint was
/// judged when that was written.
pub(crate) fn since(balance: &Balance, history: &History) -> Option<Option<Timestamp>> {
    if balance.reserved > balance.on_hand { Some(None) } else { history.lacked_until() }
}

impl State {
    /// Takes note of a movement that takes goods. Only plain ones that no unit held may lack.
    pub(crate) fn note_taken(&mut self, stamp: Stamp, item: u32, moved: &Moved) {
        let negative = if moved.goods.is_none() { moved.negative } else { NegativeStock::Forbidden };
        let is_usual = negative == NegativeStock::Forbidden && self.lacking.since.is_empty();
        let Place::Real(at) = &moved.from else { return };
        if is_usual || moved.is_repacking() || moved.from_unit().is_some() || !moved.from_holding().is_plain()
        {
            return;
        }
        let at = (item, self.locations.intern(at).0);
        self.lacking.taken(at, stamp.effective_at, negative);
    }

    /// L2 for a position, now and at every instant of all that is known of it: nothing is promised that is not there, and nothing lacks, but
    /// for what was taken while the item's policy allowed it and has not come since. Looks at one number for every thousand movements.
    pub fn keeps_no_oversell(&self, row: &PositionRow) -> bool {
        let PositionRow { sku, location, holding, balance, .. } = row;
        let (negative, from) = match self.lacks_since(sku, location, holding) {
            Some(None) => (NegativeStock::Allowed, Timestamp::default()),
            Some(Some(since)) => (NegativeStock::Forbidden, since),
            None => (NegativeStock::Forbidden, Timestamp::default()),
        };
        let history = self.history(sku.as_str(), location.as_str(), holding);
        let lack = history.and_then(|history| history.first_outside(from, &NOT_LACKING));
        let lowest = lack.map(|(_, there)| clamped(there));
        laws::no_oversell(balance.on_hand, balance.reserved, negative)
            && laws::never_negative(lowest, negative)
    }

    fn lacks_since(
        &self,
        sku: &Sku,
        location: &LocationCode,
        holding: &Holding,
    ) -> Option<Option<Timestamp>> {
        let at = (self.skus.get(sku.as_str())?, self.locations.get(location.as_str())?);
        self.lacking.since.get(&at).copied().filter(|_| holding.is_plain())
    }
}
