//! Lots that are taken out of use by their date or by a recall, and production, as callers see them.

use proto::catalog::v1::{Recall, RecallState, Warehouse};
use proto::events::v1::{CatalogChange, JournalEntry, ReleaseCause, catalog_change, fact, journal_entry};
use proto::stock::v1::TailJournalRequest;
use stock_core::{Fact, MovementKind, Outcome, decode_entry};

use crate::calls::{head, post, read_journal, say};
use crate::fixtures::document;
use crate::outcome::verified;
use crate::test_app::TestApp;
use crate::tracking::{check, listed};

/// A place where the day is always at least one further than at [`WEST`].
const EAST: &str = "Pacific/Kiritimati";
const WEST: &str = "Etc/GMT+12";

/// Waits until the journal has an entry of this sequence, and says what it is.
async fn entry_at(app: &TestApp, sequence: u64) -> JournalEntry {
    let from = TailJournalRequest { warehouse: "BER".into(), after_sequence: sequence - 1 };
    let mut tail = app.journal().tail_journal(from).await.unwrap().into_inner();
    let next = async { tail.message().await.unwrap().unwrap().records.remove(0) };
    let record =
        tokio::time::timeout(std::time::Duration::from_secs(30), next).await.expect("it comes in time");
    assert_eq!(record.sequence, sequence);
    prost::Message::decode(&*record.entry).unwrap()
}

fn warehouse_in(time_zone: &str, revision: u64) -> CatalogChange {
    let warehouse = Warehouse { code: "BER".into(), time_zone: time_zone.into(), ..Warehouse::default() };
    CatalogChange { revision, record: Some(catalog_change::Record::Warehouse(warehouse)) }
}

fn recall_of(lot: &str, state: RecallState, revision: u64) -> CatalogChange {
    let recall = Recall {
        sku: "L".into(),
        lot: lot.into(),
        reason: "glass".into(),
        state: state.into(),
        ..Recall::default()
    };
    CatalogChange { revision, record: Some(catalog_change::Record::Recall(recall)) }
}

/// Today at a place, as it is written on a label.
fn today_at(time_zone: &str) -> String {
    let zone = jiff::tz::TimeZone::get(time_zone).unwrap();
    let now = jiff::Timestamp::from_microsecond(rpc::clock::now().micros()).unwrap();
    now.to_zoned(zone).date().to_string()
}

/// The midnight of the warehouse decides: what may still be used today in the west is of yesterday in the east.
pub(crate) async fn a_lot_expires_at_the_midnight_of_its_warehouse(app: &mut TestApp) {
    app.catalog.apply(&warehouse_in(WEST, 1000));
    let today = today_at(WEST);
    let script = format!(
        "receive L MAIN 5 @ lot=A expiry={today}              | ok
         receive L PICK 2 @ lot=A status=inspection           | ok
         receive L PICK 3 @ lot=A status=quarantine           | ok
         receive L MAIN 4 @ lot=B expiry=2097-01-01           | ok
         reserve L MAIN 2 @ lot=A                             | ok"
    );
    check(app, &script).await;
    app.restart().await;
    assert_eq!(head(app).await.unwrap().sequence, 5, "its last day is not over");
    app.catalog.apply(&warehouse_in(EAST, 1001));
    let held = entry_at(app, 6).await;
    assert_eq!(held.reference, "hold expired");
    let Some(journal_entry::Outcome::Posted(posted)) = held.outcome else { panic!("accepted") };
    let Some(fact::Fact::Released(first)) = &posted.facts[0].fact else { panic!("{posted:?}") };
    assert_eq!((first.cause(), first.reservation_sequence), (ReleaseCause::LotExpired, 5));
    let expected = [
        "MAIN A available own 0/0/0",
        "MAIN A expired own 5/0/0",
        "MAIN B available own 4/0/4",
        "PICK A inspection own 0/0/0",
        "PICK A quarantine own 3/0/0",
        "PICK A expired own 2/0/0",
    ];
    assert_eq!(listed(app, "sku = \"L\"").await, expected);
    // Looking again finds nothing, at the same time and after a restart.
    app.catalog.apply(&warehouse_in(EAST, 1002));
    let digest = verified(app).await.state_digest;
    app.restart().await;
    assert_eq!(say(app, "receive A MAIN 1; issue A MAIN 1").await, "ok");
    assert_eq!(head(app).await.unwrap().sequence, 7);
    assert_eq!(say(app, "release 5-0").await, "RESERVATION_NOT_FOUND document.lines[0]");
    assert_ne!(verified(app).await.state_digest, digest);
}

/// Nobody waits for the hold: what comes of a lot that has expired is expired, and who names no lot gets none.
pub(crate) async fn what_has_expired_is_neither_taken_nor_promised(app: &mut TestApp) {
    app.catalog.apply(&warehouse_in(WEST, 1000));
    let (last, over) = (today_at(WEST), today_at(EAST));
    let script = format!(
        "receive L MAIN 5 @ lot=A expiry={last}               | ok
         receive L MAIN 4 @ lot=B expiry=2097-01-01           | ok
         receive L MAIN 1 @ lot=C expiry={over}               | ok
         issue L MAIN 1                                       | ok"
    );
    check(app, &script).await;
    app.restart_with(|limits| limits.hold_look_ms = 3_600_000).await;
    app.catalog.apply(&warehouse_in(EAST, 1001));
    entry_at(app, 5).await;
    // It arrives after the look, and is not waited for.
    let script = format!(
        "receive L MAIN 2 @ lot=D expiry={last}               | ok
         return L MAIN 1 @ lot=A status=returned              | ok
         produce L MAIN 1 @ lot=A                             | ok
         receive L MAIN 1 @ lot=A status=damaged              | ok
         issue L MAIN 6                                       | INSUFFICIENT_AVAILABLE document.lines[0]
         issue L MAIN 5                                       | ok"
    );
    check(app, &script).await;
    let expected = [
        "MAIN A available own 0/0/0",
        "MAIN A damaged own 1/0/0",
        "MAIN A expired own 6/0/0",
        "MAIN B available own 0/0/0",
        "MAIN C available own 0/0/0",
        "MAIN D expired own 2/0/0",
    ];
    assert_eq!(listed(app, "sku = \"L\"").await, expected);
}

/// A warehouse that was away for long holds at its start what has expired meanwhile, once.
pub(crate) async fn what_expired_meanwhile_is_held_at_the_start(app: &mut TestApp) {
    app.restart_with(|limits| limits.checkpoint_entries = 3).await;
    app.catalog.apply(&warehouse_in(WEST, 1000));
    let today = today_at(WEST);
    for lot in ["A", "B", "C", "D", "E"] {
        assert_eq!(say(app, &format!("receive L MAIN 1 @ lot={lot} expiry={today}")).await, "ok");
    }
    app.halt().await;
    app.catalog.apply(&warehouse_in(EAST, 1001));
    app.restart().await;
    let held = entry_at(app, 6).await;
    let Some(journal_entry::Outcome::Posted(posted)) = held.outcome else { panic!("accepted") };
    assert_eq!(posted.facts.len(), 5, "one document holds them all");
    for _ in 0..2 {
        app.restart().await;
        assert_eq!(say(app, "receive A MAIN 1").await, "ok");
    }
    assert_eq!(head(app).await.unwrap().sequence, 8, "nothing but what was posted since");
}

pub(crate) async fn a_recalled_lot_is_held_wherever_it_is(app: &mut TestApp) {
    let script = "receive L MAIN 5 @ lot=A                                  | ok
         receive L MAIN 5 @ lot=B                                  | ok
         receive L PICK 2 @ lot=A status=damaged                   | ok
         reserve L MAIN 7                                          | ok";
    check(app, script).await;
    app.catalog.apply(&recall_of("A", RecallState::Active, 1000));
    let held = entry_at(app, 5).await;
    assert_eq!(held.reference, "hold recalled");
    let entry = decode_entry(&read_journal(app, 0).await[4].entry).unwrap();
    let Outcome::Posted(facts) = entry.outcome else { panic!("accepted") };
    assert!(matches!(&facts[0], Fact::Released(released) if released.quantity.to_string() == "5"));
    let reasons = facts[1..].iter().map(|fact| {
        let Fact::Moved(moved) = fact else { panic!("{fact:?}") };
        (moved.kind, moved.reason.as_str())
    });
    assert_eq!(reasons.collect::<Vec<_>>(), [(MovementKind::StatusChange, "recall: glass"); 2]);
    let of_lot = "sku = \"L\" AND on_hand > 0";
    let expected = ["MAIN A recalled own 5/0/0", "MAIN B available own 5/2/3", "PICK A recalled own 2/0/0"];
    assert_eq!(listed(app, of_lot).await, expected);
    // What comes later is recalled as it comes, and stays so while the recall lasts.
    let script = "receive L MAIN 1 @ lot=A                                  | ok
         return L MAIN 1 @ lot=A status=returned                   | ok
         produce L MAIN 1 @ lot=A                                  | ok
         adjust L MAIN 1 found @ lot=A                             | ok
         issue L MAIN 1 @ lot=A                                    | INSUFFICIENT_AVAILABLE document.lines[0]
         status L MAIN 1 inspection looked @ lot=A status=recalled | LOT_RECALLED document.lines[0].change_status.to_status
         adjust L MAIN -1 scrapped @ lot=A status=recalled         | ok
         receive L MAIN 1 @ lot=B                                  | ok";
    check(app, script).await;
    let expected = ["MAIN A recalled own 8/0/0", "MAIN B available own 6/2/4", "PICK A recalled own 2/0/0"];
    assert_eq!(listed(app, of_lot).await, expected);
    app.catalog.apply(&recall_of("A", RecallState::Ended, 1001));
    let script = "status L MAIN 8 inspection looked @ lot=A status=recalled | ok
         status L MAIN 8 available fine @ lot=A status=inspection  | ok
         receive L MAIN 1 @ lot=A                                  | ok
         issue L MAIN 9 @ lot=A                                    | ok";
    check(app, script).await;
}

/// A warehouse that was down when a lot was called back holds it when it is back; killed in between or asked again, once.
pub(crate) async fn a_recall_finds_a_warehouse_that_was_down(app: &mut TestApp) {
    check(app, "receive L MAIN 5 @ lot=A | ok").await;
    app.halt().await;
    app.catalog.apply(&recall_of("A", RecallState::Active, 1000));
    app.restart().await;
    entry_at(app, 2).await;
    app.restart().await;
    app.catalog.apply(&recall_of("A", RecallState::Active, 1001));
    assert_eq!(say(app, "receive A MAIN 1").await, "ok");
    assert_eq!(head(app).await.unwrap().sequence, 3);
    // Called back again after its end: another recall, and what was freed in between is held again.
    app.catalog.apply(&recall_of("A", RecallState::Ended, 1002));
    let script = "status L MAIN 2 inspection looked @ lot=A status=recalled | ok";
    check(app, script).await;
    app.catalog.apply(&recall_of("A", RecallState::Active, 1003));
    entry_at(app, 5).await;
    assert_eq!(listed(app, "sku = \"L\" AND on_hand > 0").await, ["MAIN A recalled own 5/0/0"]);
}

pub(crate) async fn taking_back_does_not_pass_a_hold(app: &mut TestApp) {
    let script = "receive L MAIN 5 @ lot=A                                  | ok
         issue L MAIN 1 @ lot=A                                    | ok
         issue L MAIN 1 @ lot=A                                    | ok
         reverse 3-0                                               | ok";
    check(app, script).await;
    app.catalog.apply(&recall_of("A", RecallState::Active, 1000));
    entry_at(app, 5).await;
    let script = "reverse 5-0                                               | ILLEGAL_TRANSITION document.lines[0].reverse.sequence
         reverse 2-0                                               | LOT_RECALLED document.lines[0].reverse.sequence
         return L MAIN 1 @ lot=A                                   | ok";
    check(app, script).await;
    assert_eq!(listed(app, "sku = \"L\" AND on_hand > 0").await, ["MAIN A recalled own 5/0/0"]);
    app.catalog.apply(&recall_of("A", RecallState::Ended, 1001));
    check(app, "reverse 5-0 | ILLEGAL_TRANSITION document.lines[0].reverse.sequence").await;
}

/// More lots than one document takes lines.
pub(crate) async fn many_lots_expire_in_several_documents(app: &mut TestApp) {
    app.catalog.apply(&warehouse_in(WEST, 1000));
    let today = today_at(WEST);
    let lines = |from: u32| {
        let line = |n| format!("receive L MAIN 1 @ lot=N{n} expiry={today}");
        (from..from + 600).map(line).collect::<Vec<_>>().join(";")
    };
    for from in [0, 600] {
        post(app, &document(&lines(from))).await.unwrap();
    }
    app.catalog.apply(&warehouse_in(EAST, 1001));
    let counts = [3, 4].map(async |sequence| {
        let Some(journal_entry::Outcome::Posted(posted)) = entry_at(app, sequence).await.outcome else {
            panic!("accepted")
        };
        posted.facts.len()
    });
    assert_eq!(futures::future::join_all(counts).await, [1000, 200]);
}

pub(crate) async fn production_links_what_it_takes_and_makes(app: &mut TestApp) {
    let script = "receive L MAIN 5 @ lot=A expiry=2097-01-31 partner=ACME          | ok
         receive L MAIN 5 @ lot=B expiry=2097-02-28 partner=acme          | BAD_CODE document.lines[0].receive.partner
         consume L MAIN 6                                                 | INSUFFICIENT_AVAILABLE document.lines[0]
         consume L MAIN 4; produce A MAIN 2                               | ok
         consume L MAIN 1 @ lot=Z                                         | UNKNOWN_LOT document.lines[0]
         produce L PICK 1 @ lot=P expiry=2097-03-31                       | ok
         produce L PICK 1                                                 | LOT_MISSING document.lines[0].produce.goods.lot
         produce L PICK 1 @ lot=P expiry=2097-04-30                       | LOT_DIFFERS document.lines[0]
         consume L CUSTOMER 1                                             | LOCATION_VIRTUAL document.lines[0].consume.location
         issue A MAIN 1 @ partner=C-1                                     | ok
         reserve A MAIN 1                                                 | ok
         fulfil 8-0 @ partner=C#2                                         | BAD_CODE document.lines[0].fulfil.partner";
    check(app, script).await;
    let expected = ["MAIN A available own 1/0/1", "PICK P available own 1/0/1"];
    assert_eq!(listed(app, "sku = \"L\"").await, expected);
    let journal = read_journal(app, 0).await;
    let partners = journal.iter().flat_map(|record| match decode_entry(&record.entry).unwrap().outcome {
        Outcome::Posted(facts) => facts,
        Outcome::Rejected(_) => Vec::new(),
    });
    let partners = partners.filter_map(|fact| match fact {
        Fact::Moved(moved) => moved.partner.map(|partner| format!("{:?} {partner}", moved.kind)),
        Fact::Reserved(_) | Fact::Released(_) | Fact::LotRecorded(_) | Fact::RuleSet(_) => None,
        Fact::Locked(_)
        | Fact::LockPassed(_)
        | Fact::HandlingUnit(_)
        | Fact::Expectation(_)
        | Fact::Delivery(_)
        | Fact::PromiseMoved(_) => None,
        Fact::Order(_) | Fact::Task(_) | Fact::Production(_) | Fact::Count(_) => None,
    });
    assert_eq!(partners.collect::<Vec<_>>(), ["Receipt ACME", "Issue C-1"]);
}
