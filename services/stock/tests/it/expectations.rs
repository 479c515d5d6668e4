//! What is expected, as callers see it. In documents: `expect CODE KIND SKU QUANTITY DAY [UNIT [PARTNER [CHANNEL]]]`, where KIND is `demand`,
//! `purchase`, `transfer`, `dispatched`, `production`, `return`, or one of the wrong ones below; `cancel CODE`; and `for CODE LINE`.

use proto::common::v1::Decimal;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{
    CancelExpectation, Expect, Expectation, ExpectationDirection, ListExpectationsRequest, SupplyKind,
};

use crate::calls::{head, position, refused, say};
use crate::outcome::verified;
use crate::test_app::TestApp;
use crate::tracking::check;

/// One line about what is expected.
pub(crate) fn action(words: &[&str]) -> Action {
    let word = |n: usize| words.get(n).copied().unwrap_or_default().to_owned();
    let expectation = word(1);
    if words[0] == "cancel" {
        return Action::CancelExpectation(CancelExpectation { expectation });
    }
    let (supply, demand) = (ExpectationDirection::Supply, ExpectationDirection::Demand);
    let (direction, supply_kind, dispatched) = match words[2] {
        "demand" => (demand, SupplyKind::Unspecified, false),
        "purchase" => (supply, SupplyKind::Purchase, false),
        "transfer" => (supply, SupplyKind::Transfer, false),
        "dispatched" => (supply, SupplyKind::Transfer, true),
        "production" => (supply, SupplyKind::Production, false),
        "return" => (supply, SupplyKind::Return, false),
        "nothing" => (ExpectationDirection::Unspecified, SupplyKind::Purchase, false),
        "supply" => (supply, SupplyKind::Unspecified, false),
        "bought-demand" => (demand, SupplyKind::Purchase, false),
        "dispatched-purchase" => (supply, SupplyKind::Purchase, true),
        "dispatched-demand" => (demand, SupplyKind::Unspecified, true),
        other => panic!("{other:?} is nothing that is expected"),
    };
    Action::Expect(Expect {
        expectation,
        direction: direction.into(),
        supply_kind: supply_kind.into(),
        dispatched,
        sku: word(3),
        quantity: words.get(4).map(|text| Decimal { value: (*text).into() }),
        day: word(5),
        unit: word(6),
        partner: word(7),
        channel: word(8),
    })
}

/// `for CODE LINE` as the code and the line.
pub(crate) fn named(text: &str) -> (String, &str) {
    let named = text.strip_prefix("for ").and_then(|rest| rest.split_once(' '));
    named.map_or((String::new(), text), |(code, line)| (code.to_owned(), line))
}

/// `CODE KIND SKU DAY EXPECTED/MET/OPEN PARTNER CHANNEL`
fn in_words(row: &Expectation) -> String {
    let kind = match row.direction() {
        ExpectationDirection::Demand => "demand".to_owned(),
        ExpectationDirection::Supply if row.dispatched => "dispatched".to_owned(),
        ExpectationDirection::Supply => {
            row.supply_kind().as_str_name().trim_start_matches("SUPPLY_KIND_").to_lowercase()
        }
        ExpectationDirection::Unspecified => "unspecified".to_owned(),
    };
    let text = |decimal: &Option<Decimal>| decimal.as_ref().map_or_else(String::new, |d| d.value.clone());
    let amounts = [&row.expected, &row.met, &row.open].map(text).join("/");
    let Expectation { expectation, sku, day, partner, channel, .. } = row;
    format!("{expectation} {kind} {sku} {day} {amounts} {partner} {channel}").trim_end().to_owned()
}

async fn listed_as_of(app: &TestApp, filter: &str, as_of_sequence: u64) -> Vec<String> {
    let (warehouse, filter) = ("BER".into(), filter.into());
    let request = ListExpectationsRequest { warehouse, filter, as_of_sequence, ..Default::default() };
    let page = app.client().list_expectations(request).await.unwrap().into_inner();
    page.expectations.iter().map(in_words).collect()
}

async fn listed(app: &TestApp, filter: &str) -> Vec<String> {
    listed_as_of(app, filter, 0).await
}

pub(crate) async fn what_is_expected_is_met(app: &mut TestApp) {
    let script =
        "expect PO-17/3 purchase A 2 2030-03-01 CASE ACME; expect SO-5 demand A 9 2030-03-05  C-1 WEB | ok
         for PO-17/3 receive A MAIN 10                    | ok
         for SO-5 reserve A MAIN 4                        | ok
         for SO-5 fulfil 3-0 1; for SO-5 issue A MAIN 1   | ok
         expect T-1 dispatched B 6 2030-03-02; expect T-2 transfer B 1 2030-04-01 | ok";
    check(app, script).await;
    let supply = "PO-17/3 purchase A 2030-03-01 24/10/14 ACME";
    let demand = "SO-5 demand A 2030-03-05 9/6/3 C-1 WEB";
    let (sent, planned) = ("T-1 dispatched B 2030-03-02 6/0/6", "T-2 transfer B 2030-04-01 1/0/1");
    for (filter, expected) in [
        ("", vec![supply, demand, sent, planned]),
        ("sku = \"A\"", vec![supply, demand]),
        ("direction = \"demand\"", vec![demand]),
        ("day >= \"2030-03-02\" AND day <= \"2030-03-31\"", vec![demand, sent]),
        ("supply_kind = \"transfer\" AND sku = \"B\"", vec![sent, planned]),
        ("partner = \"ACME\"", vec![supply]),
        ("channel = \"WEB\"", vec![demand]),
    ] {
        assert_eq!(listed(app, filter).await, expected, "{filter}");
    }
    assert_eq!(position(app, "A", "MAIN").await, "8/3/5", "what is expected is not there");
    let first = ["PO-17/3 purchase A 2030-03-01 24/0/24 ACME", "SO-5 demand A 2030-03-05 9/0/9 C-1 WEB"];
    assert_eq!(listed_as_of(app, "", 1).await, first, "as it was");
    let script = "reverse 2-0                                     | INSUFFICIENT_AVAILABLE document.lines[0]
         receive A MAIN 20; reverse 2-0                   | ok
         for PO-17/3 receive A MAIN 30                    | ok
         reverse 8-0                                      | ok
         expect T-1 dispatched B 0 2030-03-02; cancel SO-5; cancel T-2 | ok";
    check(app, script).await;
    assert_eq!(listed(app, "").await, ["PO-17/3 purchase A 2030-03-01 24/0/24 ACME"]);
}

pub(crate) async fn what_is_expected_survives_a_restart(app: &mut TestApp) {
    app.restart_with(|limits| limits.checkpoint_entries = 2).await;
    let script = "expect P-1 purchase A 5 2030-03-01  ACME WEB; expect P-2 return B 5 2030-03-01 | ok
         for P-1 receive A MAIN 2; for P-2 receive B MAIN 5 | ok
         expect P-3 production A 7 2030-03-09             | ok
         cancel P-3; expect P-4 demand F 0.5 2030-03-09   | ok
         expect P-1 purchase A 6 2030-03-02               | ok
         reverse 2-1                                      | ok";
    check(app, script).await;
    let digest = verified(app).await.state_digest;
    let expected = [
        "P-1 purchase A 2030-03-02 6/2/4",
        "P-2 return B 2030-03-01 5/0/5",
        "P-4 demand F 2030-03-09 0.5/0/0.5",
    ];
    for _ in 0..2 {
        app.restart().await;
        assert_eq!(verified(app).await.state_digest, digest);
        assert_eq!(listed(app, "").await, expected);
    }
    assert_eq!(say(app, "for P-1 receive A MAIN 4; cancel P-2; cancel P-4").await, "ok");
    app.restart().await;
    assert_eq!(listed(app, "").await, Vec::<String>::new());
}

pub(crate) async fn refusals_about_it_have_their_reasons(app: &mut TestApp) {
    let script = "receive A MAIN 9; receive B MAIN 9; expect P-1 purchase A 5 2030-03-01; expect D-1 demand A 5 2030-03-01 | ok
         for P-9 receive A MAIN 1                         | EXPECTATION_NOT_FOUND document.lines[0]
         cancel P-9                                       | EXPECTATION_NOT_FOUND document.lines[0]
         expect P-9 purchase A 0 0001-01-01               | EXPECTATION_NOT_FOUND document.lines[0]
         for P-1 receive B MAIN 1                         | EXPECTATION_OF_OTHER_ITEM document.lines[0]
         expect P-1 purchase B 5 2030-03-01               | EXPECTATION_OF_OTHER_ITEM document.lines[0]
         for P-1 issue A MAIN 1                           | EXPECTATION_OF_OTHER_DIRECTION document.lines[0]
         for P-1 consume A MAIN 1                         | EXPECTATION_OF_OTHER_DIRECTION document.lines[0]
         for D-1 return A MAIN 1                          | EXPECTATION_OF_OTHER_DIRECTION document.lines[0]
         for D-1 produce A MAIN 1                         | EXPECTATION_OF_OTHER_DIRECTION document.lines[0]
         for D-1 reserve B * 1                            | EXPECTATION_OF_OTHER_ITEM document.lines[0]
         expect D-1 purchase A 5 2030-03-01               | EXPECTATION_OF_OTHER_DIRECTION document.lines[0]
         for D-1 issue A MAIN 99                          | INSUFFICIENT_AVAILABLE document.lines[0]";
    check(app, script).await;
    assert_eq!(position(app, "A", "MAIN").await, "9/0/9");
}

pub(crate) async fn each_bad_expectation_is_named(app: &mut TestApp) {
    for (line, expected) in [
        ("expect p purchase A 1 2030-03-01", "BAD_CODE document.lines[1].expect.expectation"),
        ("expect P nothing A 1 2030-03-01", "BAD_FIELD document.lines[1].expect.direction"),
        ("expect P supply A 1 2030-03-01", "BAD_FIELD document.lines[1].expect.supply_kind"),
        ("expect P bought-demand A 1 2030-03-01", "BAD_FIELD document.lines[1].expect.supply_kind"),
        ("expect P dispatched-purchase A 1 2030-03-01", "BAD_FIELD document.lines[1].expect.dispatched"),
        ("expect P dispatched-demand A 1 2030-03-01", "BAD_FIELD document.lines[1].expect.dispatched"),
        ("expect P purchase X 1 2030-03-01", "UNKNOWN_ITEM document.lines[1].expect.sku"),
        ("expect P purchase OLD 1 2030-03-01", "ITEM_RETIRED document.lines[1].expect.sku"),
        ("expect P purchase A -1 2030-03-01", "QUANTITY_NOT_POSITIVE document.lines[1].expect.quantity"),
        ("expect P purchase A 1.5 2030-03-01", "TOO_MANY_DECIMALS document.lines[1].expect.quantity"),
        ("expect P purchase A one 2030-03-01", "BAD_QUANTITY document.lines[1].expect.quantity"),
        ("expect P purchase A 1 2030-03-01 BOX", "UNKNOWN_UNIT document.lines[1].expect.unit"),
        ("expect P purchase A 1 2030-02-30", "BAD_CODE document.lines[1].expect.day"),
        ("expect P purchase A 1 tomorrow", "BAD_CODE document.lines[1].expect.day"),
        ("expect P purchase A 1 2019-03-01", "DAY_OUT_OF_RANGE document.lines[1].expect.day"),
        ("expect P demand A 1 9999-12-31", "DAY_OUT_OF_RANGE document.lines[1].expect.day"),
        ("expect P purchase A 1 2030-03-01  acme", "BAD_CODE document.lines[1].expect.partner"),
        ("expect P purchase A 1 2030-03-01   web", "BAD_CODE document.lines[1].expect.channel"),
        ("cancel p", "BAD_CODE document.lines[1].cancel_expectation.expectation"),
        ("for p receive A MAIN 1", "BAD_CODE document.lines[1].receive.expectation"),
        ("for p fulfil 1-0", "BAD_CODE document.lines[1].fulfil.expectation"),
    ] {
        assert_eq!(say(app, &format!("receive A MAIN 1; {line}")).await, expected, "{line}");
    }
    assert_eq!(head(app).await.unwrap().sequence, 0, "what cannot be judged is not recorded");
    let (warehouse, filter) = ("BER".into(), "color = 1".into());
    let request = ListExpectationsRequest { warehouse, filter, ..Default::default() };
    assert_eq!(refused(app.client().list_expectations(request).await), "BAD_FILTER filter");
}

pub(crate) async fn expectations_are_listed_page_by_page(app: &mut TestApp) {
    let lines: Vec<_> = (10..17).map(|n| format!("expect P-{n} purchase A {n} 2030-03-01")).collect();
    assert_eq!(say(app, &lines.join("; ")).await, "ok");
    let (mut page_token, mut pages) = (String::new(), Vec::new());
    loop {
        let (warehouse, filter) = ("BER".into(), "expectation != \"P-12\"".into());
        let request =
            ListExpectationsRequest { warehouse, filter, page_size: 3, page_token, as_of_sequence: 0 };
        let page = app.client().list_expectations(request).await.unwrap().into_inner();
        pages.push(page.expectations.iter().map(|row| row.expectation.clone()).collect::<Vec<_>>());
        page_token = page.next_page_token;
        if page_token.is_empty() {
            break;
        }
    }
    assert_eq!(pages, [vec!["P-10", "P-11", "P-13"], vec!["P-14", "P-15", "P-16"]]);
}
