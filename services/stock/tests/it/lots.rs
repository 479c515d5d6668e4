//! What is known of lots and units, read back.

use proto::stock::v1::{
    GetLotRequest, GetLotResponse, ListLotsRequest, ListSerialsRequest, Lot, LotFacts, LotQuantity,
};

use crate::calls::{refused, say};
use crate::test_app::TestApp;
use crate::tracking::check;

fn of(lot: &str, as_of_sequence: u64) -> GetLotRequest {
    GetLotRequest { warehouse: "BER".into(), sku: "L".into(), lot: lot.into(), as_of_sequence }
}

async fn get(app: &TestApp, lot: &str, as_of_sequence: u64) -> GetLotResponse {
    app.client().get_lot(of(lot, as_of_sequence)).await.unwrap().into_inner()
}

/// `status owner on hand/reserved`.
fn in_short(answer: &GetLotResponse) -> Vec<String> {
    let value = |decimal: &Option<proto::common::v1::Decimal>| decimal.as_ref().unwrap().value.clone();
    let row = |row: &LotQuantity| {
        format!("{} {} {}/{}", row.status, row.owner, value(&row.on_hand), value(&row.reserved))
    };
    answer.quantities.iter().map(row).collect()
}

/// `lot sequence expiry`.
fn known(lot: &Lot) -> String {
    let expiry = lot.facts.as_ref().map_or("", |facts| &facts.expiry);
    format!("{} {} {expiry}", lot.lot, lot.received_sequence).trim_end().to_owned()
}

async fn lots(app: &TestApp, page_size: i32, as_of_sequence: u64) -> Vec<String> {
    let (warehouse, sku, page_token) = ("BER".into(), "L".into(), String::new());
    let mut request = ListLotsRequest { warehouse, sku, page_size, page_token, as_of_sequence };
    let mut found = Vec::new();
    loop {
        let page = app.client().list_lots(request.clone()).await.unwrap().into_inner();
        found.extend(page.lots.iter().map(known));
        if page.next_page_token.is_empty() {
            return found;
        }
        request.page_token = page.next_page_token;
    }
}

/// `serial location status owner`.
async fn units(app: &TestApp, page_size: i32, location: &str, as_of_sequence: u64) -> Vec<String> {
    let mut request = ListSerialsRequest { page_size, as_of_sequence, ..units_at(location) };
    let mut found = Vec::new();
    loop {
        let page = app.client().list_serials(request.clone()).await.unwrap().into_inner();
        found.extend(
            page.serials.iter().map(|u| format!("{} {} {} {}", u.serial, u.location, u.status, u.owner)),
        );
        if page.next_page_token.is_empty() {
            return found;
        }
        request.page_token = page.next_page_token;
    }
}

fn units_at(location: &str) -> ListSerialsRequest {
    let (warehouse, sku, location) = ("BER".into(), "S".into(), location.into());
    ListSerialsRequest { warehouse, sku, location, ..ListSerialsRequest::default() }
}

pub(crate) async fn what_was_told_of_a_lot_is_read_back(app: &mut TestApp) {
    app.restart_with(|limits| limits.checkpoint_entries = 3).await;
    let script = "receive L MAIN 5 @ lot=B expiry=2097-01-31 colour=red | ok
         receive L PICK 2 @ lot=B                                        | ok
         receive L PICK 4 @ lot=B owner=consignment:ACME                 | ok
         receive L MAIN 3 @ lot=A                                        | ok
         receive L MAIN 1 @ lot=B status=inspection                      | ok
         receive L MAIN 1 @ lot=C                                        | ok
         reserve L PICK 1 @ lot=B                                        | ok
         issue L MAIN 1 @ lot=C                                          | ok";
    check(app, script).await;
    let all = ["available own 7/1", "available consignment:ACME 4/0", "inspection own 1/0"];
    for _ in 0..2 {
        let found = get(app, "B", 0).await;
        let facts = LotFacts {
            expiry: "2097-01-31".into(),
            attributes: [("colour".into(), "red".into())].into(),
            ..LotFacts::default()
        };
        let (sku, lot) = ("L".into(), "B".into());
        assert_eq!(found.lot, Some(Lot { sku, lot, facts: Some(facts), received_sequence: 1 }));
        assert_eq!((in_short(&found), found.as_of_sequence), (all.map(str::to_owned).to_vec(), 8));
        assert_eq!(in_short(&get(app, "B", 2).await), ["available own 7/0"]);
        assert!(get(app, "C", 0).await.quantities.is_empty(), "all of it is gone");
        for size in [0, 1, 2] {
            assert_eq!(lots(app, size, 0).await, ["A 4", "B 1 2097-01-31", "C 6"], "pages of {size}");
        }
        assert_eq!(lots(app, 0, 3).await, ["B 1 2097-01-31"]);
        app.restart().await;
    }
    assert_eq!(refused(app.client().get_lot(of("A", 3)).await), "UNKNOWN_LOT lot");
    assert_eq!(refused(app.client().get_lot(of("", 0)).await), "BAD_CODE lot");
    assert_eq!(refused(app.client().get_lot(of("B", 99)).await), "AS_OF_IN_FUTURE as_of_sequence");
    let unknown = GetLotRequest { sku: "NOPE".into(), ..of("B", 0) };
    assert_eq!(refused(app.client().get_lot(unknown).await), "UNKNOWN_ITEM sku");
}

pub(crate) async fn serial_numbers_are_listed_page_by_page(app: &mut TestApp) {
    let script = "receive S MAIN 3 @ serials=10,2,3                 | ok
         receive S PICK 1 @ serials=1 status=damaged                 | ok
         move S MAIN PICK 1 @ serials=3                              | ok";
    check(app, script).await;
    let all = ["1 PICK damaged own", "10 MAIN available own", "2 MAIN available own", "3 PICK available own"];
    for size in [0, 1, 3, 4] {
        assert_eq!(units(app, size, "", 0).await, all, "pages of {size}");
    }
    assert_eq!(units(app, 1, "PICK", 0).await, [all[0], all[3]]);
    assert_eq!(say(app, "issue S PICK 1 @ serials=3").await, "ok");
    assert_eq!(units(app, 0, "PICK", 0).await, &all[..1]);
    assert_eq!(units(app, 0, "PICK", 3).await, [all[0], all[3]]);
    assert_eq!(refused(app.client().list_serials(units_at("NOPE")).await), "UNKNOWN_LOCATION location");
    let unknown = ListSerialsRequest { sku: "NOPE".into(), ..units_at("") };
    assert_eq!(refused(app.client().list_serials(unknown).await), "UNKNOWN_ITEM sku");
}
