use std::sync::Arc;

use vocabulary::ReservationId;

use super::auditor::{Answer, Verdict};
use super::paper::{AVAILABLE, Goods, Paper, Step};
use super::random::Random;
use crate::site::{LOCATIONS, LOTTED, NUMBERED, SKUS, WAREHOUSES};

/// More than there ever is: a document with such a line is refused, whatever its other lines say.
const TOO_MUCH: i64 = 1_000_000_000;
/// Lots of the item that has them, each with its expiry, if it has one: two on the same day.
const LOTS: [(&str, &str); 5] =
    [("A", "2071-05-01"), ("B", "2070-01-31"), ("C", ""), ("D", "2070-01-31"), ("E", "2072-02-29")];
/// Numbers that units have: few, so that they meet again.
const UNITS: u64 = 40;
/// Changes of status that the table has.
const CHANGES: [(&str, &str); 5] = [
    (AVAILABLE, "quality_hold"),
    (AVAILABLE, "damaged"),
    ("quality_hold", AVAILABLE),
    ("damaged", "inspection"),
    ("inspection", AVAILABLE),
];
/// 2020-01-01, in seconds since 1970.
const LONG_AGO: i64 = 1_577_836_800;

/// Writes documents of all kinds, and knows its own open promises.
#[derive(Debug)]
pub(super) struct Author {
    pub(super) random: Random,
    name: String,
    written: u64,
    promises: Vec<Promise>,
}

#[derive(Debug, Clone, Copy)]
struct Promise {
    warehouse: &'static str,
    id: ReservationId,
    quantity: i64,
}

impl Author {
    pub(super) fn new(name: String, random: Random) -> Self {
        Self { random, name, written: 0, promises: Vec::new() }
    }

    /// A receipt of everything, which makes the first issues possible.
    pub(super) fn opening(&mut self, warehouse: &'static str) -> Arc<Paper> {
        let places = SKUS.iter().flat_map(|sku| LOCATIONS.map(|at| Goods::plain(sku, at, 100)));
        let mut steps: Vec<_> = places.map(|goods| Step::Receive { goods, expiry: "" }).collect();
        for (lot, expiry) in LOTS {
            steps.extend(
                LOCATIONS
                    .map(|at| Step::Receive { goods: Goods { lot, ..Goods::plain(LOTTED, at, 20) }, expiry }),
            );
        }
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
        let lines = if self.random.once_in(50) { 120 } else { self.random.below(4) + 1 };
        let mut steps: Vec<_> = (0..lines).map(|_| self.step(warehouse)).collect();
        if self.random.once_in(10) {
            steps.push(Step::Issue(Goods { quantity: TOO_MUCH, ..self.goods(1) }));
        }
        self.paper(warehouse, steps)
    }

    /// Takes note of an answer: promises are made and used up.
    pub(super) fn settle(&mut self, paper: &Paper, answer: &Answer) {
        let Verdict::Accepted { reservations, .. } = &answer.verdict else { return };
        let mut ids = reservations.iter().map(|id| ReservationId::parse(id).unwrap());
        for step in &paper.steps {
            if let Step::Reserve(goods) = step {
                let id = ids.next().expect("an id for every promise");
                self.promises.push(Promise { warehouse: paper.warehouse, id, quantity: goods.quantity });
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

    fn step(&mut self, warehouse: &'static str) -> Step {
        match self.random.below(24) {
            0..4 => Step::Receive { goods: self.goods(9), expiry: "" },
            4..8 => Step::Issue(self.goods(6)),
            8..10 => Step::Move { goods: Goods { at: LOCATIONS[0], ..self.goods(5) }, to: LOCATIONS[1] },
            10 => Step::Return(self.goods(3)),
            11 => Step::Adjust(self.goods(3)),
            12 => Step::Adjust(Goods { quantity: -self.random.quantity(3), ..self.goods(1) }),
            13 => Step::Reserve(self.goods(6)),
            14 => self.change_status(),
            15..20 => self.of_lots(),
            20..22 => self.of_units(),
            _ => self.use_promise(warehouse),
        }
    }

    fn of_lots(&mut self) -> Step {
        let (lot, expiry) = self.random.one_of(&LOTS);
        let any = Goods { sku: LOTTED, ..self.goods(9) };
        let goods = Goods { lot, ..any };
        match self.random.below(8) {
            0 => Step::Receive { goods, expiry },
            1 => Step::Receive { goods, expiry: self.random.one_of(&LOTS).1 },
            2..4 => Step::Issue(any),
            4 => Step::Issue(goods),
            5 => Step::Reserve(any),
            6 => Step::Move { goods: Goods { at: LOCATIONS[1], ..goods }, to: LOCATIONS[0] },
            _ => {
                let (status, to) = self.random.one_of(&CHANGES);
                Step::ChangeStatus { goods: Goods { status, ..goods }, to }
            }
        }
    }

    fn of_units(&mut self) -> Step {
        let unit = Some(self.random.below(UNITS));
        let goods = Goods { unit, sku: NUMBERED, quantity: 1, ..self.goods(1) };
        match self.random.below(6) {
            0..3 => Step::Receive { goods, expiry: "" },
            3 => Step::Issue(goods),
            4 => Step::Move { goods: Goods { at: LOCATIONS[0], ..goods }, to: LOCATIONS[1] },
            _ => {
                let (status, to) = self.random.one_of(&CHANGES);
                Step::ChangeStatus { goods: Goods { status, ..goods }, to }
            }
        }
    }

    fn change_status(&mut self) -> Step {
        let (status, to) = self.random.one_of(&CHANGES);
        Step::ChangeStatus { goods: Goods { status, ..self.goods(4) }, to }
    }

    /// The whole of a promise, or more than that, or a part; what is left of a part, nobody asks for again.
    fn use_promise(&mut self, warehouse: &'static str) -> Step {
        let Some(at) = self.promises.iter().position(|promise| promise.warehouse == warehouse) else {
            return Step::Reserve(self.goods(6));
        };
        let Promise { id: promise, quantity: promised, .. } = self.promises[at];
        // Once in a while it stays in the list, and is asked for again after it was used up.
        if !self.random.once_in(12) {
            self.promises.remove(at);
        }
        let quantity = match self.random.below(8) {
            0 => promised + 1,
            1..3 => self.random.quantity(u64::try_from(promised).unwrap()),
            _ => promised,
        };
        if self.random.once_in(3) {
            return Step::Release { promise, quantity };
        }
        Step::Fulfil { promise, quantity }
    }

    fn goods(&mut self, quantity_max: u64) -> Goods {
        let (sku, at) = (self.random.one_of(&SKUS), self.random.one_of(&LOCATIONS));
        Goods::plain(sku, at, self.random.quantity(quantity_max))
    }
}
