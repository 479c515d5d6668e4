//! Lots, serial numbers, statuses and owners, as callers see them.

use proto::catalog::v1::{Item, Tracking};
use proto::events::v1::{CatalogChange, catalog_change};
use proto::stock::v1::{GetPositionRequest, GetReservationRequest, ListPositionsRequest};

use crate::calls::{in_short, position, post, say};
use crate::fixtures::{document, item};
use crate::outcome::verified;
use crate::test_app::TestApp;

/// Posts documents in turn: `document | answer`.
pub(crate) async fn check(app: &TestApp, script: &str) {
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (text, expected) = line.split_once('|').unwrap();
        assert_eq!(say(app, text.trim()).await, expected.trim(), "{text}");
    }
}

/// `location lot status owner on hand/reserved/available`, a page of two at a time.
pub(crate) async fn listed(app: &TestApp, filter: &str) -> Vec<String> {
    let mut request = ListPositionsRequest {
        warehouse: "BER".into(),
        page_size: 2,
        filter: filter.into(),
        ..ListPositionsRequest::default()
    };
    let mut found = Vec::new();
    loop {
        let page = app.client().list_positions(request.clone()).await.unwrap().into_inner();
        found.extend(
            page.positions
                .iter()
                .map(|p| format!("{} {} {} {} {}", p.location, p.lot, p.status, p.owner, in_short(p))),
        );
        if page.next_page_token.is_empty() {
            return found;
        }
        request.page_token = page.next_page_token;
    }
}

pub(crate) async fn lots_statuses_and_owners_are_told_apart(app: &mut TestApp) {
    let script = "receive L MAIN 5 @ lot=B expiry=2097-01-31                          | ok
         receive L MAIN 3 @ lot=A                                            | ok
         receive L MAIN 2 @ lot=A status=inspection                          | ok
         receive L PICK 4 @ lot=A owner=consignment:ACME                     | ok
         status L MAIN 1 available checked @ lot=A status=inspection         | ok
         own L PICK 1 @ lot=A owner=consignment:ACME                         | ok
         issue L PICK 1 @ lot=A owner=consignment:ACME                       | ok
         issue L MAIN 5 @ lot=A                                              | INSUFFICIENT_AVAILABLE document.lines[0]
         issue L MAIN 1 @ lot=C                                              | UNKNOWN_LOT document.lines[0]
         receive L MAIN 1 @ lot=B expiry=2097-02-01                          | LOT_DIFFERS document.lines[0]";
    check(app, script).await;
    let all = [
        "MAIN A available own 4/0/4",
        "MAIN A inspection own 1/0/0",
        "MAIN B available own 5/0/5",
        "PICK A available own 1/0/1",
        "PICK A available consignment:ACME 2/0/0",
    ];
    assert_eq!(listed(app, "sku = \"L\"").await, all);
    assert_eq!(listed(app, "lot = \"A\" AND status = \"inspection\"").await, &all[1..2]);
    assert_eq!(listed(app, "owner = \"consignment:ACME\"").await, &all[4..]);
    assert_eq!(position(app, "L", "MAIN").await, "10/0/9", "over all goods there");
    let of_lot = GetPositionRequest {
        warehouse: "BER".into(),
        sku: "L".into(),
        location: "MAIN".into(),
        lot: "A".into(),
        ..GetPositionRequest::default()
    };
    let found = app.client().get_position(of_lot).await.unwrap().into_inner().position.unwrap();
    assert_eq!(in_short(&found), "5/0/4");
}

pub(crate) async fn lots_are_chosen_by_expiry_and_survive_a_restart(app: &mut TestApp) {
    app.restart_with(|limits| limits.checkpoint_entries = 3).await;
    let script = "receive L MAIN 5 @ lot=OLD                       | ok
         receive L MAIN 5 @ lot=LATE expiry=2097-06-30    | ok
         receive L MAIN 5 @ lot=SOON expiry=2097-01-31 colour=red | ok
         issue L MAIN 2                                   | ok";
    check(app, script).await;
    let held = post(app, &document("reserve L MAIN 6")).await.unwrap().reservation_ids;
    let [id] = &held[..] else { panic!("one reservation over two lots") };
    let digest = verified(app).await.state_digest;
    for _ in 0..2 {
        let get = GetReservationRequest { warehouse: "BER".into(), reservation_id: id.clone() };
        let found = app.client().get_reservation(get).await.unwrap().into_inner().reservation.unwrap();
        let lots =
            found.lots.iter().map(|part| format!("{} {}", part.lot, part.quantity.as_ref().unwrap().value));
        assert_eq!(lots.collect::<Vec<_>>(), ["SOON 3", "LATE 3"]);
        app.restart().await;
        assert_eq!(verified(app).await.state_digest, digest);
    }
    assert_eq!(say(app, "issue L MAIN 3").await, "ok");
    assert_eq!(say(app, &format!("fulfil {id}")).await, "ok");
    let left =
        ["MAIN LATE available own 0/0/0", "MAIN OLD available own 4/0/4", "MAIN SOON available own 0/0/0"];
    assert_eq!(listed(app, "sku = \"L\"").await, left);
    assert_eq!(say(app, "receive L MAIN 1 @ lot=SOON colour=blue").await, "LOT_DIFFERS document.lines[0]");
}

pub(crate) async fn a_unit_is_in_one_place(app: &mut TestApp) {
    app.restart_with(|limits| limits.checkpoint_entries = 2).await;
    let script = "receive S MAIN 3 @ serials=1,2,3          | ok
         receive S PICK 1 @ serials=3              | DUPLICATE_SERIAL document.lines[0]
         move S MAIN PICK 1 @ serials=3            | ok
         issue S MAIN 1 @ serials=3                | SERIAL_ELSEWHERE document.lines[0]
         issue S MAIN 1 @ serials=9                | UNKNOWN_SERIAL document.lines[0]
         issue S PICK 1 @ serials=3                | ok
         reserve S MAIN 2                          | ok";
    check(app, script).await;
    app.restart().await;
    let script = "fulfil 7-0 1                              | SERIAL_COUNT document.lines[0]
         fulfil 7-0 1 @ serials=2                  | ok
         return S MAIN 1 @ serials=1               | DUPLICATE_SERIAL document.lines[0]
         return S MAIN 1 @ serials=2 status=returned | ok";
    check(app, script).await;
    let here = ["MAIN  available own 1/1/0", "MAIN  returned own 1/0/0", "PICK  available own 0/0/0"];
    assert_eq!(listed(app, "sku = \"S\"").await, here);
}

pub(crate) async fn a_unit_comes_only_as_its_items_are_tracked_now(app: &mut TestApp) {
    let (unit, revisions) = ("106141419999999991", [1000, 1001]);
    let announced = format!("announce PO-1 purchase 2030-03-01 A*10 {unit}*1=10");
    assert_eq!(say(app, &announced).await, "ok");
    let by_lot = Item { tracking: Tracking::Lot.into(), ..item("A") };
    for (revision, now) in revisions.into_iter().zip([by_lot, item("A")]) {
        let is_other = now.tracking != item("A").tracking;
        let record = Some(catalog_change::Record::Item(now));
        app.catalog.apply(&CatalogChange { revision, record });
        let expected =
            if is_other { "TRACKING_CHANGED document.lines[0].receive_unit.handling_unit" } else { "ok" };
        assert_eq!(say(app, &format!("take PO-1 {unit} MAIN")).await, expected);
    }
}

pub(crate) async fn tracking_changes_only_without_stock(app: &mut TestApp) {
    say(app, "receive A MAIN 5").await;
    let by_lot = Item { tracking: Tracking::Lot.into(), ..item("A") };
    let record = Some(catalog_change::Record::Item(by_lot));
    app.catalog.apply(&CatalogChange { revision: 1000, record });
    assert_eq!(say(app, "receive A MAIN 5 @ lot=L1").await, "TRACKING_CHANGED document.lines[0]");
    app.catalog
        .apply(&CatalogChange { revision: 1001, record: Some(catalog_change::Record::Item(item("A"))) });
    assert_eq!(say(app, "issue A MAIN 5").await, "ok");
    let by_lot = Item { tracking: Tracking::Lot.into(), ..item("A") };
    let record = Some(catalog_change::Record::Item(by_lot));
    app.catalog.apply(&CatalogChange { revision: 1002, record });
    assert_eq!(say(app, "receive A MAIN 5 @ lot=L1").await, "ok");
}

/// More than one statement takes.
pub(crate) async fn many_units_leave_between_two_checkpoints(app: &mut TestApp) {
    let numbers = |from: u32, to: u32| (from..to).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
    let all = numbers(0, 1000);
    assert_eq!(
        say(app, &format!("receive S MAIN 1000 @ serials={all}; receive L MAIN 1 @ lot=A")).await,
        "ok"
    );
    app.restart().await;
    assert_eq!(say(app, &format!("issue S MAIN 999 @ serials={}", numbers(0, 999))).await, "ok");
    app.restart().await;
    let script = "receive S PICK 1 @ serials=999            | DUPLICATE_SERIAL document.lines[0]
         issue S MAIN 1 @ serials=0                | UNKNOWN_SERIAL document.lines[0]";
    check(app, script).await;
    assert_eq!(say(app, &format!("receive S PICK 999 @ serials={}", numbers(0, 999))).await, "ok");
    assert_eq!(
        listed(app, "sku = \"S\"").await,
        ["MAIN  available own 1/0/1", "PICK  available own 999/0/999"]
    );
}
