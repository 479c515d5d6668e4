//! Which goods are promised when full pallets go first, as a table.

use proptest::prelude::*;
use stock_core::explain;
use vocabulary::{Quantity, ReservationId, Timestamp};

use crate::handling_units::short;
use crate::language::{Warehouse, document, line};
use crate::rules::check;

/// `LOCATION/LOT QUANTITY with UNIT …`, in the order they are chosen, as an explanation says; the promise then stands on them.
fn chosen(warehouse: &mut Warehouse, text: &str) -> String {
    let document = document(vec![line(text)]);
    let now = Timestamp::from_micros(1).unwrap();
    let explained = explain(&warehouse.state, &document, now).lines.pop().unwrap();
    let chosen = explained.chosen.iter().map(|chosen| {
        let lot = chosen.holding.lot.as_ref().map_or(String::new(), |lot| format!("/{lot}"));
        let units: String = chosen.units.iter().map(|unit| format!(" {}", short(unit))).collect();
        let with = if units.is_empty() { "" } else { " with" };
        format!("{}{lot} {}{with}{units}", chosen.location, chosen.quantity)
    });
    let words = chosen.collect::<Vec<_>>().join(", ");
    let id = warehouse.post(text);
    let id = ReservationId::parse(id.strip_prefix("ok ").unwrap()).unwrap();
    let parts = warehouse.state.reservation(id).unwrap().parts;
    let is_promised = parts.iter().zip(&explained.chosen).all(|(part, chosen)| {
        (&part.location, part.holding(), part.quantity)
            == (&chosen.location, chosen.holding.clone(), chosen.quantity)
    });
    assert!(is_promised && parts.len() == explained.chosen.len(), "{text}: {parts:?}");
    words
}

/// Each case on its own: entries, what is wanted, and what is chosen.
const CASES: &[(&str, &str, &str)] = &[
    // A pallet with loose goods beside it comes before loose goods elsewhere.
    ("receive A MAIN 10 @ unit=#0; receive A MAIN 3; receive A PICK 10", "A * 10", "MAIN 10 with #0"),
    ("receive A MAIN 10 @ unit=#0; receive A MAIN 3; receive A PICK 10", "A * 13", "MAIN 13 with #0"),
    ("receive A MAIN 10 @ unit=#0; receive A MAIN 3; receive A PICK 9", "A * 20", "MAIN 11 with #0, PICK 9"),
    // Loose goods come before a unit is broken up; of those, the smallest that has enough.
    ("receive A MAIN 4 @ unit=#0; receive A MAIN 9; receive A PICK 6", "A * 3", "PICK 3"),
    ("receive A MAIN 4 @ unit=#0; receive A PICK 1", "A * 3", "PICK 1, MAIN 2"),
    ("receive A MAIN 9 @ unit=#0; receive A PICK 4 @ unit=#2", "A * 3", "PICK 3"),
    // The largest that fits, and what is nested counts with the outer one.
    (
        "nest #1 #0; receive A MAIN 4 @ unit=#0; receive A MAIN 2 @ unit=#1; receive A PICK 5 @ unit=#2",
        "A * 6",
        "MAIN 6 with #0",
    ),
    (
        "nest #1 #0; receive A MAIN 4 @ unit=#0; receive A MAIN 2 @ unit=#1; receive A PICK 5",
        "A * 3",
        "MAIN 2 with #1, PICK 1",
    ),
    (
        "nest #1 #0; receive A MAIN 4 @ unit=#0; receive A MAIN 2 @ unit=#1; receive A PICK 5 @ unit=#2",
        "A * 7",
        "MAIN 6 with #0, PICK 1",
    ),
    // What holds anything else is no full pallet: it is not counted, and its goods come last.
    ("receive A MAIN 5 @ unit=#0; receive B MAIN 1 @ unit=#0; receive A PICK 5", "A * 5", "PICK 5"),
    (
        "nest #1 #0; receive A MAIN 5 @ unit=#0; receive B MAIN 1 @ unit=#1; receive A PICK 4",
        "A * 5",
        "PICK 4, MAIN 1",
    ),
    (
        "receive A MAIN 5 @ unit=#0; receive A MAIN 1 @ unit=#0 owner=consignment:ACME; receive A PICK 3",
        "A * 5",
        "PICK 3, MAIN 2",
    ),
    (
        "receive A MAIN 5 @ unit=#0; receive A MAIN 1 @ unit=#0 status=damaged; receive A PICK 3",
        "A * 5",
        "PICK 3, MAIN 2",
    ),
    // Several lots in one unit.
    (
        "receive L MAIN 3 @ lot=A unit=#0; receive L MAIN 2 @ lot=B unit=#0; receive L PICK 5 @ lot=A",
        "L * 5 @ by=lot",
        "MAIN/A 3 with #0, MAIN/B 2 with #0",
    ),
    (
        "receive L MAIN 3 @ lot=A unit=#0; receive L MAIN 2 @ lot=B unit=#0; receive L PICK 5 @ lot=A",
        "L * 3 @ lot=A",
        "PICK/A 3",
    ),
    // Of the same size, the first to expire.
    (
        "receive L MAIN 5 @ lot=A expiry=2027-06-01 unit=#0; receive L PICK 5 @ lot=B expiry=2027-01-01 unit=#2",
        "L * 5 @ by=lot",
        "PICK/B 5 with #2",
    ),
    (
        "receive L MAIN 5 @ lot=A expiry=2027-06-01 unit=#0; receive L PICK 5 @ lot=B expiry=2027-01-01 unit=#2",
        "L * 4 @ by=lot",
        "PICK/B 4",
    ),
    // What is promised of a position is not free, whichever goods it was meant of.
    (
        "receive A MAIN 10 @ unit=#0; receive A MAIN 3; reserve A MAIN 10; receive A PICK 10",
        "A * 10",
        "PICK 10",
    ),
    (
        "receive A MAIN 10 @ unit=#0; receive A MAIN 10 @ unit=#1; reserve A MAIN 10; receive A PICK 5",
        "A * 15",
        "MAIN 10 with #0, PICK 5",
    ),
    // Pieces that are promised by number are not free.
    (
        "receive S MAIN 2 @ serials=1,2 unit=#0; receive S MAIN 2 @ serials=3,4; reserve S * 1 @ serials=2; receive S PICK 2 @ serials=5,6",
        "S * 2 @ by=serial",
        "MAIN 2",
    ),
    (
        "receive S MAIN 2 @ serials=1,2 unit=#0; receive S MAIN 1 @ serials=3; receive S PICK 2 @ serials=5,6",
        "S * 2 @ by=serial",
        "MAIN 2 with #0",
    ),
    // Another status, when it counts.
    (
        "rule counts returned yes; receive A MAIN 4 @ unit=#0 status=returned; receive A PICK 3",
        "A * 7",
        "PICK 3, MAIN 4 with #0",
    ),
];

#[test]
fn full_pallets_go_first() {
    for (entries, wanted, expected) in CASES {
        let mut warehouse = Warehouse::new();
        let open = "range 7610425 3 0 9; open PALLET MAIN; open BOX MAIN; open PALLET PICK";
        assert_eq!(warehouse.post(open), "ok #0 #1 #2");
        for text in entries.split("; ") {
            assert!(warehouse.post(text).starts_with("ok"), "{text}");
        }
        let (wanted, goods) = wanted.split_once(" @ ").unwrap_or((wanted, ""));
        let text = format!("reserve {wanted} @ pick=full {goods}");
        assert_eq!(chosen(&mut warehouse, &text), *expected, "{entries}: {wanted}");
        warehouse.assert_sound();
    }
}

#[test]
fn units_count_as_the_lines_before_have_left_them() {
    check(
        "range 7610425 3 0 9; open PALLET MAIN; open PALLET PICK | ok #0 #1
         receive A MAIN 5; receive A PICK 4            | ok
         pack #1 A 4; reserve A * 4 @ pick=full        | ok 3-1
         stock A PICK                                  | 4 on hand, 4 reserved
         release 3-0; unpack #1; reserve A * 5 @ pick=full | line 0: no reservation 3-0
         release 3-1; unpack #1; pack #0 A 5; reserve A * 5 @ pick=full | ok 5-3
         stock A MAIN                                  | 5 on hand, 5 reserved",
    );
}

/// How many of each position, and of each unit.
#[derive(Debug, Clone)]
struct Stored {
    /// In which place, whether loose or of which size a unit.
    heaps: Vec<(bool, bool, u32)>,
    wanted: u32,
}

fn stored() -> impl Strategy<Value = Stored> {
    let heap = (any::<bool>(), any::<bool>(), 1..8_u32);
    (prop::collection::vec(heap, 1..9), 1..30_u32).prop_map(|(heaps, wanted)| Stored { heaps, wanted })
}

proptest! {
    /// All that is wanted is promised if it is there, once a position; and units are counted the largest first that fits.
    #[test]
    fn units_are_counted_by_size(Stored { heaps, wanted } in stored()) {
        let mut warehouse = Warehouse::new();
        warehouse.post("range 7610425 3 0 99");
        let (mut units, mut there) = (Vec::new(), 0);
        for (is_main, is_loose, size) in heaps {
            let at = if is_main { "MAIN" } else { "PICK" };
            there += size;
            let text = if is_loose { format!("receive A {at} {size}") } else {
                units.push(size);
                format!("open PALLET {at}; receive A {at} {size} @ unit=line:0")
            };
            prop_assert!(warehouse.post(&text).starts_with("ok"), "{}", text);
        }
        units.sort_unstable();
        let mut left = wanted.min(there);
        let whole = units.iter().rev().filter(|size| {
            let fits = **size <= left;
            left -= if fits { **size } else { 0 };
            fits
        }).count();
        let text = format!("reserve A * {wanted} @ pick=full may=partial");
        let document = document(vec![line(&text)]);
        let explained = explain(&warehouse.state, &document, Timestamp::from_micros(1).unwrap());
        let chosen = &explained.lines[0].chosen;
        prop_assert_eq!(chosen.iter().map(|chosen| chosen.units.len()).sum::<usize>(), whole);
        let sum = chosen.iter().map(|chosen| chosen.quantity).fold(Quantity::ZERO, |a, b| a.checked_add(b).unwrap());
        prop_assert_eq!(sum, Quantity::from(wanted.min(there)));
        prop_assert!(chosen.len() < 3, "once a position");
        prop_assert!(warehouse.post(&text).starts_with("ok"));
        warehouse.assert_sound();
    }
}
