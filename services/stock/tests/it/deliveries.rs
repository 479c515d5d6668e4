//! Deliveries, as callers see them. In documents: `announce CODE SOURCE DAY WORD…`, where a word is a line `SKU*QUANTITY[+OVER][-UNDER][!AQL]`
//! (numbered from 1), a unit `SSCC*NUMBER[.LOT]=QUANTITY`, `from:PARTY` or `any`; `of CODE[#NUMBER] LINE`; `take CODE SSCC LOCATION`;
//! `declare CODE NUMBER KIND QUANTITY WHO`; `looked CODE#NUMBER SAMPLE/DEFECTIVE LINE`; `shut CODE [WHO]`; `call-off CODE`; `dock CODE LINE` (as `of`, for
//! orders that lack it); `dispose CODE NUMBER DISPOSITION SKU LOCATION QUANTITY STATUS [TO]`.

use proto::common::v1::Decimal;
use proto::events::v1 as events;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::tolerance::Tolerance as Wire;
use proto::stock::v1::{
    self as wire, AnnounceDelivery, CancelDelivery, CloseDelivery, DeclareDiscrepancy, DeliveryLine,
    DeliveryReference, DeliveryUnit, DeliveryUnitGoods, GetDeliveryRequest, Inspection,
    ListDeliveriesRequest, ListExpectationsRequest, ReceiveUnit, Tolerance,
};

use crate::calls::{head, position, refused, say};
use crate::fixtures;
use crate::outcome::verified;
use crate::test_app::TestApp;
use crate::tracking::check;

const UNIT: &str = "106141412345678908";

/// Lines that nobody can judge, and what is said of them.
const BAD_LINES: [(&str, &str); 37] = [
    ("announce p purchase 2030-03-01 A*1", "BAD_CODE document.lines[1].announce_delivery.delivery"),
    ("announce P nowhere 2030-03-01 A*1", "BAD_FIELD document.lines[1].announce_delivery.source"),
    ("announce P purchase soon A*1", "BAD_CODE document.lines[1].announce_delivery.due"),
    ("announce P purchase 2030-03-01", "NO_LINES document.lines[1].announce_delivery.lines"),
    ("announce P purchase 2030-03-01 from:acme A*1", "BAD_CODE document.lines[1].announce_delivery.partner"),
    ("announce P purchase 2030-03-01 X*1", "UNKNOWN_ITEM document.lines[1].announce_delivery.lines[0].sku"),
    (
        "announce P purchase 2030-03-01 A*0",
        "QUANTITY_NOT_POSITIVE document.lines[1].announce_delivery.lines[0].quantity",
    ),
    (
        "announce P purchase 2030-03-01 A*1/BOX",
        "UNKNOWN_UNIT document.lines[1].announce_delivery.lines[0].unit",
    ),
    ("announce P purchase 2030-03-01 A*1!3", "BAD_CODE document.lines[1].announce_delivery.lines[0].aql"),
    (
        "announce P purchase 2030-03-01 A*1+101%",
        "BAD_FIELD document.lines[1].announce_delivery.lines[0].over",
    ),
    ("announce P purchase 2030-03-01 A*1~-1", "BAD_FIELD document.lines[1].announce_delivery.lines[0].under"),
    (
        "announce P purchase 2030-03-01 A*1 123*1=1",
        "BAD_CODE document.lines[1].announce_delivery.units[0].handling_unit",
    ),
    (
        "announce P purchase 2030-03-01 A*1 106141412345678908*2=1",
        "BAD_FIELD document.lines[1].announce_delivery.units[0].goods[0].number",
    ),
    (
        "announce P purchase 2030-03-01 L*1 106141412345678908*1=1",
        "LOT_MISSING document.lines[1].announce_delivery.units[0].goods[0].goods.lot",
    ),
    (
        "announce P purchase 2030-03-01 W*1 106141412345678908*1=1",
        "WEIGHT_MISSING document.lines[1].announce_delivery.units[0].goods[0].number",
    ),
    (
        "announce P purchase 2030-03-01 A*2 106141412345678908*1=1 106141412345678908*1=1",
        "BAD_FIELD document.lines[1].announce_delivery.units[1].handling_unit",
    ),
    ("of p receive A MAIN 1", "BAD_CODE document.lines[1].receive.delivery.delivery"),
    ("take P 123 MAIN", "BAD_CODE document.lines[1].receive_unit.handling_unit"),
    ("take P 106141412345678908 NOWHERE", "UNKNOWN_LOCATION document.lines[1].receive_unit.location"),
    ("declare P 1 short 1 carrier", "BAD_FIELD document.lines[1].declare_discrepancy.kind"),
    ("declare P 1 damaged 0 carrier", "QUANTITY_NOT_POSITIVE document.lines[1].declare_discrepancy.quantity"),
    ("declare P 1 damaged 1 nobody", "BAD_FIELD document.lines[1].declare_discrepancy.answerable"),
    (
        "looked P#1 1/2 status A MAIN 1 available looked @ status=inspection",
        "BAD_FIELD document.lines[1].change_status.inspection.defective",
    ),
    ("shut LONG", "TEXT_TOO_LONG document.lines[1].close_delivery.note"),
    ("call-off p", "BAD_CODE document.lines[1].cancel_delivery.delivery"),
    ("dispose P 1 NOTHING A MAIN 1 damaged", "BAD_FIELD document.lines[1].dispose_goods.disposition"),
    ("dispose p 1 SCRAP A MAIN 1 damaged", "BAD_CODE document.lines[1].dispose_goods.delivery"),
    ("dispose P 1 SCRAP A MAIN 0 damaged", "QUANTITY_NOT_POSITIVE document.lines[1].dispose_goods.quantity"),
    ("dispose P 1 SCRAP A NOWHERE 1 damaged", "UNKNOWN_LOCATION document.lines[1].dispose_goods.location"),
    ("dispose P 1 SCRAP A MAIN 1 damaged quarantine", "BAD_FIELD document.lines[1].dispose_goods.to_status"),
    ("dispose P 1 RESTOCK A MAIN 1 damaged", "ILLEGAL_TRANSITION document.lines[1].dispose_goods.to_status"),
    (
        "dispose P 1 REFURBISH A MAIN 1 returned available",
        "BAD_STATUS document.lines[1].dispose_goods.to_status",
    ),
    ("rule stored A a-01", "BAD_CODE document.lines[1].set_rule.stored_as.fixed_location"),
    ("rule stored A * D", "BAD_FIELD document.lines[1].set_rule.stored_as.class"),
    ("rule stored A * * wet", "BAD_FIELD document.lines[1].set_rule.stored_as.hazard"),
    ("rule stores * A", "BAD_CODE document.lines[1].set_rule.stores.location"),
    ("rule stores MAIN A -1", "QUANTITY_NOT_POSITIVE document.lines[1].set_rule.stores.units_max"),
];

/// One line about a delivery; `None` for one about something else.
pub(crate) fn action(text: &str) -> Option<Action> {
    if let Some(rest) = text.strip_prefix("of ") {
        let (name, by) = rest.split_once(' ').unwrap();
        let (delivery, number) = name.split_once('#').unwrap_or((name, "0"));
        let (delivery, number, cross_dock) = (delivery.into(), number.parse().unwrap(), false);
        let reference = Some(DeliveryReference { delivery, number, cross_dock });
        return Some(coming(fixtures::action(by), reference));
    }
    if let Some((delivery, by)) = text.strip_prefix("dock ").and_then(|rest| rest.split_once(' ')) {
        let reference = Some(DeliveryReference { delivery: delivery.into(), number: 0, cross_dock: true });
        return Some(coming(fixtures::action(by), reference));
    }
    if let Some(rest) = text.strip_prefix("looked ") {
        let [name, counts, by] = rest.splitn(3, ' ').collect::<Vec<_>>().try_into().unwrap();
        let ((delivery, number), (sample, defective)) =
            (name.split_once('#').unwrap(), counts.split_once('/').unwrap());
        let [number, sample, defective] = [number, sample, defective].map(|text| text.parse().unwrap());
        let inspection = Some(Inspection { delivery: delivery.into(), number, sample, defective });
        let Action::ChangeStatus(line) = fixtures::action(by) else { panic!("{by} changes no status") };
        return Some(Action::ChangeStatus(wire::ChangeStatus { inspection, ..line }));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    Some(match words.as_slice() {
        ["announce", rest @ ..] => Action::AnnounceDelivery(announcement(rest)),
        ["take", delivery, unit, location] => Action::ReceiveUnit(ReceiveUnit {
            delivery: (*delivery).into(),
            handling_unit: (*unit).into(),
            location: (*location).into(),
        }),
        ["declare", delivery, number, kind, n, who] => Action::DeclareDiscrepancy(DeclareDiscrepancy {
            delivery: (*delivery).into(),
            number: number.parse().unwrap(),
            kind: match *kind {
                "damaged" => events::DiscrepancyKind::Damaged,
                "short" => events::DiscrepancyKind::Short,
                _ => events::DiscrepancyKind::Unspecified,
            }
            .into(),
            quantity: number_of(n),
            answerable: answerable(who),
            note: String::new(),
        }),
        ["dispose", delivery, number, how, sku, location, n, status, rest @ ..] => {
            let disposition = events::Disposition::from_str_name(&format!("DISPOSITION_{how}"));
            Action::DisposeGoods(wire::DisposeGoods {
                delivery: (*delivery).into(),
                number: number.parse().unwrap(),
                sku: (*sku).into(),
                location: (*location).into(),
                quantity: number_of(n),
                goods: Some(wire::Goods { status: (*status).into(), ..wire::Goods::default() }),
                disposition: disposition.unwrap_or_default().into(),
                reason: "test".into(),
                to_status: rest.first().map_or_else(String::new, |to| (*to).into()),
                ..wire::DisposeGoods::default()
            })
        }
        ["shut", delivery, who @ ..] => Action::CloseDelivery(CloseDelivery {
            delivery: (*delivery).into(),
            answerable: who.first().map_or(0, |who| answerable(who)),
            note: if *delivery == "LONG" { "n".repeat(129) } else { String::new() },
        }),
        ["call-off", delivery] => Action::CancelDelivery(CancelDelivery { delivery: (*delivery).into() }),
        _ => return None,
    })
}

/// The line says of which delivery its goods are.
fn coming(mut action: Action, reference: Option<DeliveryReference>) -> Action {
    let (Action::Receive(wire::Receive { delivery, .. })
    | Action::Return(wire::Return { delivery, .. })
    | Action::Produce(wire::Produce { delivery, .. })) = &mut action
    else {
        panic!("{action:?} brings nothing")
    };
    *delivery = reference;
    action
}

fn announcement(words: &[&str]) -> AnnounceDelivery {
    let [delivery, source, due, rest @ ..] = words else { panic!("no announcement: {words:?}") };
    let source = match *source {
        "purchase" => events::DeliverySource::Purchase,
        "return" => events::DeliverySource::Return,
        "production" => events::DeliverySource::Production,
        _ => events::DeliverySource::Unspecified,
    };
    let (delivery, due) = ((*delivery).into(), (*due).into());
    let mut announced =
        AnnounceDelivery { delivery, source: source.into(), due, ..AnnounceDelivery::default() };
    for word in rest {
        if let Some(partner) = word.strip_prefix("from:") {
            announced.partner = partner.into();
        } else if *word == "any" {
            announced.takes_unannounced = true;
        } else if let Some((unit, goods)) = word.split_once('*').filter(|(_, goods)| goods.contains('=')) {
            let (which, n) = goods.split_once('=').unwrap();
            let (number, lot) = which.split_once('.').unwrap_or((which, ""));
            let (number, lot) = (number.parse().unwrap(), lot.into());
            let goods = DeliveryUnitGoods { number, lot, quantity: number_of(n), ..Default::default() };
            let (handling_unit, kind) = (unit.into(), "PALLET".into());
            announced.units.push(DeliveryUnit { handling_unit, kind, goods: vec![goods] });
        } else {
            let number = u32::try_from(announced.lines.len()).unwrap() + 1;
            announced.lines.push(announced_line(number, word));
        }
    }
    announced
}

fn announced_line(number: u32, text: &str) -> DeliveryLine {
    let (text, aql) = text.split_once('!').unwrap_or((text, ""));
    let (sku, amounts) = text.split_once('*').unwrap();
    let (amounts, under) = amounts.split_once('~').map_or((amounts, None), |(n, under)| (n, Some(under)));
    let (amounts, over) = amounts.split_once('+').map_or((amounts, None), |(n, over)| (n, Some(over)));
    let (quantity, unit) = amounts.split_once('/').unwrap_or((amounts, ""));
    let tolerance = |text: &str| Tolerance {
        tolerance: match text.strip_suffix('%') {
            Some(percent) => number_of(percent).map(Wire::Percent),
            None => number_of(text).map(Wire::Quantity),
        },
    };
    DeliveryLine {
        number,
        sku: sku.into(),
        quantity: number_of(quantity),
        unit: unit.into(),
        over: over.map(tolerance),
        under: under.map(tolerance),
        aql: aql.into(),
    }
}

fn answerable(who: &str) -> i32 {
    match who {
        "supplier" => events::Answerable::Supplier,
        "carrier" => events::Answerable::Carrier,
        "warehouse" => events::Answerable::Warehouse,
        _ => events::Answerable::Unspecified,
    }
    .into()
}

fn number_of(text: &str) -> Option<Decimal> {
    Some(Decimal { value: text.into() })
}

/// `STATE: NUMBER RECEIVED/EXPECTED(+OVER-UNDER) …| what is wrong`
fn in_words(delivery: &events::Delivery) -> String {
    let text =
        |decimal: &Option<Decimal>| decimal.as_ref().map_or_else(|| "0".to_owned(), |d| d.value.clone());
    let announced = delivery.announced.clone().unwrap();
    let lines = announced.lines.iter().map(|line| {
        let progress = delivery.progress.iter().find(|progress| progress.number == line.number);
        let received = progress.map_or_else(|| "0".to_owned(), |progress| text(&progress.received));
        let (over, under) = (text(&line.over_max), text(&line.under_max));
        format!("{} {} {received}/{}+{over}-{under}", line.number, line.sku, text(&line.expected))
    });
    let wrong = delivery.discrepancies.iter().map(|wrong| {
        let kind = wrong.kind().as_str_name().trim_start_matches("DISCREPANCY_KIND_").to_lowercase();
        let who = wrong.answerable().as_str_name().trim_start_matches("ANSWERABLE_").to_lowercase();
        format!("{} {} {kind} {who}", wrong.number, text(&wrong.quantity))
    });
    let state = delivery.state().as_str_name().trim_start_matches("DELIVERY_STATE_").to_lowercase();
    format!("{state}: {}", lines.chain(wrong).collect::<Vec<_>>().join(", "))
}

async fn shown_as_of(app: &TestApp, delivery: &str, as_of_sequence: u64) -> String {
    let (warehouse, delivery) = ("BER".into(), delivery.into());
    let request = GetDeliveryRequest { warehouse, delivery, as_of_sequence };
    match app.client().get_delivery(request).await {
        Ok(answer) => in_words(&answer.into_inner().delivery.unwrap()),
        refusal @ Err(_) => refused(refusal),
    }
}

pub(crate) async fn shown(app: &TestApp, delivery: &str) -> String {
    shown_as_of(app, delivery, 0).await
}

async fn listed(app: &TestApp, filter: &str) -> Vec<String> {
    let (mut page_token, mut found) = (String::new(), Vec::new());
    loop {
        let (warehouse, filter) = ("BER".into(), filter.into());
        let request =
            ListDeliveriesRequest { warehouse, filter, page_size: 2, page_token, as_of_sequence: 0 };
        let page = app.client().list_deliveries(request).await.unwrap().into_inner();
        assert!(page.deliveries.iter().all(|row| row.announced.as_ref().unwrap().units.is_empty()));
        found.extend(page.deliveries.into_iter().map(|row| row.announced.unwrap().delivery));
        page_token = page.next_page_token;
        if page_token.is_empty() {
            return found;
        }
    }
}

pub(crate) async fn a_delivery_is_announced_received_and_closed(app: &mut TestApp) {
    let script = "announce PO-17 purchase 2030-03-01 from:ACME A*2/CASE+10%~1 B*5 | ok
         of PO-17 receive A MAIN 20                       | ok
         of PO-17#2 receive B MAIN 5                      | ok
         of PO-17 receive A MAIN 7                        | OVER_TOLERANCE document.lines[0]
         of PO-17 receive A MAIN 6; declare PO-17 1 damaged 2 carrier; shut PO-17 supplier | ok";
    check(app, script).await;
    assert_eq!(shown_as_of(app, "PO-17", 1).await, "announced: 1 A 0/24+2-12, 2 B 0/5+0-0", "as it was");
    let over = "closed: 1 A 26/24+2-12, 2 B 5/5+0-0, 1 2 damaged carrier, 1 2 over supplier";
    assert_eq!(shown(app, "PO-17").await, over);
    assert_eq!(position(app, "A", "MAIN").await, "26/0/26");
    let open = ListExpectationsRequest { warehouse: "BER".into(), ..Default::default() };
    let open = app.client().list_expectations(open).await.unwrap().into_inner();
    assert_eq!(open.expectations, [], "what came is not expected any more");
}

pub(crate) async fn announced_units_are_received_whole(app: &mut TestApp) {
    let announced =
        format!("announce PO-1 purchase 2030-03-01 L*10 A*4!1.0 {UNIT}*1.L1=6 106141419999999991*2=4");
    assert_eq!(say(app, &announced).await, "ok");
    let script = format!(
        "take PO-1 {UNIT} MAIN; shift {UNIT} PICK             | ok
         take PO-1 {UNIT} MAIN                                    | UNIT_ARRIVED document.lines[0]
         take PO-1 106141411234567804 MAIN                        | UNIT_NOT_ANNOUNCED document.lines[0]
         take PO-1 106141419999999991 MAIN                        | ok
         of PO-1 receive L MAIN 4 @ lot=L2                        | ok
         shut PO-1                                                | NOT_INSPECTED document.lines[0]
         looked PO-1#2 3/0 status A MAIN 4 available looked @ status=inspection unit=106141419999999991 | SAMPLE_TOO_SMALL document.lines[0]
         looked PO-1#2 4/1 status A MAIN 4 available looked @ status=inspection unit=106141419999999991 | INSPECTION_FAILED document.lines[0]
         looked PO-1#2 4/1 status A MAIN 4 damaged looked @ status=inspection unit=106141419999999991 | ok
         shut PO-1                                                | ok"
    );
    check(app, &script).await;
    assert_eq!(shown(app, "PO-1").await, "closed: 1 L 10/10+0-0, 2 A 4/4+0-0");
    assert_eq!(position(app, "A", "MAIN").await, "4/0/0", "damaged goods are not available");
}

pub(crate) async fn deliveries_survive_a_restart(app: &mut TestApp) {
    app.restart_with(|limits| limits.checkpoint_entries = 2).await;
    let script = "announce P-1 purchase 2030-03-01 A*5+1 L*3!4.0     | ok
         of P-1 receive A MAIN 2; of P-1 receive L MAIN 3 @ lot=L1   | ok
         announce P-2 return 2030-03-02 B*5; announce P-3 purchase 2030-03-03 any | ok
         of P-2 return B MAIN 5; shut P-2; call-off P-3              | ok
         reverse 2-0                                                 | ok";
    check(app, script).await;
    let digest = verified(app).await.state_digest;
    for _ in 0..2 {
        app.restart().await;
        assert_eq!(verified(app).await.state_digest, digest);
        assert_eq!(shown(app, "P-1").await, "arriving: 1 A 0/5+1-0, 2 L 3/3+0-0");
        assert_eq!(shown(app, "P-2").await, "closed: 1 B 5/5+0-0");
        assert_eq!(shown(app, "P-3").await, "cancelled: ");
    }
    assert_eq!(listed(app, "").await, ["P-1", "P-2", "P-3"]);
    assert_eq!(listed(app, "state = \"arriving\"").await, ["P-1"]);
    assert_eq!(listed(app, "due >= \"2030-03-02\" AND source = \"return\"").await, ["P-2"]);
    assert_eq!(say(app, "of P-1 receive A MAIN 5").await, "ok");
}

pub(crate) async fn refusals_about_deliveries_have_their_reasons(app: &mut TestApp) {
    let script = "announce P-1 purchase 2030-03-01 A*5 B*5           | ok
         of P-9 receive A MAIN 1                             | DELIVERY_NOT_FOUND document.lines[0]
         of P-1#3 receive A MAIN 1                           | DELIVERY_LINE_NOT_FOUND document.lines[0]
         of P-1#2 receive A MAIN 1                           | DELIVERY_OF_OTHER_ITEM document.lines[0]
         of P-1 receive C MAIN 1                             | ITEM_NOT_ANNOUNCED document.lines[0]
         of P-1 receive A MAIN 1                             | ok
         call-off P-1                                        | DELIVERY_ARRIVED document.lines[0]
         announce P-1 purchase 2030-03-01 B*5                | DELIVERY_LINE_ARRIVED document.lines[0]
         cancel P-1#2                                        | EXPECTED_BY_DELIVERY document.lines[0]
         declare P-1 1 damaged 2 carrier                     | DELIVERY_EXCEEDED document.lines[0]
         shut P-1                                            | DELIVERY_DIFFERS document.lines[0]
         shut P-1 carrier                                    | ok
         shut P-1 carrier                                    | DELIVERY_ENDED document.lines[0]
         announce P-1 purchase 2030-03-01 B*5                | DELIVERY_ENDED document.lines[0]";
    check(app, script).await;
    assert_eq!(position(app, "A", "MAIN").await, "1/0/1");
    assert_eq!(shown(app, "P-9").await, "DELIVERY_NOT_FOUND delivery");
    assert_eq!(shown(app, "p").await, "BAD_CODE delivery");
}

pub(crate) async fn each_bad_line_about_a_delivery_is_named(app: &mut TestApp) {
    for (line, expected) in BAD_LINES {
        assert_eq!(say(app, &format!("receive A MAIN 1; {line}")).await, expected, "{line}");
    }
    assert_eq!(head(app).await.unwrap().sequence, 0, "what cannot be judged is not recorded");
    let (warehouse, filter) = ("BER".into(), "color = 1".into());
    let request = ListDeliveriesRequest { warehouse, filter, ..Default::default() };
    assert_eq!(refused(app.client().list_deliveries(request).await), "BAD_FILTER filter");
}
