use proto::stock::v1::GetReservationRequest;

use crate::calls::{position, post, refused, say};
use crate::fixtures::document;
use crate::test_app::TestApp;

pub(crate) async fn every_command_does_its_work(app: &mut TestApp) {
    for (text, main, pick) in [
        ("receive A MAIN 2 CASE", "24/0/24", "0/0/0"),
        ("issue A MAIN 4", "20/0/20", "0/0/0"),
        ("move A MAIN PICK 5", "15/0/15", "5/0/5"),
        ("adjust A PICK -1 broken", "15/0/15", "4/0/4"),
        ("adjust A PICK 3 found", "15/0/15", "7/0/7"),
        ("return A MAIN 1", "16/0/16", "7/0/7"),
    ] {
        assert_eq!(say(app, text).await, "ok", "{text}");
        assert_eq!(position(app, "A", "MAIN").await, main, "{text}");
        assert_eq!(position(app, "A", "PICK").await, pick, "{text}");
    }
}

pub(crate) async fn a_reservation_lives_and_ends(app: &mut TestApp) {
    say(app, "receive A MAIN 10").await;
    let receipt = post(app, &document("reserve A MAIN 6; reserve A MAIN 1")).await.unwrap();
    let [first, second] = &receipt.reservation_ids[..] else { panic!("two reservations") };
    assert_eq!(position(app, "A", "MAIN").await, "10/7/3");
    assert_eq!(say(app, "issue A MAIN 4").await, "INSUFFICIENT_AVAILABLE document.lines[0]");
    assert_eq!(say(app, &format!("release {first} 2")).await, "ok");
    assert_eq!(position(app, "A", "MAIN").await, "10/5/5");
    assert_eq!(say(app, &format!("fulfil {first} 3")).await, "ok");
    assert_eq!(position(app, "A", "MAIN").await, "7/2/5");
    assert_eq!(say(app, &format!("fulfil {first} 2")).await, "RESERVATION_EXCEEDED document.lines[0]");
    assert_eq!(say(app, &format!("fulfil {first}; release {second}")).await, "ok");
    assert_eq!(position(app, "A", "MAIN").await, "6/0/6");
    assert_eq!(say(app, &format!("release {first}")).await, "RESERVATION_NOT_FOUND document.lines[0]");
    let get = GetReservationRequest { warehouse: "BER".into(), reservation_id: first.clone() };
    let gone = app.client().get_reservation(get).await;
    assert_eq!(refused(gone), "RESERVATION_NOT_FOUND reservation_id");
}

pub(crate) async fn a_document_is_all_or_nothing(app: &mut TestApp) {
    say(app, "receive A MAIN 5").await;
    let text = "receive B MAIN 7; issue A MAIN 5; issue A MAIN 1";
    assert_eq!(say(app, text).await, "INSUFFICIENT_AVAILABLE document.lines[2]");
    assert_eq!(position(app, "A", "MAIN").await, "5/0/5");
    assert_eq!(position(app, "B", "MAIN").await, "0/0/0");
    assert_eq!(say(app, "receive B MAIN 1; issue B MAIN 1; receive B PICK 2").await, "ok");
    assert_eq!(position(app, "B", "PICK").await, "2/0/2");
}

pub(crate) async fn only_named_items_go_below_zero(app: &mut TestApp) {
    assert_eq!(say(app, "issue E MAIN 3").await, "ok");
    assert_eq!(position(app, "E", "MAIN").await, "-3/0/-3");
    assert_eq!(say(app, "reserve E MAIN 1").await, "INSUFFICIENT_AVAILABLE document.lines[0]");
    assert_eq!(say(app, "issue B MAIN 1").await, "INSUFFICIENT_AVAILABLE document.lines[0]");
}
