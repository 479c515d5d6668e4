//! Taking back, and the lock, as callers see them.

use proto::stock::v1::{Document, GetMovementRequest, GetStockLockRequest, MovementReference};

use crate::calls::{position, post, refused, say, short};
use crate::fixtures::document;
use crate::outcome::verified;
use crate::test_app::TestApp;
use crate::time::{base, check, post_at};

/// Posts documents in turn: `document | answer`.
async fn script(app: &TestApp, script: &str) {
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (text, expected) = line.split_once('|').unwrap();
        assert_eq!(say(app, text.trim()).await, expected.trim(), "{text}");
    }
}

/// `kind quantity from>to` of each movement, what it reverses, and what reversed it.
async fn movement(app: &TestApp, sequence: u64, line: u32) -> String {
    let request = GetMovementRequest { warehouse: "BER".into(), sequence, line };
    let found = app.client().get_movement(request).await.unwrap().into_inner();
    assert_eq!(found.movement, Some(MovementReference { sequence, line }));
    let moved = found.moved.iter().map(|m| {
        let quantity = &m.quantity.as_ref().unwrap().value;
        format!("{} {quantity} {}>{}", m.kind().as_str_name(), m.from_location, m.to_location)
    });
    let link = |of: Option<MovementReference>| {
        of.map_or_else(|| "-".to_owned(), |of| format!("{}-{}", of.sequence, of.line))
    };
    format!(
        "{} {} {}",
        moved.collect::<Vec<_>>().join(", ").replace("MOVEMENT_KIND_", ""),
        link(found.reverses),
        link(found.reversed_by)
    )
}

pub(crate) async fn a_movement_is_taken_back_once(app: &mut TestApp) {
    app.restart_with(|limits| limits.checkpoint_entries = 2).await;
    let posted = "receive A MAIN 10                  | ok
         issue A MAIN 4                     | ok
         reserve A MAIN 2                   | ok
         reverse 2-0                        | ok
         reverse 1-0                        | INSUFFICIENT_AVAILABLE document.lines[0]
         reverse 3-0                        | MOVEMENT_NOT_FOUND document.lines[0]
         reverse 2-7                        | MOVEMENT_NOT_FOUND document.lines[0]
         reverse 99-0                       | MOVEMENT_NOT_FOUND document.lines[0].reverse.sequence
         fulfil 3-0                         | ok
         reverse 8-0                        | ok";
    script(app, posted).await;
    for _ in 0..2 {
        let digest = verified(app).await.state_digest;
        let error = post(app, &document("reverse 2-0")).await.unwrap_err();
        assert_eq!(short(&Err(error.clone())), "ALREADY_REVERSED document.lines[0]");
        assert_eq!(error.metadata["by_sequence"], "4");
        let error = post(app, &document("reverse 4-0")).await.unwrap_err();
        assert_eq!(short(&Err(error.clone())), "REVERSAL_OF_REVERSAL document.lines[0]");
        assert_eq!(error.metadata["reverses"], "2-0");
        assert_eq!(position(app, "A", "MAIN").await, "10/0/10");
        app.restart().await;
        assert_eq!(verified(app).await.state_digest, digest);
    }
    let again = document("receive B MAIN 1; reverse 1-0");
    assert_eq!(short(&post(app, &again).await), "ok");
    assert!(post(app, &again).await.unwrap().remembered);
}

pub(crate) async fn links_lead_both_ways(app: &mut TestApp) {
    script(app, "receive A MAIN 5; move A MAIN PICK 2 | ok").await;
    script(app, "receive A MAIN 1; reverse 1-1; reverse 1-0 | ok").await;
    for _ in 0..2 {
        assert_eq!(movement(app, 1, 0).await, "RECEIPT 5 SUPPLIER>MAIN - 2-2");
        assert_eq!(movement(app, 1, 1).await, "MOVE 2 MAIN>PICK - 2-1");
        assert_eq!(movement(app, 2, 0).await, "RECEIPT 1 SUPPLIER>MAIN - -");
        assert_eq!(movement(app, 2, 1).await, "REVERSAL 2 PICK>MAIN 1-1 -");
        app.restart().await;
    }
    for (sequence, line) in [(0, 0), (1, 2), (3, 0)] {
        let request = GetMovementRequest { warehouse: "BER".into(), sequence, line };
        let answer = app.client().get_movement(request).await;
        assert_eq!(refused(answer), "MOVEMENT_NOT_FOUND sequence", "{sequence}-{line}");
    }
}

pub(crate) async fn goods_of_every_kind_come_back(app: &mut TestApp) {
    let posted = "receive L MAIN 2 @ lot=A expiry=2027-01-01       | ok
         receive L MAIN 2 @ lot=B expiry=2027-02-01       | ok
         issue L MAIN 3                                   | ok
         reverse 3-0                                      | ok
         issue L MAIN 2 @ lot=A                           | ok
         status L MAIN 1 quarantine odd @ lot=B           | ok
         reverse 6-0                                      | ok
         reserve L MAIN 2                                 | ok
         receive B MAIN 3 @ owner=consignment:ACME        | ok
         issue B MAIN 3 @ owner=consignment:ACME          | ok
         reverse 10-0                                     | ok
         own B MAIN 3 @ owner=consignment:ACME            | ok
         receive S MAIN 1 @ serials=7                     | ok
         issue S MAIN 1 @ serials=7                       | ok
         return S MAIN 1 @ serials=7                      | ok
         reverse 14-0                                     | DUPLICATE_SERIAL document.lines[0]
         reverse 15-0; reverse 14-0                       | ok";
    script(app, posted).await;
    assert_eq!(movement(app, 3, 0).await, "ISSUE 2 MAIN>CUSTOMER, ISSUE 1 MAIN>CUSTOMER - 4-0");
    assert_eq!(movement(app, 4, 0).await, "REVERSAL 1 CUSTOMER>MAIN, REVERSAL 2 CUSTOMER>MAIN 3-0 -");
    assert_eq!(position(app, "B", "MAIN").await, "3/0/3");
    assert_eq!(position(app, "S", "MAIN").await, "1/0/1");
}

pub(crate) async fn the_lock_closes_the_past(app: &mut TestApp) {
    app.restart_with(|limits| limits.checkpoint_entries = 2).await;
    let base = base();
    check(app, base, "10 receive A MAIN 5 | ok").await;
    assert_eq!(say(app, &format!("lock {}", base + 20)).await, "ok");
    for _ in 0..2 {
        let refused = post_at(app, base, "19 receive A MAIN 1").await.unwrap_err();
        assert_eq!(short(&Err(refused.clone())), "STOCK_LOCKED document.lines[0]");
        let until = vocabulary::Timestamp::from_parts(base + 20, 0).unwrap();
        assert_eq!(refused.metadata["until"], until.to_string());
        check(app, base, "20 receive A MAIN 1 | ok").await;
        assert_eq!(say(app, &format!("lock {}", base + 10)).await, "STOCK_LOCKED document.lines[0]");
        app.restart().await;
        let lock = GetStockLockRequest { warehouse: "BER".into() };
        let lock = app.client().get_stock_lock(lock).await.unwrap().into_inner();
        assert_eq!(lock.locked_until.map(|until| until.seconds), Some(base + 20));
    }
    let passing = || Document { pass_lock: true, ..document(&format!("lock {}", base + 10)) };
    assert_eq!(short(&post(app, &passing()).await), "PERMISSION document.pass_lock");
    app.pass_lock_allowed = true;
    app.restart().await;
    check(app, base, "19 receive A MAIN 1 | STOCK_LOCKED document.lines[0]").await;
    assert_eq!(short(&post(app, &passing()).await), "ok");
    check(app, base, "19 receive A MAIN 1 | ok").await;
    check(app, base, "9 receive A MAIN 1 | STOCK_LOCKED document.lines[0]").await;
}
