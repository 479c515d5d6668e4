//! Outbound orders, in the tests' language: `place CODE CUSTOMER WORD…` (a line is `1:A*5`, a lot `1:L*5/X`; `complete`, `priority=5`, `due=2027-01-31`),
//! `allocate CODE`, `wave CODE STAGING ORDER…`, `short CODE ID LOCATION QUANTITY [LOT]`, `leave CODE`, `end CODE [rest]`, `drop CODE`;
//! and `order CODE` and `picks WAVE`, which ask.

use std::collections::BTreeMap;

use proptest::prelude::*;
use stock_core::{Line, OrderLine, Place, ShortPick, State};
use vocabulary::{Date, DocumentCode, LotCode, PartyCode, Sku};
use work_core::{Order, OrderRejection, OrderedLine, Placement, TouchedOrders, Wave};

use crate::language::{Warehouse, location, quantity, reservation};
use crate::rules::check;

/// What is stored of orders, as changes come.
#[derive(Debug, Default)]
pub(crate) struct Stored {
    known: BTreeMap<DocumentCode, Order>,
}

impl Stored {
    pub(crate) fn take(&mut self, touched: TouchedOrders) {
        self.known.extend(touched.known.into_iter().map(|known| (known.placed.code.clone(), known)));
        self.known.retain(|code, _| !touched.forgotten.contains(code));
    }

    pub(crate) fn snapshot(&self) -> Vec<Order> {
        self.known.values().cloned().collect()
    }
}

fn code(text: &str) -> DocumentCode {
    DocumentCode::parse(text).unwrap()
}

/// `None` for a line about something else.
pub(crate) fn line(text: &str) -> Option<Line> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = match words.as_slice() {
        ["place", order, customer, rest @ ..] => OrderLine::Place(placement(order, customer, rest)),
        ["allocate", order] => OrderLine::Allocate { order: code(order) },
        ["wave", wave, staging, orders @ ..] => {
            let wave = Wave { code: code(wave), staging: location(staging) };
            OrderLine::Release { orders: orders.iter().map(|order| code(order)).collect(), wave }
        }
        ["short", order, id, at, n, lot @ ..] => OrderLine::Short(ShortPick {
            order: code(order),
            reservation: reservation(id),
            location: location(at),
            lot: lot.first().map(|lot| LotCode::parse(lot).unwrap()),
            quantity: quantity(n),
            serials: Vec::new(),
            reason: "not there".to_owned(),
        }),
        ["leave", order] => {
            let to = Place::Virtual(location("CUSTOMER"));
            OrderLine::Ship { order: code(order), tracking: "T-1".to_owned(), to }
        }
        ["end", order, rest @ ..] => OrderLine::Close { order: code(order), without_rest: !rest.is_empty() },
        ["drop", order] => OrderLine::Cancel { order: code(order) },
        _ => return None,
    };
    Some(Line::Order(Box::new(line)))
}

fn placement(order: &str, customer: &str, words: &[&str]) -> Placement {
    let mut placed = Placement {
        code: code(order),
        customer: PartyCode::parse(customer).unwrap(),
        ship_to: String::new(),
        due: Date::parse("2027-01-31").unwrap(),
        priority: 0,
        ships_complete: false,
        carrier: String::new(),
        cut_off: None,
        channel: None,
        lines: BTreeMap::new(),
    };
    for word in words {
        if let Some(priority) = word.strip_prefix("priority=") {
            placed.priority = priority.parse().unwrap();
            continue;
        }
        if let Some(due) = word.strip_prefix("due=") {
            placed.due = Date::parse(due).unwrap();
            continue;
        }
        let Some((number, goods)) = word.split_once(':') else {
            assert_eq!(*word, "complete");
            placed.ships_complete = true;
            continue;
        };
        let (sku, n) = goods.split_once('*').unwrap();
        let (n, lot) =
            n.split_once('/').map_or((n, None), |(n, lot)| (n, Some(LotCode::parse(lot).unwrap())));
        let (sku, quantity) = (Sku::parse(sku).unwrap(), quantity(n));
        let line = OrderedLine { sku, quantity, lot, min_expiry: None };
        placed.lines.insert(number.parse().unwrap(), line);
    }
    placed
}

/// `STATE: LINE promised shipped backordered, …`
pub(crate) fn show(state: &State, text: &str) -> String {
    let Some(order) = state.order(&code(text)) else { return "none".to_owned() };
    let lines = order.lines().map(|(number, _, progress)| {
        format!("{number} {} {} {}", progress.promised, progress.shipped, order.backordered(number))
    });
    format!("{}: {}", order.state.as_str(), lines.collect::<Vec<_>>().join(", "))
}

/// `LOCATION SKU LOT QUANTITY ORDER/LINE, …`, with `+` before what is picked.
pub(crate) fn picks(state: &State, wave: &str) -> String {
    let picks = state.picks_of_wave(&code(wave)).into_iter().map(|pick| {
        let lot = pick.lot.map_or_else(String::new, |lot| format!(" {lot}"));
        let mark = if pick.is_picked { "+" } else { "" };
        let (at, sku, n) = (pick.location, pick.sku, pick.quantity);
        format!("{mark}{at} {sku}{lot} {n} {}/{}", pick.order, pick.line)
    });
    picks.collect::<Vec<_>>().join(", ")
}

pub(crate) fn in_words(rejection: &OrderRejection) -> String {
    use OrderRejection as R;
    match rejection {
        R::NotFound { code } => format!("no order {code}"),
        R::Ended { code, state } => format!("{code} is {}", state.as_str()),
        R::LineNotFound { code, line } => format!("{code} has no {line}"),
        R::LineInUse { code, line, used } => format!("{used} of {code}/{line} in use"),
        R::Incomplete { code, line, missing } => format!("{missing} of {code}/{line} missing"),
        R::NothingPromised { code } => format!("nothing promised for {code}"),
        R::AlreadyReleased { code, wave } => format!("{code} is in {wave}"),
        R::NotReleased { code } => format!("{code} is in no wave"),
        R::NothingPicked { code } => format!("nothing of {code} picked"),
        R::Picked { code } => format!("{code} is picked"),
        R::Shipped { code } => format!("{code} has left"),
        R::LineOpen { code, line, open } => format!("{open} of {code}/{line} open"),
        R::TooMany => "too many".to_owned(),
    }
}

/// What orders say is promised for them are the promises that say so.
pub(crate) fn assert_orders(state: &State) {
    let mut sums: BTreeMap<(DocumentCode, u32), vocabulary::Quantity> = BTreeMap::new();
    for held in state.reservations() {
        let Some(order) = &held.terms.order else { continue };
        // Those for production are not counted by an order.
        if state.production_order(&order.code).is_some_and(|order| order.state.is_open()) {
            continue;
        }
        assert!(state.promises_of_order(&order.code).any(|id| id == held.id), "{held:?}");
        let sum = sums.entry((order.code.clone(), order.line)).or_default();
        *sum = sum.checked_add(held.quantity).unwrap();
    }
    for order in state.orders_after(None) {
        for (line, wanted, progress) in order.lines() {
            let promised = sums.remove(&(order.placed.code.clone(), line)).unwrap_or_default();
            assert_eq!(progress.promised, promised, "{order:?}");
            let all = progress.promised.checked_add(progress.shipped).unwrap();
            assert!(all <= wanted.quantity && !progress.shipped.is_negative(), "{order:?}");
        }
    }
    assert!(sums.is_empty(), "promised for orders that are not known: {sums:?}");
}

#[test]
fn an_order_is_allocated_picked_and_shipped() {
    check(
        "receive A MAIN 10; receive B PICK 2; receive L MAIN 4 @ lot=X; receive L PICK 4 @ lot=Y | ok
         place SO-1 C-1 1:A*6 2:B*3 3:L*6                     | ok
         order SO-1                                           | placed: 1 0 0 6, 2 0 0 3, 3 0 0 6
         wave W-1 DOCK SO-1                                   | line 0: nothing promised for SO-1
         allocate SO-1                                        | ok 4-0 4-1000 4-2000
         order SO-1                                           | placed: 1 6 0 0, 2 2 0 1, 3 6 0 0
         issue A MAIN 5                                       | line 0: insufficient 5 of 4
         leave SO-1                                           | line 0: SO-1 is in no wave
         wave W-1 DOCK SO-1                                   | ok
         wave W-2 DOCK SO-1                                   | line 0: SO-1 is in W-1
         picks W-1                                            | MAIN A 6 SO-1/1, MAIN L X 4 SO-1/3, PICK B 2 SO-1/2, PICK L Y 2 SO-1/3
         leave SO-1                                           | line 0: nothing of SO-1 picked
         move A MAIN DOCK 6 @ of=4-0; move L MAIN DOCK 4 @ lot=X of=4-2000 | ok
         picks W-1                                            | +DOCK A 6 SO-1/1, +DOCK L X 4 SO-1/3, PICK B 2 SO-1/2, PICK L Y 2 SO-1/3
         leave SO-1                                           | ok
         order SO-1                                           | released: 1 0 6 0, 2 2 0 1, 3 2 4 0
         end SO-1                                             | line 0: 3 of SO-1/2 open
         receive B MAIN 1                                     | ok
         allocate SO-1                                        | ok 14-1000
         order SO-1                                           | released: 1 0 6 0, 2 3 0 0, 3 2 4 0
         end SO-1 rest                                        | ok
         order SO-1                                           | closed: 1 0 6 0, 2 0 0 0, 3 0 4 0
         stock B PICK                                         | 2 on hand, 0 reserved
         allocate SO-1                                        | line 0: SO-1 is closed
         place SO-1 C-1 1:A*6                                 | line 0: SO-1 is closed",
    );
}

#[test]
fn an_order_that_leaves_as_a_whole_is_all_or_nothing() {
    check(
        "receive A MAIN 5; receive B MAIN 1                   | ok
         place SO-1 C-1 1:A*5 2:B*2 complete                  | ok
         allocate SO-1                                        | line 0: insufficient 2 of 1 anywhere
         stock A MAIN                                         | 5 on hand, 0 reserved
         receive B MAIN 1; allocate SO-1; wave W-1 DOCK SO-1  | ok 4-1 4-1001
         move A MAIN DOCK 5 @ of=4-1                          | ok
         leave SO-1                                           | line 0: 2 of SO-1/2 missing
         drop SO-1                                            | line 0: SO-1 is picked
         move A DOCK MAIN 5 @ of=4-1; drop SO-1               | ok
         order SO-1                                           | cancelled: 1 0 0 0, 2 0 0 0
         stock A MAIN                                         | 5 on hand, 0 reserved",
    );
}

#[test]
fn an_order_learns_of_every_end_of_its_promises() {
    check(
        "receive L MAIN 9 @ lot=X; receive A MAIN 9           | ok
         place SO-1 C-1 1:L*5 2:A*5; allocate SO-1            | ok 2-1 2-1001
         release 2-1001 2                                     | ok
         order SO-1                                           | placed: 1 5 0 0, 2 3 0 2
         fulfil 2-1001 1                                      | ok
         order SO-1                                           | placed: 1 5 0 0, 2 2 1 2
         recall L X                                           | ok
         order SO-1                                           | placed: 1 0 0 5, 2 2 1 2
         adjust A MAIN -7 shrink @ take=promised              | ok
         order SO-1                                           | placed: 1 0 0 5, 2 1 1 3
         place SO-1 C-1 1:L*5 2:A*1                           | line 0: 2 of SO-1/2 in use
         place SO-1 C-1 1:L*5 2:B*5                           | line 0: 2 of SO-1/2 in use
         place SO-1 C-1 1:B*1 2:A*2                           | ok
         order SO-1                                           | placed: 1 0 0 1, 2 1 1 0
         drop SO-1                                            | line 0: SO-1 has left
         allocate SO-1                                        | line 0: insufficient 1 of 0 anywhere
         allocate SO-9                                        | line 0: no order SO-9",
    );
}

#[test]
fn what_is_short_is_held_and_taken_elsewhere() {
    check(
        "receive A MAIN 5; receive A PICK 2                   | ok
         place SO-1 C-1 1:A*5; allocate SO-1; wave W-1 DOCK SO-1 | ok 2-1
         short SO-1 2-1 PICK 1                                | line 0: 1 of 2-1 at PICK, 0 there
         short SO-1 9-1 MAIN 1                                | line 0: no reservation 9-1
         short SO-1 2-1 MAIN 3                                | ok 5-0
         stock A MAIN                                         | 2 on hand, 2 reserved
         stock A MAIN @ status=quality_hold                   | 3 on hand, 0 reserved
         order SO-1                                           | released: 1 4 0 1
         picks W-1                                            | MAIN A 2 SO-1/1, PICK A 2 SO-1/1
         end SO-1 rest                                        | ok",
    );
}

fn any_line() -> impl Strategy<Value = String> {
    let place = || prop::sample::select(vec!["MAIN", "PICK", "DOCK"]);
    let order = || (0_u32..5).prop_map(|n| format!("SO-{n}"));
    let id = || (2_u32..40, 0_u32..3).prop_map(|(sequence, n)| format!("{sequence}-{}", n * 1000));
    let wanted = || (1_u32..9, 1_u32..9).prop_map(|(a, l)| format!("1:A*{a} 2:L*{l}"));
    prop_oneof![
        4 => (place(), 1_u32..9).prop_map(|(at, n)| format!("receive A {at} {n}")),
        4 => (place(), 1_u32..9, "[XY]").prop_map(|(at, n, lot)| format!("receive L {at} {n} @ lot={lot}")),
        3 => (order(), wanted()).prop_map(|(order, lines)| format!("place {order} C-1 {lines}")),
        1 => (order(), wanted()).prop_map(|(order, lines)| format!("place {order} C-1 {lines} complete priority=5")),
        6 => order().prop_map(|order| format!("allocate {order}")),
        3 => (order(), place()).prop_map(|(order, at)| format!("wave W-1 {at} {order}")),
        6 => (place(), place(), 1_u32..6, id()).prop_map(|(from, to, n, id)| format!("move A {from} {to} {n} @ of={id}")),
        4 => (place(), place(), 1_u32..6, id()).prop_map(|(from, to, n, id)| format!("move L {from} {to} {n} @ by=lot of={id}")),
        3 => order().prop_map(|order| format!("leave {order}")),
        2 => (order(), id(), place(), 1_u32..4).prop_map(|(order, id, at, n)| format!("short {order} {id} {at} {n}")),
        1 => order().prop_map(|order| format!("end {order} rest")),
        1 => order().prop_map(|order| format!("drop {order}")),
        1 => (id(), 1_u32..4).prop_map(|(id, n)| format!("fulfil {id} {n}")),
        1 => (id(), 1_u32..4).prop_map(|(id, n)| format!("release {id} {n}")),
        1 => (place(), 1_u32..4).prop_map(|(at, n)| format!("adjust A {at} -{n} shrink @ take=promised")),
        1 => Just("reserve A * 3 @ priority=9 may=reallocate".to_owned()),
        1 => Just("outdate L X".to_owned()),
        1 => (2_u32..40).prop_map(|sequence| format!("reverse {sequence}-0")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Whatever happens to goods and promises: an order has promised what its promises say, and never more than is wanted.
    #[test]
    fn orders_follow_their_promises(documents in prop::collection::vec(prop::collection::vec(any_line(), 1..4), 1..50)) {
        let mut warehouse = Warehouse::new();
        warehouse.post("receive A MAIN 20; receive L PICK 20 @ lot=Z");
        for lines in &documents {
            warehouse.post(&lines.join(";"));
            assert_orders(&warehouse.state);
        }
        warehouse.assert_sound();
    }
}
