use edge_core::{
    Answer, Declined, GrantState, Number, OPERATIONS_WAITING_MAX, Operation, OperationState, Posting,
    Refusal, Timing, Wanted, Wish, Work, part_id,
};
use proto::common::v1::Decimal;
use proto::stock::v1::{Adjust, Goods, Move, Receive};
use vocabulary::{Quantity, RequestId, ReservationId, Sequence, SerialNumber};

use crate::book::{Book, at, spot};

/// Lines of `command | what comes of it`.
pub(crate) fn check(story: &str) {
    let mut book = Book::new();
    for line in story.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (command, expected) = line.split_once('|').unwrap();
        assert_eq!(run(&mut book, command.trim()), expected.trim(), "{line}");
    }
}

pub(crate) fn run(book: &mut Book, command: &str) -> String {
    let words: Vec<_> = command.split(' ').collect();
    let quantity = |n: usize| Quantity::parse(words[n]).unwrap();
    let number = |n: usize| Number::new(words[n].parse().unwrap());
    let second = || command.rsplit(" @").next().unwrap().parse().unwrap_or(0);
    let stamp = book.stamp(second());
    let decided = match words[0] {
        "ask" => {
            let expires_at = at(words[4].parse().unwrap());
            book.ledger.ask(Wish { spot: spot(words[1]), quantity: quantity(2), expires_at }, stamp)
        }
        "take" => {
            let serials = words.get(4).filter(|_| words[3] == "of").map_or("", |serials| serials);
            let serials =
                serials.split(',').filter(|s| !s.is_empty()).map(|s| SerialNumber::parse(s).unwrap());
            let (spot, serials, partner) = (spot(words[1]), serials.collect(), None);
            let weight = words.get(4).filter(|_| words[3] == "weighing");
            let weight = weight.map(|weight| Quantity::parse(weight).unwrap());
            let wanted = Wanted { spot, quantity: quantity(2), serials, partner, weight };
            book.ledger.take(&wanted, &stamp)
        }
        "receive" => book.ledger.post(receive(words[1], words[2]), stamp),
        "renew" => book.ledger.renew(number(1), at(words[3].parse().unwrap()), stamp),
        "settle" => book.ledger.settle(number(1), stamp),
        "accept" => Ok(book.ledger.answered(&book.operations[&number(1)], accepted(&words[2..]))),
        "refuse" => Ok(book.ledger.answered(&book.operations[&number(1)], refused(words[2]))),
        "holds" => Ok(book.ledger.refreshed(number(1), Quantity::parse(words[2]).ok())),
        "resolve" => book.ledger.resolve(&book.operations[&number(1)], words[2].to_owned()),
        "again" => {
            let operation = &book.operations[&number(1)];
            let grant = operation.work.grant().map(|number| &book.grants[&number]);
            book.ledger.again(operation, grant, stamp)
        }
        "show" => {
            return shown(book, &words);
        }
        other => panic!("{other:?} is no command"),
    };
    match book.store(decided) {
        Ok(recorded) if recorded.is_empty() => "ok".to_owned(),
        Ok(recorded) => recorded.iter().map(|n| told(&book.operations[n])).collect::<Vec<_>>().join(", "),
        Err(declined) => short(&declined),
    }
}

fn receive(spot_text: &str, quantity: &str) -> Posting {
    let (sku, location) = spot_text.split_once('/').unwrap();
    let quantity = Some(Decimal { value: quantity.to_owned() });
    let (sku, location) = (sku.to_owned(), location.to_owned());
    Posting::Receive(Receive { sku, location, quantity, ..Receive::default() })
}

/// `7`, or `7 as 7-0`.
fn accepted(words: &[&str]) -> Answer {
    let reservation = words.get(2).map(|id| ReservationId::parse(id).unwrap());
    Answer::Accepted { sequence: Sequence::new(words[0].parse().unwrap()), reservation }
}

fn refused(reason: &str) -> Answer {
    Answer::Refused(Refusal { reason: reason.to_owned(), message: String::new(), sequence: None })
}

fn shown(book: &Book, words: &[&str]) -> String {
    let number = Number::new(words[2].parse().unwrap());
    match words[1] {
        "grant" => {
            let grant = &book.grants[&number];
            let state = match grant.state {
                GrantState::Held(id) => format!("held {id}"),
                GrantState::Returning(id) => format!("returning {id}"),
                GrantState::Asked => "asked".to_owned(),
                GrantState::Ended(end) => format!("{end:?}").to_lowercase(),
            };
            let (taken, quantity, left) = (grant.taken, grant.quantity, grant.left());
            format!(
                "{state}: {taken} of {quantity}, {left} left, until {}",
                grant.expires_at.micros() / 1_000_000
            )
        }
        "state" => state(&book.operations[&number]),
        other => panic!("{other:?} is nothing to show"),
    }
}

fn state(operation: &Operation) -> String {
    let timing = match operation.timing {
        Timing::Device => "",
        Timing::Warehouse => " with its time",
        Timing::DeviceAgain => " with ours again",
    };
    match &operation.state {
        OperationState::Waiting => format!("waiting{timing}"),
        OperationState::Accepted { sequence } => format!("accepted {sequence}"),
        OperationState::Refused(refusal) if operation.needs_a_person() => format!("list: {}", refusal.reason),
        OperationState::Refused(refusal) => format!("refused: {}", refusal.reason),
        OperationState::Resolved { refusal, note } => format!("resolved {}: {note}", refusal.reason),
    }
}

fn told(operation: &Operation) -> String {
    let number = operation.number;
    match &operation.work {
        Work::Ask { .. } => format!("#{number} ask"),
        Work::Renew { grant, quantity, .. } => format!("#{number} renew {quantity} of {grant}"),
        Work::HandBack { grant } => format!("#{number} hand back {grant}"),
        Work::Take { grant, quantity, weight: Some(weight), .. } => {
            format!("#{number} take {quantity} of {grant} weighing {weight}")
        }
        Work::Take { grant, quantity, serials, .. } if serials.is_empty() => {
            format!("#{number} take {quantity} of {grant}")
        }
        Work::Take { grant, serials, .. } => format!("#{number} take {serials:?} of {grant}"),
        Work::Post(posting) => format!("#{number} {}", posting.name()),
    }
}

fn short(declined: &Declined) -> String {
    if let Declined::QuotaExceeded { left, .. } = declined {
        return format!("quota exceeded, {left} left");
    }
    if let Declined::EscrowExpired { left, expired_at, .. } = declined {
        return format!("escrow expired at {}, {left} left", expired_at.micros() / 1_000_000);
    }
    declined.to_string()
}

#[test]
fn a_take_never_exceeds_what_is_left() {
    check(
        "ask A/MAIN 10 until 100 @1 | #1 ask
         take A/MAIN 1 @2           | quota exceeded, 0 left
         accept 1 7 as 7-0          | ok
         show grant 1               | held 7-0: 0 of 10, 10 left, until 100
         take A/MAIN 4 @2           | #2 take 4 of 1
         take A/MAIN 6.5 @3         | quota exceeded, 6 left
         take A/MAIN 6 @3           | #3 take 6 of 1
         take A/MAIN 0.000000001 @3 | quota exceeded, 0 left
         take B/MAIN 1 @3           | quota exceeded, 0 left
         take A/PICK 1 @3           | quota exceeded, 0 left
         take A/MAIN 0 @3           | the quantity must be greater than zero
         ask A/MAIN -1 until 100 @3 | the quantity must be greater than zero
         ask A/MAIN 1 until 3 @3    | a grant must end later than now: give it some hours",
    );
}

#[test]
fn goods_are_weighed_as_they_are_taken() {
    check(
        "ask A/MAIN 4 until 100 @1           | #1 ask
         accept 1 7 as 7-0                   | ok
         ask A/MAIN 4 until 90 @1            | #2 ask
         accept 2 8 as 8-0                   | ok
         take A/MAIN 2 weighing 9.8 @2       | #3 take 2 of 2 weighing 9.8
         take A/MAIN 1 weighing 0 @2         | the weight must be greater than zero
         take A/MAIN 3 weighing 14.7 @2      | the goods are of several grants, and one weight does not say what each part weighs: take 2 first
         take A/MAIN 2 weighing 9.9 @2       | #4 take 2 of 2 weighing 9.9
         refuse 4 WEIGHT_IMPLAUSIBLE         | ok
         again 4 @9                          | #5 issue
         take A/MAIN 1 weighing 4.9 @2       | #6 take 1 of 1 weighing 4.9",
    );
}

#[test]
fn a_refused_take_does_not_come_back() {
    check(
        "ask A/MAIN 10 until 100 @1             | #1 ask
         accept 1 7 as 7-0                      | ok
         take A/MAIN 4 @2                       | #2 take 4 of 1
         refuse 2 TRACKING_CHANGED              | ok
         show state 2                           | list: TRACKING_CHANGED
         show grant 1                           | held 7-0: 4 of 10, 6 left, until 100
         holds 1 10                             | ok
         show grant 1                           | held 7-0: 4 of 10, 6 left, until 100
         refuse 2 OTHER                         | ok
         accept 2 9                             | ok
         show state 2                           | list: TRACKING_CHANGED",
    );
}

#[test]
fn nothing_is_taken_when_the_time_is_over() {
    check(
        "ask A/MAIN 10 until 100 @1 | #1 ask
         accept 1 7 as 7-0          | ok
         ask A/MAIN 5 until 50 @1   | #2 ask
         accept 2 8 as 8-0          | ok
         take A/MAIN 7 @49          | #3 take 5 of 2, #4 take 2 of 1
         ask A/MAIN 5 until 60 @50  | #5 ask
         accept 5 9 as 9-0          | ok
         take A/MAIN 9 @60          | escrow expired at 60, 8 left
         take A/MAIN 14 @60         | quota exceeded, 8 left
         take A/MAIN 8 @60          | #6 take 8 of 1
         take A/MAIN 1 @100         | escrow expired at 60, 0 left
         take A/MAIN 6 @100         | quota exceeded, 0 left",
    );
}

#[test]
fn lots_and_units_are_taken_as_they_were_granted() {
    check(
        "ask L/MAIN/L1 3 until 100 @1   | #1 ask
         accept 1 7 as 7-0              | ok
         take L/MAIN 1 @2               | quota exceeded, 0 left
         take L/MAIN/L2 1 @2            | quota exceeded, 0 left
         take L/MAIN/L1 1 @2            | #2 take 1 of 1
         ask S/MAIN 2 until 90 @1       | #3 ask
         ask S/MAIN 2 until 80 @1       | #4 ask
         accept 3 8 as 8-0              | ok
         accept 4 9 as 9-1              | ok
         take S/MAIN 3 of 1,2 @2        | there are 2 serial numbers for 3: give one a unit
         take S/MAIN 3 of 1,2,3 @2      | #5 take [\"1\", \"2\"] of 4, #6 take [\"3\"] of 3",
    );
}

#[test]
fn grants_are_renewed_and_handed_back() {
    check(
        "ask A/MAIN 10 until 100 @1       | #1 ask
         renew 1 until 200 @1             | ok
         accept 1 7 as 7-0                | ok
         take A/MAIN 4 @2                 | #2 take 4 of 1
         renew 1 until 2 @2               | a grant must end later than now: give it some hours
         renew 1 until 200 @2             | #3 renew 6 of 1
         take A/MAIN 1 @2                 | #4 take 1 of 1
         accept 2 8                       | ok
         accept 3 9 as 9-1                | ok
         show grant 1                     | held 9-1: 5 of 10, 5 left, until 200
         settle 1 @150                    | #5 hand back 1
         take A/MAIN 1 @150               | quota exceeded, 0 left
         settle 1 @150                    | ok
         refuse 5 QUEUE_BROKEN            | ok
         show grant 1                     | held 9-1: 5 of 10, 5 left, until 200
         settle 1 @150                    | #6 hand back 1
         accept 6 10                      | ok
         show grant 1                     | handedback: 5 of 10, 0 left, until 200
         settle 1 @150                    | the ledger has no open grant 1
         renew 1 until 300 @150           | the ledger has no open grant 1",
    );
}

#[test]
fn a_grant_ends_where_the_warehouse_says_so() {
    check(
        "ask A/MAIN 10 until 100 @1          | #1 ask
         refuse 1 INSUFFICIENT_AVAILABLE     | ok
         show grant 1                        | refused: 0 of 10, 0 left, until 100
         show state 1                        | refused: INSUFFICIENT_AVAILABLE
         resolve 1 done                      | operation 1 does not need a person: only what was refused does
         ask A/MAIN 10 until 100 @1          | #2 ask
         holds 2 3                           | ok
         accept 2 7 as 7-0                   | ok
         take A/MAIN 2 @2                    | #3 take 2 of 2
         accept 3 8                          | ok
         holds 2 8                           | ok
         show grant 2                        | held 7-0: 2 of 10, 8 left, until 100
         holds 2 3                           | ok
         show grant 2                        | held 7-0: 2 of 5, 3 left, until 100
         settle 2 @3                         | #4 hand back 2
         refuse 4 RESERVATION_NOT_FOUND      | ok
         show grant 2                        | gone: 2 of 5, 0 left, until 100
         ask A/MAIN 1 until 100 @4           | #5 ask
         accept 5 9 as 9-0                   | ok
         holds 5 nothing                     | ok
         show grant 5                        | gone: 0 of 1, 0 left, until 100",
    );
}

#[test]
fn a_person_resolves_what_was_refused() {
    check(
        "ask A/MAIN 10 until 100 @1            | #1 ask
         accept 1 7 as 7-0                     | ok
         take A/MAIN 2 @2                      | #2 take 2 of 1
         resolve 2 early                       | operation 2 does not need a person: only what was refused does
         refuse 2 RESERVATION_NOT_FOUND        | ok
         again 2 @2                            | #3 issue
         show state 2                          | resolved RESERVATION_NOT_FOUND: sent again as 3
         refuse 3 INSUFFICIENT_AVAILABLE       | ok
         show state 3                          | list: INSUFFICIENT_AVAILABLE
         resolve 3 counted                     | ok
         show state 3                          | resolved INSUFFICIENT_AVAILABLE: counted
         resolve 3 twice                       | operation 3 does not need a person: only what was refused does
         receive A/MAIN 5 @3                   | #4 receive
         refuse 4 EFFECTIVE_AT_TOO_OLD         | ok
         again 4 @3                            | #5 receive
         show state 5                          | waiting with its time
         accept 5 12                           | ok
         show state 5                          | accepted 12",
    );
}

#[test]
fn a_time_that_the_warehouse_does_not_take_is_left_away() {
    check(
        "receive A/MAIN 5 @3                | #1 receive
         refuse 1 EFFECTIVE_AT_IN_FUTURE    | ok
         show state 1                       | waiting with its time
         refuse 1 REQUEST_ID_REUSED         | ok
         show state 1                       | waiting with ours again
         refuse 1 EFFECTIVE_AT_IN_FUTURE    | ok
         show state 1                       | list: EFFECTIVE_AT_IN_FUTURE
         receive A/MAIN 5 @3                | #2 receive
         refuse 2 REQUEST_ID_REUSED         | ok
         show state 2                       | list: REQUEST_ID_REUSED
         ask A/MAIN 10 until 100 @1         | #3 ask
         show state 3                       | waiting with its time",
    );
}

#[test]
fn what_is_not_written_well_is_declined_at_once() {
    let number = |value: &str| Some(Decimal { value: value.to_owned() });
    let good =
        Receive { sku: "A".into(), location: "MAIN".into(), quantity: number("1"), ..Receive::default() };
    let goods = |lot: &str, serial: &str| {
        Some(Goods { lot: lot.into(), serials: vec![serial.into()], ..Goods::default() })
    };
    let receive = Posting::Receive;
    let adjust = |value: &str| {
        let (sku, location, delta) = ("A".into(), "MAIN".into(), number(value));
        Posting::Adjust(Adjust { sku, location, delta, ..Adjust::default() })
    };
    let to = |place: &str| {
        let (from_location, to_location) = ("MAIN".into(), place.into());
        Posting::Move(Move {
            sku: "A".into(),
            from_location,
            to_location,
            quantity: number("1"),
            ..Move::default()
        })
    };
    for (posting, expected) in [
        (receive(good.clone()), ""),
        (receive(Receive { sku: " A".into(), ..good.clone() }), "sku \" A\""),
        (receive(Receive { location: "main".into(), ..good.clone() }), "location \"main\""),
        (receive(Receive { quantity: number("1e3"), ..good.clone() }), "quantity \"1e3\""),
        (receive(Receive { partner: "acme".into(), ..good.clone() }), "party \"acme\""),
        (receive(Receive { quantity: None, ..good.clone() }), "quantity \"\""),
        (receive(Receive { quantity: number("0"), ..good.clone() }), "the quantity must be greater"),
        (receive(Receive { goods: goods("L 1", "1"), ..good.clone() }), "lot \"L 1\""),
        (receive(Receive { goods: goods("", "#"), ..good.clone() }), "serial \"#\""),
        (receive(Receive { unit: "X".repeat(70_000), ..good.clone() }), "this is more than one document"),
        (receive(Receive { goods: goods("L1", "1"), ..good }), ""),
        (adjust("-2"), ""),
        (adjust("0"), "an adjustment by zero"),
        (to("PICK"), ""),
        (to(""), "location \"\""),
    ] {
        let mut book = Book::new();
        let stamp = book.stamp(1);
        let said =
            book.ledger.post(posting, stamp).map_or_else(|declined| declined.to_string(), |_| String::new());
        assert!(said.starts_with(expected) && said.is_empty() == expected.is_empty(), "{said} {expected}");
    }
}

#[test]
fn a_ledger_has_limits() {
    let mut book = Book::new();
    let mut stamp = book.stamp(1);
    book.ledger = edge_core::Ledger::new([], Number::new(7), OPERATIONS_WAITING_MAX - 1);
    assert_eq!(book.store(book.ledger.post(receive("A/MAIN", "1"), stamp.clone())), Ok(vec![Number::new(8)]));
    assert_eq!(book.ledger.post(receive("A/MAIN", "1"), stamp.clone()), Err(Declined::Full));
    stamp.reference = "x".repeat(41);
    assert_eq!(book.ledger.post(receive("A/MAIN", "1"), stamp), Err(Declined::ReferenceTooLong));
}

#[test]
fn parts_of_a_request_have_ids_that_can_be_made_again() {
    let id = RequestId::parse("6f2c1c5e-8f0a-4f7e-9d5b-0a1b2c3d4e5f").unwrap();
    assert_eq!(part_id(id, 0), id);
    assert_eq!(part_id(id, 1), part_id(id, 1));
    assert_ne!(part_id(id, 1), part_id(id, 2));
}
