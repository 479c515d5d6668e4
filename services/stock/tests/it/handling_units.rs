//! Handling units, as callers see them. In documents: `range PREFIX DIGIT NEXT LAST`, `open KIND LOCATION [SSCC]`,
//! `pack UNIT SKU QUANTITY [UNIT OF MEASURE]`, `unpack UNIT [SKU QUANTITY]`, `nest UNIT [PARENT]`, `shift UNIT LOCATION`, `ship UNIT`,
//! `close UNIT`.

use proto::common::v1::Decimal;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{
    CloseUnit, GetHandlingUnitRequest, GetNumberRangeRequest, Goods, HandlingUnit, InterpretScanRequest,
    ListHandlingUnitsRequest, MoveUnit, Nest, OpenUnit, Pack, ScanAction, ScanContext, SetNumberRange,
    ShipUnit, Unpack,
};

use crate::calls::{position, post, refused, say};
use crate::fixtures::document;
use crate::outcome::verified;
use crate::test_app::TestApp;

/// The first two numbers of the range `7610425 3 0`.
const FIRST: &str = "376104250000000000";
const SECOND: &str = "376104250000000017";
/// A supplier's.
const GIVEN: &str = "106141412345678908";

/// One line about a handling unit.
pub(crate) fn action(words: &[&str], goods: Option<Goods>) -> Action {
    let word = |n: usize| words.get(n).copied().unwrap_or_default().to_owned();
    let whole = |n: usize| words.get(n).map_or(0, |text| text.parse().unwrap());
    let quantity = words.get(3).map(|text| Decimal { value: (*text).into() });
    let handling_unit = word(1);
    match words[0] {
        "range" => Action::SetNumberRange(SetNumberRange {
            company_prefix: word(1),
            extension_digit: u32::try_from(whole(2)).unwrap(),
            next: whole(3),
            last: whole(4),
        }),
        "open" => Action::OpenUnit(OpenUnit { kind: word(1), location: word(2), handling_unit: word(3) }),
        "pack" => Action::Pack(Pack { handling_unit, sku: word(2), quantity, unit: word(4), goods }),
        "unpack" => Action::Unpack(Unpack { handling_unit, sku: word(2), quantity, unit: word(4), goods }),
        "nest" => Action::Nest(Nest { handling_unit, parent: word(2) }),
        "shift" => Action::MoveUnit(MoveUnit { handling_unit, to_location: word(2) }),
        "ship" => Action::ShipUnit(ShipUnit {
            handling_unit,
            partner: word(2),
            channel: word(3),
            reservation_ids: words.iter().skip(4).map(|id| (*id).to_owned()).collect(),
            ..ShipUnit::default()
        }),
        "close" => Action::CloseUnit(CloseUnit { handling_unit }),
        other => panic!("{other:?} is no command"),
    }
}

async fn check(app: &TestApp, script: &str) {
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (text, expected) = line.split_once('|').unwrap();
        assert_eq!(say(app, text.trim()).await, expected.trim(), "{text}");
    }
}

/// `KIND LOCATION parent [nested]: QUANTITY SKU LOT STATUS OWNER SERIALS; …`
fn in_words(unit: &HandlingUnit) -> String {
    let content = |content: &proto::stock::v1::HandlingUnitContent| {
        let quantity = content.quantity.as_ref().map_or("", |quantity| quantity.value.as_str());
        let words = [&content.sku, &content.lot, &content.status, &content.owner];
        let words = words.into_iter().filter(|word| !word.is_empty()).chain(&content.serials);
        words.fold(quantity.to_owned(), |text, word| format!("{text} {word}"))
    };
    let contents: Vec<_> = unit.contents.iter().map(content).collect();
    let (kind, location, parent) = (&unit.kind, &unit.location, &unit.parent);
    format!("{kind} {location} {parent} {:?}: {}", unit.nested, contents.join("; "))
}

async fn show(app: &TestApp, sscc: &str, as_of_sequence: u64) -> String {
    let request =
        GetHandlingUnitRequest { warehouse: "BER".into(), handling_unit: sscc.into(), as_of_sequence };
    match app.client().get_handling_unit(request).await {
        Ok(found) => in_words(&found.into_inner().handling_unit.unwrap()),
        Err(status) => refused::<()>(Err(status)),
    }
}

pub(crate) async fn promised_goods_are_moved_and_shipped_with_their_promise(app: &mut TestApp) {
    assert_eq!(say(app, "range 7610425 3 0").await, "ok");
    let text = "open PALLET MAIN; receive A MAIN 5 @ unit=line:0; receive L MAIN 3 @ lot=X";
    assert_eq!(post(app, &document(text)).await.unwrap().handling_units, [FIRST]);
    let script = format!(
        "reserve A MAIN 4                                 | ok
         reserve L MAIN 2                                 | ok
         move L MAIN PICK 3 @ lot=X                       | INSUFFICIENT_AVAILABLE document.lines[0]
         move L MAIN PICK 2  4-0                          | ok
         move L MAIN PICK 1  4-0                          | PROMISED_ELSEWHERE document.lines[0]
         pack {FIRST} L 2 @ lot=X                         | INSUFFICIENT_AVAILABLE document.lines[0]
         shift {FIRST} PICK                               | ok
         pack {FIRST} L 2 @ lot=X                         | ok
         ship {FIRST}                                     | INSUFFICIENT_AVAILABLE document.lines[0]
         ship {FIRST}   9-9                               | RESERVATION_NOT_FOUND document.lines[0]
         ship {FIRST}   3-0 4                             | BAD_RESERVATION_ID document.lines[0].ship_unit.reservation_ids[1]
         reserve L MAIN 1                                 | ok
         ship {FIRST}   13-0                              | PROMISED_ELSEWHERE document.lines[0]"
    );
    check(app, &script).await;
    assert_eq!(position(app, "A", "PICK").await, "5/4/1");
    assert_eq!(position(app, "L", "PICK").await, "2/2/0");
    assert_eq!(say(app, &format!("ship {FIRST}   3-0 4-0")).await, "ok");
    assert_eq!(position(app, "A", "PICK").await, "0/0/0");
    assert_eq!(position(app, "L", "PICK").await, "0/0/0");
    assert_eq!(position(app, "L", "MAIN").await, "1/1/0");
    assert_eq!(say(app, "release 3-0").await, "RESERVATION_NOT_FOUND document.lines[0]");
}

pub(crate) async fn goods_are_packed_moved_and_shipped(app: &mut TestApp) {
    assert_eq!(say(app, "range 7610425 3 0").await, "ok");
    let text = "open PALLET MAIN; open BOX MAIN; nest line:1 line:0; receive A MAIN 2 CASE; pack line:0 A 1 CASE; \
                receive S MAIN 2 @ serials=1,2 unit=line:1; receive L MAIN 3 @ lot=X unit=line:1";
    let receipt = post(app, &document(text)).await.unwrap();
    assert_eq!(receipt.handling_units, [FIRST, SECOND]);
    assert_eq!(show(app, FIRST, 0).await, format!("PALLET MAIN  [{SECOND:?}]: 12 A available own"));
    let inner = "3 L X available own; 2 S available own 1 2";
    assert_eq!(show(app, SECOND, 0).await, format!("BOX MAIN {FIRST} []: {inner}"));
    let script = format!(
        "issue A MAIN 13                                  | PACKED_IN_UNIT document.lines[0]
         issue S MAIN 1 @ serials=2                       | PACKED_IN_UNIT document.lines[0]
         issue L MAIN 1                                   | PACKED_IN_UNIT document.lines[0]
         issue L MAIN 1 @ unit={SECOND}                   | ok
         status L MAIN 2 quarantine seen @ lot=X unit={SECOND} | ok
         shift {FIRST} PICK                               | ok
         ship {FIRST}                                     | INSUFFICIENT_AVAILABLE document.lines[0]
         unpack {SECOND} L 2 @ lot=X status=quarantine    | ok
         ship {FIRST}                                     | ok"
    );
    check(app, &script).await;
    assert_eq!(position(app, "A", "MAIN").await, "12/0/12");
    for (sku, left) in [("A", "0/0/0"), ("S", "0/0/0"), ("L", "2/0/0")] {
        assert_eq!(position(app, sku, "PICK").await, left, "{sku}");
    }
    assert_eq!(show(app, FIRST, 0).await, "HANDLING_UNIT_NOT_FOUND handling_unit");
    assert_eq!(show(app, SECOND, 2).await, format!("BOX MAIN {FIRST} []: {inner}"), "as it was");
}

pub(crate) async fn units_survive_a_restart(app: &mut TestApp) {
    app.restart_with(|limits| limits.checkpoint_entries = 2).await;
    let script = format!(
        "range 7610425 3 0 3; open PALLET MAIN; open BOX MAIN; open BOX MAIN {GIVEN} | ok
         receive S MAIN 3 @ serials=1,2,3 unit={SECOND}   | ok
         receive A MAIN 5; pack {FIRST} A 4; pack {GIVEN} A 1 | ok
         nest {SECOND} {FIRST}; shift {FIRST} PICK        | ok
         unpack {GIVEN}; close {GIVEN}                    | ok
         unpack {SECOND} S 1 @ serials=2                  | ok
         range 4012345 0 5 9                              | ok"
    );
    check(app, &script).await;
    let digest = verified(app).await.state_digest;
    for _ in 0..2 {
        app.restart().await;
        assert_eq!(verified(app).await.state_digest, digest);
        assert_eq!(show(app, SECOND, 0).await, format!("BOX PICK {FIRST} []: 2 S available own 1 3"));
        let script = format!(
            "open BOX MAIN {GIVEN}                        | SSCC_REUSED document.lines[0]
             open BOX MAIN {FIRST}                        | SSCC_REUSED document.lines[0]
             issue S PICK 1 @ serials=1                   | PACKED_IN_UNIT document.lines[0]
             issue A PICK 1                               | PACKED_IN_UNIT document.lines[0]
             range 7610425 3 1                            | NUMBER_RANGE_TAKEN document.lines[0]
             issue S PICK 1 @ serials=2; return S PICK 1 @ serials=2 | ok"
        );
        check(app, &script).await;
    }
    let receipt = post(app, &document("open BOX MAIN")).await.unwrap();
    assert_eq!(receipt.handling_units, ["040123450000000054"]);
    let range = GetNumberRangeRequest { warehouse: "BER".into() };
    let range = app.client().get_number_range(range).await.unwrap().into_inner().number_range.unwrap();
    assert_eq!((range.company_prefix.as_str(), range.next, range.last, range.left), ("4012345", 6, 9, 4));
}

pub(crate) async fn an_answer_with_units_is_remembered(app: &mut TestApp) {
    let open = document("range 7610425 3 0 9; open BOX MAIN; open BOX MAIN");
    let first = post(app, &open).await.unwrap();
    assert_eq!(say(app, "open BOX MAIN; issue A MAIN 1").await, "INSUFFICIENT_AVAILABLE document.lines[1]");
    for _ in 0..2 {
        let again = post(app, &open).await.unwrap();
        assert_eq!((again.handling_units, again.remembered), (vec![FIRST.into(), SECOND.into()], true));
        app.restart().await;
    }
    assert_eq!(first.handling_units, [FIRST, SECOND]);
    let next = post(app, &document("open BOX MAIN")).await.unwrap();
    assert_eq!(next.handling_units, ["376104250000000024"], "a refused document takes no number");
}

pub(crate) async fn refusals_have_their_reasons(app: &mut TestApp) {
    let many: Vec<String> = (0..1001).map(|n| format!("open BOX MAIN;nest line:{} {FIRST}", 2 * n)).collect();
    let script = format!(
        "open BOX MAIN                                    | NUMBER_RANGE_EXHAUSTED document.lines[0]
         range 7610425 3 0; open PALLET MAIN; open BOX PICK | ok
         range 7610425 3 1                                | NUMBER_RANGE_TAKEN document.lines[0]
         range 76104251 3 1                               | NUMBER_RANGE_TAKEN document.lines[0]
         open BOX MAIN {FIRST}                            | SSCC_REUSED document.lines[0]
         pack {GIVEN} A 1                                 | HANDLING_UNIT_NOT_FOUND document.lines[0]
         shift line:0 PICK                                | HANDLING_UNIT_NOT_FOUND document.lines[0]
         pack {FIRST} A 1                                 | INSUFFICIENT_AVAILABLE document.lines[0]
         receive A MAIN 1 @ unit={SECOND}                 | HANDLING_UNIT_ELSEWHERE document.lines[0]
         nest {FIRST} {SECOND}                            | HANDLING_UNIT_ELSEWHERE document.lines[0]
         nest {FIRST} {FIRST}                             | BAD_NESTING document.lines[0]
         receive A MAIN 1 @ unit={FIRST}                  | ok
         unpack {FIRST} A 2                               | INSUFFICIENT_IN_UNIT document.lines[0]
         issue A MAIN 1                                   | PACKED_IN_UNIT document.lines[0]
         close {FIRST}                                    | HANDLING_UNIT_NOT_EMPTY document.lines[0]
         reserve A MAIN 1; ship {FIRST}                   | INSUFFICIENT_AVAILABLE document.lines[1]
         {}                                               | ok
         {}                                               | ok
         {}                                               | HANDLING_UNIT_TOO_LARGE document.lines[3]",
        many[..500].join(";"),
        many[..499].join(";"),
        many[..2].join(";"),
    );
    check(app, &script).await;
}

pub(crate) async fn each_bad_unit_line_is_named(app: &mut TestApp) {
    for (line, expected) in [
        ("range 123 3 0", "BAD_CODE document.lines[1].set_number_range.company_prefix"),
        ("range 7610425 10 0", "BAD_FIELD document.lines[1].set_number_range.extension_digit"),
        ("range 7610425 3 0 1000000000", "BAD_FIELD document.lines[1].set_number_range.last"),
        ("range 7610425 3 6 5", "BAD_FIELD document.lines[1].set_number_range.next"),
        ("open BOX MAIN 376104250000000001", "BAD_CODE document.lines[1].open_unit.handling_unit"),
        ("open box MAIN", "BAD_CODE document.lines[1].open_unit.kind"),
        ("open BOX NOWHERE", "UNKNOWN_LOCATION document.lines[1].open_unit.location"),
        ("open BOX CUSTOMER", "LOCATION_VIRTUAL document.lines[1].open_unit.location"),
        ("pack 17 A 1", "BAD_CODE document.lines[1].pack.handling_unit"),
        ("pack line:x A 1", "BAD_CODE document.lines[1].pack.handling_unit"),
        ("pack line:0 X 1", "UNKNOWN_ITEM document.lines[1].pack.sku"),
        ("pack line:0 A 0", "QUANTITY_NOT_POSITIVE document.lines[1].pack.quantity"),
        ("pack line:0 A 1 BOX", "UNKNOWN_UNIT document.lines[1].pack.unit"),
        ("pack line:0 L 1", "LOT_MISSING document.lines[1].pack.goods.lot"),
        ("pack line:0 S 1", "SERIAL_COUNT document.lines[1].pack.goods.serials"),
        ("unpack  A 1", "BAD_CODE document.lines[1].unpack.handling_unit"),
        ("unpack line:0 A 1 @ unit=line:0", "BAD_FIELD document.lines[1].unpack.goods.handling_unit"),
        ("unpack line:0 @ lot=X", "BAD_FIELD document.lines[1].unpack.sku"),
        ("nest line:0 x", "BAD_CODE document.lines[1].nest.parent"),
        ("shift line:0 GONE", "LOCATION_RETIRED document.lines[1].move_unit.to_location"),
        ("ship x", "BAD_CODE document.lines[1].ship_unit.handling_unit"),
        ("close x", "BAD_CODE document.lines[1].close_unit.handling_unit"),
        ("receive A MAIN 1 @ unit=x", "BAD_CODE document.lines[1].receive.goods.handling_unit"),
        ("reserve A MAIN 1 @ unit=line:0", "BAD_FIELD document.lines[1].reserve.goods.handling_unit"),
    ] {
        assert_eq!(say(app, &format!("receive A MAIN 1; {line}")).await, expected, "{line}");
    }
    let get =
        GetHandlingUnitRequest { warehouse: "BER".into(), handling_unit: "x".into(), as_of_sequence: 0 };
    assert_eq!(refused(app.client().get_handling_unit(get).await), "BAD_CODE handling_unit");
}

pub(crate) async fn a_scanned_unit_is_found(app: &mut TestApp) {
    check(app, "range 7610425 3 0; open PALLET PICK; receive A PICK 3 @ unit=line:1 | ok").await;
    let scan = async |warehouse: &str, text: &str, context: ScanContext| {
        let (warehouse, text) = (warehouse.into(), text.into());
        let request = InterpretScanRequest { text, warehouse, context: context.into() };
        let answer = app.scanner().interpret_scan(request).await.unwrap().into_inner();
        let unit = answer.interpretation.unwrap().unit_here.map(|unit| in_words(&unit));
        let next: Vec<_> = answer.next_actions.iter().map(proto::stock::v1::ScanNextAction::action).collect();
        (unit, next)
    };
    let here = Some("PALLET PICK  []: 3 A available own".to_owned());
    let label = format!("]C100{FIRST}");
    for (warehouse, context, expected) in [
        ("BER", ScanContext::Moving, (here.clone(), vec![ScanAction::Move])),
        ("BER", ScanContext::Picking, (here, vec![ScanAction::Issue, ScanAction::Unpack])),
        ("OTHER", ScanContext::Moving, (None, vec![ScanAction::Move])),
        ("", ScanContext::Receiving, (None, vec![ScanAction::Receive])),
    ] {
        assert_eq!(scan(warehouse, &label, context).await, expected, "{warehouse} {context:?}");
    }
    assert_eq!(scan("BER", SECOND, ScanContext::Receiving).await, (None, vec![ScanAction::Receive]));
}

pub(crate) async fn units_are_listed_page_by_page(app: &mut TestApp) {
    let script = format!(
        "range 7610425 3 0; open PALLET MAIN; open BOX MAIN; open BOX PICK; open PALLET MAIN {GIVEN} | ok
         receive A MAIN 1 @ unit={SECOND}; nest {SECOND} {FIRST} | ok"
    );
    check(app, &script).await;
    let third = "376104250000000024";
    for (filter, sku, expected) in [
        ("", "", vec![GIVEN, FIRST, SECOND, third]),
        ("location = \"MAIN\" AND kind = \"PALLET\"", "", vec![GIVEN, FIRST]),
        ("parent = \"376104250000000000\"", "", vec![SECOND]),
        ("parent = \"\" AND kind = \"BOX\"", "", vec![third]),
        ("handling_unit = \"376104250000000017\"", "", vec![SECOND]),
        ("", "A", vec![SECOND]),
        ("kind = \"PALLET\"", "A", vec![]),
    ] {
        let mut request = ListHandlingUnitsRequest {
            warehouse: "BER".into(),
            page_size: 1,
            filter: filter.into(),
            sku: sku.into(),
            ..ListHandlingUnitsRequest::default()
        };
        let mut found = Vec::new();
        loop {
            let page = app.client().list_handling_units(request.clone()).await.unwrap().into_inner();
            assert!(page.handling_units.iter().all(|unit| unit.contents.is_empty()));
            found.extend(
                page.handling_units.into_iter().map(|unit| (unit.handling_unit, unit.contents_count)),
            );
            if page.next_page_token.is_empty() {
                break;
            }
            request.page_token = page.next_page_token;
        }
        let expected: Vec<_> =
            expected.into_iter().map(|sscc| (sscc.to_owned(), u32::from(sscc == SECOND))).collect();
        assert_eq!(found, expected, "{filter} {sku}");
    }
    let bad = ListHandlingUnitsRequest {
        warehouse: "BER".into(),
        filter: "colour = \"red\"".into(),
        ..ListHandlingUnitsRequest::default()
    };
    assert_eq!(refused(app.client().list_handling_units(bad).await), "BAD_FILTER filter");
}
