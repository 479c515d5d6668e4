//! From a state to what is stored of it, and back.

use vocabulary::{Sequence, WarehouseCode};

use crate::{EvolveError, HoldCause, LotRow, PositionRow, Reservation, SerialRow, State, Touched, Tracking};

/// All that a state is made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Every position.
    pub positions: Vec<PositionRow>,
    /// Every open reservation.
    pub reservations: Vec<Reservation>,
    /// Every lot.
    pub lots: Vec<LotRow>,
    /// Every unit.
    pub serials: Vec<SerialRow>,
}

impl State {
    /// Puts a checkpoint back: what there was as of `sequence`. Quantities outside follow from L1.
    ///
    /// # Errors
    /// [`EvolveError::Overflow`] when the sum of an item leaves the exact range.
    pub fn restore(
        warehouse: WarehouseCode,
        sequence: Sequence,
        snapshot: Snapshot,
    ) -> Result<Self, EvolveError> {
        let mut state = Self::new(warehouse);
        state.has_tracked = !snapshot.lots.is_empty() || !snapshot.serials.is_empty();
        // Lots first: they say in which order positions are chosen.
        for row in snapshot.lots {
            let item = state.item(&row.sku);
            state.item_mut(item)?.tracked_mut().lots.insert(row.code, row.lot);
        }
        snapshot.positions.into_iter().try_for_each(|row| state.restore_position(row))?;
        for row in snapshot.serials {
            let (item, location) = (state.item(&row.sku), state.locations.intern(&row.location).0);
            let holding = state.holdings.intern(&row.holding).0;
            let held = state.item_mut(item)?;
            held.set_tracking(Tracking::Serial);
            held.tracked_mut().serials.insert(row.serial, (location, holding));
        }
        snapshot.reservations.into_iter().try_for_each(|held| state.restore_reservation(held))?;
        state.sequence = sequence;
        Ok(state)
    }

    fn restore_position(&mut self, row: PositionRow) -> Result<(), EvolveError> {
        let (item, location) = (self.item(&row.sku), self.locations.intern(&row.location).0);
        let holding = self.holdings.intern(&row.holding).0;
        let held = self.item_mut(item)?;
        held.outside = held.outside.checked_sub(row.balance.on_hand)?;
        held.negative = row.negative;
        held.at_mut(location, holding).balance = row.balance;
        let Some(lot) = &row.holding.lot else { return Ok(()) };
        if !row.balance.on_hand.is_zero() {
            held.set_tracking(Tracking::Lot);
        }
        if row.available().is_positive() {
            held.tracked_mut().set_open(location, lot, true);
        }
        if !row.balance.on_hand.is_zero() && HoldCause::Expiry.takes(row.holding.status) {
            self.note_expiring(item, lot, true);
        }
        Ok(())
    }

    /// Everything that entries have changed since the last call (or since the state was new, or restored), as it is now.
    pub fn take_touched(&mut self) -> Touched {
        let marks = std::mem::take(&mut self.marks);
        let mut touched = Touched::default();
        for (item, location, holding) in marks.positions() {
            touched.positions.extend(self.unmark(item, location, holding));
        }
        for id in marks.reservations() {
            match self.reservation(id) {
                Some(held) => touched.reservations.push(held),
                None => touched.ended_reservations.push(id),
            }
        }
        for (item, code) in marks.lots() {
            let Some(sku) = self.skus.name(*item) else { continue };
            let Some(lot) = self.lot(sku.as_str(), code) else { continue };
            touched.lots.push(LotRow { sku: sku.clone(), code: code.clone(), lot: lot.clone() });
        }
        for (item, serial) in marks.serials() {
            let Some(sku) = self.skus.name(item).cloned() else { continue };
            match self.serial(sku.as_str(), &serial) {
                Some((location, holding)) => {
                    let (location, holding) = (location.clone(), holding.clone());
                    touched.serials.push(SerialRow { sku, serial, location, holding });
                }
                None => touched.gone_serials.push((sku, serial)),
            }
        }
        touched
    }

    fn unmark(&mut self, item: u32, location: u32, holding: u32) -> Option<PositionRow> {
        let (sku, code) = (self.skus.name(item)?.clone(), self.locations.name(location)?.clone());
        let goods = self.holdings.name(holding)?.clone();
        let held = self.item_mut(item).ok()?;
        let negative = held.negative;
        let at = held.at_mut(location, holding);
        at.is_marked = false;
        Some(PositionRow { sku, location: code, holding: goods, balance: at.balance, negative })
    }
}
