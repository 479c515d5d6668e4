//! When things happened and when they were told: text tables, and a naive model of a position in time.

use std::collections::BTreeMap;

use proptest::prelude::*;
use stock_core::{AsOf, Holding};
use vocabulary::{Sequence, Sku};

use crate::language::{Warehouse, line, time};
use crate::rules::check;

#[test]
fn what_was_there_then_and_as_known_then() {
    check(
        "at 10 receive A MAIN 5                       | ok
         at 20 issue A MAIN 2                         | ok
         at 15 receive A MAIN 1                       | ok
         at 20 move A MAIN PICK 3                     | ok
         stock A MAIN at 9                            | never
         stock A MAIN at 10                           | 5 on hand
         stock A MAIN at 15                           | 6 on hand
         stock A MAIN at 15 known 2                   | 5 on hand
         stock A MAIN at 20                           | 1 on hand
         stock A MAIN at 20 known 3                   | 4 on hand
         stock A PICK at 19                           | never
         stock A PICK at 99                           | 3 on hand
         stock B MAIN at 99                           | never",
    );
}

#[test]
fn a_late_movement_leaves_enough_for_every_later_instant() {
    check(
        "at 10 receive A MAIN 5                       | ok
         at 20 issue A MAIN 4                         | ok
         at 30 receive A MAIN 6                       | ok
         at 15 issue A MAIN 2                         | line 0: -1 at 20
         at 15 issue A MAIN 1                         | ok
         at 20 issue A MAIN 1                         | line 0: -1 at 20
         at 5 issue A MAIN 1                          | line 0: -1 at 5
         at 5 receive A MAIN 1; issue A MAIN 1        | ok
         at 25 move A MAIN PICK 1                     | line 0: -1 at 25
         at 25 receive A MAIN 1; move A MAIN PICK 1; issue A PICK 1; issue A MAIN 1 | line 3: -1 at 25
         at 25 adjust A MAIN -1 lost                  | line 0: -1 at 25
         at 30 issue A MAIN 6                         | ok
         stock A MAIN at 30                           | 0 on hand",
    );
}

#[test]
fn what_is_promised_and_what_may_lack() {
    check(
        "at 10 receive A MAIN 5                       | ok
         at 30 receive A MAIN 5                       | ok
         at 30 reserve A MAIN 4                       | ok 3-0
         at 20 fulfil 3-0                             | ok
         at 20 issue A MAIN 2                         | line 0: -1 at 20
         at 5 issue N MAIN 3                          | ok
         at 2 issue N MAIN 3                          | ok
         stock N MAIN at 2                            | -3 on hand
         at 40 receive A+ MAIN 1                      | ok
         at 15 issue A+ MAIN 2                        | ok
         stock A MAIN at 20                           | -1 on hand",
    );
}

#[test]
fn a_time_that_may_move_moves_only_where_it_cannot_be() {
    check(
        "at 10 receive A MAIN 5                       | ok
         at 20 issue A MAIN 4                         | ok
         at 40 receive A MAIN 9                       | ok
         about 15 issue A MAIN 1                      | ok
         stock A MAIN at 15                           | 4 on hand
         about 15 issue A MAIN 2                      | ok
         stock A MAIN at 39                           | 0 on hand
         stock A MAIN at 40                           | 7 on hand
         about 15 issue A MAIN 8                      | line 0: insufficient 8 of 7
         at 40 lock 30                                | ok
         about 29 receive A MAIN 1                    | ok
         stock A MAIN at 39                           | 0 on hand
         stock A MAIN at 40                           | 8 on hand",
    );
}

#[test]
fn goods_of_every_kind_have_their_own_time() {
    check(
        "at 10 receive L MAIN 5 @ lot=X expiry=2027-01-01  | ok
         at 20 receive L MAIN 5 @ lot=Y expiry=2026-01-01  | ok
         at 15 issue L MAIN 1 @ lot=Y                      | line 0: -1 at 15
         at 15 issue L MAIN 1 @ by=lot                     | line 0: -1 at 15
         at 20 status L MAIN 2 quarantine @ lot=X          | ok
         at 15 issue L MAIN 4 @ lot=X                      | line 0: insufficient 4 of 3
         at 15 issue L MAIN 3 @ lot=X                      | ok
         at 12 status L MAIN 1 available @ lot=X status=quarantine | line 0: -1 at 12
         stock L MAIN at 19 @ lot=X                        | 2 on hand
         stock L MAIN at 20 @ lot=X                        | 0 on hand
         stock L MAIN at 20 @ lot=X status=quarantine      | 2 on hand",
    );
}

#[test]
fn no_instant_holds_more_than_the_exact_range() {
    check(
        "at 10 receive A MAIN 1000000000000000000     | ok
         at 20 issue A MAIN 1000000000000000000       | ok
         at 5 receive A MAIN 1                        | line 0: overflow
         at 20 receive A MAIN 1                       | ok",
    );
}

/// When it happened, which entry told it, how much came.
type Told = (i64, u64, i64);

/// Every movement of a position: when it happened, which entry told it, how much came.
#[derive(Debug, Clone, Default)]
struct Model {
    moved: BTreeMap<(String, String), Vec<Told>>,
}

impl Model {
    fn there(&self, at: &(String, String), until: i64, known: u64) -> Option<i64> {
        let moved = self.moved.get(at)?.iter().filter(|(e, s, _)| *e <= until && *s <= known);
        moved.map(|(_, _, n)| *n).reduce(|a, b| a + b)
    }

    fn add(&mut self, at: &(String, String), movement: (i64, u64, i64)) {
        self.moved.entry(at.clone()).or_default().push(movement);
    }

    /// Takes if enough is there now, and at every instant from then on.
    fn take(&mut self, at: &(String, String), (effective, sequence, n): (i64, u64, i64)) -> bool {
        let all = |until| self.there(at, until, u64::MAX).unwrap_or(0);
        let instants =
            self.moved.get(at).into_iter().flatten().map(|(e, _, _)| *e).filter(|e| *e > effective);
        let is_enough = all(i64::MAX) >= n && instants.chain([effective]).all(|e| all(e) >= n);
        let may = at.0.starts_with('N') || is_enough;
        if may {
            self.add(at, (effective, sequence, -n));
        }
        may
    }

    fn apply(&mut self, text: &str, (effective, sequence): (i64, u64)) -> bool {
        let words: Vec<&str> = text.split(' ').collect();
        let at = |n: usize| (words[1].to_owned(), words[n].to_owned());
        let n: i64 = words[words.len() - 1].parse().unwrap();
        match words[0] {
            "receive" => self.add(&at(2), (effective, sequence, n)),
            "issue" => return self.take(&at(2), (effective, sequence, n)),
            _ => {
                if !self.take(&at(2), (effective, sequence, n)) {
                    return false;
                }
                self.add(&at(3), (effective, sequence, n));
            }
        }
        true
    }
}

fn any_line() -> impl Strategy<Value = String> {
    let item = || prop_oneof![3 => Just("A"), 1 => Just("N1")];
    let place = || prop_oneof![Just("MAIN"), Just("PICK")];
    prop_oneof![
        3 => (item(), place(), 1..9_i64).prop_map(|(s, l, n)| format!("receive {s} {l} {n}")),
        3 => (item(), place(), 1..9_i64).prop_map(|(s, l, n)| format!("issue {s} {l} {n}")),
        2 => (item(), place(), place(), 1..9_i64).prop_map(|(s, f, t, n)| format!("move {s} {f} {t} {n}")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn the_core_agrees_with_a_model_in_time(
        documents in prop::collection::vec((0..30_i64, any::<bool>(), prop::collection::vec(any_line(), 1..4)), 1..50)
    ) {
        let (mut warehouse, mut model) = (Warehouse::new(), Model::default());
        for (sequence, (late, is_late, lines)) in (1_u64..).zip(&documents) {
            let now = 30 + i64::try_from(sequence).unwrap();
            let effective = if *is_late { now - late } else { now };
            let mut next = model.clone();
            let accepted = lines.iter().all(|text| next.apply(text, (effective, sequence)));
            let at = Some(time(&effective.to_string()));
            let got = warehouse.post_document(at, lines.iter().map(|text| line(text)).collect());
            prop_assert_eq!(got == "ok", accepted, "document {} at {}: {:?}: {}", sequence, effective, lines, got);
            if accepted {
                model = next;
            }
        }
        for at in model.moved.keys() {
            for (until, known) in [(0, 9), (20, 99), (40, 10), (45, 25), (60, 40), (99, 99)] {
                let as_of = AsOf { effective_at: time(&until.to_string()), sequence: Sequence::new(known) };
                let got = warehouse.state.on_hand_as_of((&at.0, &at.1, &Holding::default()), as_of).unwrap();
                let expected = model.there(at, until, known);
                prop_assert_eq!(got.map(|n| n.to_string()), expected.map(|n| n.to_string()), "{:?} at {} as known at {}", at, until, known);
            }
            prop_assert!(warehouse.state.is_never_negative(&Sku::parse(&at.0).unwrap()));
        }
        warehouse.assert_sound();
    }
}
