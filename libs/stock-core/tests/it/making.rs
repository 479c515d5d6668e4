//! Production orders, in the tests' language: `make CODE SKU*N WORD…` plans (`1:A*5` is a component that is picked, `2:B*3<STORE` one that is
//! backflushed from there, `+1:C*2` what comes out besides; `over=1`, `under=1`, `at=WIP`, `inspected`), `go CODE [some|all]` releases,
//! `bring CODE SKU N FROM [LOT]` issues, `back CODE SKU N TO [LOT]` returns, `use CODE SKU N [FROM]` consumes by hand, `made CODE SKU N TO WORD…`
//! reports (`lot=X`, `used=A*2@STORE/LOT`, `came=C*1/LOT`; `A*` is as much as is planned), `ready CODE [short]` finishes, `shelve CODE [rest]` closes, `stop CODE` cancels; and
//! `making CODE`, which asks.

use std::collections::BTreeMap;

use stock_core::{
    ComponentPromise, Fact, Line, LineGoods, MovementKind, Outcome, Place, ProductionGoods, ProductionLine,
    ProductionReport, State, Tracking, decode_entry,
};
use vocabulary::{Date, DocumentCode, LotCode, Quantity, Sku};
use work_core::{
    ByProduct, Component, ComponentMethod, ProductionOrder, ProductionPlan, ProductionRejection,
    TouchedProductionOrders,
};

use crate::language::{Warehouse, location, quantity};
use crate::rules::check;

/// What is stored of production orders, as changes come.
#[derive(Debug, Default)]
pub(crate) struct Stored {
    known: BTreeMap<DocumentCode, ProductionOrder>,
}

impl Stored {
    pub(crate) fn take(&mut self, touched: TouchedProductionOrders) {
        self.known.extend(touched.known.into_iter().map(|known| (known.plan.code.clone(), known)));
        self.known.retain(|code, _| !touched.forgotten.contains(code));
    }

    pub(crate) fn snapshot(&self) -> Vec<ProductionOrder> {
        self.known.values().cloned().collect()
    }
}

fn code(text: &str) -> DocumentCode {
    DocumentCode::parse(text).unwrap()
}

fn sku(text: &str) -> Sku {
    Sku::parse(text).unwrap()
}

/// `None` for a line about something else.
pub(crate) fn line(text: &str) -> Option<Line> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let production = || Place::Virtual(location("PRODUCTION"));
    let line = match words.as_slice() {
        ["make", order, what, rest @ ..] => ProductionLine::Plan(Box::new(plan(order, what, rest))),
        ["go", order, rest @ ..] => {
            let promise = match rest {
                ["some"] => ComponentPromise::Partial,
                ["all"] => ComponentPromise::All,
                _ => ComponentPromise::None,
            };
            ProductionLine::Release { order: code(order), promise }
        }
        ["bring", order, item, n, at, lot @ ..] => {
            ProductionLine::Issue { order: code(order), goods: goods(item, n, at, lot.first()) }
        }
        ["back", order, item, n, at, lot @ ..] => {
            ProductionLine::Return { order: code(order), goods: goods(item, n, at, lot.first()) }
        }
        ["use", order, item, n, at @ ..] => {
            let at = at.first().copied().unwrap_or_default();
            ProductionLine::Consume { order: code(order), goods: goods(item, n, at, None), to: production() }
        }
        ["made", order, item, n, at, rest @ ..] => {
            let said =
                |prefix: &str| rest.iter().filter_map(|word| said(word.strip_prefix(prefix)?)).collect();
            let lot = rest.iter().find_map(|word| word.strip_prefix("lot="));
            ProductionLine::Report(Box::new(ProductionReport {
                order: code(order),
                made: goods(item, n, at, lot.as_ref()),
                used: said("used="),
                besides: said("came="),
                production: production(),
            }))
        }
        ["ready", order, rest @ ..] => {
            let (is_short, note) = (!rest.is_empty(), rest.join(" "));
            ProductionLine::Finish { order: code(order), is_short, note }
        }
        ["shelve", order, rest @ ..] => {
            ProductionLine::Close { order: code(order), without_rest: !rest.is_empty() }
        }
        ["stop", order] => ProductionLine::Cancel { order: code(order) },
        _ => return None,
    };
    Some(Line::Production(Box::new(line)))
}

/// Items whose codes begin with `L` or `P` are tracked by lot; a lot may be chosen where goods are used.
fn goods(item: &str, n: &str, at: &str, lot: Option<&&str>) -> ProductionGoods {
    let tracking = if item.starts_with(['L', 'P']) { Tracking::Lot } else { Tracking::None };
    let lot = lot.map(|lot| LotCode::parse(lot).unwrap());
    let goods = LineGoods { tracking, lot, ..LineGoods::default() };
    ProductionGoods {
        sku: sku(item),
        negative: laws::NegativeStock::Forbidden,
        quantity: (!n.is_empty()).then(|| quantity(n)),
        goods: goods.boxed(),
        at: (!at.is_empty()).then(|| location(at)),
    }
}

/// `A*2@STORE/LOT`
fn said(text: &str) -> Option<ProductionGoods> {
    let (text, lot) = text.split_once('/').map_or((text, None), |(text, lot)| (text, Some(lot)));
    let (text, at) = text.split_once('@').unwrap_or((text, ""));
    let (item, n) = text.split_once('*')?;
    Some(goods(item, n, at, lot.as_ref()))
}

fn plan(order: &str, what: &str, words: &[&str]) -> ProductionPlan {
    let (product, n) = what.split_once('*').unwrap();
    let mut planned = ProductionPlan {
        code: code(order),
        sku: sku(product),
        quantity: quantity(n),
        over_max: Quantity::ZERO,
        under_max: Quantity::ZERO,
        due: Date::parse("2027-01-31").unwrap(),
        place: location("WIP"),
        is_inspected: false,
        bill: String::new(),
        wanted: None,
        components: BTreeMap::new(),
        by_products: BTreeMap::new(),
    };
    for word in words {
        match word.split_once(['=', ':']) {
            Some(("over", n)) => planned.over_max = quantity(n),
            Some(("under", n)) => planned.under_max = quantity(n),
            Some(("at", place)) => planned.place = location(place),
            Some((number, goods)) => line_of(&mut planned, number, goods),
            None => planned.is_inspected = *word == "inspected",
        }
    }
    planned
}

fn line_of(planned: &mut ProductionPlan, number: &str, goods: &str) {
    let (goods, from) = goods.split_once('<').map_or((goods, None), |(goods, from)| (goods, Some(from)));
    let (item, n) = goods.split_once('*').unwrap();
    let (sku, quantity, decimals) = (sku(item), quantity(n), 1);
    if let Some(number) = number.strip_prefix('+') {
        let by_product = ByProduct { sku, quantity, decimals };
        planned.by_products.insert(number.parse().unwrap(), by_product);
        return;
    }
    let method =
        from.map_or(ComponentMethod::Pick, |from| ComponentMethod::Backflush { from: location(from) });
    planned.components.insert(number.parse().unwrap(), Component { sku, quantity, decimals, method });
}

/// `STATE MADE: NUMBER staged consumed open, …; +NUMBER made open, …`
pub(crate) fn show(state: &State, text: &str) -> String {
    let Some(order) = state.production_order(&code(text)) else { return "none".to_owned() };
    let components = order.plan.components.keys().map(|number| {
        let of = order.component(*number);
        format!("{number} {} {} {}", of.staged, of.consumed, order.open_component(*number))
    });
    let by_products = order.plan.by_products.keys().map(|number| {
        format!("+{number} {} {}", order.by_product(*number).made, order.open_by_product(*number))
    });
    let lines: Vec<_> = components.chain(by_products).collect();
    format!("{} {}: {}", order.state.as_str(), order.made, lines.join(", "))
}

pub(crate) fn in_words(rejection: &ProductionRejection) -> String {
    use ProductionRejection as R;
    match rejection {
        R::NotFound { code } => format!("no production order {code}"),
        R::Ended { code, state } => format!("{code} is {}", state.as_str()),
        R::CodeTaken { code } => format!("{code} is taken"),
        R::NotReleased { code } => format!("{code} is not released"),
        R::AlreadyReleased { code } => format!("{code} is released"),
        R::NotStarted { code } => format!("{code} is not started"),
        R::Finished { code } => format!("{code} is finished"),
        R::NotFinished { code, state } => format!("{code} is only {}", state.as_str()),
        R::OverTolerance { asked, left, .. } => format!("{asked} more, {left} may be"),
        R::UnderTolerance { made, least, .. } => format!("{made} made, {least} enough"),
        R::NoComponent { code, sku } => format!("{code} takes no {sku}"),
        R::NotIssued { sku, .. } => format!("{sku} is backflushed"),
        R::ComponentLacking { sku, needed, there, .. } => format!("{needed} of {sku} needed, {there} there"),
        R::ComponentsLeft { sku, left, .. } => format!("{left} of {sku} left"),
        R::InUse { sku, .. } => format!("{sku} is in use"),
        R::Made { code } => format!("{code} has made something"),
        R::TooLarge { code } => format!("{code} is too large"),
        R::ExpectationKept { code } => format!("{code} keeps it"),
        R::SamePlace { sku, .. } => format!("{sku} is there"),
        R::OtherProduct { sku, .. } => format!("{sku} is made"),
        R::TooMany => "too many".to_owned(),
    }
}

/// What is expected of orders is what is open of them.
pub(crate) fn assert_expected(state: &State) {
    for order in state.production_orders_after(None) {
        let expected = |what: &str| {
            let key = vocabulary::ExpectationCode::parse(&format!("{}#{what}", order.plan.code)).unwrap();
            state.expectation(&key).map(|known| known.open).unwrap_or_default()
        };
        assert_eq!(expected("P0"), order.open(), "{order:?}");
        for number in order.plan.components.keys() {
            assert!(expected(&format!("C{number}")) <= order.open_component(*number), "{order:?}");
        }
        if !order.state.is_open() {
            assert_eq!(state.promises_of_order(&order.plan.code).count(), 0, "{order:?}");
        }
    }
}

#[test]
fn an_order_is_planned_released_made_finished_and_closed() {
    check(
        "receive A MAIN 10; receive B STORE 20                  | ok
         make WO-1 P*20 1:A*2.5 2:B*7<STORE +1:C*5 over=2 under=1 | ok
         making WO-1                                            | planned 0: 1 0 0 2.5, 2 0 0 7, +1 0 5
         expected WO-1#P0                                       | 20 of P by production on 2027-01-31: 0 met, 20 open
         expected WO-1#C1                                       | 2.5 of A by demand on 2027-01-31: 0 met, 2.5 open
         cancel WO-1#C1                                         | line 0: WO-1 keeps it
         bring WO-1 A 3 MAIN                                    | line 0: WO-1 is not released
         made WO-1 P 1 GOODS lot=X                              | line 0: WO-1 is not released
         go WO-1                                                | ok
         go WO-1                                                | line 0: WO-1 is released
         ready WO-1                                              | line 0: WO-1 is not started
         made WO-1 P 9 GOODS lot=X                              | line 0: 1.2 of A needed, 0 there
         bring WO-1 A 3 MAIN                                    | ok
         bring WO-1 B 1 STORE                                   | line 0: B is backflushed
         bring WO-1 C 1 STORE                                   | line 0: WO-1 takes no C
         bring WO-1 A 1 WIP                                     | line 0: A is there
         made WO-1 A 9 GOODS                                    | line 0: P is made
         made WO-1 P 9 GOODS lot=X                              | ok
         making WO-1                                            | started 9: 1 1.8 1.2 1.3, 2 0 3.2 3.8, +1 2.2 2.8
         expected WO-1#P0                                       | 11 of P by production on 2027-01-31: 0 met, 11 open
         made WO-1 P 11 GOODS lot=X                             | ok
         making WO-1                                            | started 20: 1 0.5 2.5 0, 2 0 7 0, +1 5 0
         expected WO-1#C1                                       | nothing
         made WO-1 P 3 GOODS lot=X                              | line 0: 3 more, 2 may be
         made WO-1 P 2 GOODS lot=Y                              | ok
         shelve WO-1                                              | line 0: WO-1 is only started
         ready WO-1                                              | ok
         made WO-1 P 1 GOODS lot=X                              | line 0: WO-1 is finished
         shelve WO-1                                              | line 0: 0.2 of A left
         back WO-1 A 0.3 MAIN                                   | line 0: 0.3 of A needed, 0.2 there
         back WO-1 A 0.2 MAIN                                   | ok
         shelve WO-1                                              | ok
         making WO-1                                            | closed 22: 1 0 2.8 0, 2 0 7.7 0, +1 5.5 0
         stock P GOODS @ lot=X                                  | 20 on hand, 0 reserved
         stock A MAIN                                           | 7.2 on hand, 0 reserved
         go WO-1                                                | line 0: WO-1 is closed
         go WO-9                                                | line 0: no production order WO-9",
    );
}

#[test]
fn what_is_lacking_is_named_and_nothing_happens() {
    check(
        "receive A MAIN 1; receive B STORE 1                    | ok
         make WO-1 P*10 1:A*10 2:B*20<STORE; go WO-1            | ok
         bring WO-1 A 2 MAIN                                    | line 0: 2 of A needed, 1 there
         bring WO-1 A 1 MAIN                                    | ok
         made WO-1 P 1 GOODS lot=X                              | line 0: 2 of B needed, 1 there
         stock A WIP                                            | 1 on hand, 0 reserved
         made WO-1 P 1 GOODS lot=X used=B*1                     | ok
         receive A MAIN 1; receive B STORE 9                    | ok
         bring WO-1 A 1 MAIN; move A WIP MAIN 1                 | ok
         made WO-1 P 1 GOODS lot=X                              | line 0: 1 of A needed, 0 there
         stop WO-1                                              | line 0: WO-1 has made something
         ready WO-1                                              | line 0: 1 made, 10 enough
         ready WO-1 short                                        | ok
         shelve WO-1 rest                                         | ok",
    );
}

#[test]
fn components_are_promised_and_their_promises_used() {
    check(
        "receive A MAIN 4; receive L STORE 3 @ lot=X; receive L STORE 3 @ lot=Y | ok
         make WO-1 P*10 1:A*10 2:L*5<STORE                      | ok
         go WO-1 all                                            | line 0: insufficient 10 of 4 anywhere
         making WO-1                                            | planned 0: 1 0 0 10, 2 0 0 5
         go WO-1 some                                           | ok 4-0 4-1000
         expected WO-1#C1                                       | 6 of A by demand on 2027-01-31: 0 met, 6 open
         expected WO-1#C2                                       | nothing
         issue A MAIN 1                                         | line 0: insufficient 1 of 0
         go WO-1 some                                           | line 0: insufficient 6 of 0 anywhere
         receive A PICK 6; go WO-1 all                          | ok 7-1
         bring WO-1 A 4 MAIN; bring WO-1 A 1 PICK               | ok
         stock A WIP                                            | 5 on hand, 0 reserved
         stock A PICK                                           | 5 on hand, 5 reserved
         expected WO-1#C1                                       | 5 of A by demand on 2027-01-31: 0 met, 5 open
         made WO-1 P 4 GOODS lot=T                              | ok
         stock L STORE @ lot=X                                  | 1 on hand, 1 reserved
         stock L STORE @ lot=Y                                  | 3 on hand, 2 reserved
         release 4-1000                                         | ok
         make WO-1 P*10 1:B*10 2:L*5<STORE                      | line 0: A is in use
         place WO-1 C-1 1:A*1                                   | line 0: WO-1 is taken
         back WO-1 A 1 MAIN; ready WO-1 few                      | ok
         stock A PICK                                           | 5 on hand, 0 reserved
         shelve WO-1                                              | ok
         place WO-1 C-1 1:A*1; allocate WO-1                    | ok 15-1
         make WO-2 P*1 1:A*1; go WO-2 all; stop WO-2            | line 2: A is in use",
    );
}

#[test]
fn steps_are_taken_back() {
    check(
        "receive A MAIN 9; receive B STORE 9                    | ok
         make WO-1 P*4 1:A*4 2:B*4<STORE inspected; go WO-1     | ok
         bring WO-1 A 4 MAIN                                    | ok
         made WO-1 P 2 GOODS lot=X                              | ok
         stock P GOODS @ lot=X status=inspection                | 2 on hand, 0 reserved
         reverse 3-0                                            | line 0: insufficient 4 of 2
         reverse 4-0                                            | ok
         making WO-1                                            | started 0: 1 4 0 4, 2 0 0 4
         expected WO-1#P0                                       | 4 of P by production on 2027-01-31: 0 met, 4 open
         reverse 3-0                                            | ok
         making WO-1                                            | started 0: 1 0 0 4, 2 0 0 4
         stop WO-1                                              | ok
         stock A MAIN                                           | 9 on hand, 0 reserved",
    );
}

/// Two who saw the same order take together what the order takes.
#[test]
fn two_who_report_at_once_take_nothing_twice() {
    check(
        "receive B STORE 9                                      | ok
         make WO-1 P*3 1:B*1<STORE; go WO-1                     | ok
         made WO-1 P 1 GOODS lot=X                              | ok
         made WO-1 P 1 GOODS lot=X                              | ok
         made WO-1 P 1 GOODS lot=X                              | ok
         made WO-1 P 1 GOODS lot=X                              | line 0: 1 more, 0 may be
         stock B STORE                                          | 8 on hand, 0 reserved",
    );
}

/// Goods that are not right are made good again, of themselves; and what is used in the place of something else is in the trace.
#[test]
fn a_lot_is_made_again_of_itself() {
    let mut warehouse = Warehouse::new();
    for text in [
        "receive P MAIN 3 @ lot=OLD; receive A MAIN 5",
        "make RW-1 P*2 1:P*2; go RW-1",
        "bring RW-1 P 2 MAIN OLD",
        "made RW-1 P 2 MAIN lot=NEW used=A*1@MAIN",
        "ready RW-1; shelve RW-1",
    ] {
        assert!(warehouse.post(text).starts_with("ok"), "{text}");
    }
    let entry = decode_entry(&warehouse.journal[3].0).unwrap();
    let Outcome::Posted(facts) = entry.outcome else { panic!("it was made") };
    let moved: Vec<_> = facts
        .iter()
        .filter_map(|fact| if let Fact::Moved(moved) = fact { Some(moved) } else { None })
        .map(|moved| (moved.kind, moved.sku.as_str(), moved.from_holding().lot.map(|lot| lot.to_string())))
        .collect();
    let lot = |text: &str| Some(text.to_owned());
    let expected = [
        (MovementKind::Consumption, "P", lot("OLD")),
        (MovementKind::Consumption, "A", None),
        (MovementKind::Production, "P", lot("NEW")),
    ];
    assert_eq!(moved, expected);
    warehouse.assert_sound();
}
