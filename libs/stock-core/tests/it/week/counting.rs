use super::world::{SHELVES, World};

/// A place that is counted while goods move.
#[derive(Debug)]
pub(super) struct OpenCount {
    code: String,
    sku: &'static str,
    at: &'static str,
}

impl World {
    /// A count is planned; or one that is, is done.
    pub(super) fn count(&mut self) {
        let (sku, at) = (self.one_of(&["A", "B"]), self.one_of(&SHELVES));
        let is_counted = self.counts.iter().any(|count| (count.sku, count.at) == (sku, at));
        if self.counts.len() < 3 && !is_counted {
            let code = self.name("C");
            self.accepted(&format!("plan {code} {at}:{sku} within=1 approve=1 cost={sku}:5"));
            self.counts.push(OpenCount { code, sku, at });
            return;
        }
        if !self.counts.is_empty() {
            let count = self.counts.swap_remove(0);
            self.count_place(&count);
        }
    }

    /// What is read on the shelf is what is there; goods come and go before it is entered, and before it is posted.
    fn count_place(&mut self, count: &OpenCount) {
        let OpenCount { code, sku, at } = count;
        let (read, seen) = (self.books.journal.len(), self.there(sku, at));
        let (booked, held) = (self.booked(sku, at), self.held(sku, at));
        self.move_in(sku, at);
        self.accepted(&format!("see {code} {at}:{sku} ANN {read} {}", goods(sku, seen)));
        if self.books.post(&format!("count {code}")).starts_with("counting") {
            let again = format!("see {code} {at}:{sku} ANN {read} {sku}*{seen}");
            self.mistaken("counted again by the same", &again, "ANN counted before");
            let (read, seen) = (self.books.journal.len(), self.there(sku, at));
            self.accepted(&format!("see {code} {at}:{sku} BOB {read} {}", goods(sku, seen)));
            self.note("counted twice");
        }
        self.move_in(sku, at);
        let differs = seen != booked || held != 0;
        if differs {
            self.mistaken("approved by who counted", &format!("approve {code} ANN"), "ANN counted");
            self.accepted(&format!("approve {code} CARL"));
        }
        self.accepted(&format!("post {code}"));
        // What was put on hold by short picks is found not to be there, and the books are the shelf.
        assert_eq!((self.booked(sku, at), self.held(sku, at)), (self.there(sku, at), 0), "{code}");
        self.unsaid.remove(&(*sku, *at));
        self.note("counted");
    }

    /// What short picks have put on hold at a place.
    fn held(&self, sku: &str, at: &str) -> i64 {
        let status = vocabulary::StockStatus::QualityHold;
        let holding = stock_core::Holding { status, ..stock_core::Holding::default() };
        self.books.state.balance_of(sku, at, &holding).on_hand.to_string().parse().unwrap()
    }

    /// One more is put to a place while it is counted.
    fn move_in(&mut self, sku: &'static str, at: &'static str) {
        if self.is_one_in(2) {
            self.receive_at(sku, at, 1);
        }
    }
}

/// Who counts sees what is there; nothing of what is on hold is.
fn goods(sku: &str, seen: i64) -> String {
    if seen == 0 { String::new() } else { format!("{sku}*{seen}") }
}
