//! Random documents against a naive model: a map of balances, a map of reservations, and the whole of it copied before
//! each document.

use std::collections::BTreeMap;

use crate::language::{Warehouse, line};
use proptest::prelude::*;
use stock_core::verify::Verifier;

/// The model: whole units only, and no cleverness.
#[derive(Debug, Clone, Default)]
struct Model {
    on_hand: BTreeMap<(String, String), i64>,
    /// Id to (item, location, quantity left).
    reservations: BTreeMap<String, (String, String, i64)>,
}

impl Model {
    fn reserved(&self, sku: &str, at: &str) -> i64 {
        self.reservations.values().filter(|(s, l, _)| s == sku && l == at).map(|(_, _, n)| n).sum()
    }

    fn available(&self, sku: &str, at: &str) -> i64 {
        self.on_hand.get(&(sku.to_owned(), at.to_owned())).copied().unwrap_or(0) - self.reserved(sku, at)
    }

    fn add(&mut self, sku: &str, at: &str, n: i64) {
        *self.on_hand.entry((sku.to_owned(), at.to_owned())).or_default() += n;
    }

    fn take(&mut self, sku: &str, at: &str, n: i64) -> bool {
        let allowed = sku.starts_with('N') || self.available(sku, at) >= n;
        if allowed {
            self.add(sku, at, -n);
        }
        allowed
    }

    /// Applies one line; false refuses the document.
    fn apply(&mut self, text: &str, id: &str) -> bool {
        let words: Vec<&str> = text.split_whitespace().collect();
        let number = |text: &str| text.parse::<i64>().unwrap();
        match words.as_slice() {
            ["receive" | "return", sku, at, n] => self.add(sku, at, number(n)),
            ["issue", sku, at, n] => return self.take(sku, at, number(n)),
            ["move", sku, from, to, n] => {
                let taken = self.take(sku, from, number(n));
                if taken {
                    self.add(sku, to, number(n));
                }
                return taken;
            }
            ["adjust", sku, at, n, _] if number(n) < 0 => return self.take(sku, at, -number(n)),
            ["adjust", sku, at, n, _] => self.add(sku, at, number(n)),
            ["reserve", sku, at, n] => {
                if self.available(sku, at) < number(n) {
                    return false;
                }
                self.reservations.insert(id.to_owned(), ((*sku).to_owned(), (*at).to_owned(), number(n)));
            }
            [verb @ ("release" | "fulfil"), ended, n] => {
                return self.end(id.split('-').next().unwrap(), verb, ended, number(n));
            }
            other => panic!("no such line: {other:?}"),
        }
        true
    }

    fn end(&mut self, document: &str, verb: &str, id: &str, n: i64) -> bool {
        let Some((sku, at, left)) = self.reservations.get(id).cloned() else { return false };
        // A document cannot name the reservations it makes: they have no id before it is answered.
        if n > left || id.starts_with(&format!("{document}-")) {
            return false;
        }
        self.reservations.insert(id.to_owned(), (sku.clone(), at.clone(), left - n));
        self.reservations.retain(|_, (_, _, left)| *left > 0);
        verb == "release" || self.take(&sku, &at, n)
    }
}

fn any_line() -> impl Strategy<Value = String> {
    let item = prop_oneof![Just("A"), Just("B"), Just("N1")];
    let place = prop_oneof![Just("MAIN"), Just("PICK")];
    let reservation = (1_u32..60, 0_u32..3, 1_i64..6);
    prop_oneof![
        3 => (item.clone(), place.clone(), 1_i64..20).prop_map(|(s, l, n)| format!("receive {s} {l} {n}")),
        3 => (item.clone(), place.clone(), 1_i64..9).prop_map(|(s, l, n)| format!("issue {s} {l} {n}")),
        1 => (item.clone(), place.clone(), 1_i64..9).prop_map(|(s, l, n)| format!("return {s} {l} {n}")),
        2 => (item.clone(), place.clone(), place.clone(), 1_i64..9).prop_map(|(s, f, t, n)| format!("move {s} {f} {t} {n}")),
        1 => (item.clone(), place.clone(), -9_i64..9).prop_map(|(s, l, n)| format!("adjust {s} {l} {} x", if n == 0 { 1 } else { n })),
        3 => (item, place, 1_i64..9).prop_map(|(s, l, n)| format!("reserve {s} {l} {n}")),
        2 => reservation.clone().prop_map(|(s, l, n)| format!("release {s}-{l} {n}")),
        2 => reservation.prop_map(|(s, l, n)| format!("fulfil {s}-{l} {n}")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_core_agrees_with_the_model(documents in prop::collection::vec(prop::collection::vec(any_line(), 1..4), 1..60)) {
        let (mut warehouse, mut model) = (Warehouse::new(), Model::default());
        for (number, lines) in (1..).zip(&documents) {
            let mut next = model.clone();
            let accepted = (0..).zip(lines).all(|(l, text)| next.apply(text, &format!("{number}-{l}")));
            let got = warehouse.post_lines(lines.iter().map(|text| line(text)).collect());
            prop_assert_eq!(got.starts_with("ok"), accepted, "document {} {:?}: {}", number, lines, got);
            if accepted {
                model = next;
            }
        }
        for ((sku, at), n) in &model.on_hand {
            let balance = warehouse.state.balance(sku, at);
            prop_assert_eq!(balance.on_hand.to_string(), n.to_string());
            prop_assert_eq!(balance.reserved.to_string(), model.reserved(sku, at).to_string());
        }
        let verified = warehouse.assert_sound();
        prop_assert_eq!(verified.reservations, model.reservations.len());
    }

    #[test]
    fn a_damaged_journal_is_found_at_its_first_bad_entry(
        documents in prop::collection::vec(any_line(), 2..20), at in any::<prop::sample::Index>(), byte in any::<prop::sample::Index>()
    ) {
        let mut warehouse = Warehouse::new();
        for text in &documents {
            warehouse.post_lines(vec![line(text)]);
        }
        let bad = at.index(warehouse.journal.len());
        let entry = &mut warehouse.journal[bad].0;
        let byte = byte.index(entry.len());
        entry[byte] ^= 1;
        let mut verifier = Verifier::new(crate::language::code());
        let faults = warehouse.journal.iter().map(|(bytes, hash)| verifier.push(bytes, hash.as_bytes())).find_map(Result::err);
        prop_assert_eq!(faults.map(|fault| fault.sequence.get()), Some(bad as u64 + 1));
    }
}
