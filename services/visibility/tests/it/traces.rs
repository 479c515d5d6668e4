//! Traces over gRPC.

use std::collections::BTreeMap;
use std::time::Duration;

use proto::visibility::v1::{
    ListDuplicateSerialsRequest, ListRecipientsRequest, TraceDirection, TraceEvent, TraceEventKind, TraceKey,
    TraceLotRequest, TraceLotResponse,
};
use tonic::Request;

use crate::test_app::{Site, TestApp, failed, wishes};

fn of_lot(sku: &str, lot: &str) -> Option<TraceKey> {
    Some(TraceKey { sku: sku.into(), lot: lot.into(), ..TraceKey::default() })
}

fn of_unit(sku: &str, serial: &str) -> Option<TraceKey> {
    Some(TraceKey { sku: sku.into(), serial: serial.into(), ..TraceKey::default() })
}

fn ask(key: Option<TraceKey>, direction: TraceDirection, at_least: &[(&str, u64)]) -> TraceLotRequest {
    let direction = direction.into();
    TraceLotRequest { key, direction, at_least: wishes(at_least), ..TraceLotRequest::default() }
}

async fn trace(app: &TestApp, wish: TraceLotRequest) -> Result<TraceLotResponse, String> {
    let mut request = Request::new(wish);
    request.set_timeout(Duration::from_secs(20));
    let answer = app.traces().trace_lot(request).await;
    answer.map(tonic::Response::into_inner).map_err(|status| failed(&status))
}

fn name(key: &Option<TraceKey>) -> String {
    let TraceKey { sku, lot, serial } = key.clone().unwrap();
    format!("{sku}/{lot}{serial}")
}

/// `LEVEL NODE`, in order.
fn nodes(graph: &TraceLotResponse) -> Vec<String> {
    graph.nodes.iter().map(|node| format!("{} {}", node.level, name(&node.key))).collect()
}

/// `FROM consumed > TO produced @WAREHOUSE-SEQUENCE`
fn links(graph: &TraceLotResponse) -> Vec<String> {
    let of = |at: u32| name(&graph.nodes[at as usize].key);
    let number = |decimal: &Option<proto::common::v1::Decimal>| decimal.clone().unwrap().value;
    let told = graph.links.iter().map(|link| {
        let (from, to) = (of(link.from_node), of(link.to_node));
        let (consumed, produced) = (number(&link.consumed), number(&link.produced));
        format!("{from} {consumed} > {to} {produced} @{}-{}", link.warehouse, link.sequence)
    });
    told.collect()
}

fn told(event: &TraceEvent) -> String {
    let kind = event.kind().as_str_name().trim_start_matches("TRACE_EVENT_KIND_").to_lowercase();
    let whom = format!("{}{}{}{}", event.partner, event.reference, event.status, event.place);
    format!("{} {kind} {whom} {}", event.warehouse, event.quantity.clone().unwrap().value)
}

fn events(graph: &TraceLotResponse, node: u32) -> Vec<String> {
    graph.events.iter().filter(|event| event.node == node).map(told).collect()
}

/// Flour from two lots goes into bread, bread into boxes, which are repacked in the other warehouse.
async fn bakery(site: &Site) {
    site.publish(
        "BER",
        "1 SUPPLIER>A pen:F1 10 =MILL; SUPPLIER>A pen:F2 10 =MILL
         2 A>PRODUCTION pen:F1 4; A>PRODUCTION pen:F2 1; PRODUCTION>A ink:B1 8; PRODUCTION>A ink:B2 2
         3 A>PRODUCTION pen:F2 2; PRODUCTION>A ink:B3 5
         4 A>PRODUCTION ink:B1 6; PRODUCTION>A pad:K1 3
         5 A>CUSTOMER pad:K1 2 =C-1; A>TRANSIT pad:K1 1",
    )
    .await;
    site.publish(
        "HAM",
        "1 TRANSIT>A pad:K1 1
         2 A>PRODUCTION pad:K1 1; PRODUCTION>A cap*7,8 2
         3 A>CUSTOMER cap*7 1 =C-2",
    )
    .await;
}

#[tokio::test]
async fn a_trace_goes_up_and_down_over_warehouses() {
    let site = Site::new().await;
    bakery(&site).await;
    for app in site.both().await {
        let all = [("BER", 5), ("HAM", 3)];
        let down = trace(&app, ask(of_lot("pen", "F1"), TraceDirection::Down, &all)).await.unwrap();
        let expected = ["0 pen/F1", "1 ink/B1", "1 ink/B2", "2 pad/K1", "3 cap/7", "3 cap/8"];
        assert_eq!(nodes(&down), expected);
        let expected = [
            "pen/F1 4 > ink/B1 8 @BER-2",
            "pen/F1 4 > ink/B2 2 @BER-2",
            "ink/B1 6 > pad/K1 3 @BER-4",
            "pad/K1 1 > cap/7 1 @HAM-2",
            "pad/K1 1 > cap/8 1 @HAM-2",
        ];
        assert_eq!(links(&down), expected);
        assert_eq!(events(&down, 0), ["BER held available 6", "BER received MILL 10"]);
        let expected = ["BER issued C-1 2", "BER went_to TRANSIT 1", "HAM came_from TRANSIT 1"];
        assert_eq!(events(&down, 3), expected);
        assert_eq!(events(&down, 4), ["HAM issued C-2 1"]);
        let fresh = down.freshness.iter().map(|f| format!("{}@{}", f.warehouse, f.as_of_sequence));
        assert_eq!(fresh.collect::<Vec<_>>(), ["BER@5", "HAM@3"]);
        let up = trace(&app, ask(of_unit("cap", "8"), TraceDirection::Up, &all)).await.unwrap();
        assert_eq!(nodes(&up), ["0 cap/8", "-1 pad/K1", "-2 ink/B1", "-3 pen/F1", "-3 pen/F2"]);
        assert_eq!(links(&up).len(), 4);
        let both = trace(&app, ask(of_lot("ink", "B1"), TraceDirection::Both, &[])).await.unwrap();
        let expected = ["0 ink/B1", "-1 pen/F1", "-1 pen/F2", "1 pad/K1", "2 cap/7", "2 cap/8"];
        assert_eq!(nodes(&both), expected, "not to what its flour became besides");
        let near = TraceLotRequest { levels: 1, ..ask(of_lot("pen", "F1"), TraceDirection::Down, &[]) };
        assert_eq!(nodes(&trace(&app, near).await.unwrap()), ["0 pen/F1", "1 ink/B1", "1 ink/B2"]);
        let few = TraceLotRequest { nodes_max: 2, ..ask(of_lot("pen", "F1"), TraceDirection::Down, &[]) };
        let few = trace(&app, few).await.unwrap();
        assert_eq!((nodes(&few).len(), few.truncated, down.truncated), (2, true, false));
        app.stop().await;
    }
}

#[tokio::test]
async fn bad_traces_are_named() {
    let site = Site::new().await;
    bakery(&site).await;
    for app in site.both().await {
        let of = |key| ask(key, TraceDirection::Up, &[("BER", 5)]);
        let both = Some(TraceKey { sku: "pen".into(), lot: "F1".into(), serial: "1".into() });
        for (request, expected) in [
            (of(None), "BAD_CODE key.sku"),
            (of(of_lot("pen", "")), "BAD_CODE key.lot"),
            (of(of_lot("pen", "a b")), "BAD_CODE key.lot"),
            (of(of_unit("cap", "a b")), "BAD_CODE key.serial"),
            (of(both), "BAD_FIELD key.serial"),
            (of(of_lot("none", "F1")), "UNKNOWN_ITEM key.sku"),
            (of(of_lot("pen", "F9")), "UNKNOWN_LOT key.lot"),
            (of(of_unit("cap", "9")), "UNKNOWN_SERIAL key.serial"),
            (TraceLotRequest { levels: 1001, ..of(of_lot("pen", "F1")) }, "BAD_FIELD levels"),
            (TraceLotRequest { nodes_max: 5001, ..of(of_lot("pen", "F1")) }, "BAD_FIELD nodes_max"),
            (TraceLotRequest { direction: 9, ..of(of_lot("pen", "F1")) }, "BAD_FIELD direction"),
        ] {
            assert_eq!(trace(&app, request).await.unwrap_err(), expected);
        }
        let recipients =
            ListRecipientsRequest { key: of_lot("pen", "F9"), ..ListRecipientsRequest::default() };
        let unknown = app.traces().list_recipients(recipients.clone()).await.unwrap_err();
        assert_eq!(failed(&unknown), "UNKNOWN_LOT key.lot");
        let kinds = vec![TraceEventKind::Held.into(), TraceEventKind::Lost.into()];
        let bad = ListRecipientsRequest { kinds, ..recipients };
        let bad = app.traces().list_recipients(bad).await.unwrap_err();
        assert_eq!(failed(&bad), "BAD_FIELD kinds[1]");
        app.stop().await;
    }
}

/// `LEVEL NODE EVENT`, page by page.
async fn reached(app: &TestApp, mut request: ListRecipientsRequest) -> (Vec<String>, bool) {
    let (mut found, mut truncated) = (Vec::new(), false);
    loop {
        let page = app.traces().list_recipients(request.clone()).await.unwrap().into_inner();
        truncated |= page.truncated;
        found.extend(page.recipients.iter().map(|event| {
            let node = &page.nodes[event.node as usize];
            format!("{} {} {}", node.level, name(&node.key), told(event))
        }));
        if page.next_page_token.is_empty() {
            return (found, truncated);
        }
        request.page_token = page.next_page_token;
    }
}

#[tokio::test]
async fn who_got_what_was_made_of_it_is_found() {
    let site = Site::new().await;
    bakery(&site).await;
    for app in site.both().await {
        for page_size in [1, 2, 0] {
            let at_least = wishes(&[("BER", 5), ("HAM", 3)]);
            let key = of_lot("pen", "F1");
            let direct = ListRecipientsRequest { key, page_size, at_least, ..Default::default() };
            assert_eq!(reached(&app, direct.clone()).await, (vec![], false), "no flour was sold");
            let through = ListRecipientsRequest { through_production: true, ..direct };
            let expected = ["2 pad/K1 BER issued C-1 2", "3 cap/7 HAM issued C-2 1"];
            assert_eq!(reached(&app, through.clone()).await, (expected.map(str::to_owned).into(), false));
            let kinds = [TraceEventKind::Received, TraceEventKind::Issued, TraceEventKind::Held];
            let all = ListRecipientsRequest { kinds: kinds.map(i32::from).into(), ..through };
            let expected = [
                "1 ink/B1 BER held available 2",
                "1 ink/B2 BER held available 2",
                "0 pen/F1 BER held available 6",
                "0 pen/F1 BER received MILL 10",
                "2 pad/K1 BER issued C-1 2",
                "3 cap/8 HAM held available 1",
                "3 cap/7 HAM issued C-2 1",
            ];
            let (mut found, truncated) = reached(&app, all).await;
            found.sort();
            let mut expected = expected.map(str::to_owned);
            expected.sort();
            assert_eq!((found, truncated), (expected.into(), false));
        }
        app.stop().await;
    }
}

/// L0 became L1, that became L2, and so on, twelve times; the last was sold.
#[tokio::test]
async fn a_trace_says_when_more_is_below() {
    let site = Site::new().await;
    let step =
        |level: u32| format!("{} A>PRODUCTION pen:L{} 1; PRODUCTION>A pen:L{level} 1", level + 1, level - 1);
    let sold = "14 A>CUSTOMER pen:L12 1 =C-1".to_owned();
    let lines: Vec<_> =
        std::iter::once("1 SUPPLIER>A pen:L0 1".to_owned()).chain((1..=12).map(step)).chain([sold]).collect();
    site.publish("BER", &lines.join("\n")).await;
    for app in site.both().await {
        let down = ask(of_lot("pen", "L0"), TraceDirection::Down, &[("BER", 14)]);
        for (levels, count, truncated) in [(0, 11, true), (11, 12, true), (12, 13, false), (1000, 13, false)]
        {
            let graph = trace(&app, TraceLotRequest { levels, ..down.clone() }).await.unwrap();
            assert_eq!((graph.nodes.len(), graph.truncated), (count, truncated), "{levels} levels down");
        }
        let up = ask(of_lot("pen", "L12"), TraceDirection::Up, &[]);
        assert!(trace(&app, up).await.unwrap().truncated, "up, too");
        let request = ListRecipientsRequest {
            key: of_lot("pen", "L0"),
            through_production: true,
            ..Default::default()
        };
        assert_eq!(reached(&app, request).await, (vec!["12 pen/L12 BER issued C-1 1".to_owned()], false));
        app.stop().await;
    }
}

/// Ten levels, a hundred lots wide in the middle.
#[tokio::test]
async fn ten_levels_take_milliseconds() {
    let site = Site::new().await;
    let mut lines = vec!["1 SUPPLIER>A pen:L0 100 =MILL".to_owned()];
    for level in 1..=10_u32 {
        let width = if level == 5 { 100 } else { 1 };
        let from = if level == 6 { 100 } else { 1 };
        let name = |level: u32, n: u32, width: u32| {
            if width == 1 { format!("L{level}") } else { format!("L{level}N{n}") }
        };
        let used = (0..from).map(|n| format!("A>PRODUCTION pen:{} 1", name(level - 1, n, from)));
        let made = (0..width).map(|n| format!("PRODUCTION>A pen:{} 1", name(level, n, width)));
        lines.push(format!("{} {}", level + 1, used.chain(made).collect::<Vec<_>>().join("; ")));
    }
    site.publish("BER", &lines.join("\n")).await;
    for app in site.both().await {
        let wish = ask(of_lot("pen", "L0"), TraceDirection::Down, &[("BER", 11)]);
        let graph = trace(&app, wish).await.unwrap();
        assert_eq!((graph.nodes.len(), graph.links.len(), graph.truncated), (110, 208, false));
        assert_eq!(graph.nodes.last().unwrap().level, 10);
        app.stop().await;
    }
}

#[tokio::test]
async fn a_lot_that_went_to_very_many_still_has_its_origin() {
    let site = Site::new().await;
    let sales = (0..1_050).map(|n| format!("A>CUSTOMER ink:P 1 =C-{n}"));
    let lines = [
        "1 SUPPLIER>A pen:F 5 =MILL".to_owned(),
        "2 A>PRODUCTION pen:F 5; PRODUCTION>A ink:P 2000".to_owned(),
        format!("3 {}", sales.collect::<Vec<_>>().join("; ")),
    ];
    site.publish("BER", &lines.join("\n")).await;
    for app in site.both().await {
        let up = trace(&app, ask(of_lot("ink", "P"), TraceDirection::Up, &[("BER", 3)])).await.unwrap();
        assert_eq!((nodes(&up), up.truncated), (vec!["0 ink/P".to_owned(), "-1 pen/F".to_owned()], true));
        assert_eq!(links(&up), ["pen/F 5 > ink/P 2000 @BER-2"]);
        assert_eq!(events(&up, 0)[0], "BER held available 950");
        assert_eq!(events(&up, 1), ["BER received MILL 5"]);
        app.stop().await;
    }
}

#[tokio::test]
async fn everybody_who_got_something_is_listed_page_by_page() {
    let site = Site::new().await;
    let sales = (0..25).map(|n| format!("{} A>CUSTOMER pen:L 1 =C-{}", n + 2, n % 10));
    let text = std::iter::once("1 SUPPLIER>A pen:L 100 =MILL; SUPPLIER>A pen:M 1".to_owned()).chain(sales);
    site.publish("BER", &text.collect::<Vec<_>>().join("\n")).await;
    site.publish(
        "HAM",
        "1 SUPPLIER>A pen:L 9\n2 A>CUSTOMER pen:L 2 =C-3; A>CUSTOMER pen:L 1\n3 A>CUSTOMER pen:L 1 =Z",
    )
    .await;
    for app in site.both().await {
        let mut request = ListRecipientsRequest {
            key: of_lot("pen", "L"),
            page_size: 4,
            at_least: wishes(&[("BER", 26), ("HAM", 3)]),
            ..ListRecipientsRequest::default()
        };
        let mut found = Vec::new();
        loop {
            let page = app.traces().list_recipients(request.clone()).await.unwrap().into_inner();
            assert!(page.recipients.len() <= 4);
            found.extend(page.recipients.iter().map(told));
            if page.next_page_token.is_empty() {
                break;
            }
            request.page_token = page.next_page_token;
        }
        let of_ber = (0..10).map(|n| format!("BER issued C-{n} {}", if n < 5 { 3 } else { 2 }));
        let of_ham = ["HAM issued  1", "HAM issued C-3 2", "HAM issued Z 1"].map(str::to_owned);
        assert_eq!(found, of_ber.chain(of_ham).collect::<Vec<_>>());
        let other = ListRecipientsRequest { key: of_lot("pen", "M"), ..request };
        let error = app.traces().list_recipients(other).await.unwrap_err();
        assert_eq!(failed(&error), "BAD_PAGE_TOKEN page_token");
        app.stop().await;
    }
}

/// What a recall asks of a lot that was sold a hundred thousand times, by two warehouses to a thousand customers.
#[tokio::test]
async fn a_lot_with_a_hundred_thousand_movements_is_found() {
    let site = Site::new().await;
    for (warehouse, offset) in [("BER", 0), ("HAM", 500)] {
        let lines = (0..50_u32).map(|n| {
            let sales =
                (0..1000_u32).map(|at| format!("A>CUSTOMER pen:L 1 =C-{}", offset + (n * 7 + at) % 500));
            format!("{} {}", n + 2, sales.collect::<Vec<_>>().join("; "))
        });
        let text = std::iter::once("1 SUPPLIER>A pen:L 60000 =MILL".to_owned()).chain(lines);
        site.publish(warehouse, &text.collect::<Vec<_>>().join("\n")).await;
    }
    for app in site.both().await {
        let wish = ask(of_lot("pen", "L"), TraceDirection::Down, &[("BER", 51), ("HAM", 51)]);
        let graph = trace(&app, wish).await.unwrap();
        let (mut recipients, mut page_token) = (0, String::new());
        loop {
            let (key, page_size) = (of_lot("pen", "L"), 1000);
            let request = ListRecipientsRequest { key, page_size, page_token, ..Default::default() };
            let page = app.traces().list_recipients(request).await.unwrap().into_inner();
            assert!(page.recipients.iter().all(|event| event.count == 100));
            recipients += page.recipients.len();
            page_token = page.next_page_token;
            if page_token.is_empty() {
                break;
            }
        }
        assert_eq!(recipients, 1000);
        assert_eq!(events(&graph, 0)[0], "BER held available 10000");
        app.stop().await;
    }
}

#[tokio::test]
async fn a_unit_in_two_warehouses_is_an_alert() {
    let site = Site::new().await;
    site.publish("BER", "1 SUPPLIER>A cap*1,2,3 3").await;
    site.publish("HAM", "1 SUPPLIER>A cap*4 1\n2 SUPPLIER>A cap*2 1\n3 SUPPLIER>A cap*3 1").await;
    for app in site.both().await {
        app.get(&[("BER", "cap")], &[("BER", 1), ("HAM", 3)]).await;
        let mut request =
            ListDuplicateSerialsRequest { page_size: 1, ..ListDuplicateSerialsRequest::default() };
        let mut found = BTreeMap::new();
        loop {
            let page = app.traces().list_duplicate_serials(request.clone()).await.unwrap().into_inner();
            for unit in page.serials {
                let holders = unit.holders.iter().map(|h| format!("{}-{}", h.warehouse, h.since_sequence));
                found.insert(format!("{}/{}", unit.sku, unit.serial), holders.collect::<Vec<_>>().join(" "));
            }
            if page.next_page_token.is_empty() {
                break;
            }
            request.page_token = page.next_page_token;
        }
        let expected = [("cap/2", "BER-1 HAM-2"), ("cap/3", "BER-1 HAM-3")];
        assert_eq!(found, expected.map(|(unit, holders)| (unit.to_owned(), holders.to_owned())).into());
        app.stop().await;
    }
}
