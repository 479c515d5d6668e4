use std::collections::BTreeSet;

use vocabulary::{LocationCode, LotCode, Quantity, ReservationId, SerialNumber, Sku, Timestamp};

use crate::lot::LotOrder;
use crate::small_map::SmallMap;
use crate::{Balance, Document, Holding, Lot, MovementRef, Rejection, Reservation, State};

/// A state plus the effects of the lines judged so far, so that a document of many lines is judged in order and the state
/// itself stays as it was until all are accepted.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    state: &'a State,
    /// When all of it happened.
    effective_at: Timestamp,
    passes_lock: bool,
    /// As the document's own lines have left it.
    locked_until: Option<Timestamp>,
    /// By which line of the document.
    reversed: SmallMap<MovementRef, u32>,
    balances: SmallMap<(Sku, LocationCode, Holding), Balance>,
    outside: SmallMap<Sku, Quantity>,
    /// What is left.
    reservations: SmallMap<ReservationId, Reservation>,
    lots: SmallMap<(Sku, LotCode), Lot>,
    /// Where units are now, if they are here.
    serials: SmallMap<(Sku, SerialNumber), Option<(LocationCode, Holding)>>,
}

impl<'a> Draft<'a> {
    /// Nothing judged yet.
    pub(crate) fn new(state: &'a State, document: &Document, effective_at: Timestamp) -> Self {
        let passes_lock = document.pass_lock;
        let locked_until = state.locked_until;
        let (balances, outside, reservations, lots, serials, reversed) = Default::default();
        Self {
            state,
            effective_at,
            passes_lock,
            locked_until,
            reversed,
            balances,
            outside,
            reservations,
            lots,
            serials,
        }
    }

    pub(crate) const fn passes_lock(&self) -> bool {
        self.passes_lock
    }

    pub(crate) const fn locked_until(&self) -> Option<Timestamp> {
        self.locked_until
    }

    pub(crate) const fn set_locked_until(&mut self, until: Timestamp) {
        self.locked_until = Some(until);
    }

    /// What took a movement back, maybe a line before in this very document.
    pub(crate) fn reversed_by(&self, movement: MovementRef) -> Option<MovementRef> {
        let here = |line: &u32| MovementRef { sequence: self.state.sequence().next(), line: *line };
        self.reversed.get(&movement).map(here).or_else(|| self.state.reversed_by(movement))
    }

    pub(crate) fn set_reversed(&mut self, movement: MovementRef, line: u32) {
        self.reversed.insert(movement, line);
    }

    pub(crate) const fn effective_at(&self) -> Timestamp {
        self.effective_at
    }

    pub(crate) const fn state(&self) -> &'a State {
        self.state
    }

    pub(crate) fn outside(&self, sku: &Sku) -> Quantity {
        self.outside.get(sku).copied().unwrap_or_else(|| self.state.outside(sku.as_str()))
    }

    pub(crate) fn set_outside(&mut self, sku: &Sku, outside: Quantity) {
        self.outside.insert(sku.clone(), outside);
    }

    pub(crate) fn balance(&self, sku: &Sku, location: &LocationCode, holding: &Holding) -> Balance {
        let drafted = self.balances.get(&(sku.clone(), location.clone(), holding.clone())).copied();
        drafted.unwrap_or_else(|| self.state.balance_of(sku.as_str(), location.as_str(), holding))
    }

    pub(crate) fn set_balance(
        &mut self,
        sku: &Sku,
        location: &LocationCode,
        holding: &Holding,
        balance: Balance,
    ) {
        self.balances.insert((sku.clone(), location.clone(), holding.clone()), balance);
    }

    pub(crate) fn lot(&self, sku: &Sku, lot: &LotCode) -> Option<&Lot> {
        self.lots.get(&(sku.clone(), lot.clone())).or_else(|| self.state.lot(sku.as_str(), lot))
    }

    pub(crate) fn set_lot(&mut self, sku: &Sku, lot: &LotCode, known: Lot) {
        self.lots.insert((sku.clone(), lot.clone()), known);
    }

    /// The lots of an item that this document has touched at a place, in order.
    pub(crate) fn lots_touched(&self, sku: &Sku, at: &LocationCode) -> BTreeSet<LotOrder> {
        let here = self
            .balances
            .iter()
            .filter(|((item, location, holding), _)| item == sku && location == at && holding.is_available());
        let order = |((_, _, holding), _): &((Sku, LocationCode, Holding), Balance)| {
            let lot = holding.lot.as_ref()?;
            Some(LotOrder::of(lot, self.lot(sku, lot)?))
        };
        here.filter_map(order).collect()
    }

    pub(crate) fn serial(&self, sku: &Sku, serial: &SerialNumber) -> Option<(LocationCode, Holding)> {
        match self.serials.get(&(sku.clone(), serial.clone())) {
            Some(drafted) => drafted.clone(),
            None => {
                let (location, holding) = self.state.serial(sku.as_str(), serial)?;
                Some((location.clone(), holding.clone()))
            }
        }
    }

    pub(crate) fn set_serial(
        &mut self,
        sku: &Sku,
        serial: &SerialNumber,
        at: Option<(LocationCode, Holding)>,
    ) {
        self.serials.insert((sku.clone(), serial.clone()), at);
    }

    /// What is left of a reservation. A reservation made by this very document has no id yet that a caller could know.
    pub(crate) fn reservation(&self, id: ReservationId) -> Result<Reservation, Rejection> {
        let not_found = Rejection::ReservationNotFound { reservation: id };
        let held = self.reservations.get(&id).cloned().or_else(|| self.state.reservation(id));
        held.filter(|held| held.quantity.is_positive()).ok_or(not_found)
    }

    pub(crate) fn set_reservation(&mut self, left: Reservation) {
        self.reservations.insert(left.id, left);
    }
}
