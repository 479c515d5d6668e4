use std::collections::BTreeSet;

use vocabulary::{LocationCode, Quantity, Sku};

use super::*;

/// A place `A-01`, then what is known of it: `zone=A`, `class=B`, `max=10`, `has=4`, `hazard=acid`.
fn shelf(text: &str) -> Shelf {
    let mut words = text.split_whitespace();
    let location = LocationCode::parse(words.next().unwrap()).unwrap();
    let (zone, stores, units, hazards) = (None, Stores::default(), Quantity::ZERO, BTreeSet::new());
    let mut shelf = Shelf { location, zone, stores, units, hazards };
    for (name, value) in words.map(|word| word.split_once('=').unwrap()) {
        match name {
            "zone" => shelf.zone = Some(LocationCode::parse(value).unwrap()),
            "class" => shelf.stores.class = Some(ZoneClass::parse(value).unwrap()),
            "max" => shelf.stores.units_max = Some(Quantity::parse(value).unwrap()),
            "has" => shelf.units = Quantity::parse(value).unwrap(),
            "hazard" => shelf.hazards = BTreeSet::from([HazardClass::parse(value).unwrap()]),
            other => panic!("nothing is called {other}"),
        }
    }
    shelf
}

/// Goods `SKU QUANTITY`, then `fixed=A-01`, `class=A`, `hazard=acid`, `lot=A-01`, `item=A-01`, `decimals=2`; and where they are put.
fn check(shelves: &[&str], table: &[(&str, &str)]) {
    let mut shelves = Shelves::new(shelves.iter().map(|text| shelf(text)).collect(), Segregation::default());
    let from = LocationCode::parse("DOCK").unwrap();
    for (goods, expected) in table {
        let mut words = goods.split_whitespace();
        let (sku, quantity) = (Sku::parse(words.next().unwrap()).unwrap(), words.next().unwrap());
        let (mut stored, mut decimals) = (StoredAs::default(), 0);
        let (mut lot_at, mut item_at) = (BTreeSet::new(), BTreeSet::new());
        for (name, value) in words.map(|word| word.split_once('=').unwrap()) {
            let location = || LocationCode::parse(value).unwrap();
            match name {
                "fixed" => stored.fixed = Some(location()),
                "class" => stored.class = ZoneClass::parse(value),
                "hazard" => stored.hazard = HazardClass::parse(value),
                "lot" => drop(lot_at.insert(location())),
                "item" => drop(item_at.insert(location())),
                "decimals" => decimals = value.parse().unwrap(),
                other => panic!("nothing is called {other}"),
            }
        }
        let (stored, from) = (&stored, &from);
        let (quantity, lot_at, item_at) = (Quantity::parse(quantity).unwrap(), &lot_at, &item_at);
        let goods = ToPutAway { sku: &sku, stored, from, quantity, decimals, lot_at, item_at };
        assert_eq!(in_words(&shelves.suggest(&goods)), *expected, "{goods:?}");
    }
}

fn in_words(suggested: &Suggested) -> String {
    let place = |(location, quantity, reason): &(LocationCode, Quantity, PutAwayReason)| {
        format!("{quantity} to {location}: {reason:?}")
    };
    let left = suggested.hindrance.map(|why| format!("{} left: {why:?}", suggested.left));
    suggested.places.iter().map(place).chain(left).collect::<Vec<_>>().join(", ")
}

#[test]
fn the_item_s_own_place_comes_first_then_its_lot_its_item_and_what_is_empty() {
    let shelves = ["A-01 has=1", "A-02", "A-03 has=9 max=12", "A-04 has=5 max=10", "A-05 max=4"];
    check(&shelves, &[("X 3 fixed=A-05 lot=A-03 item=A-04", "3 to A-05: Fixed")]);
    check(&shelves, &[("X 3 lot=A-03 item=A-04", "3 to A-03: SameLot")]);
    check(&shelves, &[("X 3 item=A-04", "3 to A-04: SameItem")]);
    check(&shelves, &[("X 3", "3 to A-02: Empty")]);
    let all = "4 to A-05: Fixed, 3 to A-03: SameLot, 5 to A-04: SameItem, 2 to A-02: Empty";
    check(&shelves, &[("X 14 fixed=A-05 lot=A-03 item=A-04", all)]);
}

#[test]
fn what_is_suggested_counts_for_what_is_asked_next() {
    check(
        &["A-01 max=5", "A-02 max=5", "A-03 has=1 max=3"],
        &[
            ("X 3", "3 to A-01: Empty"),
            ("X 3", "2 to A-01: SameItem, 1 to A-02: Empty"),
            ("Y 5", "4 to A-02: Beside, 1 to A-03: Beside"),
            ("Z 5", "1 to A-03: Beside, 4 left: Full"),
            ("Z 1", "1 left: Full"),
        ],
    );
}

#[test]
fn goods_of_a_class_go_to_places_of_their_class_or_of_none() {
    check(
        &["A-01", "B-01 class=B", "C-01 class=C max=2"],
        &[
            ("X 1 class=B", "1 to B-01: EmptyOfClass"),
            ("Y 3 class=C", "2 to C-01: EmptyOfClass, 1 to A-01: Empty"),
            ("Z 1 class=A fixed=B-01", "1 to B-01: Fixed"),
        ],
    );
    check(&["B-01 class=B"], &[("X 1 class=A", "1 left: OtherClass")]);
}

#[test]
fn what_must_be_kept_apart_is_not_put_beside_each_other() {
    check(
        &["A-01 zone=A hazard=acid has=1", "A-02 zone=A", "B-01 zone=B", "C-01"],
        &[
            ("X 1 hazard=alkaline", "1 to B-01: Empty"),
            ("Y 1 hazard=acid", "1 to A-02: Empty"),
            ("Z 1 hazard=acid fixed=B-01", "1 to C-01: Empty"),
            ("W 1 hazard=alkaline fixed=A-02", "1 to B-01: Beside"),
        ],
    );
    check(&["A-01 hazard=acid has=1"], &[("X 1 hazard=alkaline", "1 left: Hazard")]);
    let mine = Segregation::new([(HazardClass::Toxic, HazardClass::Gas)]);
    assert!(mine.keeps_apart(HazardClass::Gas, HazardClass::Toxic));
    assert!(!mine.keeps_apart(HazardClass::Acid, HazardClass::Alkaline));
    assert_eq!(mine.pairs().collect::<Vec<_>>(), [(HazardClass::Toxic, HazardClass::Gas)]);
}

#[test]
fn a_place_is_not_filled_with_less_than_a_piece_and_goods_do_not_stay_where_they_are() {
    check(&["A-01 max=2.5", "DOCK"], &[("X 3", "2 to A-01: Empty, 1 left: Full")]);
    check(&["A-01 max=2.5"], &[("X 3 decimals=1", "2.5 to A-01: Empty, 0.5 left: Full")]);
    check(&["DOCK"], &[("X 3", "3 left: NoPlace")]);
    check(&["A-01 max=1 has=4"], &[("X 3", "3 left: Full")]);
}
