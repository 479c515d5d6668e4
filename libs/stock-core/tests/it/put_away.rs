//! Where goods of a warehouse are best put.

use stock_core::{NotPutAway, PutAway, PutAwayOf};
use vocabulary::{DocumentCode, LocationCode, Quantity};
use work_core::Segregation;

use crate::language::{Warehouse, location};

/// Every place `CODE` or `CODE/ZONE`.
fn suggest(warehouse: &Warehouse, of: &str, places: &[&str]) -> String {
    let place = |text: &&str| match text.split_once('/') {
        Some((code, zone)) => (location(code), Some(location(zone))),
        None => (location(text), None),
    };
    let places = places.iter().map(place).collect();
    let of = match of.strip_prefix('#') {
        Some(code) => {
            let code = DocumentCode::parse(code).unwrap();
            PutAwayOf::Delivery { code, arrive_at: vec![location("DOCK")] }
        }
        None => PutAwayOf::Location(location(of)),
    };
    let Some((found, more)) = warehouse.state.put_away(&of, (places, Segregation::default()), |_| 0) else {
        return "no delivery".to_owned();
    };
    assert!(!more);
    found.iter().map(in_words).collect::<Vec<_>>().join("; ")
}

fn in_words(goods: &PutAway) -> String {
    let PutAway { sku, quantity, holding, places, left, .. } = goods;
    let lot = holding.lot.as_ref().map_or_else(String::new, |lot| format!(" {lot}"));
    let places = places.iter().map(|place| {
        let serials: String = place.serials.iter().map(|serial| format!(" {serial}")).collect();
        format!("{} {} {:?}{serials}", place.location, place.quantity, place.reason)
    });
    let left = left.iter().map(|(quantity, why): &(Quantity, NotPutAway)| format!("{quantity} {why:?}"));
    format!("{quantity} {sku}{lot}: {}", places.chain(left).collect::<Vec<_>>().join(", "))
}

fn warehouse(documents: &[&str]) -> Warehouse {
    let mut warehouse = Warehouse::new();
    for text in documents {
        assert!(warehouse.post(text).starts_with("ok"), "{text}");
    }
    warehouse.assert_sound();
    warehouse
}

#[test]
fn rules_of_items_and_places_are_followed() {
    let warehouse = warehouse(&[
        "rule stored A fixed=A-01 class=A; rule stores A-01 max=10; rule stores B-01 class=B",
        "rule stored H hazard=acid; rule stored K hazard=alkaline; rule stored B class=B",
        "receive A A-01 4; receive H C-01 1; receive A DOCK 9; receive B DOCK 2; receive K DOCK 3",
    ]);
    let places = ["A-01", "B-01", "C-01/C", "C-02/C", "D-01"];
    assert_eq!(
        suggest(&warehouse, "DOCK", &places),
        "9 A: A-01 6 Fixed, C-02 3 Empty; 2 B: B-01 2 EmptyOfClass; 3 K: D-01 3 Empty"
    );
    let rules: Vec<_> = warehouse.state.rules().into_iter().map(|row| row.rule).collect();
    assert_eq!(rules.len(), 6);
    let after = warehouse.state.rules_after(rules.get(2)).count();
    assert_eq!(after, 3, "{rules:?}");
}

#[test]
fn rules_are_taken_away() {
    let warehouse = warehouse(&[
        "rule stored A fixed=A-01; rule stores A-01 max=1",
        "rule stored A; rule stores A-01; receive A DOCK 9",
    ]);
    assert_eq!(suggest(&warehouse, "DOCK", &["A-01"]), "9 A: A-01 9 Empty");
    assert_eq!(warehouse.state.rule_count(), 0);
}

#[test]
fn lots_go_to_their_lot_and_units_are_named() {
    let warehouse = warehouse(&[
        "receive L A-01 1 @ lot=L1; receive L A-02 1 @ lot=L2; rule stores A-03 max=1",
        "receive L DOCK 5 @ lot=L2; receive S DOCK 3 @ serials=1,2,3",
    ]);
    assert_eq!(
        suggest(&warehouse, "DOCK", &["A-01", "A-02", "A-03", "A-04"]),
        "5 L L2: A-02 5 SameLot; 3 S: A-03 1 Empty 1, A-04 2 Empty 2 3"
    );
}

#[test]
fn what_is_held_promised_or_packed_stays() {
    let warehouse = warehouse(&[
        "receive A DOCK 9; receive A DOCK 1 @ status=quality_hold; reserve A DOCK 4",
        "range 7610425 3 0 99; open BOX DOCK; pack #0 A 2",
    ]);
    assert_eq!(
        suggest(&warehouse, "DOCK", &["A-01"]),
        "9 A: A-01 3 Empty, 2 Packed, 4 Promised; 1 A: 1 Held"
    );
    assert_eq!(
        suggest(&warehouse, "DOCK", &[]),
        "9 A: 2 Packed, 4 Promised, 3 NoPlace(NoPlace); 1 A: 1 Held"
    );
    assert_eq!(suggest(&warehouse, "NOWHERE", &["A-01"]), "");
}

#[test]
fn of_a_delivery_no_more_is_meant_than_came() {
    let warehouse = warehouse(&[
        "receive A DOCK 5; receive B DOCK 5; announce PO-1 purchase 2026-03-01 1=A*10 2=C*2",
        "of PO-1 receive A DOCK 3",
    ]);
    assert_eq!(suggest(&warehouse, "#PO-1", &["A-01"]), "3 A: A-01 3 Empty");
    assert_eq!(suggest(&warehouse, "#PO-2", &["A-01"]), "no delivery");
    let none: Vec<(LocationCode, Option<LocationCode>)> = Vec::new();
    let of = PutAwayOf::Delivery { code: DocumentCode::parse("PO-1").unwrap(), arrive_at: Vec::new() };
    let found = warehouse.state.put_away(&of, (none, Segregation::default()), |_| 0);
    assert_eq!(found, Some((Vec::new(), false)));
}
