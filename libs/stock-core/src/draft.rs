use laws::NegativeStock;
use vocabulary::{LocationCode, Quantity, ReservationId, Sku};

use crate::small_map::SmallMap;
use crate::{Balance, Rejection, Reservation, State};

/// A state plus the effects of the lines judged so far, so that a document of many lines is judged in order and the state
/// itself stays as it was until all are accepted.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    state: &'a State,
    balances: SmallMap<(Sku, LocationCode), Balance>,
    outside: SmallMap<Sku, Quantity>,
    reservations: SmallMap<ReservationId, Quantity>,
}

impl<'a> Draft<'a> {
    /// Nothing judged yet.
    pub(crate) fn new(state: &'a State) -> Self {
        let (balances, outside, reservations) = Default::default();
        Self { state, balances, outside, reservations }
    }

    pub(crate) fn negative(&self, sku: &Sku) -> NegativeStock {
        self.state.negative(sku.as_str())
    }

    pub(crate) fn outside(&self, sku: &Sku) -> Quantity {
        self.outside.get(sku).copied().unwrap_or_else(|| self.state.outside(sku.as_str()))
    }

    pub(crate) fn set_outside(&mut self, sku: &Sku, outside: Quantity) {
        self.outside.insert(sku.clone(), outside);
    }

    pub(crate) fn balance(&self, sku: &Sku, location: &LocationCode) -> Balance {
        let drafted = self.balances.get(&(sku.clone(), location.clone())).copied();
        drafted.unwrap_or_else(|| self.state.balance(sku.as_str(), location.as_str()))
    }

    pub(crate) fn set_balance(&mut self, sku: &Sku, location: &LocationCode, balance: Balance) {
        self.balances.insert((sku.clone(), location.clone()), balance);
    }

    /// What is left of a reservation. A reservation made by this very document has no id yet that a caller could know.
    pub(crate) fn reservation(&self, id: ReservationId) -> Result<Reservation, Rejection> {
        let not_found = Rejection::ReservationNotFound { reservation: id };
        let Some(mut held) = self.state.reservation(id) else { return Err(not_found) };
        if let Some(left) = self.reservations.get(&id) {
            held.quantity = *left;
        }
        if held.quantity.is_positive() { Ok(held) } else { Err(not_found) }
    }

    pub(crate) fn set_reservation(&mut self, id: ReservationId, left: Quantity) {
        self.reservations.insert(id, left);
    }
}
