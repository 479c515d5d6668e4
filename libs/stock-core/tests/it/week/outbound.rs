use super::world::{PLAIN, SHELVES, World};

/// An order that is open.
#[derive(Debug)]
pub(super) struct Order {
    code: String,
    wave: Option<String>,
}

/// What a pick list says: `[+]PLACE SKU QUANTITY ORDER/LINE`.
struct Pick {
    at: &'static str,
    sku: &'static str,
    n: i64,
    id: String,
    is_picked: bool,
}

impl World {
    pub(super) fn order(&mut self) {
        if self.orders.len() > 12 {
            return;
        }
        let code = self.name("SO");
        let mut words = String::new();
        for number in 1..=1 + self.below(3) {
            let (sku, n) = (self.one_of(&["A", "B", "A", "K"]), 1 + self.below(9));
            words.push_str(&format!(" {number}:{sku}*{n}"));
        }
        if self.is_one_in(4) {
            words.push_str(" complete");
        }
        let priority = self.below(10);
        self.accepted(&format!("place {code} C-1{words} priority={priority}"));
        self.orders.push(Order { code, wave: None });
        self.note("ordered");
    }

    /// An order goes one step on its way.
    pub(super) fn work_on_an_order(&mut self) {
        if self.orders.is_empty() {
            return;
        }
        let at = usize::try_from(self.below(self.orders.len() as u64)).unwrap();
        let Order { code, wave } = self.orders.swap_remove(at);
        match wave {
            None => self.release(code),
            Some(wave) => self.pick_and_ship(code, wave),
        }
    }

    fn release(&mut self, code: String) {
        let answer = self.post(&format!("allocate {code}"));
        if !answer.starts_with("ok") {
            assert!(answer.contains("insufficient"), "{answer}");
            self.note("backordered");
            if self.is_one_in(3) {
                self.accepted(&format!("drop {code}"));
            } else {
                self.orders.push(Order { code, wave: None });
            }
            return;
        }
        let wave = self.name("W");
        self.mistaken("shipped what is not picked", &format!("leave {code}"), "in no wave");
        self.accepted(&format!("wave {wave} STAGE {code}"));
        self.mistaken("put in a second wave", &format!("wave {wave}X STAGE {code}"), "is in");
        self.orders.push(Order { code, wave: Some(wave) });
    }

    fn pick_and_ship(&mut self, code: String, wave: String) {
        for pick in self.picks(&code) {
            if pick.is_picked {
                continue;
            }
            let Pick { at, sku, n, id, .. } = pick;
            let missing = n - n.min(self.there(sku, at));
            if missing > 0 {
                // What is promised instead is picked the next time.
                self.accepted(&format!("short {code} {id} {at} {missing}"));
                self.unsaid.insert((sku, at));
                self.note("short pick");
            }
            if n > missing {
                self.accepted(&format!("move {sku} {at} STAGE {} @ of={id}", n - missing));
                self.put(sku, at, missing - n);
                self.put(sku, "STAGE", n - missing);
                self.note("picked");
            }
        }
        let picks = self.picks(&code);
        if picks.iter().any(|pick| !pick.is_picked) {
            self.orders.push(Order { code, wave: Some(wave) });
            return;
        }
        let answer = self.post(&format!("leave {code}"));
        if answer.starts_with("ok") {
            picks.iter().for_each(|pick| self.put(pick.sku, "STAGE", -pick.n));
            self.note("shipped");
            self.end(&code);
            return;
        }
        // All of it was short, or an order that leaves as a whole waits for the rest.
        assert!(answer.contains("picked") || answer.contains("missing"), "{answer}");
        let answer = self.post(&format!("allocate {code}"));
        assert!(answer.starts_with("ok") || answer.contains("insufficient"), "{answer}");
        if !answer.starts_with("ok") && self.is_one_in(2) {
            for pick in self.picks(&code) {
                self.accepted(&format!("move {} STAGE MAIN {} @ of={}", pick.sku, pick.n, pick.id));
                self.put(pick.sku, "STAGE", -pick.n);
                self.put(pick.sku, "MAIN", pick.n);
            }
            self.accepted(&format!("end {code} rest"));
            return;
        }
        self.orders.push(Order { code, wave: Some(wave) });
    }

    fn end(&mut self, code: &str) {
        let known = self.books.state.order(&vocabulary::DocumentCode::parse(code).unwrap()).unwrap();
        let is_whole = known.lines().all(|(_, wanted, progress)| progress.shipped == wanted.quantity);
        if is_whole {
            self.accepted(&format!("end {code}"));
        } else {
            self.mistaken("order closed with open lines", &format!("end {code}"), "open");
            self.accepted(&format!("end {code} rest"));
        }
    }

    fn picks(&self, code: &str) -> Vec<Pick> {
        let picks = self.books.state.picks_of_order(&vocabulary::DocumentCode::parse(code).unwrap());
        let known = |of: &[&'static str], name: &str| *of.iter().find(|known| **known == name).unwrap();
        let places = [&SHELVES[..], &["DOCK", "STAGE", "GOODS"]].concat();
        let pick = |pick: stock_core::Pick| Pick {
            at: known(&places, pick.location.as_str()),
            sku: known(&PLAIN, pick.sku.as_str()),
            n: pick.quantity.to_string().parse().unwrap(),
            id: pick.reservation.to_string(),
            is_picked: pick.is_picked,
        };
        picks.into_iter().map(pick).collect()
    }

    /// A customer sends something back; it is looked at, and sold again or thrown away.
    pub(super) fn give_back(&mut self) {
        let sku = self.one_of(&["A", "B"]);
        self.accepted(&format!("return {sku} DOCK 1 @ status=returned"));
        if self.is_one_in(2) {
            self.accepted(&format!("status {sku} DOCK 1 available @ status=returned"));
            self.put(sku, "DOCK", 1);
        } else {
            self.accepted(&format!("adjust {sku} DOCK -1 scrap @ status=returned"));
        }
        self.note("came back");
    }
}
