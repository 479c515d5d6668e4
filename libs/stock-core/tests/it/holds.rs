//! Lots taken out of use by their date or by a recall, as text tables.

use std::collections::{BTreeMap, BTreeSet};

use laws::NegativeStock;
use proptest::prelude::*;
use stock_core::{
    Balance, Decision, Entry, Fact, HOLD_FACTS_MAX, HoldCause, HoldLot, Holding, Line, Lot, LotFacts, LotRow,
    Outcome, PositionRow, Reservation, ReservedPart, Snapshot, State, StoredPosition, Terms, decide,
    decode_entry,
};
use vocabulary::{
    Date, LocationCode, LotCode, Quantity, ReservationId, Sequence, Sku, StockStatus, Timestamp,
};

use crate::language::{Warehouse, code, document, line};
use crate::rules::check;

/// The promises of every position are those that have a part there.
pub(crate) fn assert_found(state: &State) {
    let mut parts: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for held in state.reservations() {
        for part in &held.parts {
            let holding = part.holding();
            parts.entry((held.sku.clone(), part.location.clone(), holding)).or_default().insert(held.id);
        }
    }
    for sku in state.skus_after(None) {
        for row in state.positions_of(sku) {
            let found = state.promises_of(sku.as_str(), row.location.as_str(), &row.holding);
            let expected = parts.remove(&(row.sku.clone(), row.location.clone(), row.holding.clone()));
            assert_eq!(found, expected.unwrap_or_default().into_iter().collect::<Vec<_>>(), "{row:?}");
        }
    }
    assert!(parts.is_empty(), "promised where nothing ever was: {parts:?}");
}

#[test]
fn a_date_takes_what_could_be_used_and_ends_promises() {
    check(
        "receive L MAIN 5 @ lot=A expiry=2026-01-31              | ok
         receive L MAIN 2 @ lot=A status=inspection              | ok
         receive L PICK 3 @ lot=A status=quality_hold            | ok
         receive L PICK 4 @ lot=A owner=consignment:ACME         | ok
         receive L PICK 1 @ lot=B                                | ok
         reserve L MAIN 2 @ lot=A                                | ok 6-0
         outdate L A                                              | ok
         stock L MAIN @ lot=A                                    | 0 on hand, 0 reserved
         stock L MAIN @ lot=A status=expired                     | 7 on hand, 0 reserved
         stock L PICK @ lot=A status=quality_hold                | 3 on hand, 0 reserved
         stock L PICK @ lot=A status=expired owner=consignment:ACME | 4 on hand, 0 reserved
         stock L PICK @ lot=B                                    | 1 on hand, 0 reserved
         fulfil 6-0 1                                            | line 0: no reservation 6-0
         outdate L A; outdate L NONE; outdate NONE A                | ok",
    );
}

#[test]
fn a_recall_takes_everything_and_ends_promises() {
    check(
        "receive L MAIN 5 @ lot=A                                | ok
         receive L MAIN 5 @ lot=B                                | ok
         receive L PICK 4 @ lot=A status=damaged                 | ok
         reserve L MAIN 7 @ by=lot                               | ok 4-0
         reserve L MAIN 1 @ lot=B                                | ok 5-0
         recall L A                                              | ok
         stock L MAIN @ lot=A                                    | 0 on hand, 0 reserved
         stock L MAIN @ lot=A status=recalled                    | 5 on hand, 0 reserved
         stock L PICK @ lot=A status=recalled                    | 4 on hand, 0 reserved
         stock L MAIN @ lot=B                                    | 5 on hand, 3 reserved
         fulfil 4-0 3                                            | line 0: exceeded 3 of 2
         fulfil 4-0 2; fulfil 5-0                                | ok
         issue L MAIN 1 @ lot=A                                  | line 0: insufficient 1 of 0
         receive L MAIN 1 @ lot=A                                | ok
         recall L A; recall L B                                  | ok
         stock L MAIN @ lot=A status=recalled                    | 6 on hand, 0 reserved
         stock L MAIN @ lot=B status=recalled                    | 2 on hand, 0 reserved
         reserve L MAIN 1 @ by=lot                               | line 0: insufficient 1 of 0",
    );
}

#[test]
fn a_recall_of_all_of_a_promise_ends_it() {
    check(
        "receive L MAIN 5 @ lot=A                                | ok
         reserve L MAIN 5 @ by=lot                               | ok 2-0
         recall L A                                              | ok
         release 2-0                                             | line 0: no reservation 2-0",
    );
}

#[test]
fn the_lots_to_expire_are_known_by_their_date() {
    let mut warehouse = Warehouse::new();
    for (text, expected) in [
        ("receive L MAIN 5 @ lot=A expiry=2026-01-31", "A"),
        ("receive L PICK 5 @ lot=A status=inspection", "A"),
        ("receive L MAIN 5 @ lot=B expiry=2026-02-28", "A B"),
        ("receive L MAIN 5 @ lot=C expiry=2026-03-01", "A B"),
        ("receive L MAIN 5 @ lot=D", "A B"),
        ("receive M MAIN 5 @ lot=A expiry=2025-12-31", "A A B"),
        ("issue L MAIN 5 @ lot=A", "A A B"),
        ("reserve L MAIN 5 @ lot=B", "A A B"),
        ("status L PICK 5 quarantine @ lot=A status=inspection", "A B"),
        ("release 8-0", "A B"),
        ("outdate L B; outdate M A", ""),
        ("status L PICK 5 available @ lot=A status=quarantine", "A"),
        ("move L PICK MAIN 5 @ lot=A", "A"),
        ("issue L MAIN 5 @ lot=A", ""),
    ] {
        assert!(warehouse.post(text).starts_with("ok"), "{text}");
        let due = warehouse.state.lots_expired_before(Date::parse("2026-03-01").unwrap());
        let due: Vec<_> = due.map(|(_, lot, _)| lot.as_str().to_owned()).collect();
        assert_eq!(due.join(" "), expected, "{text}");
    }
    warehouse.assert_sound();
}

#[test]
fn what_is_too_much_for_one_document_is_left_for_the_next() {
    let mut warehouse = Warehouse::new();
    let places = HOLD_FACTS_MAX + 10;
    for number in 0..places {
        warehouse.post(&format!("receive L P{number} 1 @ lot=A"));
    }
    let lot = LotCode::parse("A").unwrap();
    for expected in [HOLD_FACTS_MAX, 10] {
        assert!(warehouse.state.can_be_held("L", &lot, HoldCause::Recall));
        assert_eq!(warehouse.post("recall L A"), "ok");
        let Outcome::Posted(facts) = decode_entry(&warehouse.journal.last().unwrap().0).unwrap().outcome
        else {
            panic!("a hold is never refused")
        };
        assert_eq!(facts.len(), expected);
        assert!(facts.iter().all(|fact| matches!(fact, Fact::Moved(_))));
    }
    assert!(!warehouse.state.can_be_held("L", &lot, HoldCause::Recall));
    warehouse.assert_sound();
}

fn any_line() -> impl Strategy<Value = String> {
    let lot = || prop::sample::select(vec!["A", "B", "C"]);
    let place = || prop::sample::select(vec!["MAIN", "PICK"]);
    let status = prop::sample::select(vec!["available", "inspection", "damaged", "quality_hold", "returned"]);
    let owner = prop::sample::select(vec!["own", "consignment:ACME"]);
    prop_oneof![
        4 => (place(), 1_u32..9, lot(), status, owner).prop_map(|(at, n, lot, status, owner)| format!("receive L {at} {n} @ lot={lot} status={status} owner={owner}")),
        3 => (place(), 1_u32..9).prop_map(|(at, n)| format!("reserve L {at} {n} @ by=lot")),
        1 => (place(), 1_u32..9).prop_map(|(at, n)| format!("issue L {at} {n} @ by=lot")),
        1 => (1_u32..40, 1_u32..5).prop_map(|(s, n)| format!("fulfil {s}-0 {n}")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Whatever was there and promised: a hold is never refused, leaves nothing of the lot in a status that its cause takes and no promise
    /// of it, takes nothing of other lots, and the second one finds nothing.
    #[test]
    fn a_hold_takes_all_it_should(documents in prop::collection::vec(any_line(), 1..40), recall in any::<bool>()) {
        let mut warehouse = Warehouse::new();
        for text in &documents {
            warehouse.post_lines(vec![line(text)]);
        }
        let lot = LotCode::parse("A").unwrap();
        let sku = Sku::parse("L").unwrap();
        let of_others = |warehouse: &Warehouse| -> Vec<_> {
            let rows = warehouse.state.positions_of(&sku).into_iter();
            rows.filter(|row| row.holding.lot.as_ref() != Some(&lot)).collect()
        };
        let (cause, verb) = if recall { (HoldCause::Recall, "recall") } else { (HoldCause::Expiry, "outdate") };
        let others = of_others(&warehouse);
        prop_assert_eq!(warehouse.post(&format!("{verb} L A")), "ok");
        prop_assert_eq!(of_others(&warehouse), others);
        prop_assert!(!warehouse.state.can_be_held("L", &lot, cause));
        for row in warehouse.state.positions_of(&sku).into_iter().filter(|row| row.holding.lot.as_ref() == Some(&lot)) {
            prop_assert!(!cause.takes(row.holding.status) || row.balance.on_hand.is_zero(), "{row:?}");
            prop_assert!(row.balance.reserved.is_zero(), "{row:?}");
        }
        let before = warehouse.state.clone();
        prop_assert_eq!(warehouse.post(&format!("{verb} L A")), "ok");
        prop_assert_eq!(warehouse.state.positions_of(&sku), before.positions_of(&sku));
        warehouse.assert_sound();
    }
}

/// Lots of one item, each at its place with promises of one piece each, as a checkpoint gives them.
fn promised(lots: u64, promises_a_lot: u64) -> State {
    let sku = || Sku::parse("L").unwrap();
    let number = |lot: u64| LotCode::parse(&format!("N{lot}")).unwrap();
    let at = |lot: u64| LocationCode::parse(&format!("P{}", lot % 100)).unwrap();
    let facts = LotFacts { expiry: Some(Date::parse("2026-01-31").unwrap()), ..LotFacts::default() };
    let lot = Lot { received: Sequence::new(1), facts };
    let all = Quantity::from(u32::try_from(promises_a_lot).unwrap());
    let position = |n: u64| {
        StoredPosition::from(PositionRow {
            sku: sku(),
            location: at(n),
            holding: Holding::of_lot(Some(number(n))),
            balance: Balance { on_hand: all, reserved: all },
            negative: NegativeStock::Forbidden,
            weight: None,
        })
    };
    let promise = |n: u64| {
        let (quantity, lot, status) = (Quantity::from(1), Some(number(n % lots)), StockStatus::Available);
        let part = ReservedPart { location: at(n % lots), lot, status, quantity, serials: Vec::new() };
        let id = ReservationId { sequence: Sequence::new(n + 1), line: 0 };
        Reservation { id, sku: sku(), quantity, parts: vec![part], terms: Terms::default() }
    };
    let snapshot = Snapshot {
        positions: (0..lots).map(position).collect(),
        reservations: (0..lots * promises_a_lot).map(promise).collect(),
        lots: (0..lots).map(|n| LotRow { sku: sku(), code: number(n), lot: lot.clone() }).collect(),
        ..Snapshot::default()
    };
    State::restore(code(), Sequence::new(lots * promises_a_lot), snapshot).unwrap()
}

/// Lots by the thousand with promises of each: what is looked at is what is ended. Before promises were found by position, each lot looked at
/// all of them.
#[test]
fn many_lots_with_many_promises_are_held() {
    let mut state = promised(2000, 10);
    let mut documents = 0;
    loop {
        let due: Vec<_> = state.lots_expired_before(Date::parse("2026-02-01").unwrap()).take(100).collect();
        let hold = |(sku, lot, _): (&Sku, &LotCode, _)| {
            let (sku, lot, cause) = (sku.clone(), lot.clone(), HoldCause::Expiry);
            Line::HoldLot(HoldLot { sku, lot, cause, reason: "test".to_owned() })
        };
        let lines: Vec<_> = due.into_iter().map(hold).collect();
        if lines.is_empty() {
            break;
        }
        let document = document(lines);
        let Decision { effective_at, outcome } =
            decide(&state, &document, Timestamp::from_micros(1).unwrap());
        let entry = Entry {
            sequence: state.sequence().next(),
            warehouse: code(),
            request_id: document.request_id,
            digest: document.digest,
            effective_at,
            recorded_at: effective_at,
            reference: String::new(),
            outcome,
        };
        state.evolve(&entry).unwrap();
        documents += 1;
    }
    assert_eq!(documents, 22, "each of up to a thousand facts, eleven a lot");
    assert!(state.reservations().is_empty());
    assert_found(&state);
}
