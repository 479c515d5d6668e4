//! From a state to what is stored of it, and back.

use vocabulary::{Sequence, Timestamp, WarehouseCode};
use work_core::{Count, Delivery, Order, ProductionOrder, Task};

use crate::amount::{Amount, amount, quantity};
use crate::history::Stored;
use crate::lacking;
use crate::{
    EvolveError, Expectation, HistoryRow, HoldCause, LotRow, MovementRef, PositionRow, Reservation, Reversed,
    RuleRow, SerialRow, State, StoredPosition, Touched, Tracking, UnitSnapshot,
};

/// All that a state is made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Every position.
    pub positions: Vec<StoredPosition>,
    /// Every open reservation.
    pub reservations: Vec<Reservation>,
    /// Every lot.
    pub lots: Vec<LotRow>,
    /// Every unit.
    pub serials: Vec<SerialRow>,
    /// Every rule.
    pub rules: Vec<RuleRow>,
    /// Every row of closed movements.
    pub histories: Vec<HistoryRow>,
    /// Every movement that was taken back.
    pub reversed: Vec<Reversed>,
    /// The lock.
    pub locked_until: Option<Timestamp>,
    /// Handling units.
    pub handling_units: UnitSnapshot,
    /// Every open expectation.
    pub expectations: Vec<Expectation>,
    /// Every delivery that is known.
    pub deliveries: Vec<Delivery>,
    /// Every count that is known.
    pub counts: Vec<Count>,
    /// Every outbound order that is known.
    pub orders: Vec<Order>,
    /// Every task that is known.
    pub tasks: Vec<Task>,
    /// Every production order that is known.
    pub production_orders: Vec<ProductionOrder>,
}

impl State {
    /// Puts a checkpoint back: what there was as of `sequence`. Quantities outside follow from L1.
    ///
    /// # Errors
    /// [`EvolveError::Overflow`] when the sum of an item leaves the exact range, [`EvolveError::History`] when movements cannot be
    /// read.
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
        // Movements in the order of the journal: those that are closed come first.
        let mut histories = snapshot.histories;
        histories.sort_by_key(|row| row.number);
        histories.iter().try_for_each(|row| state.restore_history(row))?;
        for stored in snapshot.positions {
            let newest = state.restore_position(stored)?;
            state.newest_effective = state.newest_effective.max(newest);
        }
        state.restore_outside()?;
        for row in snapshot.serials {
            let (item, location) = (state.item(&row.sku), state.locations.intern(&row.location).0);
            let holding = state.holdings.intern(&row.holding).0;
            let held = state.item_mut(item)?;
            held.set_tracking(Tracking::Serial);
            held.tracked_mut().serials.insert(row.serial, (location, holding));
        }
        state.restore_units(snapshot.handling_units)?;
        // Before the promises that are made for them.
        state.restore_orders(snapshot.orders);
        state.restore_tasks(snapshot.tasks);
        snapshot.reservations.into_iter().try_for_each(|held| state.restore_reservation(held))?;
        // Rules last: they count what there is.
        state.restore_rules(snapshot.rules)?;
        state.reversed = snapshot.reversed.iter().map(|row| (row.movement, row.by)).collect();
        state.locked_until = snapshot.locked_until;
        state.restore_expectations(snapshot.expectations);
        state.restore_deliveries(snapshot.deliveries);
        state.restore_counts(snapshot.counts);
        state.restore_production_orders(snapshot.production_orders);
        state.sequence = sequence;
        Ok(state)
    }

    /// What is outside of an item is what is missing inside. The sum may leave the range of a quantity on the way.
    fn restore_outside(&mut self) -> Result<(), EvolveError> {
        for held in &mut self.items {
            let inside = held.balances.iter().map(|at| amount(at.balance.on_hand));
            held.outside = quantity(inside.fold(0, Amount::saturating_sub))?;
            if let Some(weights) = &mut held.weights {
                weights.restore_outside()?;
            }
        }
        Ok(())
    }

    fn restore_history(&mut self, row: &HistoryRow) -> Result<(), EvolveError> {
        let (item, location) = (self.item(&row.sku), self.locations.intern(&row.location).0);
        let holding = self.holdings.intern(&row.holding).0;
        let history = &mut self.item_mut(item)?.at_mut(location, holding).history;
        history.restore_closed(row.number, &row.movements)
    }

    /// The newest effective time of its movements.
    fn restore_position(&mut self, stored: StoredPosition) -> Result<Timestamp, EvolveError> {
        let StoredPosition { row, recent } = stored;
        let (item, location) = (self.item(&row.sku), self.locations.intern(&row.location).0);
        let holding = self.holdings.intern(&row.holding).0;
        let held = self.item_mut(item)?;
        held.negative = row.negative;
        let at = held.at_mut(location, holding);
        at.balance = row.balance;
        at.history.restore_recent(&recent)?;
        let newest = at.history.newest();
        let lacks = lacking::since(&row.balance, &at.history).filter(|_| row.holding.is_plain());
        if let Some(weight) = row.weight {
            held.restore_weight((location, holding), weight)?;
            self.has_weights = true;
        }
        if let Some(since) = lacks {
            self.lacking.restore((item, location), since);
        }
        self.apart.note(row.holding.status, (item, location, holding), !row.balance.on_hand.is_zero());
        let held = self.item_mut(item)?;
        let Some(lot) = &row.holding.lot else { return Ok(newest) };
        if !row.balance.on_hand.is_zero() {
            held.set_tracking(Tracking::Lot);
            held.tracked_mut().set_here((location, holding), lot, true);
        }
        if row.holding.is_available() && row.balance.available().is_positive() {
            held.tracked_mut().set_open(location, lot, true);
        }
        if !row.balance.on_hand.is_zero() && HoldCause::Expiry.takes(row.holding.status) {
            self.note_expiring(item, lot, true);
        }
        Ok(newest)
    }

    /// Everything that entries have changed since the last call (or since the state was new, or restored), as it is now.
    pub fn take_touched(&mut self) -> Touched {
        let marks = std::mem::take(&mut self.marks);
        let mut touched = Touched::default();
        for (item, location, holding) in marks.positions() {
            self.unmark((item, location, holding), &mut touched);
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
        let by = |movement: &MovementRef| {
            self.reversed_by(*movement).map(|by| Reversed { movement: *movement, by })
        };
        touched.reversed.extend(marks.reversed_movements().iter().filter_map(by));
        touched.locked_until = self.locked_until.filter(|_| marks.is_lock_moved());
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
        if std::mem::take(&mut self.rules.is_marked) {
            touched.rules = Some(self.rules());
        }
        if let Some(units) = &mut self.units {
            touched.handling_units = units.take_touched();
        }
        if let Some(expectations) = &mut self.expectations {
            touched.expectations = expectations.take_touched();
        }
        touched.counts = self.take_touched_counts();
        touched.orders = self.take_touched_orders();
        touched.tasks = self.take_touched_tasks();
        touched.production_orders = self.take_touched_production_orders();
        if let Some(deliveries) = &mut self.deliveries {
            touched.deliveries = deliveries.take_touched();
        }
        touched
    }

    fn unmark(&mut self, (item, location, holding): (u32, u32, u32), touched: &mut Touched) -> Option<()> {
        let (sku, code) = (self.skus.name(item)?.clone(), self.locations.name(location)?.clone());
        let goods = self.holdings.name(holding)?.clone();
        let held = self.item_mut(item).ok()?;
        let negative = held.negative;
        let at = held.at_mut(location, holding);
        at.is_marked = false;
        let Stored { recent, closed } = at.history.take_stored();
        let history = |(number, movements)| {
            let (sku, location, holding) = (sku.clone(), code.clone(), goods.clone());
            HistoryRow { sku, location, holding, number, movements }
        };
        touched.histories.extend(closed.into_iter().map(history));
        let balance = at.balance;
        let weight = held.weight(location, holding);
        let row = PositionRow { sku, location: code, holding: goods, balance, negative, weight };
        touched.positions.push(StoredPosition { row, recent });
        Some(())
    }
}
