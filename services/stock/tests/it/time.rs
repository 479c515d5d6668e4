//! When things happened and when they were told, as callers see it.

use prost_types::Timestamp;
use proto::stock::v1::{
    Document, GetPositionRequest, ListBalancesRequest, ListPositionsRequest, Position, Receipt,
};
use rpc::client::RemoteError;

use crate::calls::{post, refused, say, short};
use crate::database::change;
use crate::fixtures::document;
use crate::outcome::verified;
use crate::test_app::TestApp;

/// A day ago.
pub(crate) fn base() -> i64 {
    rpc::clock::now().parts().0 - 86_400
}

fn time(seconds: i64) -> Timestamp {
    Timestamp { seconds, nanos: 0 }
}

/// Posts a document that happened `seconds` after the day began.
pub(crate) async fn post_at(app: &TestApp, base: i64, text: &str) -> Result<Receipt, RemoteError> {
    let (seconds, text) = text.split_once(' ').unwrap();
    let effective_at = Some(time(base + seconds.parse::<i64>().unwrap()));
    post(app, &Document { effective_at, ..document(text) }).await
}

/// Posts documents in turn: `seconds document | answer`. A refusal that names an instant says how many seconds after the base.
pub(crate) async fn check(app: &TestApp, base: i64, script: &str) {
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (text, expected) = line.split_once('|').unwrap();
        let answer = post_at(app, base, text.trim()).await;
        let mut got = short(&answer);
        if let Err(error) = &answer
            && let Some(on_hand) = error.metadata.get("on_hand")
        {
            let seconds = (0..100).find(|n| error.metadata["at"] == in_words(base + n)).unwrap();
            got = format!("{got}: {on_hand} at {seconds}");
        }
        assert_eq!(got, expected.trim(), "{text}");
    }
}

fn in_words(seconds: i64) -> String {
    vocabulary::Timestamp::from_parts(seconds, 0).unwrap().to_string()
}

fn get(sku: &str, location: &str) -> GetPositionRequest {
    GetPositionRequest {
        warehouse: "BER".into(),
        sku: sku.into(),
        location: location.into(),
        ..GetPositionRequest::default()
    }
}

/// On hand at a time, as known at a time.
async fn there(app: &TestApp, effective: Option<Timestamp>, recorded: Option<Timestamp>) -> String {
    let request =
        GetPositionRequest { effective_as_of: effective, recorded_as_of: recorded, ..get("A", "MAIN") };
    let answer = app.client().get_position(request).await.unwrap().into_inner();
    let position = answer.position.unwrap();
    assert_eq!(position.reserved.is_none(), effective.is_some(), "promises are made now");
    assert_eq!(position.available.is_none(), effective.is_some());
    format!("{} as of {}", on_hand(&position), answer.as_of_sequence)
}

fn on_hand(position: &Position) -> String {
    position.on_hand.as_ref().unwrap().value.clone()
}

pub(crate) async fn late_movements_leave_enough_for_later(app: &mut TestApp) {
    let base = base();
    let script = "10 receive A MAIN 5                          | ok
         30 issue A MAIN 4                            | ok
         40 receive A MAIN 6                          | ok
         20 issue A MAIN 2                            | WOULD_BREAK_LATER document.lines[0]: -1 at 30
         20 receive A MAIN 1; issue A MAIN 2          | ok
         9 move A MAIN PICK 1                         | WOULD_BREAK_LATER document.lines[0]: -1 at 9
         35 adjust A MAIN -1 lost                     | WOULD_BREAK_LATER document.lines[0]: -1 at 35
         20 issue E MAIN 2                            | ok
         10 issue E MAIN 2                            | ok
         10 receive L MAIN 2 @ lot=X                  | ok
         5 status L MAIN 1 damaged fell @ lot=X       | WOULD_BREAK_LATER document.lines[0]: -1 at 5
         40 issue A MAIN 6                            | ok";
    check(app, base, script).await;
    app.restart().await;
    check(app, base, "35 issue A MAIN 1 | INSUFFICIENT_AVAILABLE document.lines[0]").await;
    check(app, base, "50 receive A MAIN 1 | ok").await;
    check(app, base, "35 issue A MAIN 1 | WOULD_BREAK_LATER document.lines[0]: -1 at 35").await;
}

/// Goods that have moved are not refused because of a clock.
pub(crate) async fn a_time_that_may_move_is_answered_as_it_counts(app: &mut TestApp) {
    let base = base();
    check(app, base, "30 receive A MAIN 5 | ok").await;
    let about = |seconds: i64, text: &str| Document {
        effective_at: Some(time(base + seconds)),
        effective_at_may_move: true,
        ..document(text)
    };
    let possible = post(app, &about(40, "issue A MAIN 1")).await.unwrap();
    assert_eq!(possible.effective_at, Some(time(base + 40)), "as it was given");
    let early = about(20, "issue A MAIN 1");
    let moved = post(app, &early).await.unwrap();
    assert_eq!(moved.effective_at, moved.recorded_at);
    app.restart().await;
    let again = post(app, &early).await.unwrap();
    assert_eq!(
        (again.sequence, again.remembered, again.effective_at),
        (moved.sequence, true, moved.effective_at)
    );
    let too_many = post(app, &about(20, "issue A MAIN 9")).await;
    assert_eq!(short(&too_many), "INSUFFICIENT_AVAILABLE document.lines[0]");
    assert_eq!(there(app, Some(time(base + 50)), None).await, "4 as of 4");
}

pub(crate) async fn balances_as_of_both_times_survive_restarts(app: &mut TestApp) {
    app.restart_with(|limits| limits.checkpoint_entries = 40).await;
    let base = base();
    // More movements than one checkpoint's row holds.
    let mut recorded = Vec::new();
    for n in 0..160 {
        let text = if n % 2 == 0 { "receive A MAIN 3" } else { "issue A MAIN 1" };
        let receipt = post_at(app, base, &format!("{n} {text}")).await.unwrap();
        recorded.push(receipt.recorded_at);
    }
    check(app, base, "80 receive A MAIN 1000; receive B PICK 7 | ok").await;
    say(app, "reserve A MAIN 5").await;
    for _ in 0..3 {
        let known = recorded[99];
        assert_eq!(there(app, Some(time(base - 1)), None).await, "0 as of 162");
        assert_eq!(there(app, Some(time(base + 79)), None).await, "80 as of 162");
        assert_eq!(there(app, Some(time(base + 80)), None).await, "1083 as of 162");
        assert_eq!(there(app, Some(time(base + 80)), known).await, "83 as of 100");
        assert_eq!(there(app, Some(time(base + 500)), known).await, "100 as of 100");
        assert_eq!(there(app, None, known).await, "100 as of 100");
        assert_eq!(there(app, None, None).await, "1160 as of 162");
        assert_eq!(there(app, None, Some(time(base))).await, "0 as of 0");
        let digest = verified(app).await.state_digest;
        app.restart().await;
        assert_eq!(verified(app).await.state_digest, digest);
        // What a restart loads is carried on.
        app.restart_with(|limits| limits.checkpoint_entries = 7).await;
    }
}

pub(crate) async fn lists_as_of_a_time_have_what_was_there(app: &mut TestApp) {
    let base = base();
    let script = "10 receive A MAIN 5; receive L PICK 2 @ lot=X    | ok
         20 receive B MAIN 3; move A MAIN PICK 1          | ok
         15 receive C MAIN 1                              | ok";
    check(app, base, script).await;
    let list = |seconds: i64, page_token: String| ListPositionsRequest {
        warehouse: "BER".into(),
        page_size: 1,
        page_token,
        filter: "on_hand > 0".into(),
        effective_as_of: Some(time(base + seconds)),
        ..ListPositionsRequest::default()
    };
    for (seconds, expected) in [
        (9, vec![]),
        (10, vec!["A MAIN 5", "L PICK 2"]),
        (15, vec!["A MAIN 5", "C MAIN 1", "L PICK 2"]),
        (20, vec!["A MAIN 4", "A PICK 1", "B MAIN 3", "C MAIN 1", "L PICK 2"]),
    ] {
        let (mut found, mut token) = (Vec::new(), String::new());
        loop {
            let page = app.client().list_positions(list(seconds, token)).await.unwrap().into_inner();
            let row = |p: &Position| format!("{} {} {}", p.sku, p.location, on_hand(p));
            found.extend(page.positions.iter().map(row));
            token = page.next_page_token;
            if token.is_empty() {
                break;
            }
        }
        assert_eq!(found, expected, "at {seconds}");
    }
    let request = ListBalancesRequest {
        warehouse: "BER".into(),
        effective_as_of: Some(time(base + 15)),
        ..ListBalancesRequest::default()
    };
    let balances = app.client().list_balances(request).await.unwrap().into_inner().balances;
    let rows = balances.iter().map(|b| format!("{} {}", b.sku, b.on_hand.as_ref().unwrap().value));
    assert_eq!(rows.collect::<Vec<_>>(), ["A 5", "C 1", "L 2"]);
    assert!(balances.iter().all(|balance| balance.reserved.is_none() && balance.available.is_none()));
}

pub(crate) async fn bad_times_are_named(app: &mut TestApp) {
    say(app, "receive A MAIN 5").await;
    let later = Some(time(base() + 2 * 86_400));
    let odd = Some(Timestamp { seconds: 1, nanos: -1 });
    for (effective, recorded, sequence, expected) in [
        (later, None, 0, "AS_OF_IN_FUTURE effective_as_of"),
        (None, later, 0, "AS_OF_IN_FUTURE recorded_as_of"),
        (odd, None, 0, "BAD_TIME effective_as_of"),
        (None, Some(time(base())), 1, "BAD_FIELD recorded_as_of"),
        (Some(time(base())), None, 2, "AS_OF_IN_FUTURE as_of_sequence"),
    ] {
        let request = GetPositionRequest {
            effective_as_of: effective,
            recorded_as_of: recorded,
            as_of_sequence: sequence,
            ..get("A", "MAIN")
        };
        assert_eq!(refused(app.client().get_position(request).await), expected);
    }
    let of_promises = ListPositionsRequest {
        warehouse: "BER".into(),
        filter: "available > 0".into(),
        effective_as_of: Some(time(base())),
        ..ListPositionsRequest::default()
    };
    assert_eq!(refused(app.client().list_positions(of_promises).await), "BAD_FILTER filter");
}

/// The state after the newest entry is there: the journal need not be read for it, and is not all there.
pub(crate) async fn the_newest_is_read_without_the_journal(app: &mut TestApp) {
    for _ in 0..3 {
        assert_eq!(say(app, "receive A MAIN 5").await, "ok");
    }
    app.halt().await;
    change(app, "CREATE TABLE kept AS SELECT * FROM journal WHERE sequence = 2").await;
    assert_eq!(change(app, "DELETE FROM journal WHERE sequence = 2").await, 1);
    app.restart().await;
    let now = rpc::clock::now().parts();
    let recorded_as_of = Some(Timestamp { seconds: now.0, nanos: now.1 });
    for request in [
        GetPositionRequest { recorded_as_of, ..get("A", "MAIN") },
        GetPositionRequest { as_of_sequence: 3, ..get("A", "MAIN") },
    ] {
        let answer = app.client().get_position(request).await.unwrap().into_inner();
        assert_eq!((answer.as_of_sequence, on_hand(&answer.position.unwrap())), (3, "15".to_owned()));
    }
    let past = GetPositionRequest { as_of_sequence: 2, ..get("A", "MAIN") };
    assert_eq!(refused(app.client().get_position(past).await), "JOURNAL_DAMAGED");
    app.halt().await;
    assert_eq!(change(app, "INSERT INTO journal SELECT * FROM kept").await, 1);
    change(app, "DROP TABLE kept").await;
    app.restart().await;
}
