//! Counts, as callers see them. In documents: `plan CODE KIND PLACE… WORD…`, where a place is `MAIN` or `MAIN:A`, and a word `within=10`,
//! `approve=20`, `cost=A:5`, `in=EUR`, `of=PLAN`, `drawn=SEED/CONFIDENCE/MARGIN` or `guided`; `see CODE PLACE WHO READ GOODS…`, where READ is
//! `now` or a sequence, and goods are `A*5`, `L.L1*5` of a lot, or `S#1,2` of units; `approve CODE WHO`; `put-right CODE`; `give-up CODE`.

use proto::common::v1::Decimal;
use proto::events::v1::{self as events, CountPlace, CountSample, CountTolerance, ItemCost};
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{
    ApproveCount, CancelCount, ChooseCountPlacesRequest, EnterCount, GetCountFiguresRequest, GetCountRequest,
    GetCountSheetRequest, ListCountsRequest, ListedStock, PlanCount, PostCount, ReconcileStockRequest,
    SeenGoods,
};

use crate::calls::{head, position, refused, say};
use crate::outcome::verified;
use crate::test_app::TestApp;
use crate::tracking::check;

/// Lines that nobody can judge, and what is said of them.
const BAD_LINES: [(&str, &str); 22] = [
    ("plan c location MAIN", "BAD_CODE document.lines[1].plan_count.count"),
    ("plan C nothing MAIN", "BAD_FIELD document.lines[1].plan_count.kind"),
    ("plan C location", "NO_LINES document.lines[1].plan_count.places"),
    ("plan C location NOWHERE", "UNKNOWN_LOCATION document.lines[1].plan_count.places[0].location"),
    ("plan C location GONE", "LOCATION_RETIRED document.lines[1].plan_count.places[0].location"),
    ("plan C location SUPPLIER", "LOCATION_VIRTUAL document.lines[1].plan_count.places[0].location"),
    ("plan C location MAIN:X", "UNKNOWN_ITEM document.lines[1].plan_count.places[0].sku"),
    ("plan C location MAIN MAIN", "BAD_FIELD document.lines[1].plan_count.places[1]"),
    ("plan C location MAIN MAIN:A", "BAD_FIELD document.lines[1].plan_count.places"),
    ("plan C location MAIN within=101", "BAD_FIELD document.lines[1].plan_count.tolerance.percent"),
    ("plan C location MAIN within=-1", "BAD_QUANTITY document.lines[1].plan_count.tolerance.percent"),
    ("plan C location MAIN approve=5", "BAD_FIELD document.lines[1].plan_count.currency"),
    ("plan C location MAIN in=XXQ", "BAD_CODE document.lines[1].plan_count.currency"),
    ("plan C location MAIN in=EUR cost=X:1", "UNKNOWN_ITEM document.lines[1].plan_count.costs[0].sku"),
    ("plan C location MAIN in=EUR cost=A:1 cost=A:2", "BAD_FIELD document.lines[1].plan_count.costs[1].sku"),
    ("plan C sample MAIN:A", "BAD_FIELD document.lines[1].plan_count.sample"),
    ("plan C sample MAIN:A drawn=1/80/500", "BAD_FIELD document.lines[1].plan_count.sample.confidence"),
    ("plan C sample MAIN:A drawn=1/95/0", "BAD_FIELD document.lines[1].plan_count.sample.margin"),
    ("see C MAIN:A maria now A*1", "BAD_CODE document.lines[1].enter_count.counted_by"),
    ("see C GONE MARIA now", "LOCATION_RETIRED document.lines[1].enter_count.place.location"),
    ("see C MAIN MARIA now L*1", "LOT_MISSING document.lines[1].enter_count.seen[0].goods.lot"),
    ("see C MAIN MARIA now A*-1", "BAD_QUANTITY document.lines[1].enter_count.seen[0].quantity"),
];

/// One line about a count; `None` for one about something else.
pub(crate) fn action(text: &str) -> Option<Action> {
    let words: Vec<&str> = text.split_whitespace().collect();
    Some(match words.as_slice() {
        ["plan", count, kind, rest @ ..] => Action::PlanCount(plan(count, kind, rest)),
        ["see", count, at, who, read, rest @ ..] => Action::EnterCount(EnterCount {
            count: (*count).into(),
            place: Some(place(at)),
            counted_by: (*who).into(),
            read_at_sequence: read.parse().unwrap_or_default(),
            read_at: None,
            seen: rest.iter().map(|word| seen(word)).collect(),
        }),
        ["approve", count, who] => {
            Action::ApproveCount(ApproveCount { count: (*count).into(), approved_by: (*who).into() })
        }
        ["put-right", count] => Action::PostCount(PostCount { count: (*count).into() }),
        ["give-up", count] => Action::CancelCount(CancelCount { count: (*count).into() }),
        _ => return None,
    })
}

fn plan(count: &str, kind: &str, words: &[&str]) -> PlanCount {
    let mut plan = PlanCount { count: count.into(), kind: kind_of(kind).into(), ..PlanCount::default() };
    for word in words {
        match word.split_once('=') {
            None if *word == "guided" => plan.guided = true,
            None => plan.places.push(place(word)),
            Some(("within", percent)) => {
                plan.tolerance =
                    Some(CountTolerance { percent: number_of(percent), ..CountTolerance::default() });
            }
            Some(("approve", value)) => plan.approval_above = number_of(value),
            Some(("in", currency)) => plan.currency = currency.into(),
            Some(("of", of)) => plan.plan = of.into(),
            Some(("cost", cost)) => {
                let (sku, cost) = cost.split_once(':').unwrap();
                plan.costs.push(ItemCost { sku: sku.into(), cost: number_of(cost) });
            }
            Some(("drawn", sample)) => {
                let [seed, confidence, margin] =
                    sample.split('/').map(|n| n.parse().unwrap()).collect::<Vec<u32>>().try_into().unwrap();
                plan.sample = Some(CountSample { seed: seed.into(), population: 9, confidence, margin });
            }
            Some(other) => panic!("no such word: {other:?}"),
        }
    }
    plan
}

fn kind_of(kind: &str) -> events::CountKind {
    match kind {
        "full" => events::CountKind::Full,
        "location" => events::CountKind::Location,
        "class" => events::CountKind::Class,
        "low" => events::CountKind::LowStock,
        "zero" => events::CountKind::ZeroStock,
        "sample" => events::CountKind::Sample,
        "short" => events::CountKind::ShortPick,
        _ => events::CountKind::Unspecified,
    }
}

fn place(word: &str) -> CountPlace {
    let (location, sku) = word.split_once(':').unwrap_or((word, ""));
    CountPlace { location: location.into(), sku: sku.into() }
}

fn seen(word: &str) -> SeenGoods {
    if let Some((sku, units)) = word.split_once('#') {
        let serials = units.split(',').map(ToOwned::to_owned).collect();
        return SeenGoods { sku: sku.into(), serials, ..SeenGoods::default() };
    }
    let (goods, n) = word.split_once('*').unwrap();
    let (sku, lot) = goods.split_once('.').unwrap_or((goods, ""));
    SeenGoods { sku: sku.into(), lot: lot.into(), quantity: number_of(n), ..SeenGoods::default() }
}

fn number_of(text: &str) -> Option<Decimal> {
    Some(Decimal { value: text.into() })
}

/// `STATE: LOCATION COUNTED/EXPECTED SKU, …`
fn in_words(count: &events::Count) -> String {
    let text = |decimal: &Option<Decimal>| decimal.as_ref().unwrap().value.clone();
    let mut lines = Vec::new();
    for known in &count.progress {
        let location = &known.place.as_ref().unwrap().location;
        for line in known.reading.iter().flat_map(|reading| &reading.lines) {
            lines.push(format!("{location} {}/{} {}", text(&line.counted), text(&line.expected), line.sku));
        }
    }
    let state = count.state().as_str_name().trim_start_matches("COUNT_STATE_").to_lowercase();
    format!("{state}: {}", lines.join(", "))
}

async fn shown(app: &TestApp, count: &str) -> String {
    let request = GetCountRequest { warehouse: "BER".into(), count: count.into(), as_of_sequence: 0 };
    match app.client().get_count(request).await {
        Ok(answer) => in_words(&answer.into_inner().count.unwrap()),
        refusal @ Err(_) => refused(refusal),
    }
}

async fn listed(app: &TestApp, filter: &str) -> Vec<String> {
    let (mut page_token, mut found) = (String::new(), Vec::new());
    loop {
        let (warehouse, filter) = ("BER".into(), filter.into());
        let request = ListCountsRequest { warehouse, filter, page_size: 2, page_token, as_of_sequence: 0 };
        let page = app.client().list_counts(request).await.unwrap().into_inner();
        found.extend(
            page.counts.into_iter().map(|row| format!("{} {}/{}", row.count, row.to_count, row.places)),
        );
        page_token = page.next_page_token;
        if page_token.is_empty() {
            return found;
        }
    }
}

async fn sheet(app: &TestApp, count: &str) -> Vec<String> {
    let request = GetCountSheetRequest { warehouse: "BER".into(), count: count.into() };
    let sheet = app.client().get_count_sheet(request).await.unwrap().into_inner();
    let place = |place: proto::stock::v1::CountSheetPlace| {
        let goods = place
            .goods
            .iter()
            .map(|goods| format!(" {}*{}", goods.sku, goods.quantity.as_ref().unwrap().value));
        let goods = goods.collect::<String>();
        format!("{}{goods} {}", place.place.unwrap().location, place.not_by).trim_end().to_owned()
    };
    sheet.places.into_iter().map(place).collect()
}

pub(crate) async fn a_shelf_is_counted_while_goods_move(app: &mut TestApp) {
    let script = "receive A MAIN 10; receive B MAIN 5             | ok
         plan C-1 location MAIN PICK within=20 guided of=Y26     | ok
         issue A MAIN 1                                          | ok";
    check(app, script).await;
    assert_eq!(sheet(app, "C-1").await, ["MAIN A*9 B*5", "PICK"]);
    let script = "issue A MAIN 3                                  | ok
         see C-1 MAIN MARIA 3 A*8 B*2                            | ok
         put-right C-1                                           | NOT_COUNTED document.lines[0]
         see C-1 PICK MARIA now                                  | ok
         put-right C-1                                           | RECOUNT_NEEDED document.lines[0]";
    check(app, script).await;
    assert_eq!(sheet(app, "C-1").await, ["MAIN A*6 B*5 MARIA"], "PICK is empty, as it should be");
    assert_eq!(shown(app, "C-1").await, "counting: MAIN 8/9 A, MAIN 2/5 B");
    let script = "see C-1 MAIN PAUL 5 A*5 B*3                     | ok
         put-right C-1                                           | ok";
    check(app, script).await;
    assert_eq!(shown(app, "C-1").await, "posted: MAIN 5/6 A, MAIN 3/5 B");
    assert_eq!(position(app, "A", "MAIN").await, "5/0/5");
    assert_eq!(position(app, "B", "MAIN").await, "3/0/3");
    assert_eq!(listed(app, "plan = \"Y26\"").await, ["C-1 0/2"]);
    assert_eq!(sheet(app, "C-1").await, Vec::<String>::new());
}

pub(crate) async fn counts_survive_a_restart(app: &mut TestApp) {
    app.restart_with(|limits| limits.checkpoint_entries = 2).await;
    let script = "receive A MAIN 10; receive L MAIN 5 @ lot=L1 | ok
         plan C-1 class MAIN:A in=EUR cost=A:2.5 approve=2 within=100 | ok
         plan C-2 location MAIN; plan C-3 zero PICK:A        | ok
         see C-1 MAIN:A MARIA now A*9                        | ok
         see C-2 MAIN MARIA now A*10 L.L1*5                  | ok
         give-up C-3                                         | ok";
    check(app, script).await;
    let digest = verified(app).await.state_digest;
    for _ in 0..2 {
        app.restart().await;
        assert_eq!(verified(app).await.state_digest, digest);
        assert_eq!(shown(app, "C-1").await, "counted: MAIN 9/10 A");
        assert_eq!(shown(app, "C-2").await, "counted: MAIN 10/10 A, MAIN 5/5 L");
        assert_eq!(shown(app, "C-3").await, "cancelled: ");
    }
    assert_eq!(listed(app, "").await, ["C-1 0/1", "C-2 0/1", "C-3 1/1"]);
    assert_eq!(listed(app, "state = \"counted\" AND kind = \"class\"").await, ["C-1 0/1"]);
    let script = "put-right C-1                                  | COUNT_APPROVAL_NEEDED document.lines[0]
         approve C-1 ANNA; put-right C-1                     | ok
         put-right C-2                                       | COUNT_STALE document.lines[0]";
    check(app, script).await;
    app.restart().await;
    assert_eq!(
        shown(app, "C-2").await,
        "counting: MAIN 10/10 A, MAIN 5/5 L",
        "what was put right is still known"
    );
    let request =
        GetCountFiguresRequest { warehouse: "BER".into(), currency: "EUR".into(), ..Default::default() };
    let figures = app.client().get_count_figures(request).await.unwrap().into_inner();
    assert_eq!((figures.counts, figures.lines, figures.exact, figures.within), (1, 1, 0, 1));
    assert_eq!((figures.missing.as_str(), figures.missing_value.as_str()), ("1", "2.5"));
    assert_eq!((figures.found.as_str(), figures.unvalued), ("0", 0));
    let request =
        GetCountFiguresRequest { warehouse: "BER".into(), skus: vec!["B".into()], ..Default::default() };
    assert_eq!(app.client().get_count_figures(request).await.unwrap().into_inner().lines, 0);
}

pub(crate) async fn usage_of_a_periodic_item_is_found_by_counts(app: &mut TestApp) {
    app.restart_with(|limits| limits.checkpoint_entries = 2).await;
    let script = "receive A MAIN 10; rule periodic A yes | ok
         receive A MAIN 5                                    | ok
         issue A MAIN 1                                      | ITEM_PERIODIC document.lines[0]
         plan C-1 class MAIN:A                               | ok
         see C-1 MAIN:A MARIA now A*4                        | ok";
    check(app, script).await;
    let digest = verified(app).await.state_digest;
    app.restart().await;
    assert_eq!(verified(app).await.state_digest, digest);
    check(app, "reserve A MAIN 1 | ITEM_PERIODIC document.lines[0]\nput-right C-1 | ok").await;
    let request = GetCountFiguresRequest { warehouse: "BER".into(), ..Default::default() };
    let figures = app.client().get_count_figures(request).await.unwrap().into_inner();
    assert_eq!((figures.lines, figures.missing.as_str(), figures.used.as_str()), (0, "0", "11"));
    check(app, "rule periodic A no | ok\nissue A MAIN 4 | ok").await;
}

pub(crate) async fn refusals_about_counts_have_their_reasons(app: &mut TestApp) {
    let script = "receive A MAIN 10; receive S MAIN 2 @ serials=1,2 | ok
         put-right C-9                                        | COUNT_NOT_FOUND document.lines[0]
         plan C-1 location MAIN:A MAIN:S in=EUR cost=A:5 approve=2 | ok
         plan C-1 location MAIN:A                             | COUNT_EXISTS document.lines[0]
         see C-1 PICK:A MARIA now A*1                         | COUNT_PLACE_NOT_PLANNED document.lines[0]
         see C-1 MAIN:A MARIA now B*1                         | COUNT_OF_OTHER_ITEM document.lines[0]
         see C-1 MAIN:A MARIA 1 A*1                           | COUNT_READ_OUT_OF_TIME document.lines[0]
         see C-1 MAIN:A MARIA now A*8                         | ok
         see C-1 MAIN:A MARIA now A*8                         | COUNTED_BY_SAME_PERSON document.lines[0]
         issue S MAIN 1 @ serials=1                           | ok
         see C-1 MAIN:S MARIA 8 S#1,2                         | COUNT_UNITS_MOVED document.lines[0]
         see C-1 MAIN:S MARIA now S#2 S#2                     | COUNT_UNIT_TWICE document.lines[0]
         see C-1 MAIN:S MARIA now S#2                         | ok
         see C-1 MAIN:A PAUL now A*8                          | ok
         put-right C-1                                        | COUNT_APPROVAL_NEEDED document.lines[0]
         approve C-1 PAUL                                     | OWN_VARIANCE document.lines[0]
         approve C-1 ANNA                                     | ok
         put-right C-1                                        | ok
         give-up C-1                                          | COUNT_ENDED document.lines[0]
         plan C-2 location MAIN:W PICK                        | ok
         see C-2 MAIN:W MARIA now W*1                         | COUNT_WEIGHED document.lines[0]
         see C-2 PICK MARIA now L.NEW*1                       | UNKNOWN_LOT document.lines[0]";
    check(app, script).await;
    assert_eq!(position(app, "A", "MAIN").await, "8/0/8");
    assert_eq!(shown(app, "C-9").await, "COUNT_NOT_FOUND count");
    assert_eq!(shown(app, "c").await, "BAD_CODE count");
}

pub(crate) async fn each_bad_line_about_a_count_is_named(app: &mut TestApp) {
    for (line, expected) in BAD_LINES {
        assert_eq!(say(app, &format!("receive A MAIN 1; {line}")).await, expected, "{line}");
    }
    assert_eq!(head(app).await.unwrap().sequence, 0, "what cannot be judged is not recorded");
    let (warehouse, filter) = ("BER".into(), "color = 1".into());
    let request = ListCountsRequest { warehouse, filter, ..Default::default() };
    assert_eq!(refused(app.client().list_counts(request).await), "BAD_FILTER filter");
}

pub(crate) async fn places_are_chosen_by_what_is_there(app: &mut TestApp) {
    let script = "receive A MAIN 10; receive A PICK 2; receive B MAIN 1 | ok
         receive C PICK 1; issue C PICK 1                         | ok";
    check(app, script).await;
    let sample = Some(CountSample { seed: 7, population: 0, confidence: 90, margin: 5000 });
    for (kind, skus, low, sample, expected) in [
        ("class", "A", "", None, "MAIN:A PICK:A"),
        ("class", "", "", None, "BAD_FIELD skus"),
        ("low", "", "2", None, "MAIN:B PICK:A"),
        ("low", "", "x", None, "BAD_QUANTITY low"),
        ("zero", "", "", None, "PICK:C"),
        ("short", "", "", None, ""),
        ("full", "", "", None, "BAD_FIELD kind"),
        ("sample", "", "", None, "BAD_FIELD sample"),
        ("zero", "", "", sample, "BAD_FIELD sample"),
        ("sample", "", "", sample, "2 of 3"),
    ] {
        let request = ChooseCountPlacesRequest {
            warehouse: "BER".into(),
            kind: kind_of(kind).into(),
            skus: skus.split_whitespace().map(ToOwned::to_owned).collect(),
            low: number_of(low),
            sample,
            page_size: 1,
            ..ChooseCountPlacesRequest::default()
        };
        assert_eq!(chosen(app, request).await, expected, "{kind} {skus}");
    }
}

async fn chosen(app: &TestApp, mut request: ChooseCountPlacesRequest) -> String {
    let mut found: Vec<String> = Vec::new();
    loop {
        let page = match app.client().choose_count_places(request.clone()).await {
            Ok(page) => page.into_inner(),
            refusal @ Err(_) => return refused(refusal),
        };
        found.extend(page.places.iter().map(|place| format!("{}:{}", place.location, place.sku)));
        if page.next_page_token.is_empty() {
            let drawn = page.sample.map(|sample| format!("{} of {}", found.len(), sample.population));
            return drawn.unwrap_or_else(|| found.join(" "));
        }
        request.page_token = page.next_page_token;
    }
}

pub(crate) async fn lists_of_others_are_explained_by_movements(app: &mut TestApp) {
    let script = "receive A MAIN 10 | ok
         receive A PICK 5                                    | ok
         issue A MAIN 3                                      | ok";
    check(app, script).await;
    for (rows, as_of_sequence, expected) in [
        ("A 12", 0, "SAME 12 12"),
        ("A 15; A@PICK 5", 2, "MOVED 15 12 3:-3; SAME 5 5"),
        ("A 10; A 11; B 0", 0, "BEHIND 12 12 2:5 3:-3; UNEXPLAINED 12 12; SAME 0 0"),
        ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA 1", 0, "BAD_CODE rows[0].sku"),
        ("A 1; A@x 1", 0, "BAD_CODE rows[1].location"),
        ("A x", 0, "BAD_QUANTITY rows[0].quantity"),
        ("A 1", 9, "AS_OF_IN_FUTURE as_of_sequence"),
        ("", 0, "NO_LINES rows"),
    ] {
        assert_eq!(reconciled(app, rows, as_of_sequence).await, expected, "{rows}");
    }
}

async fn reconciled(app: &TestApp, rows: &str, as_of_sequence: u64) -> String {
    let row = |text: &str| {
        let (name, n) = text.trim().split_once(' ').unwrap();
        let (sku, location) = name.split_once('@').unwrap_or((name, ""));
        ListedStock { sku: sku.into(), location: location.into(), quantity: number_of(n) }
    };
    let rows = rows.split(';').filter(|text| !text.is_empty()).map(row).collect();
    let request =
        ReconcileStockRequest { warehouse: "BER".into(), rows, as_of_sequence, ..Default::default() };
    let answer = match app.client().reconcile_stock(request).await {
        Ok(answer) => answer.into_inner(),
        refusal @ Err(_) => return refused(refusal),
    };
    let text = |decimal: Option<Decimal>| decimal.unwrap().value;
    let said = answer.rows.into_iter().map(|row| {
        let verdict = row.verdict().as_str_name().trim_start_matches("RECONCILIATION_VERDICT_").to_owned();
        let moved = row.movements.into_iter().map(|m| format!(" {}:{}", m.sequence, text(m.quantity)));
        let moved = moved.collect::<String>();
        format!("{verdict} {} {}{moved}", text(row.then), text(row.now))
    });
    said.collect::<Vec<_>>().join("; ")
}
