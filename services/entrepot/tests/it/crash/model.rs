//! What a warehouse must hold, worked out once more: whole numbers in two maps, and nothing of the product's own rules.

use std::collections::BTreeMap;

use vocabulary::{ReservationId, Sequence};

use super::paper::{ADJUST_REASON, Goods, Paper, Step};

/// One warehouse.
#[derive(Debug, Clone, Default)]
pub(super) struct Model {
    pub(super) places: BTreeMap<(&'static str, &'static str), Held>,
    pub(super) promises: BTreeMap<ReservationId, Goods>,
}

/// At one place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) on_hand: i64,
    pub(super) reserved: i64,
}

/// The facts of an accepted document as text, or the refused line and the reason.
pub(super) type Ruling = Result<Vec<String>, (u32, &'static str)>;

impl Model {
    /// Judges a document. A refused one changes nothing.
    pub(super) fn post(&mut self, paper: &Paper, sequence: Sequence) -> Ruling {
        let mut draft = self.clone();
        let mut facts = Vec::new();
        for (line, step) in (0_u32..).zip(&paper.steps) {
            let done = draft.step(step, ReservationId { sequence, line }).map_err(|reason| (line, reason))?;
            facts.extend(done.into_iter().map(|fact| format!("{line} {fact}")));
        }
        *self = draft;
        Ok(facts)
    }

    /// Totals of an item over all its places.
    pub(super) fn total(&self, sku: &str) -> Held {
        let places = self.places.iter().filter(|((held, _), _)| *held == sku);
        places.fold(Held::default(), |sum, (_, held)| Held {
            on_hand: sum.on_hand + held.on_hand,
            reserved: sum.reserved + held.reserved,
        })
    }

    fn step(&mut self, step: &Step, id: ReservationId) -> Result<Vec<String>, &'static str> {
        match step {
            Step::Receive(goods) => Ok(vec![self.put(*goods, "receipt", "~SUPPLIER", "")]),
            Step::Return(goods) => Ok(vec![self.put(*goods, "return", "~CUSTOMER", "")]),
            Step::Issue(goods) => self.take(*goods, "issue", "~CUSTOMER", "").map(|fact| vec![fact]),
            Step::Move { goods, to } => {
                let fact = self.take(*goods, "move", to, "")?;
                self.held(Goods { at: to, ..*goods }).on_hand += goods.quantity;
                Ok(vec![fact])
            }
            Step::Adjust(goods) if goods.quantity > 0 => {
                Ok(vec![self.put(*goods, "adjustment", "~ADJUSTMENT", ADJUST_REASON)])
            }
            Step::Adjust(goods) => {
                let gone = Goods { quantity: -goods.quantity, ..*goods };
                self.take(gone, "adjustment", "~ADJUSTMENT", ADJUST_REASON).map(|fact| vec![fact])
            }
            Step::Reserve(goods) => {
                self.check_available(*goods)?;
                self.held(*goods).reserved += goods.quantity;
                self.promises.insert(id, *goods);
                Ok(vec![format!("reserved {} {} {}", goods.sku, goods.at, goods.quantity)])
            }
            Step::Release { promise, quantity } => Ok(vec![self.release(*promise, *quantity)?.1]),
            Step::Fulfil { promise, quantity } => {
                let (goods, released) = self.release(*promise, *quantity)?;
                Ok(vec![released, self.take(goods, "fulfilment", "~CUSTOMER", "")?])
            }
        }
    }

    fn release(&mut self, id: ReservationId, quantity: i64) -> Result<(Goods, String), &'static str> {
        let promised = self.promises.get_mut(&id).ok_or("RESERVATION_NOT_FOUND")?;
        if promised.quantity < quantity {
            return Err("RESERVATION_EXCEEDED");
        }
        promised.quantity -= quantity;
        let goods = Goods { quantity, ..*promised };
        if promised.quantity == 0 {
            self.promises.remove(&id);
        }
        self.held(goods).reserved -= quantity;
        Ok((goods, format!("released {id} {quantity}")))
    }

    fn put(&mut self, goods: Goods, kind: &str, from: &str, reason: &str) -> String {
        self.held(goods).on_hand += goods.quantity;
        format!("{kind} {} {from} {} {} {reason}", goods.sku, goods.at, goods.quantity)
    }

    fn take(&mut self, goods: Goods, kind: &str, to: &str, reason: &str) -> Result<String, &'static str> {
        self.check_available(goods)?;
        self.held(goods).on_hand -= goods.quantity;
        Ok(format!("{kind} {} {} {to} {} {reason}", goods.sku, goods.at, goods.quantity))
    }

    fn check_available(&mut self, goods: Goods) -> Result<(), &'static str> {
        let held = *self.held(goods);
        if held.on_hand - held.reserved < goods.quantity { Err("INSUFFICIENT_AVAILABLE") } else { Ok(()) }
    }

    fn held(&mut self, goods: Goods) -> &mut Held {
        self.places.entry((goods.sku, goods.at)).or_default()
    }
}
