//! Counts while goods move, beside a model that knows what is really on the shelves.

use proptest::prelude::*;

use crate::language::Warehouse;

const PLACES: [&str; 3] = ["A1", "A2", "A3"];

/// What happens.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// Goods come.
    Receive(usize, u32),
    /// Goods go, as far as there are any and the books have them.
    Issue(usize, u32),
    /// Goods go to the next place.
    Move(usize, u32),
    /// Goods disappear, or turn up, and nobody tells.
    Lose(usize, u32),
    Find(usize, u32),
    /// The shelf is read.
    Read(usize),
    /// What was read is entered.
    Enter(usize),
    /// Somebody puts the books right by hand.
    PutRight(usize),
    Post,
}

fn step() -> impl Strategy<Value = Step> {
    let at = || (0..PLACES.len(), 1_u32..9);
    prop_oneof![
        3 => at().prop_map(|(at, n)| Step::Receive(at, n)),
        3 => at().prop_map(|(at, n)| Step::Issue(at, n)),
        2 => at().prop_map(|(at, n)| Step::Move(at, n)),
        1 => at().prop_map(|(at, n)| Step::Lose(at, n)),
        1 => at().prop_map(|(at, n)| Step::Find(at, n)),
        5 => (0..PLACES.len()).prop_map(Step::Read),
        5 => (0..PLACES.len()).prop_map(Step::Enter),
        1 => (0..PLACES.len()).prop_map(Step::PutRight),
        2 => Just(Step::Post),
    ]
}

/// One shelf.
#[derive(Debug, Clone, Copy, Default)]
struct Shelf {
    really: u32,
    book: u32,
    /// As of which entry it was read last, what was there and in the books, and whether something disappeared or turned up since.
    read: Option<Reading>,
    /// The one of them that was entered last, and how often one was for this count.
    entered: Option<Reading>,
    entries: usize,
    /// Whether the books were put right since the one that was entered.
    is_stale: bool,
}

#[derive(Debug, Clone, Copy)]
struct Reading {
    sequence: usize,
    really: u32,
    book: u32,
    is_true: bool,
}

struct World {
    warehouse: Warehouse,
    shelves: [Shelf; 3],
    counts: usize,
}

impl World {
    fn new() -> Self {
        let mut world = Self { warehouse: Warehouse::new(), shelves: Default::default(), counts: 0 };
        world.plan();
        world
    }

    fn plan(&mut self) {
        self.counts += 1;
        let text = format!("plan C-{} A1:A A2:A A3:A within=100", self.counts);
        assert_eq!(self.warehouse.post(&text), "ok");
        for shelf in &mut self.shelves {
            *shelf = Shelf { really: shelf.really, book: shelf.book, ..Shelf::default() };
        }
    }

    fn sequence(&self) -> usize {
        self.warehouse.journal.len()
    }

    fn post(&mut self, text: &str) {
        assert_eq!(self.warehouse.post(text), "ok", "{text}");
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Receive(at, n) => {
                self.post(&format!("receive A {} {n}", PLACES[at]));
                self.shelves[at].really += n;
                self.shelves[at].book += n;
            }
            Step::Issue(at, n) => self.take(at, n, None),
            Step::Move(at, n) => self.take(at, n, Some((at + 1) % PLACES.len())),
            Step::Lose(at, n) => {
                self.shelves[at].really = self.shelves[at].really.saturating_sub(n);
                self.disturb(at);
            }
            Step::Find(at, n) => {
                self.shelves[at].really += n;
                self.disturb(at);
            }
            Step::Read(at) => {
                let (sequence, shelf) = (self.sequence(), &mut self.shelves[at]);
                let Shelf { really, book, .. } = *shelf;
                shelf.read = Some(Reading { sequence, really, book, is_true: true });
            }
            Step::Enter(at) => self.enter(at),
            Step::PutRight(at) => {
                self.post(&format!("adjust A {} 1 found", PLACES[at]));
                let shelf = &mut self.shelves[at];
                (shelf.book, shelf.really) = (shelf.book + 1, shelf.really + 1);
                (shelf.is_stale, shelf.read) = (shelf.entered.is_some(), None);
            }
            Step::Post => self.post_count(),
        }
    }

    /// What disappears after a shelf was read is for the next count to find.
    fn disturb(&mut self, at: usize) {
        let shelf = &mut self.shelves[at];
        for reading in shelf.read.iter_mut().chain(&mut shelf.entered) {
            reading.is_true = false;
        }
    }

    fn take(&mut self, at: usize, n: u32, to: Option<usize>) {
        let n = n.min(self.shelves[at].really).min(self.shelves[at].book);
        if n == 0 {
            return;
        }
        match to {
            Some(to) => self.post(&format!("move A {} {} {n}", PLACES[at], PLACES[to])),
            None => self.post(&format!("issue A {} {n}", PLACES[at])),
        }
        self.shelves[at].really -= n;
        self.shelves[at].book -= n;
        if let Some(to) = to {
            self.shelves[to].really += n;
            self.shelves[to].book += n;
        }
    }

    fn enter(&mut self, at: usize) {
        let Some(reading) = self.shelves[at].read.take() else { return };
        let (shelf, is_older) =
            (&mut self.shelves[at], |before: &Reading| reading.sequence < before.sequence);
        if shelf.entered.as_ref().is_some_and(is_older) {
            return;
        }
        let who = ["MARIA", "PAUL"][shelf.entries % 2];
        (shelf.entered, shelf.is_stale) = (Some(reading), false);
        shelf.entries += 1;
        let Reading { sequence, really, .. } = reading;
        self.post(&format!("see C-{} {}:A {who} {sequence} A*{really}", self.counts, PLACES[at]));
    }

    fn post_count(&mut self) {
        let answer = self.warehouse.post(&format!("post C-{}", self.counts));
        let is_stale = self.shelves.iter().any(|shelf| shelf.is_stale);
        let is_missing = self.shelves.iter().any(|shelf| shelf.entered.is_none());
        let waits = |shelf: &Shelf| {
            let entered = shelf.entered.filter(|_| shelf.entries == 1);
            entered.is_some_and(|entered| entered.really.abs_diff(entered.book) > entered.book)
        };
        // More went than was counted: what turned up in between is not in the books.
        let is_short =
            |shelf: &Shelf| shelf.entered.is_some_and(|entered| shelf.book + entered.really < entered.book);
        let is_refused = |shelf: &Shelf| waits(shelf) || is_short(shelf);
        if is_stale || is_missing || self.shelves.iter().any(is_refused) {
            assert_ne!(answer, "ok");
            return;
        }
        assert_eq!(answer, "ok");
        for (at, shelf) in self.shelves.iter_mut().enumerate() {
            let Some(entered) = shelf.entered else { continue };
            shelf.book = shelf.book + entered.really - entered.book;
            let expected = format!("{} on hand, 0 reserved", shelf.book);
            assert_eq!(self.warehouse.post(&format!("stock A {}", PLACES[at])), expected);
            if entered.is_true {
                assert_eq!(shelf.book, shelf.really, "the books say what is there");
            }
        }
        self.plan();
    }
}

proptest! {
    #[test]
    fn what_was_counted_and_what_moved_since_is_what_is_there(steps in prop::collection::vec(step(), 1..120)) {
        let mut world = World::new();
        steps.into_iter().for_each(|step| world.step(step));
        for at in 0..PLACES.len() {
            for _ in 0..2 {
                world.step(Step::Read(at));
                world.step(Step::Enter(at));
            }
        }
        world.step(Step::Post);
        for shelf in world.shelves {
            prop_assert_eq!(shelf.book, shelf.really);
        }
        world.warehouse.assert_sound();
    }
}
