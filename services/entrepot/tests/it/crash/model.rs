//! What a warehouse must hold, worked out once more: whole numbers in maps, and nothing of the product's own rules.

use std::collections::BTreeMap;

use vocabulary::{ReservationId, Sequence};

use super::paper::{AVAILABLE, Claim, Goods, Paper, REASON, Step};
use super::promises::{Cause, Kept, Promise};
use crate::site::LOTTED;

/// One warehouse.
#[derive(Debug, Clone, Default)]
pub(super) struct Model {
    pub(super) places: BTreeMap<Place, Held>,
    pub(super) promises: BTreeMap<ReservationId, Promise>,
    /// Lots of [`LOTTED`]: until when they may be used, and where they stand among those of the same day.
    pub(super) lots: BTreeMap<&'static str, (&'static str, Sequence)>,
    /// What came and went at each place, by when it happened, in microseconds.
    history: BTreeMap<Place, BTreeMap<i64, i64>>,
    /// When the document that is judged happened.
    now: i64,
    /// Where units are, and of which status.
    pub(super) units: BTreeMap<u64, (&'static str, &'static str)>,
    /// What is kept back of items.
    pub(super) kept: BTreeMap<&'static str, Kept>,
}

/// Item, location, lot, status.
pub(super) type Place = (&'static str, &'static str, &'static str, &'static str);

/// At one place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) on_hand: i64,
    pub(super) reserved: i64,
}

/// The facts of an accepted document as text, or the refused line and the reason.
pub(super) type Ruling = Result<Vec<String>, (u32, &'static str)>;

/// A movement: its kind, where to, the status there, why.
type Way<'a> = (&'a str, &'a str, &'static str, &'a str);

impl Model {
    /// Judges a document. A refused one changes nothing.
    pub(super) fn post(&mut self, paper: &Paper, sequence: Sequence, effective_micros: i64) -> Ruling {
        let mut draft = Self { now: effective_micros, ..self.clone() };
        let mut facts = Vec::new();
        for (line, step) in (0_u32..).zip(&paper.steps) {
            let done = draft.step(step, ReservationId { sequence, line }).map_err(|reason| (line, reason))?;
            facts.extend(done.into_iter().map(|fact| format!("{line} {fact}")));
        }
        *self = draft;
        Ok(facts)
    }

    /// Totals of an item over all its places, of goods that are `counted`.
    pub(super) fn total(&self, sku: &str, counted: impl Fn(&Place) -> bool) -> Held {
        let places = self.places.iter().filter(|(place, _)| place.0 == sku && counted(place));
        places.fold(Held::default(), |sum, (_, held)| Held {
            on_hand: sum.on_hand + held.on_hand,
            reserved: sum.reserved + held.reserved,
        })
    }

    fn step(&mut self, step: &Step, id: ReservationId) -> Result<Vec<String>, &'static str> {
        match step {
            Step::Receive { goods, expiry } => {
                let mut facts = self.record_lot(*goods, expiry, id.sequence)?;
                facts.push(self.put(*goods, "receipt", "~SUPPLIER", "")?);
                Ok(facts)
            }
            Step::Return(goods) => {
                self.check_lot(*goods)?;
                Ok(vec![self.put(*goods, "return", "~CUSTOMER", "")?])
            }
            Step::Issue { goods, claim } => self.issue(*goods, *claim),
            Step::Move { goods, to } => {
                self.check_lot(*goods)?;
                Ok(vec![self.take(*goods, ("move", to, goods.status, ""))?])
            }
            Step::Adjust(goods) => {
                self.check_lot(*goods)?;
                if goods.quantity > 0 {
                    return Ok(vec![self.put(*goods, "adjustment", "~ADJUSTMENT", REASON)?]);
                }
                let gone = Goods { quantity: -goods.quantity, ..*goods };
                Ok(vec![self.take(gone, ("adjustment", "~ADJUSTMENT", gone.status, REASON))?])
            }
            Step::ChangeStatus { goods, to } => {
                self.check_lot(*goods)?;
                Ok(vec![self.take(*goods, ("status_change", goods.at, to, REASON))?])
            }
            Step::Reserve { goods, claim } => self.reserve(*goods, *claim, id),
            Step::SetRule(rule) => Ok(self.set_rule(*rule)),
            Step::Release { promise, quantity } => {
                let parts = self.release((*promise, *quantity), Cause::Asked)?;
                Ok(parts.into_iter().map(|(_, fact)| fact).collect())
            }
            Step::Fulfil { promise, quantity } => {
                let mut facts = Vec::new();
                for (part, released) in self.release((*promise, *quantity), Cause::Fulfilled)? {
                    facts.extend([released, self.take(part, ("fulfilment", "~CUSTOMER", part.status, ""))?]);
                }
                Ok(facts)
            }
        }
    }

    fn record_lot(
        &mut self,
        goods: Goods,
        expiry: &'static str,
        sequence: Sequence,
    ) -> Result<Vec<String>, &'static str> {
        if goods.lot.is_empty() {
            return Ok(Vec::new());
        }
        match self.lots.get(goods.lot) {
            Some((known, _)) if expiry.is_empty() || *known == expiry => Ok(Vec::new()),
            Some(_) => Err("LOT_DIFFERS"),
            None => {
                self.lots.insert(goods.lot, (expiry, sequence));
                Ok(vec![format!("lot {} {} {expiry}", goods.sku, goods.lot)])
            }
        }
    }

    pub(super) fn check_lot(&self, goods: Goods) -> Result<(), &'static str> {
        if goods.lot.is_empty() || self.lots.contains_key(goods.lot) { Ok(()) } else { Err("UNKNOWN_LOT") }
    }

    /// Without a lot, lots are chosen; what the rules keep stands against it last.
    fn issue(&mut self, goods: Goods, claim: Claim) -> Result<Vec<String>, &'static str> {
        self.check_lot(goods)?;
        let by_rule = self.check_rules(goods, claim);
        let parts = if goods.sku == LOTTED && goods.lot.is_empty() {
            self.choose(goods, claim)
        } else {
            self.check_expiry(goods, claim)?;
            vec![(goods.at, goods.lot, goods.quantity)]
        };
        if parts.iter().map(|part| part.2).sum::<i64>() < goods.quantity {
            return Err("INSUFFICIENT_AVAILABLE");
        }
        let mut facts = Vec::new();
        for (_, lot, quantity) in parts {
            let fact =
                self.take(Goods { lot, quantity, ..goods }, ("issue", "~CUSTOMER", goods.status, ""))?;
            self.use_quota(goods.sku, claim.channel, quantity);
            facts.push(format!("{fact}{}", claim.channel));
        }
        by_rule.map(|()| facts)
    }

    fn put(&mut self, goods: Goods, kind: &str, from: &str, reason: &str) -> Result<String, &'static str> {
        if let Some(unit) = goods.unit {
            if self.units.contains_key(&unit) {
                return Err("DUPLICATE_SERIAL");
            }
            self.units.insert(unit, (goods.at, goods.status));
        }
        self.add(goods, goods.quantity);
        let which = which(goods, goods.status);
        Ok(format!("{kind} {} {from} {} {} {reason}{which}", goods.sku, goods.at, goods.quantity))
    }

    fn take(&mut self, goods: Goods, (kind, to, status, reason): Way<'_>) -> Result<String, &'static str> {
        self.check_unpromised(goods)?;
        self.check_available(goods)?;
        self.add(goods, -goods.quantity);
        self.check_later(goods)?;
        let real = crate::site::LOCATIONS.into_iter().find(|at| *at == to);
        if let Some(unit) = goods.unit {
            match self.units.get(&unit) {
                None => return Err("UNKNOWN_SERIAL"),
                Some(at) if *at != (goods.at, goods.status) => return Err("SERIAL_ELSEWHERE"),
                Some(_) => self.units.remove(&unit),
            };
            if let Some(at) = real {
                self.units.insert(unit, (at, status));
            }
        }
        if let Some(at) = real {
            self.add(Goods { at, status, ..goods }, goods.quantity);
        }
        let which = which(goods, status);
        Ok(format!("{kind} {} {} {to} {} {reason}{which}", goods.sku, goods.at, goods.quantity))
    }

    fn check_available(&mut self, goods: Goods) -> Result<(), &'static str> {
        let held = *self.held(goods);
        if held.on_hand - held.reserved < goods.quantity { Err("INSUFFICIENT_AVAILABLE") } else { Ok(()) }
    }

    /// Goods come, or go.
    fn add(&mut self, goods: Goods, quantity: i64) {
        self.held(goods).on_hand += quantity;
        *self.history.entry(goods.place()).or_default().entry(self.now).or_default() += quantity;
    }

    /// From when they went, there was never less than nothing.
    fn check_later(&self, goods: Goods) -> Result<(), &'static str> {
        let mut sum = 0;
        for (at, quantity) in &self.history[&goods.place()] {
            sum += quantity;
            if *at >= self.now && sum < 0 {
                return Err("WOULD_BREAK_LATER");
            }
        }
        Ok(())
    }

    pub(super) fn held(&mut self, goods: Goods) -> &mut Held {
        self.places.entry(goods.place()).or_default()
    }
}

impl Goods {
    const fn place(&self) -> Place {
        (self.sku, self.at, self.lot, self.status)
    }
}

/// Lot, statuses and number of goods that are not plain.
fn which(goods: Goods, becomes: &str) -> String {
    if (goods.lot, goods.unit, goods.status, becomes) == ("", None, AVAILABLE, AVAILABLE) {
        return String::new();
    }
    format!(" [{} {}>{becomes} {}]", goods.lot, goods.status, goods.serial().unwrap_or_default())
}
