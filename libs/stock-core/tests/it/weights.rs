//! Catch weight, as text tables and against a naive model. `@ kg=12.5` says what goods weigh, and `@ by=kg` that nobody weighed them.

use std::collections::BTreeMap;

use proptest::prelude::*;
use stock_core::{Fact, Outcome, decode_entry};

use crate::language::Warehouse;
use crate::rules::check;

#[test]
fn a_position_keeps_what_its_goods_weigh() {
    check(
        "receive C MAIN 10 @ kg=50.25     | ok
         stock C MAIN                     | 10 on hand, 0 reserved, 50.25 kg
         receive C MAIN 2 @ kg=9.75       | ok
         issue C MAIN 3 @ kg=15.1         | ok
         stock C MAIN                     | 9 on hand, 0 reserved, 44.9 kg
         move C MAIN PICK 4 @ kg=20       | ok
         stock C MAIN                     | 5 on hand, 0 reserved, 24.9 kg
         stock C PICK                     | 4 on hand, 0 reserved, 20 kg
         return C PICK 1 @ kg=5           | ok
         adjust C PICK 1 found @ kg=4.5   | ok
         consume C PICK 1 @ kg=4          | ok
         produce C PICK 2 @ kg=8          | ok
         stock C PICK                     | 7 on hand, 0 reserved, 33.5 kg
         reserve C PICK 2 @ by=kg         | ok 9-0
         fulfil 9-0 1 @ kg=5             | ok
         stock C PICK                     | 6 on hand, 1 reserved, 28.5 kg",
    );
}

#[test]
fn goods_at_the_border_are_weighed() {
    check(
        "receive C MAIN 10 @ by=kg        | line 0: no weight
         receive C MAIN 10 @ kg=50        | ok
         issue C MAIN 10 @ by=kg          | line 0: no weight
         adjust C MAIN -1 lost @ by=kg    | line 0: no weight
         consume C MAIN 1 @ by=kg         | line 0: no weight
         reserve C MAIN 2 @ by=kg         | ok 6-0
         fulfil 6-0                       | line 0: no weight
         receive A MAIN 3                 | ok
         reserve A MAIN 2                 | ok 9-0
         fulfil 9-0 @ kg=1                | line 0: not weighed
         fulfil 6-0 @ kg=9                | ok",
    );
}

#[test]
fn a_part_takes_less_than_all_and_the_last_take_all() {
    check(
        "receive C MAIN 3 @ kg=15         | ok
         issue C MAIN 2 @ kg=15           | line 0: 15 of 15 weight
         issue C MAIN 2 @ kg=16           | line 0: 16 of 15 weight
         issue C MAIN 2 @ kg=9.9          | ok
         issue C MAIN 1 @ kg=4.8          | ok
         stock C MAIN                     | 0 on hand, 0 reserved
         receive C MAIN 1 @ kg=5          | ok
         issue C MAIN 1 @ kg=5.2          | ok
         receive C MAIN 2 @ kg=10         | ok
         move C MAIN PICK 1 @ by=kg       | line 0: no weight
         move C MAIN PICK 2 @ by=kg       | ok
         stock C PICK                     | 2 on hand, 0 reserved, 10 kg
         move C PICK MAIN 2 @ kg=9.5      | ok
         stock C MAIN                     | 2 on hand, 0 reserved, 9.5 kg",
    );
}

#[test]
fn what_is_here_stays_weighed_as_it_is() {
    check(
        "receive C MAIN 3 @ kg=15         | ok
         receive C MAIN 3                 | line 0: by nothing, here by kg
         issue C MAIN 1 @ lb=10           | line 0: by lb, here by kg
         reserve C MAIN 1                 | line 0: by nothing, here by kg
         issue C MAIN 3 @ kg=14; receive C MAIN 3 | ok
         stock C MAIN                     | 3 on hand, 0 reserved
         receive C MAIN 3 @ kg=15         | line 0: by kg, here by nothing
         issue C MAIN 3; receive C MAIN 1 @ lb=9 | ok
         stock C MAIN                     | 1 on hand, 0 reserved, 9 lb
         reverse 1-0                      | line 0: by kg, here by lb",
    );
}

#[test]
fn a_policy_does_not_let_weight_lack() {
    check(
        "receive N1 MAIN 3 @ kg=15        | ok
         issue N1 MAIN 4 @ kg=15          | line 0: insufficient 4 of 3
         issue N1 MAIN 3 @ kg=15          | ok
         issue N1 MAIN 1                  | ok
         receive N1 MAIN 3 @ kg=15        | line 0: by kg, here by nothing",
    );
    // Not in the document that begins to weigh either.
    check(
        "receive N1 MAIN 3 @ kg=4         | ok
         issue N1 MAIN 3 @ kg=4           | ok
         receive N1 MAIN 3; reserve N1 MAIN 2; issue N1 MAIN 3 | ok 3-1
         receive N1 MAIN 1 @ kg=5; fulfil 3-1 @ kg=4 | line 1: insufficient 2 of 1
         receive N1 MAIN 1 @ kg=5; reverse 1-0 | line 1: insufficient 3 of -1
         release 3-1                      | ok
         receive N1 MAIN 1 @ kg=5; reverse 1-0 | line 1: insufficient 3 of 1",
    );
}

#[test]
fn statuses_and_owners_take_weight_along() {
    check(
        "receive C MAIN 4 @ kg=20 owner=consignment:ACME    | ok
         own C MAIN 1 @ by=kg owner=consignment:ACME        | line 0: no weight
         own C MAIN 1 @ kg=4.5 owner=consignment:ACME       | ok
         stock C MAIN                                       | 1 on hand, 0 reserved, 4.5 kg
         issue C MAIN 3 @ kg=15 owner=consignment:ACME      | ok
         stock C MAIN @ owner=consignment:ACME              | 0 on hand, 0 reserved
         stock C MAIN                                       | 1 on hand, 0 reserved, 4.5 kg
         status C MAIN 1 damaged @ by=kg                    | ok
         stock C MAIN @ status=damaged                      | 1 on hand, 0 reserved, 4.5 kg",
    );
}

#[test]
fn goods_of_several_lots_are_weighed_each() {
    check(
        "receive C MAIN 2 @ lot=A kg=10 expiry=2027-01-01   | ok
         receive C MAIN 2 @ lot=B kg=11 expiry=2027-02-01   | ok
         issue C MAIN 3 @ by=lot kg=15                      | line 0: weight of several
         issue C MAIN 2 @ by=lot kg=9.9                     | ok
         stock C MAIN @ lot=A                               | 0 on hand, 0 reserved
         receive C PICK 1 @ lot=A kg=5                      | ok
         reserve C * 2 @ by=lot by=kg                       | ok 6-0
         fulfil 6-0 2 @ kg=10                               | line 0: weight of several
         fulfil 6-0 1 @ kg=5                                | ok
         fulfil 6-0 1 @ kg=5                                | ok",
    );
}

#[test]
fn taking_back_weighs_what_was_weighed() {
    check(
        "receive C MAIN 2 @ kg=10         | ok
         issue C MAIN 2 @ kg=9.8          | ok
         reverse 2-0                      | ok
         stock C MAIN                     | 2 on hand, 0 reserved, 10 kg
         move C MAIN PICK 2 @ kg=9.9      | ok
         reverse 4-0                      | ok
         stock C MAIN                     | 2 on hand, 0 reserved, 10 kg
         receive C MAIN 1 @ kg=5          | ok
         issue C MAIN 1 @ kg=6            | ok
         issue C MAIN 1 @ kg=5            | ok
         reverse 6-0                      | ok
         stock C MAIN                     | 0 on hand, 0 reserved
         reverse 7-0                      | ok
         stock C MAIN                     | 1 on hand, 0 reserved, 6 kg",
    );
}

#[test]
fn a_late_document_is_weighed_as_of_now() {
    check(
        "at 10 receive C MAIN 4 @ kg=20   | ok
         at 30 issue C MAIN 1 @ kg=4      | ok
         at 20 issue C MAIN 3 @ kg=15     | ok
         stock C MAIN                     | 0 on hand, 0 reserved
         stock C MAIN at 25               | 1 on hand",
    );
}

#[test]
fn weight_goes_with_whole_units() {
    check(
        "range 7610425 3 0 99                                  | ok
         open PALLET MAIN; receive C MAIN 4 @ kg=20; pack line:0 C 4 @ by=kg | ok #0
         shift #0 PICK                                      | ok
         stock C PICK                                          | 4 on hand, 0 reserved, 20 kg
         receive C PICK 1 @ kg=5                               | ok
         shift #0 MAIN                                      | line 0: no weight in #0
         move C PICK MAIN 4 @ kg=19.9 unit=#0                  | ok
         stock C PICK                                          | 1 on hand, 0 reserved, 5.1 kg
         open BOX MAIN; pack line:0 C 4 @ by=kg                | ok #1
         ship #1                                               | line 0: no weight in #1
         issue C MAIN 4 @ kg=19.8 unit=#1; close #1            | ok",
    );
}

#[test]
fn a_pallet_of_cartons_takes_its_weight_along() {
    check(
        "range 7610425 3 0 99; open PALLET MAIN; open BOX MAIN; open BOX MAIN | ok #0 #1 #2
         nest #1 #0; nest #2 #0; receive C MAIN 3 @ kg=10      | ok
         pack #1 C 1 @ by=kg; pack #2 C 1 @ by=kg              | ok
         shift #0 PICK                                         | line 0: no weight in #1
         pack #0 C 1 @ by=kg                                   | ok
         shift #0 PICK                                         | ok
         stock C PICK                                          | 3 on hand, 0 reserved, 10 kg
         stock C MAIN                                          | 0 on hand, 0 reserved
         shift #1 MAIN                                         | line 0: no weight in #1
         move C PICK MAIN 1 @ kg=3.5 unit=#1                   | ok
         shift #0 ZONE                                         | ok
         stock C ZONE                                          | 2 on hand, 0 reserved, 6.5 kg
         reserve C ZONE 1 @ by=kg                              | ok 10-0
         shift #0 PICK                                         | ok
         stock C PICK                                          | 2 on hand, 1 reserved, 6.5 kg",
    );
}

#[test]
fn what_parts_took_too_much_is_weighed_again() {
    check(
        "receive C MAIN 3 @ kg=12                              | ok
         issue C MAIN 1 @ kg=6                                 | ok
         reserve C MAIN 1 @ by=kg                              | ok 3-0
         issue C MAIN 1 @ kg=6                                 | line 0: 6 of 6 weight
         adjust C MAIN -2 again @ kg=10                        | line 0: insufficient 2 of 1
         adjust C MAIN 1 again @ kg=6; issue C MAIN 1 @ kg=6; adjust C MAIN -1 again @ kg=4 | ok
         stock C MAIN                                          | 1 on hand, 1 reserved, 2 kg
         fulfil 3-0 @ kg=6                                     | ok
         receive C MAIN 2 @ kg=6                               | ok
         reserve C MAIN 2 @ by=kg                              | ok 9-0
         fulfil 9-0 1 @ kg=6                                   | line 0: 6 of 6 weight
         adjust C MAIN 1 again @ kg=6; fulfil 9-0 1 @ kg=6; adjust C MAIN -1 again @ kg=4 | ok
         fulfil 9-0 @ kg=6                                     | ok
         receive C MAIN 2 @ kg=6                               | ok
         adjust C MAIN -2 again @ kg=12; adjust C MAIN 2 again @ kg=12; issue C MAIN 1 @ kg=6 | ok",
    );
}

#[test]
fn a_lot_that_is_held_is_never_refused() {
    check(
        "range 7610425 3 0 99                                  | ok
         receive C MAIN 4 @ lot=A kg=20.5 expiry=2027-01-01    | ok
         open BOX MAIN; pack line:0 C 1 @ lot=A by=kg          | ok #0
         reserve C MAIN 1 @ lot=A by=kg                        | ok 4-0
         outdate C A                                           | ok
         stock C MAIN @ lot=A                                  | 0 on hand, 0 reserved
         stock C MAIN @ lot=A status=expired                   | 4 on hand, 0 reserved, 20.5 kg
         recall C A                                            | ok
         stock C MAIN @ lot=A status=recalled                  | 4 on hand, 0 reserved, 20.5 kg
         receive C MAIN 4 @ lot=B kg=0.000000001               | ok
         reserve C MAIN 1 @ lot=B by=kg                        | ok 8-0
         outdate C B                                           | ok
         receive C MAIN 3 @ lot=D kg=15 expiry=2027-01-01      | ok
         open BOX MAIN; pack line:0 C 1 @ lot=D by=kg          | ok #1
         recall C D                                            | ok
         stock C MAIN @ lot=D status=recalled                  | 3 on hand, 0 reserved, 15 kg
         status C MAIN 2 quality_hold @ lot=D status=recalled kg=14.999999999 | ok
         receive C MAIN 9 @ lot=E kg=0.000000001               | ok
         reserve C MAIN 8 @ lot=E by=kg                        | ok 15-0
         recall C E                                            | ok
         stock C MAIN @ lot=E status=recalled                  | 9 on hand, 0 reserved, 0.000000001 kg
         outdate C B                                           | ok
         stock C MAIN @ lot=B                                  | 0 on hand, 0 reserved
         stock C MAIN @ lot=B status=expired                   | 4 on hand, 0 reserved, 0.000000001 kg",
    );
}

/// The difference is a fact of its own, on the movement that finds it.
#[test]
fn what_was_lost_is_a_fact() {
    let mut warehouse = Warehouse::new();
    for (text, expected) in [
        ("receive C MAIN 3 @ kg=15", ["15 0"].as_slice()),
        ("issue C MAIN 1 @ kg=4.9", &["4.9 0"]),
        ("issue C MAIN 2 @ kg=9.7", &["9.7 0.4"]),
        ("reverse 3-0", &["10.1 -0.4"]),
        ("move C MAIN PICK 2 @ by=kg", &["10.1 0"]),
        ("receive A MAIN 2", &[]),
    ] {
        assert_eq!(warehouse.post(text), "ok", "{text}");
        let entry = decode_entry(&warehouse.journal.last().unwrap().0).unwrap();
        let Outcome::Posted(facts) = entry.outcome else { panic!("{text} was posted") };
        let weights = facts.iter().filter_map(|fact| match fact {
            Fact::Moved(moved) => moved.weight(),
            Fact::Reserved(_) | Fact::Released(_) | Fact::LotRecorded(_) | Fact::RuleSet(_) => None,
            Fact::Locked(_) | Fact::LockPassed(_) | Fact::HandlingUnit(_) | Fact::Expectation(_) => None,
            Fact::Delivery(_) | Fact::PromiseMoved(_) => None,
            Fact::Count(_) | Fact::Order(_) | Fact::Task(_) | Fact::Production(_) => None,
        });
        let found: Vec<_> = weights.map(|w| format!("{} {}", w.measured, w.difference)).collect();
        assert_eq!(found, expected, "{text}");
    }
    warehouse.assert_sound();
}

/// Whole pieces and grams by place; weights as they come.
#[derive(Debug, Clone, Default)]
struct Model {
    places: BTreeMap<&'static str, (i64, i64)>,
    /// Grams that went out, less those that came in.
    outside: i64,
    /// Grams that were lost.
    lost: i64,
}

#[derive(Debug, Clone)]
struct Step {
    from: Option<&'static str>,
    to: Option<&'static str>,
    pieces: i64,
    grams: Option<i64>,
}

impl Model {
    /// False refuses.
    fn apply(&mut self, step: &Step) -> bool {
        let crosses = step.from.is_none() || step.to.is_none();
        if crosses && step.grams.is_none() {
            return false;
        }
        let (mut taken, mut put) = (step.grams.unwrap_or(0), step.grams.unwrap_or(0));
        if let Some(from) = step.from {
            let (pieces, grams) = self.places.get(from).copied().unwrap_or_default();
            let is_all = pieces == step.pieces;
            if pieces < step.pieces || !is_all && step.grams.is_none_or(|part| part >= grams) {
                return false;
            }
            taken = if is_all { grams } else { taken };
            put = step.grams.unwrap_or(taken);
            self.places.insert(from, (pieces - step.pieces, grams - taken));
        } else {
            self.outside -= put;
        }
        match step.to {
            Some(to) => {
                let (pieces, grams) = self.places.get(to).copied().unwrap_or_default();
                self.places.insert(to, (pieces + step.pieces, grams + put));
            }
            None => self.outside += put,
        }
        self.lost += taken - put;
        true
    }
}

impl Step {
    fn text(&self) -> String {
        let weight = self
            .grams
            .map_or_else(|| "by=kg".to_owned(), |grams| format!("kg={}.{:03}", grams / 1000, grams % 1000));
        let n = self.pieces;
        match (self.from, self.to) {
            (None, to) => format!("receive C {} {n} @ {weight}", to.unwrap_or_default()),
            (Some(from), None) => format!("issue C {from} {n} @ {weight}"),
            (Some(from), Some(to)) => format!("move C {from} {to} {n} @ {weight}"),
        }
    }
}

fn step() -> impl Strategy<Value = Step> {
    let place = || prop::sample::select(vec!["MAIN", "PICK"]);
    let way = prop_oneof![
        2 => place().prop_map(|to| (None, Some(to))),
        3 => place().prop_map(|from| (Some(from), None)),
        1 => Just((Some("MAIN"), Some("PICK"))),
        1 => Just((Some("PICK"), Some("MAIN"))),
    ];
    let grams = prop_oneof![1 => Just(None), 6 => (1_i64..20_000).prop_map(Some)];
    (way, 1_i64..5, grams).prop_map(|((from, to), pieces, grams)| Step { from, to, pieces, grams })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn weights_agree_with_the_model(steps in prop::collection::vec(step(), 1..60)) {
        let (mut warehouse, mut model) = (Warehouse::new(), Model::default());
        for step in &steps {
            let mut next = model.clone();
            let accepted = next.apply(step);
            let got = warehouse.post(&step.text());
            prop_assert_eq!(got == "ok", accepted, "{}: {}", step.text(), got);
            model = if accepted { next } else { model };
        }
        let inside: i64 = model.places.values().map(|(_, grams)| grams).sum();
        prop_assert_eq!(inside + model.outside + model.lost, 0);
        for (place, (pieces, grams)) in &model.places {
            let weight = if *pieces == 0 { String::new() } else {
                format!(", {} kg", crate::language::quantity(&format!("{}.{:03}", grams / 1000, grams % 1000)))
            };
            prop_assert_eq!(warehouse.post(&format!("stock C {place}")), format!("{pieces} on hand, 0 reserved{weight}"));
        }
        warehouse.assert_sound();
    }
}
