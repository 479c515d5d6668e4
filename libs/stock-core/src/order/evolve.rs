//! Orders as they are applied, read and stored.

use std::collections::BTreeMap;

use vocabulary::{DocumentCode, Quantity, ReservationId, Sequence};
use work_core::{Order, OrderChange, OrderNotFollowing, Orders, TouchedOrders};

use crate::{EvolveError, OrderRef, State};

/// The orders of a warehouse, with what is promised for them.
#[derive(Debug, Clone, Default)]
pub(crate) struct OrderBook {
    orders: Orders,
    /// Open promises, with the line that each is for.
    promises: BTreeMap<(DocumentCode, ReservationId), u32>,
}

/// Before and after every promise.
const FIRST: ReservationId = ReservationId { sequence: Sequence::START, line: 0 };
const LAST: ReservationId = ReservationId { sequence: Sequence::new(u64::MAX), line: u32::MAX };

impl OrderBook {
    /// The open promises of an order, by id.
    fn promises(&self, code: &DocumentCode) -> impl Iterator<Item = ReservationId> {
        let range = (code.clone(), FIRST)..=(code.clone(), LAST);
        self.promises.range(range).map(|((_, id), _)| *id)
    }

    fn change(
        &mut self,
        order: &OrderRef,
        change: impl FnOnce(&mut Order) -> Option<()>,
    ) -> Result<(), EvolveError> {
        let missing = || EvolveError::Order(order.code.clone());
        self.orders.change(&order.code, |known| {
            let mut known = known.ok_or_else(missing)?;
            change(&mut known).ok_or_else(missing)?;
            Ok(known)
        })
    }
}

impl State {
    /// Applies a fact about an order.
    pub(crate) fn order_changed(
        &mut self,
        sequence: Sequence,
        change: &OrderChange,
    ) -> Result<(), EvolveError> {
        let book = self.orders.get_or_insert_default();
        let changed = book.orders.change(change.code(), |known| change.apply(known, sequence));
        changed.map_err(|OrderNotFollowing { code }| EvolveError::Order(code))
    }

    /// Something is promised for an order.
    pub(crate) fn order_promised(
        &mut self,
        order: &OrderRef,
        (id, quantity): (ReservationId, Quantity),
    ) -> Result<(), EvolveError> {
        let is_production = self.is_production(&order.code);
        let book = self.orders.get_or_insert_default();
        book.promises.insert((order.code.clone(), id), order.line);
        if is_production {
            return Ok(());
        }
        book.change(order, |known| known.promised(order.line, quantity))
    }

    /// A promise for an order, or a part of it, is over: `is_kept` says that its goods have left, and `is_all` that nothing of it is left.
    pub(crate) fn order_released(
        &mut self,
        order: &OrderRef,
        (id, quantity): (ReservationId, Quantity),
        (is_kept, is_all): (bool, bool),
    ) -> Result<(), EvolveError> {
        let is_production = self.is_production(&order.code);
        let book = self.orders.get_or_insert_default();
        if is_all {
            book.promises.remove(&(order.code.clone(), id));
        }
        if is_production {
            return Ok(());
        }
        book.change(order, |known| {
            if is_kept {
                known.shipped(order.line, quantity)
            } else {
                known.promised(order.line, quantity.negated())
            }
        })
    }

    /// Under a code; also one that is over, until it is forgotten.
    pub fn order(&self, code: &DocumentCode) -> Option<&Order> {
        self.orders.as_ref()?.orders.get(code)
    }

    /// Those after a code, by code.
    pub fn orders_after(&self, code: Option<&DocumentCode>) -> impl Iterator<Item = &Order> {
        self.orders.iter().flat_map(move |book| book.orders.after(code))
    }

    /// How many are open.
    pub fn open_orders(&self) -> usize {
        self.orders.as_ref().map_or(0, |book| book.orders.open_count())
    }

    /// The open promises of an order, by id.
    pub fn promises_of_order(&self, code: &DocumentCode) -> impl Iterator<Item = ReservationId> {
        self.orders.iter().flat_map(move |book| book.promises(code))
    }

    /// Puts the orders of a checkpoint back, before the promises.
    pub(crate) fn restore_orders(&mut self, known: Vec<Order>) {
        if !known.is_empty() {
            let orders = Orders::restore(known);
            self.orders = Some(Box::new(OrderBook { orders, ..OrderBook::default() }));
        }
    }

    /// Puts a promise of a checkpoint back, which its order knows of.
    pub(crate) fn restore_promise_of_order(&mut self, order: &OrderRef, id: ReservationId) {
        let book = self.orders.get_or_insert_default();
        book.promises.insert((order.code.clone(), id), order.line);
    }

    /// What has changed of them since the last call.
    pub(crate) fn take_touched_orders(&mut self) -> TouchedOrders {
        self.orders.as_mut().map(|book| book.orders.take_touched()).unwrap_or_default()
    }

    /// All that are known, in words, for the digest of the state.
    pub(crate) fn orders_in_words(&self) -> impl Iterator<Item = String> {
        self.orders_after(None).map(|order| format!("{order:?}\n"))
    }
}
