use rustc_hash::FxHashSet;
use vocabulary::{LotCode, ReservationId, SerialNumber, Sku, Timestamp};
use work_core::{TouchedCounts, TouchedDeliveries, TouchedOrders, TouchedProductionOrders, TouchedTasks};

use crate::{
    HistoryRow, LotRow, MovementRef, Reservation, Reversed, RuleRow, SerialRow, StoredPosition,
    TouchedExpectations, TouchedUnits,
};

/// What entries have changed, as it is now: together with what was there before it makes a checkpoint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// Positions, by item in the order the warehouse first saw them.
    pub positions: Vec<StoredPosition>,
    /// Reservations that are open.
    pub reservations: Vec<Reservation>,
    /// Reservations of which nothing is left.
    pub ended_reservations: Vec<ReservationId>,
    /// Lots that were recorded.
    pub lots: Vec<LotRow>,
    /// Units that are here.
    pub serials: Vec<SerialRow>,
    /// Units that are not here any more.
    pub gone_serials: Vec<(Sku, SerialNumber)>,
    /// All rules, if any of them changed.
    pub rules: Option<Vec<RuleRow>>,
    /// What has become of the positions' movements for ever.
    pub histories: Vec<HistoryRow>,
    /// Movements that were taken back.
    pub reversed: Vec<Reversed>,
    /// The lock, if it was moved.
    pub locked_until: Option<Timestamp>,
    /// Handling units.
    pub handling_units: TouchedUnits,
    /// What is expected.
    pub expectations: TouchedExpectations,
    /// Deliveries.
    pub deliveries: TouchedDeliveries,
    /// Counts.
    pub counts: TouchedCounts,
    /// Outbound orders.
    pub orders: TouchedOrders,
    /// Tasks.
    pub tasks: TouchedTasks,
    /// Production orders.
    pub production_orders: TouchedProductionOrders,
}

/// What has changed, by number. A position says itself whether it is in here, so that marking it again costs nothing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Marks {
    positions: Vec<(u32, u32, u32)>,
    reservations: FxHashSet<ReservationId>,
    lots: Vec<(u32, LotCode)>,
    serials: FxHashSet<(u32, SerialNumber)>,
    reversed: Vec<MovementRef>,
    is_lock_moved: bool,
}

impl Marks {
    /// Once a position.
    pub(crate) fn position(&mut self, item: u32, location: u32, holding: u32) {
        self.positions.push((item, location, holding));
    }

    /// Once a movement.
    pub(crate) fn reversed(&mut self, movement: MovementRef) {
        self.reversed.push(movement);
    }

    pub(crate) const fn lock(&mut self) {
        self.is_lock_moved = true;
    }

    pub(crate) fn reversed_movements(&self) -> &[MovementRef] {
        &self.reversed
    }

    pub(crate) const fn is_lock_moved(&self) -> bool {
        self.is_lock_moved
    }

    /// Once a lot.
    pub(crate) fn lot(&mut self, item: u32, lot: &LotCode) {
        self.lots.push((item, lot.clone()));
    }

    pub(crate) fn serial(&mut self, item: u32, serial: &SerialNumber) {
        self.serials.insert((item, serial.clone()));
    }

    pub(crate) fn reservation(&mut self, id: ReservationId) {
        self.reservations.insert(id);
    }

    /// In order.
    pub(crate) fn positions(&self) -> Vec<(u32, u32, u32)> {
        let mut positions = self.positions.clone();
        positions.sort_unstable();
        positions
    }

    /// In order.
    pub(crate) fn reservations(&self) -> Vec<ReservationId> {
        let mut ids: Vec<_> = self.reservations.iter().copied().collect();
        ids.sort_unstable();
        ids
    }

    /// In the order they were recorded.
    pub(crate) fn lots(&self) -> &[(u32, LotCode)] {
        &self.lots
    }

    /// In order.
    pub(crate) fn serials(&self) -> Vec<(u32, SerialNumber)> {
        let mut serials: Vec<_> = self.serials.iter().cloned().collect();
        serials.sort_unstable();
        serials
    }
}
