//! What is to be picked, read from the promises of orders: nothing is stored of it, so that it is always true.

use vocabulary::{
    DocumentCode, LocationCode, LotCode, Quantity, ReservationId, SerialNumber, Sku, StockStatus,
};

use crate::State;

/// Goods that are to be picked, or were.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pick {
    /// Where they are; codes are given along the way through the warehouse.
    pub location: LocationCode,
    /// The item.
    pub sku: Sku,
    /// Of which lot; `None` for goods without lots.
    pub lot: Option<LotCode>,
    /// Of which status.
    pub status: StockStatus,
    /// For which order.
    pub order: DocumentCode,
    /// For which line of it.
    pub line: u32,
    /// The promise.
    pub reservation: ReservationId,
    /// How much, in the base unit.
    pub quantity: Quantity,
    /// The units that are promised by name; empty for any.
    pub serials: Vec<SerialNumber>,
    /// Whether they stand where the order is picked to.
    pub is_picked: bool,
}

impl State {
    /// All that is promised for the orders of a wave, in walking order: by location, item and lot, so that what several orders want is
    /// picked together.
    pub fn picks_of_wave(&self, wave: &DocumentCode) -> Vec<Pick> {
        let orders = self.orders_after(None).filter(|order| order.state.is_open());
        let of_wave = orders.filter(|order| order.wave.as_ref().is_some_and(|its| its.code == *wave));
        let mut picks: Vec<_> = of_wave.flat_map(|order| self.picks_of_order(&order.placed.code)).collect();
        picks.sort_unstable();
        picks
    }

    /// All that is promised for an order.
    pub fn picks_of_order(&self, code: &DocumentCode) -> Vec<Pick> {
        let wave = self.order(code).and_then(|order| order.wave.as_ref());
        let held = self.promises_of_order(code).filter_map(|id| self.reservation(id));
        let picks = held.flat_map(|held| {
            let (id, sku) = (held.id, held.sku);
            let line = held.terms.order.map(|order| order.line).unwrap_or_default();
            held.parts.into_iter().map(move |part| Pick {
                is_picked: wave.is_some_and(|wave| wave.staging == part.location),
                location: part.location,
                sku: sku.clone(),
                lot: part.lot,
                status: part.status,
                order: code.clone(),
                line,
                reservation: id,
                quantity: part.quantity,
                serials: part.serials,
            })
        });
        picks.collect()
    }
}
