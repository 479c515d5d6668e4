use std::collections::{BTreeMap, BTreeSet};

use stock_core::verify::state_digest;

use super::auditor;
use super::counting::OpenCount;
use super::inbound::Delivery;
use super::outbound::Order;
use crate::language::Warehouse;

/// Microseconds of a minute.
const MINUTE: u64 = 60_000_000;
/// Items that are kept without lots.
pub(super) const PLAIN: [&str; 3] = ["A", "B", "K"];
/// Where things are kept.
pub(super) const SHELVES: [&str; 3] = ["MAIN", "PICK", "REAR"];

/// The warehouse, its shelves, and the people in it.
pub(super) struct World {
    pub(super) books: Warehouse,
    /// What is really there.
    pub(super) shelves: BTreeMap<(&'static str, &'static str), i64>,
    /// Places at which something happened that nobody booked.
    pub(super) unsaid: BTreeSet<(&'static str, &'static str)>,
    pub(super) deliveries: Vec<Delivery>,
    pub(super) orders: Vec<Order>,
    pub(super) counts: Vec<OpenCount>,
    pub(super) happened: BTreeMap<&'static str, u32>,
    pub(super) named: u32,
    random: u64,
    minute: u64,
    day: u32,
}

impl World {
    pub(super) fn new(seed: u64) -> Self {
        let mut world = Self {
            books: Warehouse::new(),
            shelves: BTreeMap::new(),
            unsaid: BTreeSet::new(),
            deliveries: Vec::new(),
            orders: Vec::new(),
            counts: Vec::new(),
            happened: BTreeMap::new(),
            named: 0,
            random: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
            minute: 1,
            day: 0,
        };
        world.accepted("range 7610425 3 1 99999");
        for sku in ["A", "B"] {
            world.receive_at(sku, "MAIN", 40);
            world.receive_at(sku, "PICK", 20);
        }
        world
    }

    /// Xorshift (Marsaglia 2003): the same week for the same seed.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random % bound
    }

    pub(super) fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.below(of.len() as u64)).unwrap()]
    }

    pub(super) fn is_one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    pub(super) fn name(&mut self, kind: &str) -> String {
        self.named += 1;
        format!("{kind}-{}", self.named)
    }

    pub(super) fn begin(&mut self, day: u32) {
        self.day = day;
        self.minute = self.minute.max(u64::from(day) * 24 * 60 + 8 * 60);
    }

    /// The day as labels write it.
    pub(super) fn today(&self) -> String {
        format!("2026-03-{:02}", 2 + self.day)
    }

    pub(super) fn note(&mut self, what: &'static str) {
        *self.happened.entry(what).or_default() += 1;
    }

    /// Posts a document: the auditor looks at what became of it.
    pub(super) fn post(&mut self, text: &str) -> String {
        self.minute += 1;
        let answer = self.books.post(&format!("at {} {text}", self.minute * MINUTE));
        auditor::audit(&self.books, text);
        answer
    }

    pub(super) fn accepted(&mut self, text: &str) -> String {
        let answer = self.post(text);
        assert!(answer.starts_with("ok"), "{text}: {answer}");
        answer
    }

    /// A mistake: it is refused for this reason, and nothing has changed.
    pub(super) fn mistaken(&mut self, what: &'static str, text: &str, reason: &str) {
        let before = state_digest(&self.books.state);
        let answer = self.post(text);
        assert!(answer.contains(reason), "{what}: {text}: {answer}");
        assert_eq!(state_digest(&self.books.state), before, "{what}: {text}");
        self.note(what);
    }

    /// What the books say is at a place and can be promised or not.
    pub(super) fn booked(&self, sku: &str, at: &str) -> i64 {
        let balance = self.books.state.balance_of(sku, at, &stock_core::Holding::default());
        balance.on_hand.to_string().parse().unwrap()
    }

    /// Of that, what is promised to nobody.
    pub(super) fn free(&self, sku: &str, at: &str) -> i64 {
        let balance = self.books.state.balance_of(sku, at, &stock_core::Holding::default());
        let number = |quantity: vocabulary::Quantity| quantity.to_string().parse::<i64>().unwrap();
        number(balance.on_hand) - number(balance.reserved)
    }

    pub(super) fn there(&self, sku: &'static str, at: &'static str) -> i64 {
        self.shelves.get(&(sku, at)).copied().unwrap_or_default()
    }

    /// Goods really come to a place, or with a negative number leave it.
    pub(super) fn put(&mut self, sku: &'static str, at: &'static str, n: i64) {
        let there = self.shelves.entry((sku, at)).or_default();
        *there += n;
        assert!(*there >= 0, "nobody takes what is not there: {sku} at {at}");
    }

    pub(super) fn receive_at(&mut self, sku: &'static str, at: &'static str, n: i64) {
        self.accepted(&format!("receive {sku} {at} {n}"));
        self.put(sku, at, n);
    }

    pub(super) fn step(&mut self) {
        match self.below(24) {
            0 => self.announce(),
            1..=3 => self.receive(),
            4..=5 => self.put_away(),
            6..=9 => self.order(),
            10..=15 => self.work_on_an_order(),
            16 => self.give_back(),
            17 => self.make(),
            18..=20 => self.count(),
            21 => self.take_without_a_word(),
            22 => self.book_wrongly(),
            _ => self.pack_and_ship(),
        }
    }

    /// Nothing is left open that nobody works on, the journal is replayed, and what no mistake touched is as it is booked.
    pub(super) fn evening(&mut self) {
        self.books.assert_sound();
        for sku in PLAIN {
            for at in SHELVES.into_iter().chain(["DOCK", "STAGE", "GOODS"]) {
                if !self.unsaid.contains(&(sku, at)) {
                    assert_eq!(self.booked(sku, at), self.there(sku, at), "{sku} at {at}");
                }
            }
        }
    }

    /// Two of A and one of B make a K.
    fn make(&mut self) {
        if self.is_one_in(5) {
            let consume = format!("consume A MAIN {}; consume B MAIN 1; produce K GOODS 1", 100_000);
            self.mistaken("made without components", &consume, "insufficient");
        }
        let n = 1 + i64::try_from(self.below(3)).unwrap();
        let can = [("A", 2 * n), ("B", n)].into_iter();
        if can.clone().all(|(sku, n)| self.free(sku, "MAIN") >= n && self.there(sku, "MAIN") >= n) {
            self.accepted(&format!("consume A MAIN {}; consume B MAIN {n}; produce K GOODS {n}", 2 * n));
            can.for_each(|(sku, n)| self.put(sku, "MAIN", -n));
            self.put("K", "GOODS", n);
            self.note("made");
        }
    }

    /// Somebody takes something, and no document says so.
    fn take_without_a_word(&mut self) {
        let (sku, at) = (self.one_of(&["A", "B"]), self.one_of(&SHELVES));
        let n = self.there(sku, at).min(1 + i64::try_from(self.below(6)).unwrap());
        if n > 0 {
            self.put(sku, at, -n);
            self.unsaid.insert((sku, at));
            self.note("lost");
        }
    }

    /// A receipt that never came is booked, and taken back; and once more, which is refused.
    fn book_wrongly(&mut self) {
        let (sku, at) = (self.one_of(&["A", "B"]), self.one_of(&SHELVES));
        self.accepted(&format!("receive {sku} {at} 7"));
        let sequence = self.books.journal.len();
        let answer = self.post(&format!("reverse {sequence}-0"));
        assert!(answer.starts_with("ok"), "what was just booked is there: {answer}");
        self.note("wrong booking taken back");
        let again = format!("reverse {sequence}-0");
        self.mistaken("taken back twice", &again, "reversed by");
    }

    /// A box is packed at a shelf, and leaves; and once more, which is refused.
    fn pack_and_ship(&mut self) {
        let sku = self.one_of(&["A", "B"]);
        if self.free(sku, "REAR") < 2 || self.there(sku, "REAR") < 2 {
            return;
        }
        let answer = self.accepted(&format!("open BOX REAR; pack line:0 {sku} 2"));
        let unit = answer.split_whitespace().last().unwrap().to_owned();
        self.accepted(&format!("ship {unit}"));
        self.put(sku, "REAR", -2);
        self.note("handling unit shipped");
        self.mistaken("shipped a unit twice", &format!("ship {unit}"), "no unit");
    }
}
