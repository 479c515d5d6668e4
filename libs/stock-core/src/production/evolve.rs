//! Production orders as they are applied, read and stored.

use vocabulary::{DocumentCode, Sequence};
use work_core::{
    ProductionChange, ProductionNotFollowing, ProductionOrder, ProductionOrders, TouchedProductionOrders,
};

use crate::{EvolveError, State};

impl State {
    /// Applies a fact about a production order.
    pub(crate) fn production_changed(
        &mut self,
        sequence: Sequence,
        change: &ProductionChange,
    ) -> Result<(), EvolveError> {
        let orders = self.production.get_or_insert_default();
        let changed = orders.change(change.code(), |known| change.apply(known, sequence));
        changed.map_err(|ProductionNotFollowing { code }| EvolveError::Production(code))
    }

    /// Under a code; also one that is over, until it is forgotten.
    pub fn production_order(&self, code: &DocumentCode) -> Option<&ProductionOrder> {
        self.production.as_ref()?.get(code)
    }

    /// Those after a code, by code.
    pub fn production_orders_after(
        &self,
        code: Option<&DocumentCode>,
    ) -> impl Iterator<Item = &ProductionOrder> {
        self.production.iter().flat_map(move |orders| orders.after(code))
    }

    /// How many are open.
    pub fn open_production_orders(&self) -> usize {
        self.production.as_ref().map_or(0, |orders| orders.open_count())
    }

    /// Whether promises that name this order are for production.
    pub(crate) fn is_production(&self, code: &DocumentCode) -> bool {
        self.production_order(code).is_some_and(|order| order.state.is_open())
    }

    /// Puts the production orders of a checkpoint back.
    pub(crate) fn restore_production_orders(&mut self, known: Vec<ProductionOrder>) {
        if !known.is_empty() {
            self.production = Some(Box::new(ProductionOrders::restore(known)));
        }
    }

    /// What has changed of them since the last call.
    pub(crate) fn take_touched_production_orders(&mut self) -> TouchedProductionOrders {
        self.production.as_mut().map(|orders| orders.take_touched()).unwrap_or_default()
    }

    /// All that are known, in words, for the digest of the state.
    pub(crate) fn production_orders_in_words(&self) -> impl Iterator<Item = String> {
        self.production_orders_after(None).map(|order| format!("{order:?}\n"))
    }
}
