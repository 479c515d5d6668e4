//! What can be promised by day, as callers see it.

use proto::common::v1::Decimal;
use proto::visibility::v1::{Atp, AvailabilityKey, BatchGetAtpRequest, BatchGetAtpResponse};
use vocabulary::Date;

use crate::test_app::{Site, TestApp, failed};

fn key(warehouse: &str, sku: &str) -> AvailabilityKey {
    AvailabilityKey { sku: sku.into(), warehouse: warehouse.into() }
}

/// So many days from today, in UTC.
fn day(offset: i32) -> String {
    Date::from_days(Date::of(rpc::clock::now()).days() + offset).unwrap().to_string()
}

async fn get(app: &TestApp, request: BatchGetAtpRequest) -> Result<BatchGetAtpResponse, String> {
    let answer = app.client.clone().batch_get_atp(request).await;
    answer.map(tonic::Response::into_inner).map_err(|status| failed(&status))
}

/// `SKU AVAILABLE from DAY, overdue SUPPLY/DEMAND, earlier SUPPLY/DEMAND: SUPPLY/DEMAND ATP PROMISABLE; …`
fn show(atp: &Atp) -> String {
    let text = |decimal: &Option<Decimal>| decimal.as_ref().map_or_else(String::new, |d| d.value.clone());
    let pair = |a: &Option<Decimal>, b: &Option<Decimal>| format!("{}/{}", text(a), text(b));
    let days = (0..atp.day_count).map(|offset| {
        // A day that is left out is as the one before it, and nothing is expected on it.
        let last = atp.days.iter().rfind(|day| day.offset <= offset).unwrap();
        let expected = if last.offset == offset { pair(&last.supply, &last.demand) } else { "/".to_owned() };
        format!("{expected} {} {}", text(&last.atp), text(&last.promisable))
    });
    let (overdue, earlier) =
        (pair(&atp.overdue_supply, &atp.overdue_demand), pair(&atp.earlier_supply, &atp.earlier_demand));
    let (available, from) = (text(&atp.available), &atp.from_day);
    let days = days.collect::<Vec<_>>().join("; ");
    format!("{} {available} from {from}, overdue {overdue}, earlier {earlier}: {days}", atp.sku)
}

fn story() -> String {
    format!(
        "1 SUPPLIER>A pen 10; reserve pen 3; quota pen~WEB 2
         2 expect pen purchase {} 5; expect pen demand {} 4; expect pen transfer_dispatched {} 2
         3 expect pen demand {} 1; expect ink purchase {} 6",
        day(1),
        day(2),
        day(3),
        day(-4),
        day(2),
    )
}

#[tokio::test]
async fn what_can_be_promised_is_answered_by_day() {
    let site = Site::new().await;
    site.publish("BER", &story()).await;
    for app in site.both().await {
        let keys = vec![key("BER", "pen"), key("BER", "ink"), key("MUC", "pad")];
        let request = BatchGetAtpRequest { keys, days: 4, ..BatchGetAtpRequest::default() };
        let answer = get(&app, request.clone()).await.unwrap();
        let (today, tomorrow) = (day(0), day(2));
        let pen = "/ 6 6; 5/ 11 7; /4 7 7; 2/ 9 9";
        assert_eq!(show(&answer.atps[0]), format!("pen 7 from {today}, overdue 0/1, earlier 0/0: {pen}"));
        let ink = "/ 0 0; / 0 0; 6/ 6 6; / 6 6";
        assert_eq!(show(&answer.atps[1]), format!("ink 0 from {today}, overdue 0/0, earlier 0/0: {ink}"));
        let pad = "/ 0 0; / 0 0; / 0 0; / 0 0";
        assert_eq!(show(&answer.atps[2]), format!("pad 0 from {today}, overdue 0/0, earlier 0/0: {pad}"));
        assert_eq!(answer.freshness.len(), 2);
        assert_eq!(answer.atps[0].today, today);

        let later = BatchGetAtpRequest { from_day: tomorrow.clone(), days: 2, ..request.clone() };
        let answer = get(&app, later).await.unwrap();
        let pen = format!("pen 7 from {tomorrow}, overdue 0/1, earlier 5/0: /4 7 7; 2/ 9 9");
        assert_eq!(show(&answer.atps[0]), pen);
        let past = BatchGetAtpRequest { from_day: day(-9), ..request.clone() };
        assert_eq!(get(&app, past).await.unwrap().atps[0].from_day, today);
        // What is kept for another channel cannot be promised.
        let shop = BatchGetAtpRequest { channel: "SHOP".into(), days: 1, ..request.clone() };
        let pen = format!("pen 5 from {today}, overdue 0/1, earlier 0/0: / 4 4");
        assert_eq!(show(&get(&app, shop).await.unwrap().atps[0]), pen);
        let usual = BatchGetAtpRequest { days: 0, ..request };
        assert_eq!(get(&app, usual).await.unwrap().atps[0].day_count, 30);
        app.stop().await;
    }
}

#[tokio::test]
async fn what_is_expected_is_told_with_what_is_there() {
    let site = Site::new().await;
    site.publish("BER", &story()).await;
    for app in site.both().await {
        let answer = app.answer(&[("BER", "pen"), ("BER", "ink"), ("BER", "cap")], &[]).await.unwrap();
        let expected = answer.availabilities.iter().map(|row| {
            let columns = [&row.inbound, &row.in_transit, &row.expected_demand];
            columns.map(|decimal| decimal.clone().unwrap().value).join(" ")
        });
        assert_eq!(expected.collect::<Vec<_>>(), ["5 2 5", "6 0 0", "0 0 0"]);
        app.stop().await;
    }
}

#[tokio::test]
async fn a_question_that_cannot_be_answered_is_named() {
    let site = Site::new().await;
    site.publish("BER", &story()).await;
    for app in site.both().await {
        let good = BatchGetAtpRequest { keys: vec![key("BER", "pen")], ..BatchGetAtpRequest::default() };
        let keys = |keys: Vec<AvailabilityKey>| BatchGetAtpRequest { keys, ..good.clone() };
        for (request, expected) in [
            (keys(vec![]), "NO_KEYS keys"),
            (keys(vec![key("BER", "pen"); 101]), "TOO_MANY_KEYS keys"),
            (keys(vec![key("BER", "pencil")]), "UNKNOWN_ITEM keys[0].sku"),
            (keys(vec![key("ROM", "pen")]), "UNKNOWN_WAREHOUSE keys[0].warehouse"),
            (BatchGetAtpRequest { from_day: "soon".into(), ..good.clone() }, "BAD_CODE from_day"),
            (BatchGetAtpRequest { days: 181, ..good.clone() }, "BAD_FIELD days"),
            (BatchGetAtpRequest { days: u32::MAX, ..good.clone() }, "BAD_FIELD days"),
            (BatchGetAtpRequest { channel: "web".into(), ..good.clone() }, "BAD_CODE channel"),
        ] {
            assert_eq!(get(&app, request).await.unwrap_err(), expected);
        }
        let most = BatchGetAtpRequest { days: 180, keys: vec![key("BER", "pen"); 100], ..good };
        let answer = get(&app, most).await.unwrap();
        let offsets: Vec<u32> = answer.atps[99].days.iter().map(|day| day.offset).collect();
        assert_eq!((answer.atps[99].day_count, offsets), (180, vec![0, 1, 2, 3]));
        app.stop().await;
    }
}
