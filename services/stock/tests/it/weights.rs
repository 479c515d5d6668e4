//! Catch weight, as callers see it: W is weighed in kilograms, 4 to 6 a piece.

use proto::catalog::v1::{CatchWeight, Item, Tracking};
use proto::common::v1::Decimal;
use proto::events::v1::{CatalogChange, catalog_change};
use proto::stock::v1::{GetMovementRequest, GetPositionRequest, ListBalancesRequest, ListPositionsRequest};

use crate::calls::{head, in_decimal, say};
use crate::fixtures::item;
use crate::outcome::verified;
use crate::test_app::TestApp;
use crate::tracking::check;

/// An item that is weighed in this unit, of 4 to 6 a piece.
pub(crate) fn weighed(sku: &str, unit: &str) -> Item {
    let bound = |text: &str| Some(Decimal { value: text.into() });
    let (unit_weight_min, unit_weight_max) = (bound("4"), bound("6"));
    let weighed = CatchWeight { unit: unit.into(), decimals: 3, unit_weight_min, unit_weight_max };
    Item { catch_weight: Some(weighed), ..item(sku) }
}

/// `location on hand weight unit` of each position, and `weight unit` of all.
async fn weights(app: &TestApp, sku: &str) -> Vec<String> {
    let (warehouse, filter) = ("BER".to_owned(), format!("sku = \"{sku}\" AND on_hand > 0"));
    let list =
        ListPositionsRequest { warehouse: warehouse.clone(), filter: filter.clone(), ..Default::default() };
    let positions = app.client().list_positions(list).await.unwrap().into_inner().positions;
    let list = ListBalancesRequest { warehouse, filter, ..Default::default() };
    let balances = app.client().list_balances(list).await.unwrap().into_inner().balances;
    let number = |decimal: &Option<Decimal>| in_decimal(decimal.as_ref()).to_owned();
    let mut found: Vec<String> = positions
        .iter()
        .map(|p| format!("{} {} {} {}", p.location, number(&p.on_hand), number(&p.weight), p.weight_unit))
        .collect();
    found.extend(balances.iter().map(|b| format!("{} {}", number(&b.weight), b.weight_unit)));
    found
}

pub(crate) async fn goods_are_counted_and_weighed(app: &mut TestApp) {
    app.restart_with(|limits| limits.checkpoint_entries = 3).await;
    let script = "receive W MAIN 10 @ weight=50.25                | ok
         issue W MAIN 3 @ weight=15.1                    | ok
         move W MAIN PICK 4 @ weight=20                  | ok
         move W PICK MAIN 1 @ weight=5                   | ok
         status W PICK 3 quarantine smells               | ok
         reserve W MAIN 2                                | ok
         fulfil 6-0 1 @ weight=5.05                      | ok
         fulfil 6-0 @ weight=4.95                        | ok";
    check(app, script).await;
    let expected = ["MAIN 2 10.15 kg", "PICK 3 15 kg", "25.15 kg"];
    assert_eq!(weights(app, "W").await, expected);
    let digest = verified(app).await.state_digest;
    app.restart().await;
    assert_eq!(weights(app, "W").await, expected);
    assert_eq!(verified(app).await.state_digest, digest);
    let get = GetPositionRequest {
        warehouse: "BER".into(),
        sku: "W".into(),
        location: "MAIN".into(),
        ..Default::default()
    };
    let now = app.client().get_position(get.clone()).await.unwrap().into_inner().position.unwrap();
    assert_eq!((in_decimal(now.weight.as_ref()), now.weight_unit.as_str()), ("10.15", "kg"));
    let then = GetPositionRequest { as_of_sequence: 2, ..get.clone() };
    let then = app.client().get_position(then).await.unwrap().into_inner().position.unwrap();
    assert_eq!(in_decimal(then.weight.as_ref()), "35.15", "as of a sequence");
    let (seconds, nanos) = rpc::clock::now().parts();
    let effective_as_of = Some(prost_types::Timestamp { seconds, nanos });
    let at = GetPositionRequest { effective_as_of, ..get };
    let at = app.client().get_position(at).await.unwrap().into_inner().position.unwrap();
    assert_eq!((at.weight, at.weight_unit), (None, String::new()), "not as of a time");
}

pub(crate) async fn what_was_lost_is_told(app: &mut TestApp) {
    let script = "receive W MAIN 3 @ weight=15                    | ok
         issue W MAIN 1 @ weight=4.9                     | ok
         issue W MAIN 2 @ weight=9.7                     | ok
         reverse 3-0                                     | ok";
    check(app, script).await;
    assert_eq!(weights(app, "W").await, ["MAIN 2 10.1 kg", "10.1 kg"]);
    for (sequence, measured, difference) in [(2, "4.9", ""), (3, "9.7", "0.4"), (4, "10.1", "-0.4")] {
        let get = GetMovementRequest { warehouse: "BER".into(), sequence, line: 0 };
        let moved = app.client().get_movement(get).await.unwrap().into_inner().moved;
        let weight = moved[0].weight.as_ref().unwrap();
        let found = (in_decimal(weight.measured.as_ref()), in_decimal(weight.difference.as_ref()));
        assert_eq!((found, weight.unit.as_str()), ((measured, difference), "kg"), "{sequence}");
    }
}

pub(crate) async fn each_bad_weight_is_named(app: &mut TestApp) {
    for (line, expected) in [
        ("receive A MAIN 1 @ weight=5", "WEIGHT_UNEXPECTED document.lines[1].receive.goods.weight"),
        ("receive W MAIN 1", "WEIGHT_MISSING document.lines[1].receive.goods.weight"),
        ("issue W MAIN 1", "WEIGHT_MISSING document.lines[1].issue.goods.weight"),
        ("return W MAIN 1", "WEIGHT_MISSING document.lines[1].return.goods.weight"),
        ("adjust W MAIN -1 lost", "WEIGHT_MISSING document.lines[1].adjust.goods.weight"),
        ("consume W MAIN 1", "WEIGHT_MISSING document.lines[1].consume.goods.weight"),
        ("produce W MAIN 1", "WEIGHT_MISSING document.lines[1].produce.goods.weight"),
        ("receive W MAIN 1 @ weight=0", "QUANTITY_NOT_POSITIVE document.lines[1].receive.goods.weight"),
        ("receive W MAIN 1 @ weight=heavy", "BAD_QUANTITY document.lines[1].receive.goods.weight"),
        ("receive W MAIN 1 @ weight=4.0001", "TOO_MANY_DECIMALS document.lines[1].receive.goods.weight"),
        ("receive W MAIN 2 @ weight=7.999", "WEIGHT_IMPLAUSIBLE document.lines[1].receive.goods.weight"),
        ("receive W MAIN 1 CASE @ weight=72.1", "WEIGHT_IMPLAUSIBLE document.lines[1].receive.goods.weight"),
        ("reserve W MAIN 1 @ weight=5", "WEIGHT_UNEXPECTED document.lines[1].reserve.goods.weight"),
        ("pack line:0 W 1 @ weight=5", "WEIGHT_UNEXPECTED document.lines[1].pack.goods.weight"),
        ("fulfil 1-0 @ weight=-1", "QUANTITY_NOT_POSITIVE document.lines[1].fulfil.weight"),
    ] {
        assert_eq!(say(app, &format!("receive A MAIN 1; {line}")).await, expected, "{line}");
    }
    assert_eq!(head(app).await.unwrap().sequence, 0, "what cannot be judged is not recorded");
}

/// What depends on the goods is judged, recorded and answered with the line.
pub(crate) async fn each_refused_weight_is_named(app: &mut TestApp) {
    let by_lot = Item { tracking: Tracking::Lot.into(), ..weighed("LW", "kg") };
    app.catalog.apply(&CatalogChange { revision: 1000, record: Some(catalog_change::Record::Item(by_lot)) });
    let script = "receive W MAIN 3 @ weight=15; reserve W MAIN 1; receive A MAIN 1; reserve A MAIN 1 | ok
         move W MAIN PICK 1                                     | WEIGHT_MISSING document.lines[0]
         status W MAIN 1 damaged why                            | WEIGHT_MISSING document.lines[0]
         fulfil 1-1                                             | WEIGHT_MISSING document.lines[0]
         fulfil 1-3 @ weight=5                                  | WEIGHT_UNEXPECTED document.lines[0]
         fulfil 1-1 @ weight=6.001                              | WEIGHT_IMPLAUSIBLE document.lines[0].fulfil.weight
         fulfil 1-1 1 @ weight=5.0001                           | TOO_MANY_DECIMALS document.lines[0].fulfil.weight
         receive W PICK 2 @ weight=8; issue W PICK 1 @ weight=6 | ok
         receive W PICK 1 @ weight=4; issue W PICK 1 @ weight=6 | INSUFFICIENT_WEIGHT document.lines[1]
         receive LW MAIN 1 @ lot=A weight=5; receive LW MAIN 1 @ lot=B weight=5 | ok
         issue LW MAIN 2 @ weight=10                            | WEIGHT_OF_SEVERAL document.lines[0]";
    check(app, script).await;
}

pub(crate) async fn weighing_changes_only_without_stock(app: &mut TestApp) {
    let change = |app: &TestApp, revision, item: Item| {
        let record = Some(catalog_change::Record::Item(item));
        app.catalog.apply(&CatalogChange { revision, record });
    };
    assert_eq!(say(app, "receive W MAIN 1 @ weight=5").await, "ok");
    change(app, 1000, item("W"));
    assert_eq!(say(app, "issue W MAIN 1").await, "WEIGHING_CHANGED document.lines[0]");
    change(app, 1001, weighed("W", "lb"));
    assert_eq!(say(app, "issue W MAIN 1 @ weight=5").await, "WEIGHING_CHANGED document.lines[0]");
    change(app, 1002, weighed("W", "kg"));
    assert_eq!(say(app, "issue W MAIN 1 @ weight=5").await, "ok");
    change(app, 1003, item("W"));
    assert_eq!(say(app, "receive W MAIN 1").await, "ok");
    change(app, 1004, weighed("W", "lb"));
    assert_eq!(say(app, "receive W MAIN 1 @ weight=5").await, "WEIGHING_CHANGED document.lines[0]");
}

pub(crate) async fn weight_goes_with_whole_units(app: &mut TestApp) {
    let script = "open PALLET MAIN 106141412345678908; receive W MAIN 2 @ weight=10; pack line:0 W 2 | ok
         shift 106141412345678908 PICK                        | ok
         receive W PICK 1 @ weight=5                             | ok
         shift 106141412345678908 MAIN                        | WEIGHT_MISSING document.lines[0]
         ship 106141412345678908                                 | WEIGHT_MISSING document.lines[0]
         issue W PICK 2 @ weight=9.9 unit=106141412345678908     | ok";
    check(app, script).await;
    assert_eq!(weights(app, "W").await, ["PICK 1 5.1 kg", "5.1 kg"]);
}
