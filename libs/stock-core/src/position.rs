use std::collections::BTreeSet;

use laws::NegativeStock;
use vocabulary::{
    AvailableStatuses, LocationCode, LotCode, Quantity, ReservationId, SerialNumber, Sku, StockStatus, Weight,
};

use crate::{Holding, Lot, Terms};

/// The quantities of a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Balance {
    /// What is there.
    pub on_hand: Quantity,
    /// What of it is promised.
    pub reserved: Quantity,
}

impl Balance {
    /// What is there and not promised.
    pub fn available(&self) -> Quantity {
        self.on_hand.checked_sub(self.reserved).unwrap_or_default()
    }
}

/// A position with its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PositionRow {
    /// The item.
    pub sku: Sku,
    /// Where.
    pub location: LocationCode,
    /// Which goods.
    pub holding: Holding,
    /// How much.
    pub balance: Balance,
    /// The policy of the item's newest movement.
    pub negative: NegativeStock,
    /// What they weigh, of an item of catch weight.
    pub weight: Option<Weight>,
}

impl PositionRow {
    /// What can be promised: nothing of goods that are held back or not our own.
    pub fn available(&self, statuses: AvailableStatuses) -> Quantity {
        if self.holding.counts(statuses) { self.balance.available() } else { Quantity::ZERO }
    }
}

/// A position as a checkpoint has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPosition {
    /// The position.
    pub row: PositionRow,
    /// Its movements that stand in no [`HistoryRow`], as bytes.
    pub recent: Vec<u8>,
}

/// Movements of a position that will never change, as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryRow {
    /// The item.
    pub sku: Sku,
    /// Where.
    pub location: LocationCode,
    /// Which goods.
    pub holding: Holding,
    /// From 0, without gaps, in the order of the journal.
    pub number: u32,
    /// What moved, and when.
    pub movements: Vec<u8>,
}

impl From<PositionRow> for StoredPosition {
    fn from(row: PositionRow) -> Self {
        Self { row, recent: Vec::new() }
    }
}

/// An open promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reservation {
    /// Its id.
    pub id: ReservationId,
    /// The item.
    pub sku: Sku,
    /// What is left of it.
    pub quantity: Quantity,
    /// Of which goods that is, in the order they were chosen; at least one.
    pub parts: Vec<ReservedPart>,
    /// On what terms.
    pub terms: Terms,
}

impl Reservation {
    /// Where its first part is.
    pub fn location(&self) -> Option<&LocationCode> {
        self.parts.first().map(|part| &part.location)
    }

    /// Whether its parts are at several places.
    pub fn is_spread(&self) -> bool {
        self.parts.iter().any(|part| Some(&part.location) != self.location())
    }

    /// Some of it stands elsewhere from now on. `None` when it has no such part.
    pub(crate) fn carry(&mut self, moved: &ReservedPart, to: &LocationCode) -> Option<()> {
        let from = self.parts.iter_mut().find(|part| part.is_of(moved, &moved.location))?;
        from.quantity = from.quantity.checked_sub(moved.quantity).ok()?;
        let gone: BTreeSet<_> = moved.serials.iter().collect();
        from.serials.retain(|serial| !gone.contains(serial));
        match self.parts.iter_mut().find(|part| part.is_of(moved, to)) {
            Some(there) => {
                there.quantity = there.quantity.checked_add(moved.quantity).ok()?;
                there.serials.extend(moved.serials.iter().cloned());
            }
            None => self.parts.push(ReservedPart { location: to.clone(), ..moved.clone() }),
        }
        self.parts.retain(|part| part.quantity.is_positive());
        Some(())
    }
}

/// What a promise holds of one position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReservedPart {
    /// Where.
    pub location: LocationCode,
    /// Of which lot; `None` for goods without lots.
    pub lot: Option<LotCode>,
    /// Of which status; not `available` only where others count as available.
    pub status: StockStatus,
    /// How much.
    pub quantity: Quantity,
    /// The units that were named; empty for any.
    pub serials: Vec<SerialNumber>,
}

impl ReservedPart {
    /// Whether it is of the goods of another, at a place.
    fn is_of(&self, other: &Self, at: &LocationCode) -> bool {
        self.location == *at && self.lot == other.lot && self.status == other.status
    }

    /// Which goods; always our own.
    pub fn holding(&self) -> Holding {
        Holding::own(self.lot.clone(), self.status)
    }
}

/// A lot with its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotRow {
    /// The item.
    pub sku: Sku,
    /// Its number.
    pub code: LotCode,
    /// What is known.
    pub lot: Lot,
}

/// A unit that is in the warehouse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SerialRow {
    /// The item.
    pub sku: Sku,
    /// Its number.
    pub serial: SerialNumber,
    /// Where it is.
    pub location: LocationCode,
    /// Of which goods it is.
    pub holding: Holding,
}
