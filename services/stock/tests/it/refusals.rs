use prost_types::Timestamp;
use proto::stock::v1::{Document, GetPositionRequest, PostDocumentRequest};

use crate::calls::{head, position, post, refusal, refused, request, say, short};
use crate::fixtures::document;
use crate::test_app::TestApp;

pub(crate) async fn each_bad_line_is_named(app: &mut TestApp) {
    let long = format!("adjust A MAIN 1 {}", "x".repeat(129));
    for (line, expected) in [
        ("receive X MAIN 1", "UNKNOWN_ITEM document.lines[1].receive.sku"),
        ("issue OLD MAIN 1", "ITEM_RETIRED document.lines[1].issue.sku"),
        ("receive L MAIN 1", "LOT_MISSING document.lines[1].receive.goods.lot"),
        ("move L MAIN PICK 1", "LOT_MISSING document.lines[1].move.goods.lot"),
        ("issue L MAIN 1 @ status=damaged", "LOT_MISSING document.lines[1].issue.goods.lot"),
        ("receive L MAIN 1 @ lot=\u{e4}", "BAD_CODE document.lines[1].receive.goods.lot"),
        ("receive A MAIN 1 @ lot=L1", "LOT_NOT_TRACKED document.lines[1].receive.goods.lot"),
        ("receive A MAIN 1 @ expiry=2027-01-01", "LOT_NOT_TRACKED document.lines[1].receive.lot_facts"),
        (
            "receive L MAIN 1 @ lot=L1 expiry=2027-02-29",
            "BAD_CODE document.lines[1].receive.lot_facts.expiry",
        ),
        ("receive L MAIN 1 @ lot=L1 origin=Germany", "BAD_CODE document.lines[1].receive.lot_facts.origin"),
        ("receive L MAIN 1 @ lot=L1 origin=XX", "BAD_CODE document.lines[1].receive.lot_facts.origin"),
        (
            "produce L MAIN 1 @ lot=L1 expiry=2027-01-31 best_before=2027-02-01",
            "BAD_FIELD document.lines[1].produce.lot_facts.expiry",
        ),
        (
            "receive L MAIN 1 @ lot=L1 made=2027-01-31 best_before=2027-01-30",
            "BAD_FIELD document.lines[1].receive.lot_facts.best_before",
        ),
        ("receive L MAIN 1 @ lot=L1 =x", "BAD_FIELD document.lines[1].receive.lot_facts.attributes"),
        ("receive S MAIN 2 @ serials=1", "SERIAL_COUNT document.lines[1].receive.goods.serials"),
        ("issue S MAIN 1", "SERIAL_COUNT document.lines[1].issue.goods.serials"),
        ("receive S MAIN 2 @ serials=1,1", "SERIAL_COUNT document.lines[1].receive.goods.serials[1]"),
        ("receive S MAIN 1.5 @ serials=1", "SERIAL_FRACTION document.lines[1].receive.goods.serials"),
        ("reserve S MAIN 0.5", "SERIAL_FRACTION document.lines[1].reserve.goods.serials"),
        ("receive S MAIN 1 @ serials=#", "BAD_CODE document.lines[1].receive.goods.serials[0]"),
        ("receive A MAIN 1 @ serials=1", "SERIALS_NOT_TRACKED document.lines[1].receive.goods.serials"),
        ("receive A MAIN 1 @ status=fine", "BAD_STATUS document.lines[1].receive.goods.status"),
        ("reserve A MAIN 1 @ owner=customer:C-1", "BAD_OWNER document.lines[1].reserve.goods.owner"),
        ("status A MAIN 1", "REASON_MISSING document.lines[1].change_status.reason"),
        ("status A MAIN 1 gone why", "BAD_STATUS document.lines[1].change_status.to_status"),
        ("status A MAIN 1 returned why", "ILLEGAL_TRANSITION document.lines[1].change_status.to_status"),
        ("receive A MAIN 1 @ owner=ACME", "BAD_OWNER document.lines[1].receive.goods.owner"),
        ("own A MAIN 1", "NOT_CONSIGNMENT document.lines[1].take_ownership.goods.owner"),
        ("receive A NOWHERE 1", "UNKNOWN_LOCATION document.lines[1].receive.location"),
        ("return A GONE 1", "LOCATION_RETIRED document.lines[1].return.location"),
        ("reserve A CUSTOMER 1", "LOCATION_VIRTUAL document.lines[1].reserve.location"),
        ("move A MAIN NOWHERE 1", "UNKNOWN_LOCATION document.lines[1].move.to_location"),
        ("move A NOWHERE MAIN 1", "UNKNOWN_LOCATION document.lines[1].move.from_location"),
        ("move A MAIN MAIN 1", "SAME_LOCATION document.lines[1].move.to_location"),
        ("receive A MAIN 1 BOX", "UNKNOWN_UNIT document.lines[1].receive.unit"),
        ("receive A MAIN 1.5", "TOO_MANY_DECIMALS document.lines[1].receive.quantity"),
        ("receive A MAIN 0.1 CASE", "QUANTITY_NOT_EXACT document.lines[1].receive.quantity"),
        ("receive A MAIN 0", "QUANTITY_NOT_POSITIVE document.lines[1].receive.quantity"),
        ("issue A MAIN -1", "QUANTITY_NOT_POSITIVE document.lines[1].issue.quantity"),
        ("receive A MAIN 1e3", "BAD_QUANTITY document.lines[1].receive.quantity"),
        ("receive A MAIN", "BAD_QUANTITY document.lines[1].receive.quantity"),
        ("adjust A MAIN 0 why", "QUANTITY_ZERO document.lines[1].adjust.delta"),
        ("adjust A MAIN 1", "REASON_MISSING document.lines[1].adjust.reason"),
        (&long, "TEXT_TOO_LONG document.lines[1].adjust.reason"),
        ("release nonsense", "BAD_RESERVATION_ID document.lines[1].release.reservation_id"),
        ("reverse 0-0", "MOVEMENT_NOT_FOUND document.lines[1].reverse.sequence"),
        ("reverse 1-0", "MOVEMENT_NOT_FOUND document.lines[1].reverse.sequence"),
        ("reverse 1-0 -", "REASON_MISSING document.lines[1].reverse.reason"),
        ("lock never", "BAD_TIME document.lines[1].lock_stock.until"),
        ("lock 9999999999", "BAD_TIME document.lines[1].lock_stock.until"),
        ("fulfil 1-0 0", "QUANTITY_NOT_POSITIVE document.lines[1].fulfil.quantity"),
    ] {
        assert_eq!(say(app, &format!("receive A MAIN 1; {line}")).await, expected, "{line}");
    }
    assert_eq!(head(app).await.unwrap().sequence, 0, "what cannot be judged is not recorded");
}

pub(crate) async fn each_bad_claim_and_rule_is_named(app: &mut TestApp) {
    for (line, expected) in [
        ("reserve A MAIN 1 @ in=-1", "EXPIRES_AT_IN_PAST document.lines[1].reserve.expires_at"),
        ("reserve A MAIN 1 @ in=999999999999999", "BAD_TIME document.lines[1].reserve.expires_at"),
        ("reserve A MAIN 1 @ priority=10", "BAD_FIELD document.lines[1].reserve.priority"),
        ("reserve A MAIN 1 @ pick=9", "BAD_FIELD document.lines[1].reserve.pick"),
        ("issue A MAIN 1 @ pick=-1", "BAD_FIELD document.lines[1].issue.pick"),
        ("reserve A * 1 @ min=tomorrow", "BAD_CODE document.lines[1].reserve.min_expiry"),
        ("issue A MAIN 1 @ needed=2026-02-30", "BAD_CODE document.lines[1].issue.needed_on"),
        ("issue A MAIN 1 @ channel=c", "BAD_CODE document.lines[1].issue.channel"),
        ("reserve S * 2 @ serials=1", "SERIAL_COUNT document.lines[1].reserve.goods.serials"),
        ("reserve S * 1 @ serials=1 may=partial", "BAD_FIELD document.lines[1].reserve.allow_partial"),
        ("reserve S * 1 @ serials=1 may=reallocate", "BAD_FIELD document.lines[1].reserve.reallocate"),
        ("reserve X * 1", "UNKNOWN_ITEM document.lines[1].reserve.sku"),
        ("rule quota X WEB 1", "UNKNOWN_ITEM document.lines[1].set_rule.channel_quota.sku"),
        ("rule quota A * 1", "BAD_CODE document.lines[1].set_rule.channel_quota.channel"),
        ("rule buffer A -1", "QUANTITY_NOT_POSITIVE document.lines[1].set_rule.safety_buffer.quantity"),
        ("rule least A -1", "QUANTITY_NOT_POSITIVE document.lines[1].set_rule.minimum.quantity"),
        ("rule maximum A C-1 1.5", "TOO_MANY_DECIMALS document.lines[1].set_rule.customer_maximum.quantity"),
        ("rule life * 1", "BAD_CODE document.lines[1].set_rule.shelf_life.holder"),
        ("rule counts * yes", "BAD_STATUS document.lines[1].set_rule.status_counts.status"),
        ("rule counts fine yes", "BAD_STATUS document.lines[1].set_rule.status_counts.status"),
        ("rule counts recalled yes", "BAD_STATUS document.lines[1].set_rule.status_counts.status"),
        ("rule counts available no", "BAD_STATUS document.lines[1].set_rule.status_counts.status"),
        ("rule life C-1 36501", "BAD_FIELD document.lines[1].set_rule.shelf_life.days"),
        ("reserve A MAIN 1 @ holder=c", "BAD_CODE document.lines[1].reserve.holder"),
        ("reserve A MAIN 1 @ channel=c", "BAD_CODE document.lines[1].reserve.channel"),
    ] {
        assert_eq!(say(app, &format!("receive A MAIN 1; {line}")).await, expected, "{line}");
    }
    assert_eq!(head(app).await.unwrap().sequence, 0, "what cannot be judged is not recorded");
}

/// What depends on the goods is judged, recorded and answered with the line.
pub(crate) async fn each_refused_promise_is_named(app: &mut TestApp) {
    for text in [
        "receive A MAIN 10; receive S MAIN 3 @ serials=1,2,3; receive L MAIN 5 @ lot=X expiry=2030-01-01",
        "reserve S MAIN 1 @ serials=1; reserve A MAIN 1 @ holder=C-1",
        "rule quota A WEB 4; rule buffer A 2; rule maximum A C-1 3; rule life C-1 30",
    ] {
        assert_eq!(say(app, text).await, "ok", "{text}");
    }
    for (line, expected) in [
        ("reserve A * 11", "INSUFFICIENT_AVAILABLE document.lines[1]"),
        ("reserve A PICK 1 @ may=partial", "INSUFFICIENT_AVAILABLE document.lines[1]"),
        ("reserve A * 9 @ priority=9 may=reallocate channel=WEB", "BUFFER_KEPT document.lines[1]"),
        ("reserve S * 1 @ serials=1", "SERIAL_RESERVED document.lines[1]"),
        ("issue S MAIN 1 @ serials=1", "SERIAL_RESERVED document.lines[1]"),
        ("status S MAIN 1 damaged why @ serials=1", "SERIAL_RESERVED document.lines[1]"),
        ("reserve S * 1 @ serials=9", "UNKNOWN_SERIAL document.lines[1]"),
        ("move A PICK MAIN 1  2-1", "PROMISED_ELSEWHERE document.lines[1]"),
        ("move A PICK MAIN 1  9-1", "RESERVATION_NOT_FOUND document.lines[1]"),
        ("move A PICK MAIN 1  x", "BAD_RESERVATION_ID document.lines[1].move.reservation_id"),
        ("reserve S PICK 1 @ serials=2", "SERIAL_ELSEWHERE document.lines[1]"),
        ("fulfil 2-0 1 @ serials=2", "SERIAL_NOT_RESERVED document.lines[1]"),
        ("issue A MAIN 6", "QUOTA_EXCEEDED document.lines[1]"),
        ("reserve A MAIN 6 @ channel=SHOP", "QUOTA_EXCEEDED document.lines[1]"),
        ("issue A MAIN 4", "BUFFER_KEPT document.lines[1]"),
        ("reserve A MAIN 8 @ channel=WEB", "BUFFER_KEPT document.lines[1]"),
        ("reserve A MAIN 3 @ holder=C-1 channel=WEB", "CUSTOMER_MAXIMUM document.lines[1]"),
        ("issue A MAIN 3 @ partner=C-1 channel=WEB", "CUSTOMER_MAXIMUM document.lines[1]"),
        ("reserve L * 1 @ lot=Y", "UNKNOWN_LOT document.lines[1]"),
        ("reserve L * 1 @ lot=X min=2030-01-02", "EXPIRES_TOO_EARLY document.lines[1]"),
        ("issue L MAIN 1 @ lot=X partner=C-1 needed=2029-12-15", "EXPIRES_TOO_EARLY document.lines[1]"),
        ("issue L MAIN 1 @ partner=C-1 needed=2029-12-15", "INSUFFICIENT_AVAILABLE document.lines[1]"),
        ("reserve A MAIN 1 @ status=damaged", "STATUS_NOT_AVAILABLE document.lines[1]"),
        ("receive A MAIN 1 @ status=damaged; rule counts damaged yes", "STATUS_IN_USE document.lines[2]"),
        ("release 1-0", "RESERVATION_NOT_FOUND document.lines[1]"),
        ("release 2-1 2", "RESERVATION_EXCEEDED document.lines[1]"),
    ] {
        assert_eq!(say(app, &format!("receive F MAIN 1; {line}")).await, expected, "{line}");
    }
    assert_eq!(position(app, "F", "MAIN").await, "0/0/0");
}

pub(crate) async fn each_bad_document_is_named(app: &mut TestApp) {
    let good = document("receive A MAIN 1");
    let now = rpc::clock::now().parts().0;
    let at = |seconds| Document { effective_at: Some(Timestamp { seconds, nanos: 0 }), ..good.clone() };
    let with_id = |id: &str| Document { request_id: id.into(), ..good.clone() };
    let no_action = Document { lines: vec![proto::stock::v1::DocumentLine::default()], ..good.clone() };
    for (document, expected) in [
        (with_id(""), "REQUEST_ID_MISSING document.request_id"),
        (with_id("17"), "REQUEST_ID_MALFORMED document.request_id"),
        (with_id("6f2c1c5e-8f0a-8f7e-9d5b-0a1b2c3d4e5f"), "REQUEST_ID_MALFORMED document.request_id"),
        (Document { lines: vec![], ..good.clone() }, "NO_LINES document.lines"),
        (document(&vec!["receive A MAIN 1"; 1001].join(";")), "TOO_MANY_LINES document.lines"),
        (no_action, "NO_ACTION document.lines[0].action"),
        (Document { reference: "x".repeat(129), ..good.clone() }, "TEXT_TOO_LONG document.reference"),
        (Document { pass_lock: true, ..good.clone() }, "PERMISSION document.pass_lock"),
        (at(now + 3600), "EFFECTIVE_AT_IN_FUTURE document.effective_at"),
        (at(now - 86_400 * 10_951), "EFFECTIVE_AT_TOO_OLD document.effective_at"),
        (at(i64::MAX), "EFFECTIVE_AT_IN_FUTURE document.effective_at"),
        (at(-1), "EFFECTIVE_AT_TOO_OLD document.effective_at"),
    ] {
        assert_eq!(short(&post(app, &document).await), expected);
    }
    let huge = Document { reference: "x".repeat(5 << 20), ..good.clone() };
    assert!(short(&post(app, &huge).await).starts_with("MESSAGE_TOO_LARGE"));
    assert_eq!(head(app).await.unwrap().sequence, 0);
    let late = at(now - 86_400 * 10_949);
    assert_eq!(post(app, &late).await.unwrap().effective_at, late.effective_at, "kept as it was given");
}

pub(crate) async fn each_bad_warehouse_is_named(app: &mut TestApp) {
    for (warehouse, expected) in [
        ("XXX", "UNKNOWN_WAREHOUSE warehouse"),
        ("OTHER", "WAREHOUSE_NOT_SERVED warehouse"),
        ("not a code", "BAD_CODE warehouse"),
    ] {
        let to = PostDocumentRequest { warehouse: warehouse.into(), ..request(&document("issue A MAIN 1")) };
        assert_eq!(refused(app.client().post_document(to).await), expected);
        let get = GetPositionRequest { warehouse: warehouse.into(), ..GetPositionRequest::default() };
        assert_eq!(refused(app.client().get_position(get).await), expected);
    }
    let nothing = PostDocumentRequest { document: None, ..request(&document("issue A MAIN 1")) };
    assert_eq!(refused(app.client().post_document(nothing).await), "BAD_FIELD document");
}

pub(crate) async fn quantities_stay_exact(app: &mut TestApp) {
    let most = "999999999999999999";
    assert_eq!(say(app, &format!("receive F MAIN {most}")).await, "ok");
    assert_eq!(say(app, "receive F MAIN 0.000000001").await, "ok");
    assert_eq!(position(app, "F", "MAIN").await, format!("{most}.000000001/0/{most}.000000001"));
    assert_eq!(say(app, "receive F MAIN 5").await, "QUANTITY_OVERFLOW document.lines[0]");
    assert_eq!(
        say(app, "receive F MAIN 0.0000000001").await,
        "TOO_MANY_DECIMALS document.lines[0].receive.quantity"
    );
}

/// What the event log would not take: it would stop all that comes after it. What follows goes out, as is checked after each test.
pub(crate) async fn a_document_too_large_is_refused(app: &mut TestApp) {
    let number = |line: u32, n: u32| format!("{:020}", line * 1000 + n);
    let receipt = |line: u32| {
        let serials: Vec<_> = (0..1000).map(|n| number(line, n)).collect();
        format!("receive S MAIN 1000 @ serials={}", serials.join(","))
    };
    let lines: Vec<_> = (0..40).map(receipt).collect();
    let large = document(&lines.join(";"));
    let validate = PostDocumentRequest { validate_only: true, ..request(&large) };
    assert_eq!(refused(app.client().post_document(validate).await), "DOCUMENT_TOO_LARGE document.lines[39]");
    for _ in 0..2 {
        let error = post(app, &large).await.unwrap_err();
        assert_eq!(refusal(&error), "DOCUMENT_TOO_LARGE document.lines[39]");
        let told = ["limit", "max", "sequence"].map(|name| error.metadata[name].as_str());
        assert_eq!(told, ["bytes", "524288", "1"]);
        app.restart().await;
    }
    assert_eq!(say(app, &lines[..10].join(";")).await, "ok");
    assert_eq!(position(app, "S", "MAIN").await, "10000/0/10000");
}
