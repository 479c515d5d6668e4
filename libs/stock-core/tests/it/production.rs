//! Production, repacking and partners, as text tables.

use stock_core::{Fact, MovementKind, Outcome, decode_entry};

use crate::language::Warehouse;
use crate::rules::check;

#[test]
fn what_is_consumed_leaves_and_what_is_produced_arrives() {
    check(
        "receive A MAIN 5                                       | ok
         consume A MAIN 6                                       | line 0: insufficient 6 of 5
         consume A MAIN 4; produce B PICK 2                     | ok
         stock A MAIN                                           | 1 on hand, 0 reserved
         stock B PICK                                           | 2 on hand, 0 reserved
         consume N MAIN 1                                       | ok
         reserve A MAIN 1; consume A MAIN 1                     | line 1: insufficient 1 of 0",
    );
}

#[test]
fn production_takes_the_first_to_expire_and_records_its_lot() {
    check(
        "receive L MAIN 5 @ lot=A expiry=2027-06-01             | ok
         receive L MAIN 5 @ lot=B expiry=2027-01-01             | ok
         consume L MAIN 6 @ by=lot; produce P MAIN 1 @ lot=P1 expiry=2026-12-31 | ok
         stock L MAIN @ lot=B                                   | 0 on hand, 0 reserved
         stock L MAIN @ lot=A                                   | 4 on hand, 0 reserved
         produce P MAIN 1 @ lot=P1 expiry=2027-01-01            | line 0: lot P1 has another expiry
         consume L MAIN 1 @ lot=C                               | line 0: no lot C
         consume P MAIN 1 @ lot=P1; produce P PICK 1 @ lot=P2   | ok
         consume P PICK 1 @ lot=P2; produce S MAIN 2 @ serials=1,2 | ok
         consume S MAIN 1 @ serials=3                           | line 0: no serial 3
         consume S MAIN 1 @ serials=1                           | ok
         produce S MAIN 1 @ serials=2                           | line 0: 2 is at MAIN",
    );
}

#[test]
fn a_suppliers_goods_become_our_own_in_production() {
    check(
        "receive A MAIN 5 @ owner=consignment:ACME              | ok
         consume A MAIN 2                                       | line 0: insufficient 2 of 0
         consume A MAIN 2 @ owner=consignment:ACME              | ok
         stock A MAIN @ owner=consignment:ACME                  | 3 on hand, 0 reserved
         stock A MAIN                                           | 0 on hand, 0 reserved",
    );
}

#[test]
fn who_gave_and_who_got_is_kept() {
    let mut warehouse = Warehouse::new();
    for (text, expected) in [
        ("receive A MAIN 5 @ partner=ACME", vec![(MovementKind::Receipt, "ACME")]),
        ("receive L MAIN 5 @ lot=X partner=ACME", vec![(MovementKind::Receipt, "ACME")]),
        ("issue A MAIN 1 @ partner=C-1", vec![(MovementKind::Issue, "C-1")]),
        ("issue N MAIN 1 @ partner=C-1", vec![(MovementKind::Issue, "C-1")]),
        ("return A MAIN 1 @ partner=C-1", vec![(MovementKind::Return, "C-1")]),
        ("move A MAIN PICK 1 @ partner=C-1", vec![(MovementKind::Move, "")]),
        ("receive A MAIN 1 @ owner=consignment:ACME partner=ACME", vec![(MovementKind::Receipt, "ACME")]),
        (
            "issue A MAIN 1 @ owner=consignment:ACME partner=C-2",
            vec![(MovementKind::OwnerChange, ""), (MovementKind::Issue, "C-2")],
        ),
        (
            "consume A PICK 1; produce B PICK 1",
            vec![(MovementKind::Consumption, ""), (MovementKind::Production, "")],
        ),
        ("reserve A MAIN 2", vec![]),
        ("fulfil 10-0 1 @ partner=C-3", vec![(MovementKind::Fulfilment, "C-3")]),
        ("fulfil 10-0", vec![(MovementKind::Fulfilment, "")]),
    ] {
        assert!(warehouse.post(text).starts_with("ok"), "{text}");
        let entry = decode_entry(&warehouse.journal.last().unwrap().0).unwrap();
        let Outcome::Posted(facts) = entry.outcome else { panic!("{text} is accepted") };
        let moved = facts.iter().filter_map(|fact| match fact {
            Fact::Moved(moved) => Some((moved.kind, moved.partner.as_ref().map_or("", |code| code.as_str()))),
            Fact::Reserved(_) | Fact::Released(_) | Fact::LotRecorded(_) | Fact::RuleSet(_) => None,
            Fact::Locked(_) | Fact::LockPassed(_) | Fact::HandlingUnit(_) | Fact::Expectation(_) => None,
            Fact::Delivery(_) | Fact::PromiseMoved(_) => None,
            Fact::Count(_) | Fact::Order(_) | Fact::Task(_) | Fact::Production(_) => None,
        });
        assert_eq!(moved.collect::<Vec<_>>(), expected, "{text}");
    }
    warehouse.assert_sound();
}
