//! Promises on terms, as text tables.

use stock_core::{Document, Holding, ReservedPart, explain};
use vocabulary::{LocationCode, ReservationId, Timestamp};

use crate::language::{Warehouse, document, line};
use crate::rules::check;

#[test]
fn a_soft_promise_ends_when_its_time_is_over() {
    check(
        "receive A MAIN 10                             | ok
         reserve A MAIN 4 @ until=100 holder=C-1       | ok 2-0
         reserve A MAIN 4                              | ok 3-0
         expire 2-0 99                                 | line 0: 2-0 not expired
         expire 3-0 100                                | line 0: 3-0 not expired
         fulfil 2-0 1                                  | ok
         expire 2-0 100                                | ok
         expire 2-0 100                                | line 0: no reservation 2-0
         expire 9-9 100                                | line 0: no reservation 9-9
         stock A MAIN                                  | 9 on hand, 4 reserved",
    );
}

#[test]
fn terms_are_kept_with_the_promise() {
    check(
        "receive L MAIN 5 @ lot=A expiry=2027-06-01    | ok
         receive L MAIN 5 @ lot=B expiry=2027-01-01    | ok
         reserve L MAIN 7 @ by=lot until=7 priority=9 holder=C-1 channel=WEB | ok 3-0
         release 3-0 6                                 | ok
         expire 3-0 7                                  | ok
         stock L MAIN @ lot=A                          | 5 on hand, 0 reserved
         stock L MAIN @ lot=B                          | 5 on hand, 0 reserved",
    );
}

#[test]
fn a_promise_of_the_item_is_spread() {
    check(
        "receive A PICK 3; receive A MAIN 5            | ok
         reserve A * 9                                 | line 0: insufficient 9 of 8 anywhere
         reserve A * 6                                 | ok 3-0
         stock A MAIN                                  | 5 on hand, 5 reserved
         stock A PICK                                  | 3 on hand, 1 reserved
         reserve A * 3 @ may=partial                   | ok 4-0
         reserve A * 1 @ may=partial                   | line 0: insufficient 1 of 0 anywhere
         stock A PICK                                  | 3 on hand, 3 reserved
         release 3-0 4                                 | ok
         stock A MAIN                                  | 5 on hand, 1 reserved
         fulfil 3-0                                    | ok
         fulfil 4-0                                    | ok
         stock A MAIN                                  | 4 on hand, 0 reserved
         stock A PICK                                  | 0 on hand, 0 reserved
         receive A PICK 2; reserve A * 5; issue A PICK 2 | line 2: insufficient 2 of 1",
    );
}

#[test]
fn lots_are_promised_wherever_they_are() {
    let stock = "receive L MAIN 5 @ lot=A expiry=2027-06-01; receive L PICK 2 @ lot=A;\
                 receive L PICK 4 @ lot=B expiry=2027-01-01; receive L ZONE 9 @ lot=C";
    for (claim, parts) in [
        ("5 @ by=lot", "PICK/B 4, MAIN/A 1"),
        ("20 @ by=lot", "PICK/B 4, MAIN/A 5, PICK/A 2, ZONE/C 9"),
        ("6 @ lot=A", "MAIN/A 5, PICK/A 1"),
        ("6 @ by=lot pick=fifo", "MAIN/A 5, PICK/A 1"),
        ("10 @ by=lot pick=lifo", "ZONE/C 9, PICK/B 1"),
        ("6 @ by=lot pick=path", "MAIN/A 5, PICK/B 1"),
        ("10 @ by=lot pick=full", "ZONE/C 9, PICK/A 1"),
        ("16 @ by=lot pick=full", "ZONE/C 9, MAIN/A 5, PICK/A 2"),
        ("3 @ by=lot pick=full", "PICK/A 2, PICK/B 1"),
        ("6 @ by=lot min=2027-02-01", "MAIN/A 5, PICK/A 1"),
        ("16 @ by=lot min=2027-06-01", "MAIN/A 5, PICK/A 2, ZONE/C 9"),
        ("9 @ by=lot min=2027-06-02", "ZONE/C 9"),
    ] {
        let mut warehouse = Warehouse::new();
        // An entry each: what was received first is told by the entry.
        stock.split(';').for_each(|line| drop(warehouse.post(line)));
        assert_eq!(warehouse.post(&format!("reserve L * {claim}")), "ok 5-0", "{claim}");
        assert_eq!(parts_of(&warehouse, "5-0"), parts, "{claim}");
        assert_eq!(warehouse.post("fulfil 5-0"), "ok", "{claim}");
        warehouse.assert_sound();
    }
}

/// `LOCATION/LOT QUANTITY`, in the order they were chosen.
fn parts_of(warehouse: &Warehouse, id: &str) -> String {
    let held = warehouse.state.reservation(ReservationId::parse(id).unwrap()).unwrap();
    let lot = |part: &ReservedPart| part.lot.as_ref().map_or(String::new(), |lot| format!("/{lot}"));
    let part = |part: &ReservedPart| format!("{}{} {}", part.location, lot(part), part.quantity);
    held.parts.iter().map(part).collect::<Vec<_>>().join(", ")
}

#[test]
fn goods_must_last_long_enough() {
    check(
        "receive L MAIN 5 @ lot=A expiry=2027-06-01    | ok
         receive L MAIN 5 @ lot=B expiry=2027-01-01    | ok
         reserve L MAIN 6 @ by=lot min=2027-02-01      | line 0: insufficient 6 of 5
         reserve L MAIN 1 @ lot=B min=2027-02-01       | line 0: B until 2027-01-01, not 2027-02-01
         issue L MAIN 1 @ lot=B min=2027-02-01         | line 0: B until 2027-01-01, not 2027-02-01
         issue L MAIN 6 @ by=lot min=2027-02-01        | line 0: insufficient 6 of 5
         rule life C-1 30                              | ok
         issue L MAIN 1 @ by=lot holder=C-1 needed=2026-12-02 | ok
         stock L MAIN @ lot=B                          | 4 on hand, 0 reserved
         issue L MAIN 1 @ by=lot holder=C-1 needed=2026-12-03 | ok
         stock L MAIN @ lot=A                          | 4 on hand, 0 reserved
         reserve L MAIN 5 @ by=lot holder=C-1 needed=2026-12-03 | line 0: insufficient 5 of 4
         reserve L MAIN 1 @ by=lot holder=C-1 needed=9999-12-31 | line 0: insufficient 1 of 0
         rule life C-1                                 | ok
         reserve L MAIN 5 @ by=lot holder=C-1 needed=2026-12-03 | ok 13-0",
    );
}

#[test]
fn units_are_promised_by_name() {
    check(
        "receive S MAIN 3 @ serials=1,2,3              | ok
         receive S PICK 2 @ serials=4,5                | ok
         reserve S * 2 @ serials=2,4                   | ok 3-0
         reserve S * 1 @ serials=2                     | line 0: 2 is of 3-0
         reserve S PICK 1 @ serials=1                  | line 0: 1 elsewhere, at MAIN
         reserve S * 1 @ serials=9                     | line 0: no serial 9
         issue S MAIN 1 @ serials=2                    | line 0: 2 is of 3-0
         move S PICK MAIN 1 @ serials=4                | line 0: 4 is of 3-0
         status S MAIN 1 damaged @ serials=2           | line 0: 2 is of 3-0
         reserve S MAIN 2 @ by=serial                  | ok 10-0
         fulfil 10-0 1 @ serials=2                     | line 0: 2 is of 3-0
         issue S MAIN 1 @ serials=1                    | line 0: insufficient 1 of 0
         fulfil 3-0 1 @ serials=5                      | line 0: 5 is not of 3-0
         fulfil 3-0 1 @ serials=4                      | ok
         fulfil 3-0                                    | ok
         fulfil 10-0 2 @ serials=1,3                   | ok
         stock S PICK                                  | 1 on hand, 0 reserved
         reserve S * 1 @ serials=5                     | ok 17-0
         release 17-0                                  | ok
         issue S PICK 1 @ serials=5                    | ok",
    );
}

#[test]
fn any_units_of_several_places_leave_from_where_they_are() {
    check(
        "receive S MAIN 2 @ serials=1,2                | ok
         receive S PICK 2 @ serials=3,4                | ok
         reserve S * 3 @ by=serial                     | ok 3-0
         fulfil 3-0 2 @ serials=3,4                    | line 0: 4 elsewhere, at PICK
         fulfil 3-0 2                                  | line 0: 0 serials for 2
         fulfil 3-0 2 @ serials=4,1                    | ok
         stock S MAIN                                  | 1 on hand, 1 reserved
         fulfil 3-0 @ serials=2                        | ok
         stock S PICK                                  | 1 on hand, 0 reserved",
    );
}

#[test]
fn a_quota_is_kept_for_its_channel() {
    check(
        "receive A MAIN 10                             | ok
         rule quota A WEB 6                            | ok
         reserve A MAIN 5                              | line 0: 5 of 10 with 6 for others
         issue A MAIN 5                                | line 0: 5 of 10 with 6 for others
         reserve A MAIN 5 @ channel=SHOP               | line 0: 5 of 10 with 6 for others
         issue A MAIN 4 @ channel=SHOP                 | ok
         issue A MAIN 1                                | line 0: 1 of 6 with 6 for others
         move A MAIN PICK 3                            | ok
         reserve A * 7 @ channel=WEB                   | line 0: insufficient 7 of 6 anywhere
         reserve A * 4 @ channel=WEB                   | ok 10-0
         issue A PICK 1                                | line 0: 1 of 2 with 2 for others
         release 10-0 1                                | ok
         fulfil 10-0                                   | ok
         receive A MAIN 2                              | ok
         issue A MAIN 2                                | ok
         issue A PICK 1                                | line 0: 1 of 3 with 3 for others
         issue A PICK 2 @ channel=WEB                  | ok
         receive A MAIN 1; issue A MAIN 1              | ok
         rule quota A WEB 5                            | ok
         receive A MAIN 4; issue A MAIN 1              | line 1: 1 of 5 with 5 for others
         rule quota A WEB                              | ok
         receive A MAIN 5; issue A MAIN 1              | ok",
    );
}

#[test]
fn a_buffer_is_kept_for_nobody() {
    check(
        "receive A MAIN 10                             | ok
         rule buffer A 3; reserve A MAIN 8             | line 1: 8 of 10 with 0 for others and 3 buffer
         rule buffer A 3; rule quota A WEB 5           | ok
         issue A MAIN 3                                | line 0: 3 of 10 with 5 for others and 3 buffer
         reserve A MAIN 3 @ may=partial                | ok 5-0
         issue A MAIN 3 @ may=buffer                   | ok
         adjust A MAIN -4 lost                         | ok
         reserve A MAIN 1 @ channel=WEB                | line 0: 1 of 1 with 0 for others and 3 buffer
         reserve A MAIN 1 @ channel=WEB may=buffer     | ok 9-0
         stock A MAIN                                  | 3 on hand, 3 reserved",
    );
}

#[test]
fn a_customer_holds_no_more_than_the_maximum() {
    check(
        "receive A MAIN 100                            | ok
         reserve A MAIN 2 @ holder=C-1                 | ok 2-0
         rule maximum A * 5; rule maximum A C-2 1      | ok
         reserve A MAIN 4 @ holder=C-1                 | line 0: 4 for C-1 with 2 of 5
         issue A MAIN 4 @ holder=C-1                   | line 0: 4 for C-1 with 2 of 5
         reserve A MAIN 4 @ holder=C-1 may=partial     | ok 6-0
         reserve A MAIN 1 @ holder=C-1 may=partial     | line 0: 1 for C-1 with 5 of 5
         reserve A MAIN 2 @ holder=C-2                 | line 0: 2 for C-2 with 0 of 1
         reserve A MAIN 6                              | ok 9-0
         fulfil 2-0; release 6-0 1                     | ok
         reserve A MAIN 3 @ holder=C-1                 | ok 11-0
         rule maximum A *                              | ok
         reserve A MAIN 9 @ holder=C-1                 | ok 13-0
         reserve A MAIN 5 @ holder=C-3; rule maximum A C-3 5; reserve A MAIN 1 @ holder=C-3 | line 2: 1 for C-3 with 5 of 5",
    );
}

#[test]
fn lower_priorities_make_room() {
    check(
        "receive A MAIN 4; receive A PICK 6            | ok
         reserve A MAIN 4 @ priority=2                 | ok 2-0
         reserve A PICK 3 @ priority=1                 | ok 3-0
         reserve A PICK 3 @ priority=1 until=9         | ok 4-0
         reserve A * 1 @ priority=5                    | line 0: insufficient 1 of 0 anywhere
         reserve A * 2 @ priority=1 may=reallocate     | line 0: insufficient 2 of 0 anywhere
         reserve A PICK 7 @ priority=5 may=reallocate  | line 0: insufficient 7 of 6
         reserve A * 4 @ priority=5 may=reallocate     | ok 8-0
         fulfil 4-0                                    | line 0: no reservation 4-0
         release 3-0 3                                 | line 0: exceeded 3 of 2
         reserve A MAIN 1 @ priority=3 may=reallocate  | ok 11-0
         release 2-0 4                                 | line 0: exceeded 4 of 3
         stock A MAIN                                  | 4 on hand, 4 reserved
         stock A PICK                                  | 6 on hand, 6 reserved
         reserve A * 99 @ priority=9 may=reallocate    | line 0: insufficient 99 of 10 anywhere
         rule quota A WEB 5                            | ok
         receive B MAIN 2; reserve B MAIN 2            | ok 15-1
         receive B MAIN 2; reserve B MAIN 2; reserve B MAIN 3 @ priority=5 may=reallocate | line 2: insufficient 3 of 2",
    );
}

#[test]
fn nobody_makes_room_for_more_than_a_customer_may_hold() {
    check(
        "receive A MAIN 10; rule maximum A C-1 4       | ok
         reserve A MAIN 8                              | ok 2-0
         reserve A MAIN 9 @ holder=C-1 priority=5 may=reallocate may=partial | ok 3-0
         release 2-0 7                                 | line 0: exceeded 7 of 6
         stock A MAIN                                  | 10 on hand, 10 reserved
         receive S MAIN 3 @ serials=1,2,3; rule maximum S C-1 1.5 | ok
         reserve S * 3 @ by=serial holder=C-1 may=partial | ok 6-0
         stock S MAIN                                  | 3 on hand, 1 reserved",
    );
}

#[test]
fn what_another_channel_has_from_its_quota_stays() {
    check(
        "receive A MAIN 10; rule quota A WEB 4         | ok
         reserve A MAIN 4 @ channel=WEB                | ok 2-0
         reserve A MAIN 6 @ channel=SHOP               | ok 3-0
         reserve A MAIN 7 @ priority=9 may=reallocate  | line 0: insufficient 7 of 6
         reserve A MAIN 5 @ priority=9 may=reallocate channel=WEB | ok 5-0
         stock A MAIN                                  | 10 on hand, 10 reserved
         release 2-0                                   | ok
         release 3-0 2                                 | line 0: exceeded 2 of 1",
    );
}

fn now() -> Timestamp {
    Timestamp::from_micros(1).unwrap()
}

/// What `explain` says of the only line: `refused`, or what is chosen; then what is passed over; then who makes room.
fn explained(warehouse: &Warehouse, text: &str) -> String {
    let document = document(vec![line(text)]);
    let explained = explain(&warehouse.state, &document, now()).lines.pop().unwrap();
    let goods = |location: &LocationCode, holding: &Holding| {
        let lot = holding.lot.as_ref().map_or(String::new(), |lot| format!("/{lot}"));
        format!("{location}{lot}")
    };
    let chosen =
        explained.chosen.iter().map(|c| format!("{} {}", goods(&c.location, &c.holding), c.quantity));
    let passed =
        explained.passed_over.iter().map(|p| format!("{} {:?}", goods(&p.location, &p.holding), p.why));
    let made_room = explained.made_room.iter().map(|(id, quantity)| format!("{quantity} of {id}"));
    let refused = explained.refusal.iter().map(|_| "refused".to_owned());
    let kept =
        explained.kept.iter().map(|kept| format!("{} free {} {}", kept.free, kept.for_others, kept.buffer));
    refused.chain(kept).chain(chosen).chain(passed).chain(made_room).collect::<Vec<_>>().join(", ")
}

#[test]
fn a_line_is_explained() {
    let mut warehouse = Warehouse::new();
    for text in [
        "receive L MAIN 5 @ lot=A expiry=2027-06-01",
        "receive L MAIN 4 @ lot=B expiry=2027-01-01",
        "receive L PICK 9 @ lot=C",
        "receive L MAIN 2 @ lot=B status=damaged",
        "receive L PICK 3 @ lot=C owner=consignment:ACME",
        "reserve L * 4 @ lot=B priority=1",
        "receive A MAIN 10; reserve A MAIN 2",
        "rule quota A WEB 3; rule buffer A 4",
    ] {
        assert!(warehouse.post(text).starts_with("ok"), "{text}");
    }
    for (text, expected) in [
        ("reserve L * 6 @ by=lot", "MAIN/A 5, PICK/C 1, MAIN/B Promised, MAIN/B Status, PICK/C Owner"),
        ("issue L MAIN 5 @ by=lot", "MAIN/A 5, MAIN/B Promised, MAIN/B Status"),
        ("issue L MAIN 6 @ by=lot", "refused, MAIN/A NotEnough, MAIN/B Promised, MAIN/B Status"),
        ("issue L MAIN 1 @ lot=A min=2027-07-01", "refused, MAIN/A ExpiresEarly, MAIN/B Lot, MAIN/B Status"),
        (
            "reserve L * 2 @ by=lot min=2027-07-01",
            "PICK/C 2, MAIN/A ExpiresEarly, MAIN/B ExpiresEarly, MAIN/B Status, PICK/C Owner",
        ),
        ("issue L MAIN 1 @ lot=B status=damaged", "MAIN/B 1, MAIN/A Status, MAIN/B Status"),
        (
            "reserve L MAIN 7 @ by=lot priority=2 may=reallocate",
            "MAIN/B 2, MAIN/A 5, MAIN/B Status, 2 of 6-0",
        ),
        ("reserve A * 1", "8 free 3 4, MAIN 1"),
        ("reserve A * 2", "refused, 8 free 3 4, MAIN Kept"),
        ("reserve A * 5 @ channel=WEB", "refused, 8 free 0 4, MAIN Kept"),
        ("reserve A * 4 @ channel=WEB", "8 free 0 4, MAIN 4"),
        ("move A MAIN PICK 1", "8 free 3 4, MAIN 1"),
        ("receive A MAIN 1", ""),
    ] {
        assert_eq!(explained(&warehouse, text), expected, "{text}");
    }
    let two = document(vec![line("issue L MAIN 99 @ by=lot"), line("receive A MAIN 1")]);
    let explained = explain(&warehouse.state, &two, now());
    assert_eq!(explained.lines.len(), 1, "what is behind a refused line is not judged");
    assert_eq!(explained.effective_at, warehouse.state.effective_now(now()));
}

#[test]
fn goods_out_of_reach_in_handling_units_are_explained() {
    let mut warehouse = Warehouse::new();
    let text =
        "range 7610425 3 0 9; open BOX MAIN; receive L MAIN 5 @ lot=A unit=line:1; receive L MAIN 2 @ lot=B";
    assert_eq!(warehouse.post(text), "ok #0");
    for (text, expected) in [
        ("issue L MAIN 2 @ by=lot", "MAIN/B 2, MAIN/A Packed"),
        ("issue L MAIN 3 @ by=lot", "refused, MAIN/A Packed, MAIN/B NotEnough"),
        ("issue L MAIN 3 @ by=lot unit=#0", "MAIN/A 3, MAIN/B Packed"),
        ("reserve L MAIN 6 @ by=lot", "MAIN/A 5, MAIN/B 1"),
    ] {
        assert_eq!(explained(&warehouse, text), expected, "{text}");
    }
}

#[test]
fn the_time_of_a_document_is_explained() {
    let mut warehouse = Warehouse::new();
    for text in ["at 10 receive A MAIN 5", "at 20 issue A MAIN 5", "at 30 receive A MAIN 1", "lock 5"] {
        assert!(warehouse.post(text).starts_with("ok"), "{text}");
    }
    let time = |micros| Timestamp::from_micros(micros).unwrap();
    let at = |micros, may_move| {
        let line = vec![line("issue A MAIN 1")];
        let told = Document { effective_at: Some(time(micros)), time_may_move: may_move, ..document(line) };
        let explained = explain(&warehouse.state, &told, now());
        let refusal = explained.lines.last().unwrap().refusal.clone();
        (explained.effective_at.micros(), refusal.map(|refusal| refusal.to_string()).unwrap_or_default())
    };
    assert_eq!(at(30, false), (30, String::new()));
    assert!(at(10, false).1.contains("would hold -1"), "{:?}", at(10, false));
    assert!(at(4, false).1.contains("locked until"), "{:?}", at(4, false));
    for micros in [4, 10] {
        assert_eq!(at(micros, true), (30, String::new()), "what cannot have happened then happens now");
    }
}

#[test]
fn what_is_taken_back_is_kept_again() {
    check(
        "receive A MAIN 10; rule quota A WEB 4         | ok
         issue A MAIN 3 @ channel=WEB                  | ok
         issue A MAIN 7                                | line 0: 7 of 7 with 1 for others
         reverse 2-0                                   | ok
         issue A MAIN 7                                | line 0: 7 of 10 with 4 for others
         issue A MAIN 6                                | ok
         reverse 1-0                                   | line 0: insufficient 10 of 4
         receive S MAIN 2 @ serials=1,2                | ok
         reserve S * 1 @ serials=1                     | ok 9-0
         reverse 8-0                                   | line 0: insufficient 2 of 1
         receive S MAIN 1 @ serials=3                  | ok
         move S MAIN PICK 1 @ serials=3; reserve S * 1 @ serials=3 | ok 12-1
         receive S PICK 1 @ serials=4                  | ok
         reverse 12-0                                  | line 0: 3 is of 12-1
         reverse 13-0                                  | ok",
    );
}
