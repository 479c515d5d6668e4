use std::sync::Arc;

use proto::stock::v1::PickRule;
use vocabulary::{ReservationId, Sequence};

use super::auditor::{Answer, Verdict};
use super::boxes::STATUSES;
use super::expected::ExpectedStep;
use super::expiry::{EXPIRED, LAST_DAY, LOTS};
use super::packer::Packer;
use super::paper::{AVAILABLE, Claim, Goods, Paper, Step};
use super::random::Random;
use super::recalls::{self, RECALLED};
use super::rules::{Rule, SCARCE};
use super::taking_back::{self, Movement};
use super::weighed::is_weighed;
use crate::site::{LOCATIONS, LOTTED, NUMBERED, SKUS, WAREHOUSES};

/// More than there ever is: a document with such a line is refused, whatever its other lines say.
const TOO_MUCH: i64 = 1_000_000_000;
/// How many numbers the units of a warehouse have: few, so that they meet again.
const UNITS: u64 = 40;
/// Changes of status that the table has.
const CHANGES: [(&str, &str); 6] = [
    (AVAILABLE, "quality_hold"),
    (AVAILABLE, "damaged"),
    ("quality_hold", AVAILABLE),
    ("damaged", "inspection"),
    ("inspection", AVAILABLE),
    ("returned", AVAILABLE),
];
/// Whom goods are promised to; often nobody in particular.
const HOLDERS: [&str; 3] = ["", "C-1", "C-2"];
/// Through what.
const CHANNELS: [&str; 3] = ["", "SHOP", "WEB"];
const PICKS: [PickRule; 5] =
    [PickRule::Fefo, PickRule::Fifo, PickRule::Lifo, PickRule::ShortestPath, PickRule::FullFirst];
/// Before some of the lots, and after others.
const MIN_EXPIRY: &str = "2071-01-01";
/// 2020-01-01, in seconds since 1970.
const LONG_AGO: i64 = 1_577_836_800;

/// Writes documents of all kinds, and knows its own open promises.
#[derive(Debug)]
pub(super) struct Author {
    pub(super) random: Random,
    name: String,
    written: u64,
    promises: Vec<Promise>,
    /// Movements that could be taken back.
    past: Vec<(&'static str, Movement)>,
    pub(super) packer: Packer,
}

#[derive(Debug, Clone, Copy)]
struct Promise {
    warehouse: &'static str,
    id: ReservationId,
    sku: &'static str,
    quantity: i64,
    /// The number of the only piece.
    unit: Option<u64>,
}

impl Author {
    pub(super) fn new(name: String, random: Random) -> Self {
        let (promises, past) = Default::default();
        Self { random, name, written: 0, promises, past, packer: Packer::default() }
    }

    /// A receipt of nearly everything, which makes the first issues possible.
    pub(super) fn opening(&mut self, warehouse: &'static str) -> Arc<Paper> {
        let plenty = SKUS.iter().filter(|sku| **sku != SCARCE);
        let places = plenty.flat_map(|sku| LOCATIONS.map(|at| Goods::plain(sku, at, 100)));
        let mut steps: Vec<_> = places.map(|goods| Step::Receive { goods, expiry: "" }).collect();
        for &(lot, expiry) in LOTS.iter() {
            let quantity = if lot == LAST_DAY { 300 } else { 20 };
            let goods = LOCATIONS.map(|at| Goods { lot, ..Goods::plain(LOTTED, at, quantity) });
            steps.extend(goods.map(|goods| Step::Receive { goods, expiry }));
        }
        steps.push(self.packer.numbers(&mut self.random, warehouse));
        // In each warehouse another status counts, in which there are soon goods.
        let status = if warehouse == WAREHOUSES[0] { "inspection" } else { "damaged" };
        steps.push(Step::SetRule(Rule::Status { status, counts: true }));
        let paper = self.paper(warehouse, steps);
        // Before everything else, so that what is told late finds goods.
        Arc::new(Paper { effective_at: Some(LONG_AGO), ..Arc::unwrap_or_clone(paper) })
    }

    /// A document for any warehouse.
    pub(super) fn any(&mut self) -> Arc<Paper> {
        let warehouse = self.random.one_of(&WAREHOUSES);
        self.write(warehouse)
    }

    /// One to four lines, sometimes many; sometimes with a last line that makes all of them void.
    pub(super) fn write(&mut self, warehouse: &'static str) -> Arc<Paper> {
        let lines =
            if self.random.once_in(50) { 120 } else { u32::try_from(self.random.below(4)).unwrap() + 1 };
        self.packer.begin();
        let mut steps: Vec<_> = match self.random.below(10) {
            0 => self.order(warehouse),
            1 => vec![self.take_back(warehouse)],
            _ => (0..lines).map(|line| self.step(warehouse, line)).collect(),
        };
        if self.random.once_in(10) {
            let goods = Goods { quantity: TOO_MUCH, ..self.goods(1) };
            steps.push(Step::Issue { goods, claim: Claim::default() });
        }
        steps.iter_mut().for_each(|step| self.put_on_scale(step));
        self.paper(warehouse, steps)
    }

    /// Takes note of an answer: promises are made and used up.
    pub(super) fn settle(&mut self, paper: &Paper, answer: &Answer) {
        let Verdict::Accepted { reservations, boxes, .. } = &answer.verdict else { return };
        self.packer.settle(paper, boxes);
        for (line, step) in (0_u32..).zip(&paper.steps) {
            let is_over = matches!(step, Step::Reverse(_)) && self.random.once_in(8);
            let is_tried = self.random.once_in(if taking_back::moves_goods(step) { 3 } else { 60 });
            if is_over || is_tried {
                let sequence = Sequence::new(answer.sequence);
                self.past.push((paper.warehouse, Movement { sequence, line }));
            }
        }
        let mut ids = reservations.iter().map(|id| ReservationId::parse(id).unwrap());
        for step in &paper.steps {
            if let Step::Reserve { goods, claim } = step {
                let id = ids.next().expect("an id for every promise");
                // Of those that end by themselves, some are left alone.
                if claim.expires_at.is_none() || self.random.once_in(3) {
                    let (warehouse, Goods { sku, quantity, unit, .. }) = (paper.warehouse, goods);
                    self.promises.push(Promise { warehouse, id, sku, quantity: *quantity, unit: *unit });
                }
            }
        }
        assert_eq!(ids.next(), None, "more ids than promises");
    }

    fn paper(&mut self, warehouse: &'static str, steps: Vec<Step>) -> Arc<Paper> {
        self.written += 1;
        let back = i64::try_from(self.random.below(100_000_000)).unwrap();
        Arc::new(Paper {
            request_id: self.random.uuid(),
            warehouse,
            reference: format!("{}/{}", self.name, self.written),
            effective_at: self.random.once_in(3).then_some(LONG_AGO + back),
            steps,
        })
    }

    fn step(&mut self, warehouse: &'static str, line: u32) -> Step {
        match self.random.below(51) {
            0..4 => Step::Receive { goods: self.goods(9), expiry: "" },
            4..8 => Step::Issue { goods: self.goods(6), claim: self.issue_claim() },
            8..10 => Step::Move { goods: Goods { at: LOCATIONS[0], ..self.goods(5) }, to: LOCATIONS[1] },
            10 => {
                let status = if self.random.once_in(3) { "returned" } else { AVAILABLE };
                Step::Return(Goods { status, ..self.goods(3) })
            }
            11 => Step::Adjust(self.goods(3)),
            12 => {
                let (quantity, takes_promised) = (-self.random.quantity(3), self.random.once_in(2));
                Step::Adjust(Goods { quantity, takes_promised, ..self.goods(1) })
            }
            13 => self.reserve(),
            14 => self.change_status(),
            15..20 => self.of_lots(),
            20..23 => self.of_units(warehouse),
            23..25 => self.reserve(),
            25 if self.random.once_in(2) => Step::SetRule(self.rule()),
            26..32 => {
                let what = (self.packable(warehouse), self.issue_claim());
                self.packer.step(&mut self.random, (warehouse, line), what)
            }
            47.. => self.of_status(),
            41.. => self.of_weight(),
            38.. => self.take_back(warehouse),
            34.. => {
                let goods = self.goods(8);
                Step::Expected(ExpectedStep::any(&mut self.random, goods))
            }
            _ => self.use_promise(warehouse),
        }
    }

    /// Once in a while a movement stays in the list, and is taken back again.
    fn take_back(&mut self, warehouse: &'static str) -> Step {
        let Some(at) = self.past.iter().position(|(of, _)| *of == warehouse) else {
            return Step::Return(self.goods(3));
        };
        let (_, movement) = self.past[at];
        if !self.random.once_in(6) {
            self.past.remove(at);
        }
        Step::Reverse(movement)
    }

    fn of_lots(&mut self) -> Step {
        let (lot, expiry) = self.random.one_of(&LOTS);
        let any = Goods { sku: LOTTED, ..self.goods(9) };
        let goods = Goods { lot, ..any };
        match self.random.below(9) {
            0 => Step::Receive { goods, expiry },
            8 => {
                let status = self.random.one_of(&[RECALLED, EXPIRED]);
                recalls::of_held(&mut self.random, lot, status)
            }
            1 => Step::Receive { goods, expiry: self.random.one_of(&LOTS).1 },
            2..4 => Step::Issue { goods: any, claim: self.issue_claim() },
            4 => {
                let status = if self.random.once_in(2) { self.random.one_of(&STATUSES) } else { AVAILABLE };
                Step::Issue { goods: Goods { status, ..goods }, claim: self.issue_claim() }
            }
            5 => Step::Reserve { goods: any, claim: Claim::default() },
            6 => Step::Move { goods: Goods { at: LOCATIONS[1], ..goods }, to: LOCATIONS[0] },
            _ => {
                let (status, to) = self.random.one_of(&CHANGES);
                let takes_promised = self.random.once_in(2);
                Step::ChangeStatus { goods: Goods { status, takes_promised, ..goods }, to }
            }
        }
    }

    fn of_units(&mut self, warehouse: &str) -> Step {
        let unit = Some(self.unit_of(warehouse));
        let goods = Goods { unit, sku: NUMBERED, quantity: 1, ..self.goods(1) };
        match self.random.below(8) {
            0..3 => Step::Receive { goods, expiry: "" },
            3 => Step::Issue { goods, claim: Claim::default() },
            4 => Step::Move { goods: Goods { at: LOCATIONS[0], ..goods }, to: LOCATIONS[1] },
            5..7 => Step::Reserve { goods: self.anywhere(goods), claim: self.unit_claim() },
            _ => {
                let (status, to) = self.random.one_of(&CHANGES);
                let takes_promised = self.random.once_in(2);
                Step::ChangeStatus { goods: Goods { status, takes_promised, ..goods }, to }
            }
        }
    }

    /// A number of the warehouse's own: what has one twice is put on hold by the server.
    pub(super) fn unit_of(&mut self, warehouse: &str) -> u64 {
        let first = if warehouse == WAREHOUSES[0] { 0 } else { UNITS };
        first + self.random.below(UNITS)
    }

    /// Goods of any kind that can be in a handling unit.
    pub(super) fn packable(&mut self, warehouse: &str) -> Goods {
        let goods = self.goods(12);
        match self.random.below(6) {
            0 => Goods { sku: LOTTED, lot: self.random.one_of(&LOTS).0, ..goods },
            1 => self.weighed().0,
            2 => Goods { sku: NUMBERED, unit: Some(self.unit_of(warehouse)), quantity: 1, ..goods },
            _ => goods,
        }
    }

    fn change_status(&mut self) -> Step {
        let (status, to) = self.random.one_of(&CHANGES);
        let takes_promised = self.random.once_in(2);
        Step::ChangeStatus { goods: Goods { status, takes_promised, ..self.goods(4) }, to }
    }

    /// The whole of a promise, or more than that, or a part; what is left of a part, nobody asks for again.
    fn use_promise(&mut self, warehouse: &'static str) -> Step {
        let Some(at) = self.promises.iter().position(|promise| promise.warehouse == warehouse) else {
            return self.reserve();
        };
        let its @ Promise { id: promise, sku, quantity: promised, .. } = self.promises[at];
        if self.random.once_in(2) && !is_weighed(sku) {
            return self.carry(warehouse, its);
        }
        // Once in a while it stays in the list, and is asked for again after it was used up.
        if !self.random.once_in(12) {
            self.promises.remove(at);
        }
        let quantity = match self.random.below(8) {
            0 => Some(promised + 1),
            1..3 => Some(self.random.quantity(u64::try_from(promised).unwrap())),
            3..5 => Some(promised),
            _ => None,
        };
        if self.random.once_in(3) {
            return Step::Release { promise, quantity };
        }
        let inside =
            if self.random.once_in(4) { self.packer.inside(&mut self.random, warehouse) } else { None };
        self.fulfil((promise, sku, promised), (quantity, inside))
    }

    /// Promised goods go elsewhere, or leave in a unit. Where they are is not known here.
    fn carry(&mut self, warehouse: &'static str, promise: Promise) -> Step {
        let Promise { id, sku, quantity, unit, .. } = promise;
        if let (Some(known), true) = (self.packer.inside(&mut self.random, warehouse), self.random.once_in(3))
        {
            let here = self.promises.iter().filter(|other| other.warehouse == warehouse).take(8);
            let others = here.map(|other| other.id).collect::<Vec<_>>();
            let promises = if self.random.once_in(2) { vec![id] } else { others };
            return Step::ShipBox { unit: known, claim: self.issue_claim(), promises };
        }
        let [main, pick] = LOCATIONS;
        let (at, to) = if self.random.once_in(3) { (pick, main) } else { (main, pick) };
        let inside =
            if self.random.once_in(6) { self.packer.inside(&mut self.random, warehouse) } else { None };
        let quantity = self.random.quantity(u64::try_from(quantity).unwrap());
        let goods = Goods { unit, inside, ..Goods::plain(sku, at, quantity) };
        Step::Carry { promise: id, goods, to }
    }

    /// At a place, or anywhere; of an item, or of one of its lots.
    fn reserve(&mut self) -> Step {
        let plain = self.goods(6);
        let goods = match self.random.below(4) {
            0 => Goods { sku: LOTTED, quantity: self.random.quantity(30), ..plain },
            1 => Goods { sku: LOTTED, lot: self.random.one_of(&LOTS).0, ..plain },
            _ => plain,
        };
        let (allow_partial, reallocate) = (self.random.once_in(4), self.random.once_in(4));
        let claim = Claim { allow_partial, reallocate, ..self.unit_claim() };
        let min_expiry = if self.random.once_in(4) { MIN_EXPIRY } else { "" };
        let status = if self.random.once_in(5) { self.random.one_of(&STATUSES) } else { AVAILABLE };
        let goods = Goods { status, names_status: self.random.once_in(5), ..goods };
        Step::Reserve { goods: self.anywhere(goods), claim: Claim { min_expiry, ..claim } }
    }

    fn anywhere(&mut self, goods: Goods) -> Goods {
        if self.random.once_in(2) { Goods { at: "", ..goods } } else { goods }
    }

    /// What units can be promised on that are named.
    pub(super) fn unit_claim(&mut self) -> Claim {
        let in_a_while = rpc::clock::now().parts().0 + 1 + self.random.quantity(4);
        let expires_at = self.random.once_in(3).then_some(in_a_while);
        let priority = u32::try_from(self.random.below(4)).unwrap();
        Claim { expires_at, priority, min_expiry: "", ..self.issue_claim() }
    }

    /// Often nothing in particular.
    pub(super) fn issue_claim(&mut self) -> Claim {
        if self.random.once_in(2) {
            return Claim::default();
        }
        Claim {
            holder: self.random.one_of(&HOLDERS),
            channel: self.random.one_of(&CHANNELS),
            pick: self.random.one_of(&PICKS),
            min_expiry: if self.random.once_in(4) { MIN_EXPIRY } else { "" },
            use_buffer: self.random.once_in(4),
            ..Claim::default()
        }
    }

    /// For two items only: others have none.
    fn rule(&mut self) -> Rule {
        let sku = self.random.one_of(&[SKUS[0], LOTTED]);
        let amount = self.random.quantity(20);
        let quantity = if self.random.once_in(4) { None } else { Some(amount) };
        match self.random.below(6) {
            4.. => Rule::of_status(&mut self.random),
            0 => Rule::Buffer { sku, quantity },
            1 => Rule::Maximum { sku, holder: self.random.one_of(&HOLDERS), quantity },
            _ => Rule::Quota { sku, channel: self.random.one_of(&CHANNELS[1..]), quantity },
        }
    }

    pub(super) fn goods(&mut self, quantity_max: u64) -> Goods {
        let (sku, at) = (self.random.one_of(&SKUS), self.random.one_of(&LOCATIONS));
        Goods::plain(sku, at, self.random.quantity(quantity_max))
    }
}
