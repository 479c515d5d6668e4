//! Promises on terms, as callers see them.

use std::time::Duration;

use prost::Message;
use proto::events::v1::fact::Fact;
use proto::events::v1::journal_entry::Outcome;
use proto::events::v1::{JournalEntry, ReleaseCause};
use proto::stock::v1::set_rule::Rule;
use proto::stock::v1::{
    ExplainDocumentRequest, ListBalancesRequest, ListReservationsRequest, ListRulesRequest, Reservation,
    TailJournalRequest,
};

use crate::calls::{head, in_decimal, position, post, read_journal, refused, say};
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

/// Posts documents in turn: `document | answer`.
async fn check(app: &TestApp, script: &str) {
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (text, expected) = line.split_once('|').unwrap();
        assert_eq!(say(app, text.trim()).await, expected.trim(), "{text}");
    }
}

pub(crate) async fn goods_are_promised_wherever_they_are(app: &mut TestApp) {
    app.restart_with(|limits| limits.checkpoint_entries = 2).await;
    let script = "receive A PICK 3; receive A MAIN 5; receive L MAIN 2 @ lot=X expiry=2030-01-01  | ok
         receive L PICK 2 @ lot=Y; receive S MAIN 2 @ serials=1,2; receive S PICK 1 @ serials=3 | ok
         reserve A * 9                              | INSUFFICIENT_AVAILABLE document.lines[0]
         reserve A * 9 @ may=partial                | ok
         reserve L * 3                              | ok
         reserve L * 1 @ lot=X min=2030-01-02       | EXPIRES_TOO_EARLY document.lines[0]
         reserve S * 2 @ serials=2,3                | ok";
    check(app, script).await;
    let all = [
        "4-0 A 8 MAIN//5,PICK//3 hard 0",
        "5-0 L 3 MAIN/X/2,PICK/Y/1 hard 0",
        "7-0 S 2 MAIN//1,PICK//1 hard 0",
    ];
    let digest = verified(app).await.state_digest;
    for _ in 0..2 {
        assert_eq!(listed(app, "").await, all);
        app.restart().await;
        assert_eq!(verified(app).await.state_digest, digest);
    }
    let script = "issue S PICK 1 @ serials=3                | SERIAL_RESERVED document.lines[0]
         fulfil 7-0 1 @ serials=1                   | SERIAL_NOT_RESERVED document.lines[0]
         fulfil 7-0                                 | ok
         fulfil 4-0 6; release 4-0 1                | ok
         fulfil 5-0                                 | ok";
    check(app, script).await;
    app.restart().await;
    assert_eq!(listed(app, "").await, ["4-0 A 1 PICK//1 hard 0"]);
    assert_eq!(position(app, "A", "PICK").await, "2/1/1");
}

pub(crate) async fn rules_hold_and_survive_a_restart(app: &mut TestApp) {
    app.restart_with(|limits| limits.checkpoint_entries = 2).await;
    let script = "receive A MAIN 20; receive L MAIN 5 @ lot=X expiry=2030-01-01 | ok
         rule quota A WEB 10; rule buffer A 3; rule maximum A * 6; rule least A 50; rule life C-1 30 | ok
         reserve A MAIN 3 @ channel=WEB             | ok
         issue A MAIN 11                            | QUOTA_EXCEEDED document.lines[0]
         issue A MAIN 10                            | BUFFER_KEPT document.lines[0]
         reserve A * 7 @ holder=C-1                 | CUSTOMER_MAXIMUM document.lines[0]
         reserve A * 6 @ holder=C-1                 | ok
         reserve L * 1 @ holder=C-1 needed=2029-12-03 | INSUFFICIENT_AVAILABLE document.lines[0]
         issue L MAIN 1 @ partner=C-1 needed=2029-12-02 | ok";
    check(app, script).await;
    for (channel, available) in [("WEB", "8"), ("SHOP", "1"), ("", "11")] {
        assert_eq!(available_to(app, channel).await.unwrap(), available, "{channel}");
    }
    for (channel, expected) in [("web", "BAD_CODE channel"), ("\u{e4}", "BAD_CODE channel")] {
        assert_eq!(available_to(app, channel).await.unwrap_err(), expected);
    }
    let all = [
        "channel_quota A WEB 10 used 3",
        "safety_buffer A 3",
        "customer_maximum A 6",
        "minimum A 50",
        "shelf_life C-1 30",
    ];
    for _ in 0..2 {
        assert_eq!(rules(app, "").await, all);
        assert_eq!(rules(app, "kind = \"safety_buffer\"").await, &all[1..2]);
        assert_eq!(say(app, "issue A MAIN 2 @ channel=SHOP").await, "BUFFER_KEPT document.lines[0]");
        assert_eq!(say(app, "reserve A * 1 @ holder=C-1").await, "CUSTOMER_MAXIMUM document.lines[0]");
        let digest = verified(app).await.state_digest;
        app.restart().await;
        assert_eq!(verified(app).await.state_digest, digest);
    }
    let script = "reserve A * 9 @ channel=WEB priority=1    | BUFFER_KEPT document.lines[0]
         reserve A * 9 @ channel=WEB may=buffer     | ok
         rule quota A WEB; rule buffer A            | ok
         reserve A * 5 @ priority=1 may=reallocate  | ok
         release 15-0 9                             | RESERVATION_EXCEEDED document.lines[0]";
    check(app, script).await;
    assert_eq!(rules(app, "").await, &all[2..]);
}

pub(crate) async fn a_promise_to_nobody_passes_no_rule(app: &mut TestApp) {
    let soon = vocabulary::Date::of(rpc::clock::now()).plus_days(20).unwrap();
    let script = format!(
        "receive A MAIN 9; receive L MAIN 2 @ lot=X expiry={soon}; rule maximum A C-1 3; rule life C-1 30 | ok
         reserve A MAIN 6; reserve L MAIN 1 @ lot=X | ok
         fulfil 2-0 4 @ partner=C-1                 | CUSTOMER_MAXIMUM document.lines[0]
         fulfil 2-0 3 @ partner=C-1                 | ok
         fulfil 2-0 3 @ partner=C-2                 | ok
         fulfil 2-1 @ partner=C-1                   | EXPIRES_TOO_EARLY document.lines[0]
         fulfil 2-1 1 @ partner=C-2                 | ok
         reserve L MAIN 1 @ lot=X holder=C-2        | ok
         fulfil 8-0 @ partner=C-1                   | EXPIRES_TOO_EARLY document.lines[0]
         fulfil 8-0 @ partner=C-2                   | ok"
    );
    check(app, &script).await;
}

pub(crate) async fn a_warehouse_has_only_so_many_rules(app: &mut TestApp) {
    for part in 0..100 {
        let lines = (1..1000).map(|n| format!("rule life C-{part}-{n} 1"));
        let lines: Vec<_> = lines.chain([format!("rule maximum A C-{part} 1")]).collect();
        assert_eq!(say(app, &lines.join(";")).await, "ok");
    }
    let script = "receive A MAIN 1; rule life C-ONE 1       | TOO_MANY_RULES document.lines[1]
         rule life C-0-1 2                          | ok
         rule maximum A C-0                         | ok
         rule life C-ONE 1                          | ok
         rule buffer A 1                            | TOO_MANY_RULES document.lines[0]";
    check(app, script).await;
}

pub(crate) async fn a_status_that_counts_is_promised_and_survives_a_restart(app: &mut TestApp) {
    app.restart_with(|limits| limits.checkpoint_entries = 2).await;
    let script = "rule counts returned yes                  | ok
         receive A MAIN 4; receive A MAIN 3 @ status=returned | ok
         receive L MAIN 2 @ lot=X status=returned   | ok
         reserve A * 6                              | ok
         reserve L MAIN 1                           | ok
         rule counts returned no                    | STATUS_IN_USE document.lines[0]";
    check(app, script).await;
    let digest = verified(app).await.state_digest;
    for _ in 0..2 {
        assert_eq!(rules(app, "").await, ["status_counts returned true"]);
        assert_eq!(available_to(app, "").await.unwrap(), "1");
        let ask = ListReservationsRequest { warehouse: "BER".into(), ..ListReservationsRequest::default() };
        let held = app.client().list_reservations(ask).await.unwrap().into_inner().reservations;
        let parts = held
            .iter()
            .flat_map(|held| &held.parts)
            .map(|part| format!("{} {}{}", in_decimal(part.quantity.as_ref()), part.lot, part.status));
        assert_eq!(parts.collect::<Vec<_>>(), ["4 available", "2 returned", "1 Xreturned"]);
        app.restart().await;
        assert_eq!(verified(app).await.state_digest, digest);
    }
    let script = "reserve A MAIN 1 @ status=available       | INSUFFICIENT_AVAILABLE document.lines[0]
         fulfil 4-0; fulfil 5-0                    | ok
         issue A MAIN 1 @ status=returned; issue L MAIN 1 @ lot=X status=returned | ok
         rule counts returned no                    | ok";
    check(app, script).await;
    assert!(rules(app, "").await.is_empty());
}

/// What a channel sees of item A.
async fn available_to(app: &TestApp, channel: &str) -> Result<String, String> {
    let (warehouse, channel, filter) = ("BER".into(), channel.into(), "sku = \"A\"".into());
    let request = ListBalancesRequest { warehouse, channel, filter, ..ListBalancesRequest::default() };
    match app.client().list_balances(request).await {
        Ok(page) => Ok(in_decimal(page.into_inner().balances[0].available.as_ref()).to_owned()),
        Err(status) => Err(refused::<()>(Err(status))),
    }
}

/// The rules that hold, two a page.
async fn rules(app: &TestApp, filter: &str) -> Vec<String> {
    let mut request = ListRulesRequest {
        warehouse: "BER".into(),
        page_size: 2,
        filter: filter.into(),
        ..ListRulesRequest::default()
    };
    let mut found = Vec::new();
    loop {
        let page = app.client().list_rules(request.clone()).await.unwrap().into_inner();
        found.extend(page.rules.iter().map(rule_in_short));
        if page.next_page_token.is_empty() {
            return found;
        }
        request.page_token = page.next_page_token;
    }
}

fn rule_in_short(rule: &proto::stock::v1::Rule) -> String {
    let text = match rule.rule.clone().unwrap().rule.unwrap() {
        Rule::ChannelQuota(r) => {
            format!("channel_quota {} {} {}", r.sku, r.channel, in_decimal(r.quantity.as_ref()))
        }
        Rule::Minimum(r) => format!("minimum {} {}", r.sku, in_decimal(r.quantity.as_ref())),
        Rule::SafetyBuffer(r) => format!("safety_buffer {} {}", r.sku, in_decimal(r.quantity.as_ref())),
        Rule::CustomerMaximum(r) => {
            format!("customer_maximum {} {} {}", r.sku, r.holder, in_decimal(r.quantity.as_ref()))
                .replace("  ", " ")
        }
        Rule::ShelfLife(r) => format!("shelf_life {} {}", r.holder, r.days),
        Rule::PeriodicItem(r) => format!("periodic {} {}", r.sku, r.periodic),
        Rule::StoredAs(r) => format!("stored_as {} {} {} {}", r.sku, r.fixed_location, r.class, r.hazard),
        Rule::Stores(r) => format!("stores {} {} {}", r.location, r.class, in_decimal(r.units_max.as_ref())),
        Rule::StatusCounts(r) => format!("status_counts {} {}", r.status, r.counts),
    };
    rule.used.as_ref().map_or_else(|| text.clone(), |used| format!("{text} used {}", used.value))
}

/// `refused REASON` or what is chosen, then what is passed over and why.
async fn explained(app: &TestApp, text: &str) -> Vec<String> {
    let document = Some(document(text));
    let request =
        ExplainDocumentRequest { warehouse: "BER".into(), document, ..ExplainDocumentRequest::default() };
    let answer = app.client().explain_document(request).await.unwrap().into_inner();
    let mut said = Vec::new();
    for line in answer.lines {
        let number = line.line;
        let rule = line.pick().as_str_name().to_owned();
        said.extend(line.refusal.map(|error| format!("{number} refused {} {}", error.reason, error.field)));
        said.extend(line.made_room.iter().map(|room| format!("{number} {} makes room", room.reservation_id)));
        said.extend(line.chosen.iter().map(|goods| {
            let quantity = in_decimal(goods.quantity.as_ref());
            let units = goods.handling_units.join(" ");
            format!("{number} {}/{} {quantity} {} {rule} {units}", goods.location, goods.lot, goods.expiry)
                .trim_end()
                .to_owned()
        }));
        said.extend(line.passed_over.iter().map(|goods| {
            format!("{number} {}/{} {}", goods.location, goods.lot, goods.reason().as_str_name())
        }));
    }
    said
}

pub(crate) async fn a_document_is_explained(app: &mut TestApp) {
    let script = "receive L MAIN 5 @ lot=X expiry=2030-01-01; receive L PICK 5 @ lot=Y     | ok
         reserve L MAIN 2                           | ok
         receive L MAIN 1 @ lot=X status=damaged    | ok";
    check(app, script).await;
    assert_eq!(
        explained(app, "reserve L * 4; issue L MAIN 1").await,
        [
            "0 MAIN/X 3 2030-01-01 PICK_RULE_FEFO",
            "0 PICK/Y 1  PICK_RULE_FEFO",
            "0 MAIN/X PASSED_OVER_REASON_STATUS",
            "1 refused INSUFFICIENT_AVAILABLE document.lines[1]",
            "1 MAIN/X PASSED_OVER_REASON_PROMISED",
            "1 MAIN/X PASSED_OVER_REASON_STATUS",
        ]
    );
    assert_eq!(
        explained(app, "reserve L MAIN 5 @ priority=1 may=reallocate pick=3").await,
        ["0 2-0 makes room", "0 MAIN/X 5 2030-01-01 PICK_RULE_LIFO", "0 MAIN/X PASSED_OVER_REASON_STATUS",]
    );
    let pallet = "open PALLET PICK; receive A PICK 4 @ unit=line:1; receive A MAIN 5";
    assert_eq!(say(app, &format!("range 7610425 3 0; {pallet}")).await, "ok");
    assert_eq!(
        explained(app, "reserve A * 5 @ pick=5").await,
        ["0 PICK/ 4  PICK_RULE_FULL_FIRST 376104250000000000", "0 MAIN/ 1  PICK_RULE_FULL_FIRST"]
    );
    let before = head(app).await.unwrap();
    let unknown = ExplainDocumentRequest {
        warehouse: "BER".into(),
        document: Some(document("issue X MAIN 1")),
        ..ExplainDocumentRequest::default()
    };
    let answer = app.client().explain_document(unknown).await;
    assert_eq!(refused(answer), "UNKNOWN_ITEM document.lines[0].issue.sku");
    assert_eq!(head(app).await.unwrap(), before, "nothing changes");
    assert_eq!(listed(app, "").await, ["2-0 L 2 MAIN/X/2 hard 0"]);
}

pub(crate) async fn what_is_lost_is_promised_no_more(app: &mut TestApp) {
    app.restart_with(|limits| limits.checkpoint_entries = 2).await;
    let script = "receive A MAIN 5                                   | ok
         reserve A MAIN 5                                   | ok
         adjust A MAIN -1 shrink                            | INSUFFICIENT_AVAILABLE document.lines[0]
         status A MAIN 1 damaged fell                       | INSUFFICIENT_AVAILABLE document.lines[0]
         adjust A MAIN -1 shrink @ may=take                 | ok
         status A MAIN 1 damaged fell @ may=take            | ok
         adjust A MAIN -5 shrink @ may=take                 | INSUFFICIENT_AVAILABLE document.lines[0]
         adjust A MAIN 1 found @ may=take                   | ok";
    check(app, script).await;
    app.restart().await;
    let script = "fulfil 2-0 4                                       | RESERVATION_EXCEEDED document.lines[0]
         fulfil 2-0 3                                       | ok";
    check(app, script).await;
    let entry = JournalEntry::decode(&*read_journal(app, 0).await[4].entry).unwrap();
    let Some(Outcome::Posted(posted)) = entry.outcome else { panic!("accepted") };
    let Some(Fact::Released(released)) = &posted.facts[0].fact else { panic!("{posted:?}") };
    assert_eq!(released.cause(), ReleaseCause::Taken);
}
