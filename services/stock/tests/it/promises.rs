//! Promises on terms, as callers see them.

use std::time::Duration;

use prost::Message;
use proto::events::v1::fact::Fact;
use proto::events::v1::journal_entry::Outcome;
use proto::events::v1::{JournalEntry, ReleaseCause};
use proto::stock::v1::{ListReservationsRequest, Reservation, TailJournalRequest};

use crate::calls::{in_decimal, position, post, read_journal, say};
use crate::fixtures::document;
use crate::outcome::verified;
use crate::test_app::TestApp;

/// Open reservations, two a page: `id sku quantity location/lot/quantity… kind priority holder channel`.
async fn listed(app: &TestApp, filter: &str) -> Vec<String> {
    let mut request = ListReservationsRequest {
        warehouse: "BER".into(),
        page_size: 2,
        filter: filter.into(),
        ..ListReservationsRequest::default()
    };
    let mut found = Vec::new();
    loop {
        let page = app.client().list_reservations(request.clone()).await.unwrap().into_inner();
        found.extend(page.reservations.iter().map(in_short));
        if page.next_page_token.is_empty() {
            return found;
        }
        request.page_token = page.next_page_token;
    }
}

fn in_short(held: &Reservation) -> String {
    let part = |part: &proto::stock::v1::ReservedPart| {
        format!("{}/{}/{}", part.location, part.lot, in_decimal(part.quantity.as_ref()))
    };
    let parts: Vec<_> = held.parts.iter().map(part).collect();
    let kind = if held.expires_at.is_some() { "soft" } else { "hard" };
    let Reservation { reservation_id, sku, priority, holder, channel, .. } = held;
    let (quantity, parts) = (in_decimal(held.quantity.as_ref()), parts.join(","));
    format!("{reservation_id} {sku} {quantity} {parts} {kind} {priority} {holder} {channel}")
        .trim_end()
        .to_owned()
}

pub(crate) async fn reservations_are_listed_with_their_terms(app: &mut TestApp) {
    app.restart_with(|limits| limits.checkpoint_entries = 2).await;
    say(app, "receive A MAIN 100; receive L MAIN 5 @ lot=X; receive L MAIN 5 @ lot=Y").await;
    let made =
        post(app, &document("reserve A MAIN 1; reserve L MAIN 7 @ in=3600000 holder=C-1 priority=3")).await;
    let quantities = made.unwrap().reserved_quantities;
    assert_eq!(quantities.iter().map(|held| held.value.as_str()).collect::<Vec<_>>(), ["1", "7"]);
    say(app, "reserve A MAIN 2 @ channel=WEB priority=9").await;
    let all =
        ["2-0 A 1 MAIN//1 hard 0", "2-1 L 7 MAIN/X/5,MAIN/Y/2 soft 3 C-1", "3-0 A 2 MAIN//2 hard 9  WEB"];
    let digest = verified(app).await.state_digest;
    for _ in 0..2 {
        assert_eq!(listed(app, "").await, all);
        assert_eq!(listed(app, "sku = \"A\" AND priority > 3").await, &all[2..]);
        assert_eq!(listed(app, "kind = \"soft\"").await, &all[1..2]);
        assert_eq!(listed(app, "holder = \"C-1\"").await, &all[1..2]);
        assert_eq!(listed(app, "channel = \"WEB\"").await, &all[2..]);
        app.restart().await;
        assert_eq!(verified(app).await.state_digest, digest);
    }
}

/// Waits until the journal has so many entries.
async fn reaches(app: &TestApp, sequence: usize) {
    let from = TailJournalRequest { warehouse: "BER".into(), ..TailJournalRequest::default() };
    let mut tail = app.journal().tail_journal(from).await.unwrap().into_inner();
    let read = async {
        let mut seen = 0;
        while seen < sequence {
            seen += tail.message().await.unwrap().unwrap().records.len();
        }
    };
    tokio::time::timeout(Duration::from_secs(30), read).await.expect("the journal goes on");
}

pub(crate) async fn soft_reservations_end_by_themselves(app: &mut TestApp) {
    say(app, "receive A MAIN 10").await;
    say(app, "reserve A MAIN 1 @ in=3600000").await;
    say(app, "reserve A MAIN 2 @ in=300 holder=C-1").await;
    say(app, "reserve A MAIN 3").await;
    reaches(app, 5).await;
    assert_eq!(position(app, "A", "MAIN").await, "10/4/6");
    // One whose time is over while nobody is there to end it.
    say(app, "reserve A MAIN 4 @ in=100; reserve A MAIN 1 @ in=100").await;
    app.restart().await;
    reaches(app, 8).await;
    assert_eq!(listed(app, "").await, ["2-0 A 1 MAIN//1 soft 0", "4-0 A 3 MAIN//3 hard 0"]);
    assert_eq!(say(app, "release 3-0").await, "RESERVATION_NOT_FOUND document.lines[0]");
    let mut ended = Vec::new();
    for record in read_journal(app, 0).await {
        let entry = JournalEntry::decode(record.entry).unwrap();
        let Some(Outcome::Posted(posted)) = entry.outcome else { continue };
        for fact in posted.facts {
            let Some(Fact::Released(end)) = fact.fact else { continue };
            assert_eq!((end.cause(), entry.reference.as_str()), (ReleaseCause::Expired, "expired"));
            ended.push((end.reservation_sequence, end.reservation_line));
        }
    }
    assert_eq!(ended, [(3, 0), (6, 0), (6, 1)]);
}
