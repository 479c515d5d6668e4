use super::world::{SHELVES, World};

/// A delivery that is announced, as who unloads it knows it.
#[derive(Debug)]
pub(super) struct Delivery {
    code: String,
    /// What really comes of each line: item, what is announced, what may be more, and what is in the lorry.
    lines: Vec<Coming>,
    /// The box that comes with it: its number.
    unit: Option<u32>,
    inspects: bool,
}

#[derive(Debug)]
struct Coming {
    number: u32,
    sku: &'static str,
    announced: i64,
    brought: i64,
    came: i64,
}

impl World {
    pub(super) fn announce(&mut self) {
        if self.deliveries.len() > 6 {
            return;
        }
        let code = self.name("PO");
        let mut lines = Vec::new();
        let mut words = String::new();
        for (number, sku) in (1..).zip(["A", "B"]) {
            let announced = 5 + i64::try_from(self.below(6)).unwrap();
            // Two more may come, and any number less if somebody answers for it.
            let brought = announced + self.one_of(&[0, 0, 0, 2, 3, -4]);
            words.push_str(&format!(" {number}={sku}*{announced}+2-1"));
            lines.push(Coming { number, sku, announced, brought, came: 0 });
        }
        let inspects = self.is_one_in(2);
        if inspects {
            words.push_str(" 3=L*20!1.0");
        }
        // A pallet of the supplier with five of A beside the loose ones.
        let unit = self.is_one_in(2).then(|| {
            self.named += 1;
            90_000 + self.named
        });
        if let Some(unit) = unit {
            words.push_str(&format!(" 4=A*5 #{unit}*4=5"));
        }
        let today = self.today();
        self.accepted(&format!("announce {code} purchase {today} from=ACME{words}"));
        self.deliveries.push(Delivery { code, lines, unit, inspects });
    }

    /// A lorry is unloaded line by line, and its delivery closed.
    pub(super) fn receive(&mut self) {
        if self.deliveries.is_empty() {
            return;
        }
        let at = usize::try_from(self.below(self.deliveries.len() as u64)).unwrap();
        let Delivery { code, mut lines, unit, inspects } = self.deliveries.swap_remove(at);
        if self.is_one_in(4) {
            // In two lots, with other work in between.
            let first = &mut lines[0];
            let half = (first.brought - first.came) / 2;
            self.bring(&code, first, half);
            self.deliveries.push(Delivery { code, lines, unit, inspects });
            return;
        }
        let mut differs = false;
        for line in &mut lines {
            let rest = line.brought - line.came;
            self.bring(&code, line, rest);
            differs |= line.came < line.announced - 1;
        }
        if let Some(unit) = unit {
            self.accepted(&format!("take {code} #{unit} DOCK"));
            self.mistaken("unit taken twice", &format!("take {code} #{unit} DOCK"), "is here");
            self.accepted(&format!("unpack #{unit} A 5; close #{unit}"));
            self.put("A", "DOCK", 5);
        }
        if inspects {
            self.inspect(&code);
        }
        if differs {
            self.mistaken("closed with open lines", &format!("finish {code}"), "nobody answers");
            self.accepted(&format!("finish {code} supplier"));
            self.note("received short");
        } else {
            self.accepted(&format!("finish {code}"));
        }
    }

    fn bring(&mut self, code: &str, line: &mut Coming, n: i64) {
        if n == 0 {
            return;
        }
        let (number, sku) = (line.number, line.sku);
        let of = |n: i64| format!("of {code}#{number} receive {sku} DOCK {n}");
        let may = line.announced + 2 - line.came;
        let taken = if n > may {
            self.mistaken("more than the tolerance", &of(n), "over");
            may
        } else {
            n
        };
        if taken == 0 {
            return;
        }
        self.accepted(&of(taken));
        self.put(sku, "DOCK", taken);
        line.came += taken;
        self.note(if line.came > line.announced { "received over" } else { "received" });
    }

    /// Twenty of a lot wait for their inspection; thirteen are looked at, and one may be found.
    fn inspect(&mut self, code: &str) {
        let lot = self.name("L");
        self.accepted(&format!("of {code}#3 receive L DOCK 20 @ lot={lot} expiry=2027-12-31"));
        let goods = format!("L DOCK 20 available @ lot={lot} status=inspection");
        let is_good = !self.is_one_in(3);
        if is_good {
            self.accepted(&format!("looked {code}#3 13/0 status {goods}"));
        } else {
            let held = goods.replace("available", "quarantine");
            self.accepted(&format!("looked {code}#3 13/2 status {held}"));
            self.accepted(&format!("declare {code}#3 damaged 20 supplier"));
        }
        self.note("inspected");
    }

    pub(super) fn put_away(&mut self) {
        let (sku, to) = (self.one_of(&["A", "B"]), self.one_of(&SHELVES));
        let n = self.free(sku, "DOCK").min(self.there(sku, "DOCK")).min(10);
        if n <= 0 {
            return;
        }
        let task = self.name("T");
        self.accepted(&format!(
            "task {task} put_away DOCK {to} sku={sku} n={n}; task {task}X put_away DOCK {to} sku={sku} ref=x"
        ));
        self.accepted(&format!("claim {task} BOB; undo {task}X"));
        self.mistaken("task given to two", &format!("claim {task} ANN"), "BOB has");
        self.mistaken(
            "moved more than there is",
            &format!("move {sku} DOCK {to} 100000; done {task} BOB"),
            "insufficient",
        );
        self.accepted(&format!("move {sku} DOCK {to} {n}; done {task} BOB {n}"));
        self.put(sku, "DOCK", -n);
        self.put(sku, to, n);
        self.note("put away");
    }
}
