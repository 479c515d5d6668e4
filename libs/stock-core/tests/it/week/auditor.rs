//! What documents say and what moved are one thing: looked at after every document, in its entry alone and in the state.

use std::collections::{BTreeMap, BTreeSet};

use stock_core::{Entry, Fact, MovementKind, Outcome, State, decode_entry};
use vocabulary::{Quantity, Sku};
use work_core::{CountChange, DeliveryChange};

use crate::language::Warehouse;
use crate::{lacking, orders, tasks};

pub(super) fn audit(books: &Warehouse, text: &str) {
    let entry = decode_entry(&books.journal.last().unwrap().0).unwrap();
    conserves(&books.state, &entry, text);
    agrees(&entry, text);
    lacking::assert_within(&books.state);
    orders::assert_orders(&books.state);
    tasks::assert_alone(&books.state);
}

/// L1: of every item that the document moved, what is inside and what is outside is nothing together.
fn conserves(state: &State, entry: &Entry, text: &str) {
    assert!(entry.moved().all(|moved| moved.quantity.is_positive()), "{text}");
    let moved: BTreeSet<&Sku> = entry.moved().map(|moved| &moved.sku).collect();
    for sku in moved {
        assert!(laws::conservation(state.inside(sku.as_str()), state.outside(sku.as_str())), "{sku}: {text}");
    }
}

/// What a step of a delivery says came is what its line moved; what a count puts right are adjustments with its name.
fn agrees(entry: &Entry, text: &str) {
    let Outcome::Posted(facts) = &entry.outcome else { return };
    let mut came: BTreeMap<u32, Quantity> = BTreeMap::new();
    let mut posted: BTreeSet<String> = BTreeSet::new();
    for fact in facts {
        if let Fact::Delivery(fact) = fact
            && let DeliveryChange::Arrived { quantity, .. } = &fact.change
        {
            let sum = came.entry(fact.line).or_default();
            *sum = sum.checked_add(*quantity).unwrap();
        }
        if let Fact::Count(fact) = fact
            && let CountChange::Posted { code, .. } = &fact.change
        {
            posted.insert(format!("count {code}"));
        }
    }
    for (line, came) in came {
        let moved =
            entry.moved_by(line).fold(Quantity::ZERO, |sum, moved| sum.checked_add(moved.quantity).unwrap());
        assert_eq!(moved, came, "line {line}: {text}");
    }
    for moved in entry.moved().filter(|moved| moved.reason.starts_with("count ")) {
        assert!(posted.contains(&moved.reason), "{}: {text}", moved.reason);
        assert_eq!(moved.kind, MovementKind::Adjustment, "{text}");
    }
}
