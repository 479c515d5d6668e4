//! Master data, and documents written as text: `receive A MAIN 10; issue A MAIN 3 CASE; move A MAIN PICK 2`.

use prost_types::Timestamp;
use proto::catalog::v1::{
    Item, LifecycleState, Location, LocationKind, NegativeStockPolicy, Tracking, UnitConversion, Warehouse,
};
use proto::common::v1::Decimal;
use proto::events::v1::CatalogChange;
use proto::events::v1::catalog_change::Record;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::set_rule::Rule;
use proto::stock::v1::{
    Adjust, ChangeStatus, ChannelQuota, Consume, CustomerMaximum, Document, DocumentLine, Fulfil, Goods,
    Issue, LockStock, LotFacts, Minimum, Move, PeriodicItem, Produce, Receive, Release, Reserve, Return,
    Reverse, SafetyBuffer, SetRule, ShelfLife, StatusCounts, StoredAs, Stores, TakeOwnership,
};
use uuid::Uuid;

use crate::weights::weighed;
use crate::{counts, deliveries, expectations, handling_units, making, orders, tasks};

pub(crate) fn item(sku: &str) -> Item {
    let case = UnitConversion {
        unit: "CASE".into(),
        numerator: 12,
        denominator: 1,
        decimals: 1,
        ..Default::default()
    };
    Item { sku: sku.into(), base_unit: "EA".into(), unit_conversions: vec![case], ..Item::default() }
}

/// Items A to E (E may go negative), L by lot, S by serial number, OLD retired, F with 9 decimals, W weighed; warehouses BER and OTHER.
pub(crate) fn master_data() -> Vec<CatalogChange> {
    let negative = NegativeStockPolicy::Allow.into();
    let retired = LifecycleState::Retired.into();
    let mut records: Vec<Record> = ["A", "B", "C", "D"].map(|sku| Record::Item(item(sku))).into();
    records.push(Record::Item(Item { negative_stock_policy: negative, ..item("E") }));
    records.push(Record::Item(Item { base_unit_decimals: 9, ..item("F") }));
    records.push(Record::Item(Item { tracking: Tracking::Lot.into(), ..item("L") }));
    let by_serial = Tracking::Serial.into();
    records.push(Record::Item(Item { tracking: by_serial, base_unit_decimals: 2, ..item("S") }));
    records.push(Record::Item(Item { state: retired, ..item("OLD") }));
    for code in ["BER", "OTHER"] {
        records.push(Record::Warehouse(Warehouse { code: code.into(), ..Warehouse::default() }));
    }
    let places = [
        ("SUPPLIER", LocationKind::Supplier),
        ("CUSTOMER", LocationKind::Customer),
        ("PRODUCTION", LocationKind::Production),
        ("ADJUSTMENT", LocationKind::Adjustment),
        ("TRANSIT", LocationKind::Transit),
        ("SCRAP", LocationKind::Scrap),
        ("MAIN", LocationKind::Storage),
        ("PICK", LocationKind::Pick),
    ];
    records.extend(places.map(|(code, kind)| Record::Location(location(code, kind))));
    records.push(Record::Location(Location { state: retired, ..location("GONE", LocationKind::Dock) }));
    records.push(Record::Item(weighed("W", "kg")));
    (1..).zip(records).map(|(revision, record)| CatalogChange { revision, record: Some(record) }).collect()
}

fn location(code: &str, kind: LocationKind) -> Location {
    Location { warehouse: "BER".into(), code: code.into(), kind: kind.into(), ..Location::default() }
}

/// A document with an id of its own.
pub(crate) fn document(text: &str) -> Document {
    let lines = text.split(';').map(|line| DocumentLine { action: Some(action(line.trim())) }).collect();
    Document { request_id: Uuid::new_v4().to_string(), lines, ..Document::default() }
}

fn of_document(text: &str) -> Option<Action> {
    let of_goods = deliveries::action(text).or_else(|| counts::action(text));
    of_goods.or_else(|| orders::action(text)).or_else(|| tasks::action(text)).or_else(|| making::action(text))
}

/// After `@` stand the goods: `receive L MAIN 5 @ lot=L1 status=damaged owner=consignment:ACME serials=1,2 expiry=2027-01-31`, and the
/// `partner=ACME`. Before a line may stand what it meets: `for PO-1 receive A MAIN 5`.
pub(crate) fn action(text: &str) -> Action {
    if let Some(action) = of_document(text) {
        return action;
    }
    let (expectation, text) = expectations::named(text);
    let (text, goods) = text.split_once(" @ ").unwrap_or((text, ""));
    let (claims, goods): (Vec<&str>, Vec<&str>) = goods.split_whitespace().partition(|word| is_claim(word));
    let (take_promised, goods) = (claims.contains(&"may=take"), goods.join(" "));
    let words: Vec<&str> = text.split(' ').collect();
    let word = |n: usize| words.get(n).copied().unwrap_or_default().to_owned();
    let number = |n: usize| words.get(n).map(|text| Decimal { value: (*text).into() });
    let (sku, location, quantity, unit) = (word(1), word(2), number(3), word(4));
    let (partner, goods) = partner_of(&goods);
    let (goods, lot_facts, serials) = goods_of(&goods);
    let weight = goods.as_ref().and_then(|goods| goods.weight.clone());
    let handling_unit = goods.as_ref().map(|goods| goods.handling_unit.clone()).unwrap_or_default();
    match words[0] {
        "receive" => {
            let comes = Receive { sku, location, quantity, unit, goods, ..Receive::default() };
            Action::Receive(Receive { lot_facts, partner, expectation, ..comes })
        }
        "issue" => {
            let issue =
                Issue { sku, location, quantity, unit, goods, partner, expectation, ..Issue::default() };
            Action::Issue(issued(issue, &claims))
        }
        "return" => {
            let comes = Return { sku, location, quantity, unit, goods, ..Return::default() };
            Action::Return(Return { partner, expectation, ..comes })
        }
        "rule" => Action::SetRule(SetRule { rule: Some(rule(&words[1..])) }),
        "reserve" => {
            // `*` stands for anywhere.
            let location = if location == "*" { String::new() } else { location };
            let reserve = Reserve { sku, location, quantity, unit, goods, expectation, ..Reserve::default() };
            Action::Reserve(claimed(reserve, &claims))
        }
        "move" => {
            let (from_location, to_location, unit) = (location, word(3), word(5));
            let (quantity, reservation_id) = (number(4), word(6));
            Action::Move(Move { sku, from_location, to_location, quantity, unit, goods, reservation_id })
        }
        "adjust" => {
            let (delta, reason, unit) = (quantity, unit, String::new());
            Action::Adjust(Adjust { sku, location, delta, unit, reason, goods, take_promised })
        }
        "release" => Action::Release(Release { reservation_id: sku, quantity: number(2) }),
        "fulfil" => {
            let (reservation_id, quantity) = (sku, number(2));
            let fulfil = Fulfil { reservation_id, quantity, serials, handling_unit, ..Fulfil::default() };
            Action::Fulfil(Fulfil { partner, weight, expectation, ..fulfil })
        }
        "status" => {
            let (to_status, reason) = (unit, word(5));
            let change = ChangeStatus { sku, location, quantity, goods, ..ChangeStatus::default() };
            Action::ChangeStatus(ChangeStatus { to_status, reason, take_promised, ..change })
        }
        "reverse" => reverse(&sku, words.len() > 2),
        "lock" => {
            let until = sku.parse().ok().map(|seconds| Timestamp { seconds, nanos: 0 });
            Action::LockStock(LockStock { until })
        }
        "own" => Action::TakeOwnership(TakeOwnership { sku, location, quantity, unit, goods }),
        "consume" => Action::Consume(Consume { sku, location, quantity, unit, goods, expectation }),
        "produce" => {
            let comes = Produce { sku, location, quantity, unit, goods, ..Produce::default() };
            Action::Produce(Produce { lot_facts, expectation, ..comes })
        }
        "expect" | "cancel" => expectations::action(&words),
        _ => handling_units::action(&words, goods),
    }
}

/// `SEQUENCE-LINE` is taken back, with a reason or without.
fn reverse(movement: &str, is_silent: bool) -> Action {
    let (sequence, line) = movement.split_once('-').unwrap();
    let number = |text: &str| text.parse::<u32>().unwrap();
    Action::Reverse(Reverse {
        sequence: number(sequence).into(),
        line: number(line),
        reason: if is_silent { String::new() } else { "booked twice".into() },
    })
}

/// What says how goods are promised, and not which: `in=MILLISECONDS holder=C-1 channel=WEB priority=5 pick=2 min=DATE needed=DATE
/// may=buffer|partial|reallocate`.
fn is_claim(word: &str) -> bool {
    let names = ["in=", "holder=", "channel=", "priority=", "pick=", "min=", "needed=", "may="];
    names.iter().any(|name| word.starts_with(name))
}

/// `quota SKU CHANNEL [N]`, `buffer SKU [N]`, `maximum SKU HOLDER|* [N]`, `life HOLDER DAYS`, `counts STATUS yes|no`,
/// `stored SKU FIXED CLASS HAZARD`, `stores LOCATION CLASS [MAX]`; `*` stands for nothing.
fn rule(words: &[&str]) -> Rule {
    let text = |n: usize| words.get(n).map_or("", |word| word.trim_matches('*')).to_owned();
    let number = |n: usize| words.get(n).map(|text| Decimal { value: (*text).into() });
    match words[0] {
        "quota" => Rule::ChannelQuota(ChannelQuota { sku: text(1), channel: text(2), quantity: number(3) }),
        "least" => Rule::Minimum(Minimum { sku: text(1), quantity: number(2) }),
        "buffer" => Rule::SafetyBuffer(SafetyBuffer { sku: text(1), quantity: number(2) }),
        "maximum" => {
            Rule::CustomerMaximum(CustomerMaximum { sku: text(1), holder: text(2), quantity: number(3) })
        }
        "life" => Rule::ShelfLife(ShelfLife { holder: text(1), days: text(2).parse().unwrap() }),
        "periodic" => Rule::PeriodicItem(PeriodicItem { sku: text(1), periodic: text(2) == "yes" }),
        "stored" => Rule::StoredAs(StoredAs {
            sku: text(1),
            fixed_location: text(2),
            class: text(3),
            hazard: text(4),
        }),
        "stores" => Rule::Stores(Stores { location: text(1), class: text(2), units_max: number(3) }),
        "counts" => Rule::StatusCounts(StatusCounts { status: text(1), counts: text(2) == "yes" }),
        other => panic!("{other:?} is no rule"),
    }
}

fn issued(issue: Issue, claims: &[&str]) -> Issue {
    claims.iter().fold(issue, |issue, word| match word.split_once('=').unwrap() {
        ("channel", channel) => Issue { channel: channel.into(), ..issue },
        ("pick", number) => Issue { pick: number.parse().unwrap(), ..issue },
        ("min", date) => Issue { min_expiry: date.into(), ..issue },
        ("needed", date) => Issue { needed_on: date.into(), ..issue },
        ("may", "buffer") => Issue { use_buffer: true, ..issue },
        other => panic!("no such claim: {other:?}"),
    })
}

fn claimed(reserve: Reserve, claims: &[&str]) -> Reserve {
    claims.iter().fold(reserve, |reserve, word| match word.split_once('=').unwrap() {
        ("in", millis) => {
            let micros = rpc::clock::now().micros() + millis.parse::<i64>().unwrap() * 1000;
            // Also times that are none.
            let nanos = i32::try_from(micros.rem_euclid(1_000_000)).unwrap() * 1000;
            let seconds = micros.div_euclid(1_000_000);
            Reserve { expires_at: Some(Timestamp { seconds, nanos }), ..reserve }
        }
        ("holder", holder) => Reserve { holder: holder.into(), ..reserve },
        ("channel", channel) => Reserve { channel: channel.into(), ..reserve },
        ("priority", number) => Reserve { priority: number.parse().unwrap(), ..reserve },
        ("pick", number) => Reserve { pick: number.parse().unwrap(), ..reserve },
        ("min", date) => Reserve { min_expiry: date.into(), ..reserve },
        ("needed", date) => Reserve { needed_on: date.into(), ..reserve },
        ("may", "buffer") => Reserve { use_buffer: true, ..reserve },
        ("may", "partial") => Reserve { allow_partial: true, ..reserve },
        ("may", "reallocate") => Reserve { reallocate: true, ..reserve },
        other => panic!("no such claim: {other:?}"),
    })
}

fn partner_of(text: &str) -> (String, String) {
    let (partners, rest): (Vec<&str>, Vec<&str>) = text.split(' ').partition(|w| w.starts_with("partner="));
    let partner = partners.first().and_then(|word| word.split_once('=')).map_or("", |(_, code)| code);
    (partner.to_owned(), rest.join(" "))
}

fn goods_of(text: &str) -> (Option<Goods>, Option<LotFacts>, Vec<String>) {
    if text.is_empty() {
        return (None, None, Vec::new());
    }
    let (mut goods, mut facts) = (Goods::default(), LotFacts::default());
    for word in text.split(' ') {
        match word.split_once('=').unwrap() {
            ("lot", lot) => goods.lot = lot.into(),
            ("status", status) => goods.status = status.into(),
            ("owner", owner) => goods.owner = owner.into(),
            ("unit", unit) => goods.handling_unit = unit.into(),
            ("weight", weight) => goods.weight = Some(Decimal { value: weight.into() }),
            ("serials", serials) => goods.serials = serials.split(',').map(Into::into).collect(),
            ("expiry", expiry) => facts.expiry = expiry.into(),
            ("made", date) => facts.made = date.into(),
            ("best_before", date) => facts.best_before = date.into(),
            ("origin", origin) => facts.origin = origin.into(),
            (name, value) => drop(facts.attributes.insert(name.into(), value.into())),
        }
    }
    let serials = goods.serials.clone();
    (Some(goods), (facts != LotFacts::default()).then_some(facts), serials)
}
