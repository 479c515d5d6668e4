//! What a warehouse must hold, worked out once more: whole numbers in maps, and nothing of the product's own rules.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use vocabulary::{ReservationId, Sequence};

use super::boxes::{Boxes, Content, kind};
use super::expected::{Expected, Met};
use super::paper::{AVAILABLE, Claim, Goods, Paper, REASON, Step};
use super::production::Genealogy;
use super::promises::{Among, Cause, Promise};
use super::recalls::CalledBack;
use super::rules::Kept;
use super::taking_back::{Movement, Past, Went};
use super::weighed::{Weighed, is_weighed};
use crate::site::{LOTTED, WEIGHED_BY_LOT};

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
    /// Where single pieces are, and of which status.
    pub(super) units: BTreeMap<String, (&'static str, &'static str)>,
    pub(super) boxes: Boxes,
    /// What is kept back of items.
    pub(super) kept: BTreeMap<&'static str, Kept>,
    /// Statuses that count as available, beside that.
    pub(super) counting: BTreeSet<&'static str>,
    /// What is open of what is expected.
    pub(super) expected: BTreeMap<&'static str, Expected>,
    /// What the line that is judged met of it.
    pub(super) met: Option<Met>,
    /// Movements that can be taken back, and those that were; and those that do.
    pub(super) past: BTreeMap<Movement, Arc<Past>>,
    pub(super) taken_back: BTreeSet<Movement>,
    pub(super) takings_back: BTreeMap<Movement, Movement>,
    /// What the line that is judged moved.
    pub(super) went: Vec<Went>,
    /// What is called back, for the document that is judged.
    pub(super) called_back: CalledBack,
    pub(super) genealogy: Genealogy,
    /// What the goods at each place weigh, in grams.
    pub(super) weights: BTreeMap<Place, i64>,
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
pub(super) type Way<'a> = (&'a str, &'static str, &'static str, &'a str);

impl Model {
    /// Judges a document. A refused one changes nothing.
    pub(super) fn post(&mut self, paper: &Paper, sequence: Sequence, effective_micros: i64) -> Ruling {
        let mut draft = self.at(effective_micros);
        draft.boxes.begin();
        let mut facts = Vec::new();
        for (line, step) in (0_u32..).zip(&paper.steps) {
            let id = ReservationId { sequence, line };
            draft.called_back.line = line;
            let channel = draft.channel_of(step);
            let done = draft.step(step, id).map_err(|reason| (line, reason))?;
            draft.remember_moves(id, channel);
            facts.extend(done.into_iter().map(|fact| format!("{line} {fact}")));
        }
        *self = draft;
        Ok(facts)
    }

    /// As it is when something happens at this time.
    pub(super) fn at(&self, now: i64) -> Self {
        Self { now, went: Vec::new(), ..self.clone() }
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
        let inside = match step.goods() {
            Some(goods) => self.boxes.named_at(goods.inside, goods.at)?,
            None => None,
        };
        match step {
            Step::Receive { goods, expiry } => {
                let mut facts = self.record_lot(*goods, expiry, id.sequence)?;
                facts.push(self.put(*goods, ("receipt", "~SUPPLIER", ""), inside)?);
                Ok(facts)
            }
            Step::Return(goods) => {
                self.check_lot(*goods)?;
                Ok(vec![self.put(*goods, ("return", "~CUSTOMER", ""), inside)?])
            }
            Step::Issue { goods, claim } => self.issue(*goods, *claim, inside),
            Step::Move { goods, to } => {
                self.check_lot(*goods)?;
                Ok(vec![self.take(*goods, ("move", to, goods.status, ""), inside)?])
            }
            Step::Adjust(goods) => {
                self.check_lot(*goods)?;
                if goods.quantity > 0 {
                    return Ok(vec![self.put(*goods, ("adjustment", "~ADJUSTMENT", REASON), inside)?]);
                }
                let gone = Goods { quantity: -goods.quantity, ..*goods };
                let mut facts = self.end_taken(gone, id.sequence);
                facts.push(self.take(gone, ("adjustment", "~ADJUSTMENT", gone.status, REASON), inside)?);
                Ok(facts)
            }
            Step::ChangeStatus { goods, to } => {
                self.check_lot(*goods)?;
                let mut facts = self.end_taken(*goods, id.sequence);
                facts.push(self.take(*goods, ("status_change", goods.at, to, REASON), inside)?);
                Ok(facts)
            }
            Step::Reserve { goods, claim } => self.reserve(*goods, *claim, id),
            Step::SetRule(rule) => self.set_rule(*rule),
            Step::Release { promise, quantity } => {
                let parts = self.release((*promise, *quantity), Cause::Asked)?;
                Ok(parts.into_iter().map(|(_, fact)| fact).collect())
            }
            Step::Fulfil { promise, quantity, inside, weight } => {
                self.fulfil((*promise, *quantity), *inside, *weight)
            }
            Step::Pack { into, goods } => self.pack(*into, *goods),
            Step::Unpack { from, goods } => self.unpack(*from, *goods),
            Step::MoveBox { unit, to } => self.move_box(*unit, to, id.sequence),
            Step::ShipBox { unit, claim, promises } => self.ship_box(*unit, *claim, promises),
            Step::Carry { promise, goods, to } => self.carry_promise(*promise, *goods, (to, inside)),
            Step::Box(step) => self.boxes.step(step, id.line),
            Step::Expected(step) => self.expected_step(step),
            Step::Production(step) => self.make(step, inside, id.sequence),
            Step::Reverse(movement) => {
                let facts = self.take_back(*movement)?;
                self.takings_back.insert(id, *movement);
                Ok(facts)
            }
        }
    }

    pub(super) fn record_lot(
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

    pub(super) fn issue(
        &mut self,
        goods: Goods,
        claim: Claim,
        inside: Option<u64>,
    ) -> Result<Vec<String>, &'static str> {
        let parts = self.leave(goods, claim, (inside, ("issue", "~CUSTOMER")))?;
        Ok(parts.into_iter().map(|(_, _, fact)| format!("{fact}{}", claim.channel)).collect())
    }

    /// Without a lot, lots are chosen; what the rules keep stands against it last. Lots, quantities, facts.
    pub(super) fn leave(
        &mut self,
        goods: Goods,
        claim: Claim,
        (inside, (how, to)): (Option<u64>, (&str, &'static str)),
    ) -> Result<Vec<(&'static str, i64, String)>, &'static str> {
        self.check_lot(goods)?;
        let by_rule = self.check_rules(goods, claim);
        let parts = if [LOTTED, WEIGHED_BY_LOT].contains(&goods.sku) && goods.lot.is_empty() {
            self.parts(goods, claim, Among::of(inside))?
        } else {
            self.check_expiry(goods, claim)?;
            vec![(goods.at, goods.lot, goods.quantity, goods.status)]
        };
        Self::check_one_part(goods.sku, parts.len())?;
        let mut facts = Vec::new();
        for (_, lot, quantity, _) in parts {
            let fact = self.take(Goods { lot, quantity, ..goods }, (how, to, goods.status, ""), inside)?;
            if self.counts(goods.status) {
                self.use_quota(goods.sku, claim.channel, quantity);
            }
            facts.push((lot, quantity, fact));
        }
        by_rule.map(|()| facts)
    }

    pub(super) fn put(
        &mut self,
        goods: Goods,
        (how, from, reason): (&str, &'static str, &str),
        inside: Option<u64>,
    ) -> Result<String, &'static str> {
        let goods = self.as_it_arrives(goods);
        if let Some(serial) = goods.serial() {
            if self.units.contains_key(&serial) {
                return Err("DUPLICATE_SERIAL");
            }
            self.units.insert(serial, (goods.at, goods.status));
        }
        self.add(goods, goods.quantity);
        let content = Content::of(goods);
        if let Some(number) = inside {
            self.boxes.put(number, kind(goods), &content);
        }
        let which = which(goods, goods.status, &content, (None, inside));
        let weight = goods.weight.map(|grams| self.weigh_in(goods, (grams, grams)));
        let told = weight.map(|weight| weight.to_string()).unwrap_or_default();
        let to = (goods.at, goods.status);
        self.went.push(Went {
            goods: Goods { at: from, ..goods },
            content,
            to,
            boxes: (None, inside),
            weight,
            channel: None,
        });
        Ok(format!("{how} {} {from} {} {} {reason}{which}{told}", goods.sku, goods.at, goods.quantity))
    }

    /// Goods leave a place: those in a unit, or loose ones. What becomes something else where it is stays in its unit.
    pub(super) fn take(
        &mut self,
        goods: Goods,
        way: Way<'_>,
        inside: Option<u64>,
    ) -> Result<String, &'static str> {
        let (how, to, status, _) = way;
        goods.serial().map_or(Ok(()), |serial| self.check_unpromised(&serial))?;
        self.check_available(goods)?;
        self.add(goods, -goods.quantity);
        self.check_later(goods)?;
        let content = Content::of(goods);
        match inside {
            Some(number) => {
                self.check_held(number, goods)?;
                self.boxes.take(number, kind(goods), &content);
            }
            None => self.check_loose(goods)?,
        }
        let stays = inside.filter(|_| how == "status_change");
        if let Some(number) = stays {
            self.boxes.put(number, kind(Goods { status, ..goods }), &content);
        }
        let real = crate::site::LOCATIONS.into_iter().find(|at| *at == to);
        if let Some(serial) = goods.serial() {
            match self.units.get(&serial) {
                None => return Err("UNKNOWN_SERIAL"),
                Some(at) if *at != (goods.at, goods.status) => return Err("SERIAL_ELSEWHERE"),
                Some(_) => self.units.remove(&serial),
            };
            if let Some(at) = real {
                self.units.insert(serial, (at, status));
            }
        }
        if let Some(at) = real {
            self.add(Goods { at, status, ..goods }, goods.quantity);
        }
        let to_place = real.map(|at| Goods { at, status, ..goods }.place());
        let weight = self.weigh(goods, to_place, (goods.weight, goods.weight))?;
        Ok(self.tell((goods, way), content, (inside, stays), weight))
    }

    /// A movement is remembered, and told.
    pub(super) fn tell(
        &mut self,
        (goods, way): (Goods, Way<'_>),
        content: Content,
        boxes: (Option<u64>, Option<u64>),
        weight: Option<Weighed>,
    ) -> String {
        let told = weight.map(|weight| weight.to_string()).unwrap_or_default();
        let fact = moved(goods, way, &content, boxes);
        self.went.push(Went { goods, content, to: (way.1, way.2), boxes, weight, channel: None });
        format!("{fact}{told}")
    }

    /// The unit holds so many, and this one.
    pub(super) fn check_held(&self, number: u64, goods: Goods) -> Result<(), &'static str> {
        let held = self.boxes.held(number, goods);
        if held.quantity < goods.quantity {
            return Err("INSUFFICIENT_IN_UNIT");
        }
        match goods.serial() {
            Some(serial) if !self.units.contains_key(&serial) => Err("UNKNOWN_SERIAL"),
            Some(serial) if !held.serials.contains(&serial) => Err("SERIAL_ELSEWHERE"),
            Some(_) | None => Ok(()),
        }
    }

    /// What is left is not less than what is packed, and the piece that left was not in a unit.
    fn check_loose(&self, goods: Goods) -> Result<(), &'static str> {
        let is_here = |serial| self.units.get(&serial) == Some(&(goods.at, goods.status));
        let is_packed = goods.serial().is_some_and(is_here) && self.boxes.has_piece(goods);
        if is_packed || self.boxes.packed(goods) > self.places[&goods.place()].on_hand {
            return Err("PACKED_IN_UNIT");
        }
        Ok(())
    }

    pub(super) fn check_available(&mut self, goods: Goods) -> Result<(), &'static str> {
        let held = *self.held(goods);
        if held.on_hand - held.reserved < goods.quantity { Err("INSUFFICIENT_AVAILABLE") } else { Ok(()) }
    }

    /// Goods come, or go.
    pub(super) fn add(&mut self, goods: Goods, quantity: i64) {
        self.held(goods).on_hand += quantity;
        *self.history.entry(goods.place()).or_default().entry(self.now).or_default() += quantity;
    }

    /// From when they went, there was never less than nothing.
    pub(super) fn check_later(&self, goods: Goods) -> Result<(), &'static str> {
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
    pub(super) const fn place(&self) -> Place {
        (self.sku, self.at, self.lot, self.status)
    }
}

/// A movement as a fact.
pub(super) fn moved(
    goods: Goods,
    (how, to, status, reason): Way<'_>,
    content: &Content,
    boxes: (Option<u64>, Option<u64>),
) -> String {
    let which = which(goods, status, content, boxes);
    format!("{how} {} {} {to} {} {reason}{which}", goods.sku, goods.at, goods.quantity)
}

/// Lot, statuses, numbers and units of goods that are not plain.
fn which(goods: Goods, becomes: &str, content: &Content, boxes: (Option<u64>, Option<u64>)) -> String {
    let numbers = content.numbers();
    let is_plain =
        (goods.lot, &*numbers, goods.status, becomes, boxes) == ("", "", AVAILABLE, AVAILABLE, (None, None));
    if is_plain && !is_weighed(goods.sku) {
        return String::new();
    }
    let [from, to] =
        [boxes.0, boxes.1].map(|unit| unit.map_or_else(String::new, |unit| format!("{unit:018}")));
    format!(" [{} {}>{becomes} {numbers} {from}>{to}]", goods.lot, goods.status)
}
