//! Production orders, as callers see them. In documents: `make CODE SKU*N WORD…` (a component is `1:A*5`, one that is backflushed `2:B*3<MAIN`,
//! what comes out besides `+1:C*2`; `at=PICK`, `due=DATE`, `inspected`), `go CODE [some|all]`, `bring CODE SKU N FROM`, `back CODE SKU N TO`,
//! `use CODE SKU N`, `made CODE SKU N TO [lot=X] [used=A*2] [came=C*1]`, `ready CODE [short]`, `shelve CODE [rest]`, `stop CODE`.

use proto::common::v1::Decimal;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{
    CameBesides, CancelProduction, CloseProduction, ComponentPromise, ConsumeComponent, FinishProduction,
    GetProductionOrderRequest, Goods, IssueComponent, ListProductionOrdersRequest, PlanProduction,
    PlannedByProduct, PlannedComponent, ReleaseProduction, ReportProduction, ReturnComponent, UsedComponent,
};

use crate::calls::{position, refused, say};
use crate::test_app::TestApp;
use crate::tracking::check;

/// Lines that nobody can judge, and what is said of them.
const BAD_LINES: [(&str, &str); 14] = [
    ("make wo-1 L*1", "BAD_CODE document.lines[1].plan_production.order"),
    ("make WO-1 X*1", "UNKNOWN_ITEM document.lines[1].plan_production.sku"),
    ("make WO-1 A*0", "QUANTITY_NOT_POSITIVE document.lines[1].plan_production.quantity"),
    ("make WO-1 A*1 due=soon", "BAD_FIELD document.lines[1].plan_production.due"),
    ("make WO-1 A*1 at=NOWHERE", "UNKNOWN_LOCATION document.lines[1].plan_production.location"),
    ("make WO-1 A*1 0:B*1", "BAD_FIELD document.lines[1].plan_production.components[0].number"),
    ("make WO-1 A*1 1:B*1 2:B*1", "BAD_FIELD document.lines[1].plan_production.components[1].sku"),
    ("make WO-1 A*1 1:X*1", "UNKNOWN_ITEM document.lines[1].plan_production.components[0].sku"),
    ("make WO-1 A*1 +1:A*1", "BAD_FIELD document.lines[1].plan_production.by_products[0].sku"),
    ("bring WO-1 A 1 NOWHERE", "UNKNOWN_LOCATION document.lines[1].issue_component.from_location"),
    ("bring WO-1 L 1 MAIN", "LOT_MISSING document.lines[1].issue_component.goods.lot"),
    ("made WO-1 L 1 MAIN", "LOT_MISSING document.lines[1].report_production.goods.lot"),
    (
        "made WO-1 A 1 MAIN used=B*-1",
        "QUANTITY_NOT_POSITIVE document.lines[1].report_production.used[0].quantity",
    ),
    ("made WO-1 A 1 MAIN came=X*1", "UNKNOWN_ITEM document.lines[1].report_production.besides[0].sku"),
];

/// One line about a production order; `None` for one about something else.
pub(crate) fn action(text: &str) -> Option<Action> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let owned = |text: &str| text.to_owned();
    Some(match words.as_slice() {
        ["make", order, what, rest @ ..] => Action::PlanProduction(plan(order, what, rest)),
        ["go", order, rest @ ..] => {
            let promise = match rest {
                ["some"] => ComponentPromise::Partial,
                ["all"] => ComponentPromise::All,
                _ => ComponentPromise::Unspecified,
            };
            Action::ReleaseProduction(ReleaseProduction { order: owned(order), promise: promise.into() })
        }
        ["bring", order, sku, n, from] => Action::IssueComponent(IssueComponent {
            order: owned(order),
            sku: owned(sku),
            quantity: number(n),
            from_location: owned(from),
            ..IssueComponent::default()
        }),
        ["back", order, sku, n, to] => Action::ReturnComponent(ReturnComponent {
            order: owned(order),
            sku: owned(sku),
            quantity: number(n),
            to_location: owned(to),
            ..ReturnComponent::default()
        }),
        ["use", order, sku, n] => Action::ConsumeComponent(ConsumeComponent {
            order: owned(order),
            sku: owned(sku),
            quantity: number(n),
            ..ConsumeComponent::default()
        }),
        ["made", order, sku, n, to, rest @ ..] => Action::ReportProduction(report([order, sku, n, to], rest)),
        ["ready", order, rest @ ..] => Action::FinishProduction(FinishProduction {
            order: owned(order),
            short: !rest.is_empty(),
            note: rest.join(" "),
        }),
        ["shelve", order, rest @ ..] => {
            Action::CloseProduction(CloseProduction { order: owned(order), without_rest: !rest.is_empty() })
        }
        ["stop", order] => Action::CancelProduction(CancelProduction { order: owned(order) }),
        _ => return None,
    })
}

fn number(text: &str) -> Option<Decimal> {
    Some(Decimal { value: text.to_owned() })
}

fn plan(order: &str, what: &str, words: &[&str]) -> PlanProduction {
    let (sku, n) = what.split_once('*').unwrap();
    let mut planned = PlanProduction {
        order: order.to_owned(),
        sku: sku.to_owned(),
        quantity: number(n),
        due: "2027-01-31".to_owned(),
        location: "PICK".to_owned(),
        ..PlanProduction::default()
    };
    for word in words {
        match word.split_once(['=', ':']) {
            None => planned.inspected = true,
            Some(("at", at)) => planned.location = at.to_owned(),
            Some(("due", due)) => planned.due = due.to_owned(),
            Some((n, goods)) => {
                let (goods, from) = goods.split_once('<').unwrap_or((goods, ""));
                let (sku, much) = goods.split_once('*').unwrap();
                let (sku, quantity, unit) = (sku.to_owned(), number(much), String::new());
                if let Some(n) = n.strip_prefix('+') {
                    let number = n.parse().unwrap();
                    planned.by_products.push(PlannedByProduct { number, sku, quantity, unit });
                } else {
                    let (number, backflush_location) = (n.parse().unwrap(), from.to_owned());
                    planned.components.push(PlannedComponent {
                        number,
                        sku,
                        quantity,
                        unit,
                        backflush_location,
                    });
                }
            }
        }
    }
    planned
}

fn report([order, sku, n, to]: [&str; 4], words: &[&str]) -> ReportProduction {
    let mut made = ReportProduction {
        order: order.to_owned(),
        sku: sku.to_owned(),
        quantity: number(n),
        location: to.to_owned(),
        ..ReportProduction::default()
    };
    for word in words {
        let (what, goods) = word.split_once('=').unwrap();
        let Some((sku, n)) = goods.split_once('*') else {
            made.goods = Some(Goods { lot: goods.to_owned(), ..Goods::default() });
            continue;
        };
        let (sku, quantity) = (sku.to_owned(), number(n));
        match what {
            "used" => made.used.push(UsedComponent { sku, quantity, ..UsedComponent::default() }),
            _ => made.besides.push(CameBesides { sku, quantity, ..CameBesides::default() }),
        }
    }
    made
}

/// `STATE MADE: NUMBER staged/consumed, …; LOCATION SKU QUANTITY, …`
async fn show(app: &TestApp, order: &str) -> String {
    let request =
        GetProductionOrderRequest { warehouse: "BER".into(), order: order.into(), as_of_sequence: 0 };
    let answer = match app.client().get_production_order(request).await {
        Ok(answer) => answer.into_inner(),
        Err(status) => return refused::<()>(Err(status)),
    };
    let order = answer.order.unwrap();
    let value = |decimal: &Option<Decimal>| decimal.as_ref().map_or("0", |decimal| &decimal.value).to_owned();
    let lines: Vec<_> = order
        .components
        .iter()
        .map(|of| format!("{} {}/{}", of.number, value(&of.staged), value(&of.consumed)))
        .collect();
    let picks =
        answer.picks.iter().map(|pick| format!("{} {} {}", pick.location, pick.sku, value(&pick.quantity)));
    let picks: Vec<_> = picks.collect();
    let state = order.state().as_str_name().trim_start_matches("PRODUCTION_STATE_");
    format!("{state} {}: {}; {}", value(&order.made), lines.join(", "), picks.join(", "))
}

pub(crate) async fn an_order_is_planned_released_made_and_closed(app: &mut TestApp) {
    let script = "receive A MAIN 10; receive B MAIN 9                   | ok
         make WO-1 L*4 1:A*8 2:B*4<MAIN +1:C*4 inspected       | ok
         go WO-1 all                                           | ok";
    check(app, script).await;
    assert_eq!(show(app, "WO-1").await, "RELEASED 0: ; MAIN A 8, MAIN B 4");
    let script = "bring WO-1 A 8 MAIN                                  | ok
         made WO-1 L 1 MAIN lot=T                              | ok
         made WO-1 L 1 MAIN lot=T used=B*2 came=C*0            | ok";
    check(app, script).await;
    assert_eq!(show(app, "WO-1").await, "STARTED 2: 1 4/4, 2 0/3; MAIN B 1");
    assert_eq!(
        (position(app, "A", "PICK").await, position(app, "C", "MAIN").await),
        ("4/0/4".into(), "1/0/1".into())
    );
    let script = "ready WO-1 broken                                     | ok
         back WO-1 A 4 MAIN                                    | ok
         shelve WO-1                                             | ok";
    check(app, script).await;
    assert_eq!(show(app, "WO-1").await, "CLOSED 2: 1 0/4, 2 0/3; ");
    check(app, "make WO-2 A*1 1:B*1 at=MAIN                            | ok").await;
    let filter = "state = \"planned\" AND location = \"MAIN\"".into();
    let request = ListProductionOrdersRequest {
        warehouse: "BER".into(),
        filter,
        ..ListProductionOrdersRequest::default()
    };
    let listed = app.client().list_production_orders(request).await.unwrap().into_inner().orders;
    let listed: Vec<_> = listed.iter().map(|row| format!("{} {}", row.order, row.sku)).collect();
    assert_eq!(listed, ["WO-2 A"]);
}

pub(crate) async fn production_orders_survive_a_restart(app: &mut TestApp) {
    let script = "receive A MAIN 10; receive B MAIN 10                  | ok
         make WO-1 L*4 1:A*8 2:B*4<MAIN; go WO-1 some          | ok
         bring WO-1 A 5 MAIN; use WO-1 A 1                     | ok
         made WO-1 L 2 MAIN lot=T                              | ok";
    check(app, script).await;
    let before = show(app, "WO-1").await;
    assert_eq!(before, "STARTED 2: 1 1/4, 2 0/2; MAIN A 3, MAIN B 2");
    app.restart().await;
    assert_eq!(show(app, "WO-1").await, before);
    let script = "bring WO-1 A 3 MAIN; made WO-1 L 2 MAIN lot=T        | ok
         ready WO-1; shelve WO-1                                  | ok";
    check(app, script).await;
    app.restart().await;
    assert_eq!(show(app, "WO-1").await, "CLOSED 4: 1 0/8, 2 0/4; ");
}

pub(crate) async fn refusals_about_production_have_their_reasons(app: &mut TestApp) {
    let script = "receive A MAIN 5; receive B MAIN 1                    | ok
         go WO-9                                               | PRODUCTION_NOT_FOUND document.lines[0]
         make WO-1 L*4 1:A*4 2:B*4<MAIN                        | ok
         place WO-1 C-1 1:A*1                                  | ORDER_KEY_TAKEN document.lines[0]
         made WO-1 L 1 MAIN lot=T                              | PRODUCTION_NOT_RELEASED document.lines[0]
         go WO-1 all                                           | INSUFFICIENT_AVAILABLE document.lines[0]
         go WO-1; go WO-1                                      | PRODUCTION_RELEASED document.lines[1]
         go WO-1                                               | ok
         ready WO-1                                             | PRODUCTION_NOT_STARTED document.lines[0]
         made WO-1 L 1 MAIN lot=T                              | COMPONENT_LACKING document.lines[0]
         bring WO-1 C 1 MAIN                                   | NOT_A_COMPONENT document.lines[0]
         bring WO-1 B 1 MAIN                                   | COMPONENT_BACKFLUSHED document.lines[0]
         bring WO-1 A 1 PICK                                   | COMPONENT_THERE document.lines[0]
         bring WO-1 A 4 MAIN; made WO-1 L 2 MAIN lot=T         | COMPONENT_LACKING document.lines[1]
         bring WO-1 A 4 MAIN; made WO-1 A 1 MAIN               | NOT_THE_PRODUCT document.lines[1]
         bring WO-1 A 4 MAIN; made WO-1 L 1 MAIN lot=T         | ok
         made WO-1 L 9 MAIN lot=T                              | PRODUCTION_EXCEEDED document.lines[0]
         make WO-1 L*4 1:B*4                                   | PRODUCTION_IN_USE document.lines[0]
         stop WO-1                                             | PRODUCTION_MADE document.lines[0]
         shelve WO-1                                             | PRODUCTION_NOT_FINISHED document.lines[0]
         ready WO-1                                             | PRODUCTION_SHORT document.lines[0]
         ready WO-1 broken                                      | ok
         made WO-1 L 1 MAIN lot=T                              | PRODUCTION_FINISHED document.lines[0]
         shelve WO-1                                             | COMPONENTS_LEFT document.lines[0]
         shelve WO-1 rest                                        | ok
         go WO-1                                               | PRODUCTION_ENDED document.lines[0]
         make WO-2 L*1000000001                                | PRODUCTION_TOO_LARGE document.lines[0]
         make WO-3 L*1; for WO-3#P0 produce A MAIN 1           | EXPECTED_BY_PRODUCTION document.lines[1]";
    check(app, script).await;
    assert_eq!(show(app, "WO-9").await, "PRODUCTION_NOT_FOUND order");
    for (line, expected) in BAD_LINES {
        assert_eq!(say(app, &format!("receive F MAIN 1; {line}")).await, expected, "{line}");
    }
}
