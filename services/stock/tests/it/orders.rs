//! Outbound orders, as callers see them. In documents: `place CODE CUSTOMER WORD…` (a line is `1:A*5`; `complete`, `priority=5`, `due=DATE`),
//! `allocate CODE`, `wave CODE STAGING ORDER…`, `short CODE ID LOCATION QUANTITY`, `leave CODE`, `finish CODE [rest]`, `drop CODE`.

use proto::common::v1::Decimal;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{
    AllocateOrder, CancelOrder, CloseOrder, GetOrderRequest, GetPickListRequest, ListOrdersRequest, Pick,
    PlaceOrder, PlacedLine, ReleaseWave, ShipOrder, ShortPick,
};

use crate::calls::{position, refused, say};
use crate::test_app::TestApp;
use crate::tracking::check;

/// Lines that nobody can judge, and what is said of them.
const BAD_LINES: [(&str, &str); 10] = [
    ("place so-1 C-1 1:A*1", "BAD_CODE document.lines[1].place_order.order"),
    ("place SO-1 c-1 1:A*1", "BAD_CODE document.lines[1].place_order.customer"),
    ("place SO-1 C-1 due=soon 1:A*1", "BAD_CODE document.lines[1].place_order.due"),
    ("place SO-1 C-1 priority=10 1:A*1", "BAD_FIELD document.lines[1].place_order.priority"),
    ("place SO-1 C-1", "NO_LINES document.lines[1].place_order.lines"),
    ("place SO-1 C-1 0:A*1", "BAD_FIELD document.lines[1].place_order.lines[0].number"),
    ("place SO-1 C-1 1:A*1 1:A*2", "BAD_FIELD document.lines[1].place_order.lines[1].number"),
    ("place SO-1 C-1 1:X*1", "UNKNOWN_ITEM document.lines[1].place_order.lines[0].sku"),
    ("wave W-1 NOWHERE SO-1", "UNKNOWN_LOCATION document.lines[1].release_wave.staging_location"),
    ("wave W-1 PICK", "NO_LINES document.lines[1].release_wave.orders"),
];

/// One line about an order; `None` for one about something else.
pub(crate) fn action(text: &str) -> Option<Action> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let owned = |text: &&str| (*text).to_owned();
    Some(match words.as_slice() {
        ["place", order, customer, rest @ ..] => Action::PlaceOrder(place(order, customer, rest)),
        ["allocate", order] => Action::AllocateOrder(AllocateOrder { order: owned(order) }),
        ["wave", wave, staging, orders @ ..] => Action::ReleaseWave(ReleaseWave {
            wave: owned(wave),
            staging_location: owned(staging),
            orders: orders.iter().map(owned).collect(),
        }),
        ["short", order, id, at, n] => Action::ShortPick(ShortPick {
            order: owned(order),
            reservation_id: owned(id),
            location: owned(at),
            quantity: Some(Decimal { value: owned(n) }),
            reason: "not there".into(),
            ..ShortPick::default()
        }),
        ["leave", order] => Action::ShipOrder(ShipOrder { order: owned(order), tracking: "T-1".into() }),
        ["finish", order, rest @ ..] => {
            Action::CloseOrder(CloseOrder { order: owned(order), without_rest: !rest.is_empty() })
        }
        ["drop", order] => Action::CancelOrder(CancelOrder { order: owned(order) }),
        _ => return None,
    })
}

fn place(order: &str, customer: &str, words: &[&str]) -> PlaceOrder {
    let (order, customer, due) = (order.to_owned(), customer.to_owned(), "2027-01-31".to_owned());
    let mut placed = PlaceOrder { order, customer, due, ..PlaceOrder::default() };
    for word in words {
        match word.split_once(['=', ':']) {
            None => placed.ships_complete = true,
            Some(("priority", n)) => placed.priority = n.parse().unwrap(),
            Some(("due", due)) => placed.due = due.to_owned(),
            Some((number, goods)) => {
                let (sku, n) = goods.split_once('*').unwrap();
                let (number, quantity) = (number.parse().unwrap(), Some(Decimal { value: n.to_owned() }));
                placed.lines.push(PlacedLine {
                    number,
                    sku: sku.to_owned(),
                    quantity,
                    ..PlacedLine::default()
                });
            }
        }
    }
    placed
}

/// `STATE WAVE: LINE promised/shipped, …; LOCATION SKU QUANTITY, …`, with `+` before what is picked.
async fn show(app: &TestApp, order: &str) -> String {
    let request = GetOrderRequest { warehouse: "BER".into(), order: order.into(), as_of_sequence: 0 };
    let answer = match app.client().get_order(request).await {
        Ok(answer) => answer.into_inner(),
        Err(status) => return refused::<()>(Err(status)),
    };
    let order = answer.order.unwrap();
    let value = |decimal: &Option<Decimal>| decimal.as_ref().map_or("0", |decimal| &decimal.value).to_owned();
    let progress = order
        .progress
        .iter()
        .map(|line| format!("{} {}/{}", line.number, value(&line.promised), value(&line.shipped)));
    let progress = progress.collect::<Vec<_>>().join(", ");
    let (state, wave) = (order.state().as_str_name().trim_start_matches("ORDER_STATE_"), &order.wave);
    format!("{state} {wave}: {progress}; {}", picks(&answer.picks))
}

fn picks(picks: &[Pick]) -> String {
    let pick = |pick: &Pick| {
        let mark = if pick.picked { "+" } else { "" };
        format!("{mark}{} {} {}", pick.location, pick.sku, pick.quantity.as_ref().unwrap().value)
    };
    picks.iter().map(pick).collect::<Vec<_>>().join(", ")
}

async fn pick_list(app: &TestApp, zone: &str, page_size: i32) -> Vec<String> {
    let mut pages = Vec::new();
    let mut page_token = String::new();
    loop {
        let (warehouse, wave, zone) = ("BER".into(), "W-1".into(), zone.into());
        let request = GetPickListRequest { warehouse, wave, zone, with_picked: false, page_size, page_token };
        let page = app.client().get_pick_list(request).await.unwrap().into_inner();
        pages.push(picks(&page.picks));
        if page.next_page_token.is_empty() {
            return pages;
        }
        page_token = page.next_page_token;
    }
}

pub(crate) async fn an_order_is_allocated_picked_and_shipped(app: &mut TestApp) {
    let script = "receive A MAIN 10; receive L PICK 4 @ lot=X           | ok
         place SO-1 C-1 1:A*6 2:L*6                            | ok
         place SO-2 C-2 1:A*9 complete                         | ok
         allocate SO-1                                         | ok
         allocate SO-2                                         | INSUFFICIENT_AVAILABLE document.lines[0]
         wave W-1 PICK SO-1                                    | ok";
    check(app, script).await;
    assert_eq!(show(app, "SO-1").await, "RELEASED W-1: 1 6/0, 2 4/0; MAIN A 6, +PICK L 4");
    assert_eq!(pick_list(app, "", 100).await, ["MAIN A 6"]);
    assert_eq!(pick_list(app, "PI", 100).await, [""]);
    let script = "move A MAIN PICK 5  4-0                              | ok
         short SO-1 4-0 MAIN 1                                 | ok
         leave SO-1                                            | ok
         finish SO-1                                           | ORDER_LINE_OPEN document.lines[0]
         finish SO-1 rest                                      | ok";
    check(app, script).await;
    assert_eq!(show(app, "SO-1").await, "CLOSED W-1: 1 0/5, 2 0/4; ");
    assert_eq!(position(app, "A", "MAIN").await, "5/0/4");
    let request = ListOrdersRequest {
        warehouse: "BER".into(),
        filter: "state = \"placed\"".into(),
        ..ListOrdersRequest::default()
    };
    let listed = app.client().list_orders(request).await.unwrap().into_inner().orders;
    let listed: Vec<_> =
        listed.iter().map(|row| format!("{} {} {}", row.order, row.lines, row.backordered)).collect();
    assert_eq!(listed, ["SO-2 1 1"]);
}

pub(crate) async fn orders_survive_a_restart(app: &mut TestApp) {
    let script = "receive A MAIN 10                                    | ok
         place SO-1 C-1 1:A*6 priority=4; allocate SO-1        | ok
         wave W-1 PICK SO-1                                    | ok
         move A MAIN PICK 2  2-1                               | ok";
    check(app, script).await;
    let before = show(app, "SO-1").await;
    assert_eq!(before, "RELEASED W-1: 1 6/0; MAIN A 4, +PICK A 2");
    app.restart().await;
    assert_eq!(show(app, "SO-1").await, before);
    let script = "release 2-1 1                                        | ok
         allocate SO-1                                         | ok
         leave SO-1                                            | ok";
    check(app, script).await;
    assert!(
        show(app, "SO-1").await.starts_with("RELEASED W-1: 1 5/1;")
            || show(app, "SO-1").await.starts_with("RELEASED W-1: 1 4/2;")
    );
}

pub(crate) async fn refusals_about_orders_have_their_reasons(app: &mut TestApp) {
    let script = "receive A MAIN 5                                     | ok
         allocate SO-9                                         | ORDER_NOT_FOUND document.lines[0]
         place SO-1 C-1 1:A*3                                  | ok
         wave W-1 PICK SO-1                                    | ORDER_NOT_ALLOCATED document.lines[0]
         leave SO-1                                            | ORDER_IN_NO_WAVE document.lines[0]
         allocate SO-1; wave W-1 PICK SO-1                     | ok
         wave W-2 PICK SO-1                                    | ORDER_IN_WAVE document.lines[0]
         leave SO-1                                            | ORDER_NOT_PICKED document.lines[0]
         place SO-1 C-1 1:A*2                                  | ORDER_LINE_IN_USE document.lines[0]
         short SO-1 6-0 PICK 1                                 | PROMISED_ELSEWHERE document.lines[0]
         move A MAIN PICK 2  6-0                               | ok
         drop SO-1                                             | ORDER_PICKED document.lines[0]
         leave SO-1                                            | ok
         drop SO-1                                             | ORDER_SHIPPED document.lines[0]
         finish SO-1                                           | ORDER_LINE_OPEN document.lines[0]
         finish SO-1 rest                                      | ok
         allocate SO-1                                         | ORDER_ENDED document.lines[0]
         place SO-2 C-1 1:A*2 2:A*2 complete; allocate SO-2; wave W-2 PICK SO-2 | INSUFFICIENT_AVAILABLE document.lines[1]
         receive A MAIN 3; place SO-2 C-1 1:A*2 2:A*2 complete; allocate SO-2; wave W-2 PICK SO-2 | ok
         leave SO-2                                            | ORDER_INCOMPLETE document.lines[0]";
    check(app, script).await;
    assert_eq!(show(app, "SO-9").await, "ORDER_NOT_FOUND order");
    for (line, expected) in BAD_LINES {
        assert_eq!(say(app, &format!("receive F MAIN 1; {line}")).await, expected, "{line}");
    }
}
