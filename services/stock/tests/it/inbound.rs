//! What becomes of goods that came: put away, given to orders that wait, sent back, restocked or thrown away.

use proto::stock::v1::{PutAwaySuggestion, SuggestPutAwayRequest};

use crate::calls::{in_decimal, position, refused, say};
use crate::deliveries::shown;
use crate::outcome::verified;
use crate::test_app::TestApp;
use crate::tracking::check;

async fn suggested(app: &TestApp, delivery: &str, location: &str) -> String {
    let (warehouse, delivery, location) = ("BER".into(), delivery.into(), location.into());
    match app.client().suggest_put_away(SuggestPutAwayRequest { warehouse, delivery, location }).await {
        Ok(answer) => {
            let answer = answer.into_inner();
            assert!(!answer.more && answer.as_of_sequence > 0);
            answer.suggestions.iter().map(in_words).collect::<Vec<_>>().join("; ")
        }
        refusal @ Err(_) => refused(refusal),
    }
}

fn in_words(goods: &PutAwaySuggestion) -> String {
    let PutAwaySuggestion { sku, from_location, quantity, places, left, .. } = goods;
    let places = places.iter().map(|place| {
        let reason = place.reason().as_str_name().trim_start_matches("PUT_AWAY_REASON_");
        format!("{} {} {reason}", place.location, in_decimal(place.quantity.as_ref()))
    });
    let left = left.iter().map(|left| {
        let reason = left.reason().as_str_name().trim_start_matches("NOT_PUT_AWAY_REASON_");
        format!("{} {reason}", in_decimal(left.quantity.as_ref()))
    });
    let words: Vec<_> = places.chain(left).collect();
    format!("{} {sku} at {from_location}: {}", in_decimal(quantity.as_ref()), words.join(", "))
}

pub(crate) async fn goods_are_put_away_where_rules_say(app: &mut TestApp) {
    let script = "rule stored A PICK A acid; rule stores PICK A 5      | ok
         receive A MAIN 8; receive B MAIN 2 @ status=damaged              | ok";
    check(app, script).await;
    let expected = "8 A at MAIN: PICK 5 FIXED, 3 FULL; 2 B at MAIN: 2 HELD";
    for _ in 0..2 {
        assert_eq!(suggested(app, "", "MAIN").await, expected);
        app.restart_with(|limits| limits.checkpoint_entries = 1).await;
    }
    assert_eq!(say(app, "move A MAIN PICK 5").await, "ok");
    assert_eq!(suggested(app, "", "MAIN").await, "3 A at MAIN: 3 FULL; 2 B at MAIN: 2 HELD");
    assert_eq!(suggested(app, "", "").await, "BAD_FIELD delivery");
    assert_eq!(suggested(app, "PO-1", "MAIN").await, "BAD_FIELD location");
    assert_eq!(suggested(app, "PO-1", "").await, "DELIVERY_NOT_FOUND delivery");
    assert_eq!(suggested(app, "p", "").await, "BAD_CODE delivery");
    assert_eq!(suggested(app, "", "NOWHERE").await, "UNKNOWN_LOCATION location");
}

pub(crate) async fn what_comes_goes_to_orders_that_wait(app: &mut TestApp) {
    let script = "place SO-1 C-1 1:A*3; place SO-2 C-2 priority=5 1:A*3 | ok
         announce PO-1 purchase 2030-03-01 A*10                            | ok
         dock PO-1 receive A MAIN 4                                        | ok
         wave W-1 PICK SO-2                                                | ok
         dock PO-1 receive A MAIN 7                                        | OVER_TOLERANCE document.lines[0]";
    check(app, script).await;
    assert_eq!(position(app, "A", "MAIN").await, "4/4/0");
}

pub(crate) async fn goods_go_back_or_become_something_and_survive_a_restart(app: &mut TestApp) {
    app.restart_with(|limits| limits.checkpoint_entries = 2).await;
    let script = "announce PO-1 purchase 2030-03-01 from:ACME A*5; announce RMA-1 return 2030-03-01 B*5 | ok
         of PO-1 receive A MAIN 5 @ status=damaged; of RMA-1 return B MAIN 4 @ status=returned | ok
         shut PO-1                                                        | ok
         dispose PO-1 1 RETURN_TO_SUPPLIER A MAIN 2 damaged               | ok
         dispose PO-1 1 RETURN_TO_SUPPLIER A MAIN 4 damaged               | INSUFFICIENT_AVAILABLE document.lines[0]
         receive A MAIN 9 @ status=damaged                                | ok
         dispose PO-1 1 RETURN_TO_SUPPLIER A MAIN 4 damaged               | DELIVERY_EXCEEDED document.lines[0]
         dispose PO-1 1 RESTOCK A MAIN 1 quarantine                       | INSUFFICIENT_AVAILABLE document.lines[0]
         dispose RMA-1 1 RETURN_TO_SUPPLIER B MAIN 1 returned             | OTHER_DISPOSITION document.lines[0]
         dispose RMA-1 1 RESTOCK B MAIN 1 returned                        | ok
         dispose RMA-1 1 REFURBISH B MAIN 1 returned                      | ok
         dispose RMA-1 1 SCRAP B MAIN 1 returned                          | ok
         reverse 4-0                                                      | ok";
    check(app, script).await;
    assert_eq!(position(app, "B", "MAIN").await, "3/0/1");
    let digest = verified(app).await.state_digest;
    for _ in 0..2 {
        app.restart().await;
        assert_eq!(verified(app).await.state_digest, digest);
        assert_eq!(shown(app, "PO-1").await, "closed: 1 A 5/5+0-0");
    }
}
