//! Deliveries, in the tests' language: `announce CODE SOURCE DAY WORD…` (a line `1=A*10+2-3!1.0`: number, item, how much, how much more and
//! less may come, limit of the inspection; a unit `#3*2.L1=5`: its number, then line, lot and quantity of what is in it, and `any` to take
//! what is not announced; `from=ACME`), `of CODE LINE` or `of CODE#1 LINE` (what the line moves is of the delivery), `take CODE UNIT PLACE`,
//! `dock CODE LINE` (as `of`, and orders that lack it get what comes), `dispose CODE#1 DISPOSITION LINE`, `declare CODE#1 KIND QUANTITY WHO`, `looked CODE#1 SAMPLE/DEFECTIVE LINE`, `finish CODE [WHO]`, `call-off CODE`; and `delivery CODE`, which asks.

use std::collections::BTreeMap;

use stock_core::{Arrival, DeliveryLine, DeliveryStep, Line, Origins, Place, State};
use vocabulary::{Date, DocumentCode, HandlingUnitKind, LotCode, PartyCode, Quantity, Sku};
use work_core::{
    AnnouncedLine, AnnouncedUnit, Announcement, Answerable, Aql, Delivery, DeliveryRejection, Discrepancy,
    DiscrepancyKind, Disposition, Goods, Source, TouchedDeliveries, Unannounced, UnitGoods,
};

use crate::handling_units::sscc;
use crate::language::{self, location, quantity};

/// What is stored of deliveries, as changes come.
#[derive(Debug, Default)]
pub(crate) struct Stored {
    known: BTreeMap<DocumentCode, Delivery>,
}

impl Stored {
    pub(crate) fn take(&mut self, touched: TouchedDeliveries) {
        self.known.extend(touched.known.into_iter().map(|known| (known.announced.code.clone(), known)));
        self.known.retain(|code, _| !touched.forgotten.contains(code));
    }

    pub(crate) fn snapshot(&self) -> Vec<Delivery> {
        self.known.values().cloned().collect()
    }
}

/// `None` for a line about something else.
pub(crate) fn line(text: &str) -> Option<Line> {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix("of ") {
        let (name, by) = rest.split_once(' ').unwrap();
        let (delivery, line) = name.split_once('#').map_or((name, None), |(code, n)| (code, n.parse().ok()));
        let then = Arrival::Stored;
        return Some(step(DeliveryStep::Arrive { delivery: code(delivery), line, then }, by));
    }
    if let Some((delivery, by)) = text.strip_prefix("dock ").and_then(|rest| rest.split_once(' ')) {
        let (delivery, then) = (code(delivery), Arrival::CrossDocked);
        return Some(step(DeliveryStep::Arrive { delivery, line: None, then }, by));
    }
    if let Some(rest) = text.strip_prefix("dispose ") {
        let [name, disposition, by] = rest.splitn(3, ' ').collect::<Vec<_>>().try_into().unwrap();
        let ((delivery, line), reason) = (numbered(name), "test".to_owned());
        let disposition = Disposition::parse(disposition).unwrap();
        return Some(step(DeliveryStep::Dispose { delivery, line, disposition, reason }, by));
    }
    if let Some(rest) = text.strip_prefix("looked ") {
        let [name, counts, by] = rest.splitn(3, ' ').collect::<Vec<_>>().try_into().unwrap();
        let ((delivery, line), (sample, defective)) = (numbered(name), counts.split_once('/').unwrap());
        let (sample, defective) = (sample.parse().unwrap(), defective.parse().unwrap());
        return Some(step(DeliveryStep::Inspect { delivery, line, sample, defective }, by));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = match words.as_slice() {
        ["announce", rest @ ..] => DeliveryLine::Announce(announcement(rest)),
        ["take", delivery, unit, at] => {
            let outside = |name: &str| Place::Virtual(location(name));
            let (supplier, customer) = (outside("SUPPLIER"), outside("CUSTOMER"));
            let origins = Origins { supplier, customer, production: outside("PRODUCTION") };
            let (sscc, at) = (sscc(unit), location(at));
            DeliveryLine::ReceiveUnit { delivery: code(delivery), sscc, at, origins }
        }
        ["declare", name, kind, n, who] => {
            let (delivery, line) = numbered(name);
            let (kind, answerable) = (DiscrepancyKind::parse(kind).unwrap(), Answerable::parse(who).unwrap());
            let note = String::new();
            let discrepancy = Discrepancy { line, kind, quantity: quantity(n), answerable, note };
            DeliveryLine::Declare { delivery, discrepancy }
        }
        ["finish", delivery, who @ ..] => {
            let answerable = who.first().map(|who| Answerable::parse(who).unwrap());
            DeliveryLine::Close { delivery: code(delivery), answerable, note: String::new() }
        }
        ["call-off", delivery] => DeliveryLine::Cancel { delivery: code(delivery) },
        _ => return None,
    };
    Some(Line::Delivery(Box::new(line)))
}

fn step(step: DeliveryStep, by: &str) -> Line {
    Line::ForDelivery { step: Box::new(step), by: Box::new(language::line(by)) }
}

fn announcement(words: &[&str]) -> Announcement {
    let [delivery, source, due, rest @ ..] = words else { panic!("no announcement: {words:?}") };
    let mut announced = Announcement {
        code: code(delivery),
        source: Source::parse(source).unwrap(),
        partner: None,
        carrier: None,
        due: Date::parse(due).unwrap(),
        unannounced: Unannounced::Refused,
        lines: BTreeMap::new(),
        units: BTreeMap::new(),
    };
    for word in rest {
        if let Some(party) = word.strip_prefix("from=") {
            announced.partner = PartyCode::parse(party).ok();
        } else if *word == "any" {
            announced.unannounced = Unannounced::Taken;
        } else if let Some((unit, goods)) = word.split_once('*').filter(|(unit, _)| !unit.contains('=')) {
            let goods = goods.split(',').map(unit_goods).collect();
            let kind = HandlingUnitKind::parse("PALLET").unwrap();
            announced.units.insert(sscc(unit), AnnouncedUnit { kind, goods });
        } else {
            let (number, line) = word.split_once('=').unwrap();
            announced.lines.insert(number.parse().unwrap(), announced_line(line));
        }
    }
    announced
}

/// `A*10+2-3!1.0`.
fn announced_line(text: &str) -> AnnouncedLine {
    let (text, limit) = text.split_once('!').map_or((text, None), |(text, aql)| (text, Some(aql)));
    let (sku, amounts) = text.split_once('*').unwrap();
    let (amounts, under) = amounts.split_once('-').unwrap_or((amounts, "0"));
    let (expected, over) = amounts.split_once('+').unwrap_or((amounts, "0"));
    AnnouncedLine {
        sku: Sku::parse(sku).unwrap(),
        expected: quantity(expected),
        over_max: quantity(over),
        under_max: quantity(under),
        inspection: limit.map(|aql| Aql::parse(aql).unwrap()),
    }
}

/// `2.L1=5`, or `2=5` without a lot.
fn unit_goods(text: &str) -> UnitGoods {
    let (which, n) = text.split_once('=').unwrap();
    let (line, lot) = which.split_once('.').map_or((which, None), |(line, lot)| (line, Some(lot)));
    let lot = lot.map(|lot| LotCode::parse(lot).unwrap());
    UnitGoods { line: line.parse().unwrap(), quantity: quantity(n), goods: Goods { lot, ..Goods::default() } }
}

pub(crate) fn show(state: &State, text: &str) -> String {
    let Some(delivery) = state.delivery(&code(text)) else { return "nothing".to_owned() };
    let lines = delivery.lines().map(|(number, line, progress)| {
        let inspected =
            line.inspection.map_or_else(String::new, |_| format!(" ({} seen)", progress.inspected));
        let became = [
            ("returned", progress.returned),
            ("restocked", progress.restocked),
            ("refurbished", progress.refurbished),
            ("scrapped", progress.scrapped),
        ];
        let became = became.into_iter().filter(|(_, n)| !n.is_zero());
        let became: String = became.map(|(what, n)| format!(" ({n} {what})")).collect();
        format!("{number}: {} of {} {}{inspected}{became}", progress.received, line.expected, line.sku)
    });
    let wrong = delivery.discrepancies.iter().map(|wrong| {
        let Discrepancy { line, kind, quantity, answerable, .. } = wrong;
        format!("{line}: {quantity} {} ({})", kind.as_str(), answerable.as_str())
    });
    let words = lines.chain(wrong).collect::<Vec<_>>().join(", ");
    format!("{}: {words}", delivery.state.as_str())
}

pub(crate) fn in_words(rejection: &DeliveryRejection) -> String {
    use DeliveryRejection as R;
    match rejection {
        R::NotFound { code } => format!("no delivery {code}"),
        R::Ended { code, state } => format!("{code} is {}", state.as_str()),
        R::LineNotFound { code, line } => format!("no line {code}#{line}"),
        R::OtherItem { code, line, sku, given } => format!("{code}#{line} is of {sku}, not {given}"),
        R::NotAnnounced { code, sku } => format!("{code} announces no {sku}"),
        R::OverTolerance { code, line, asked, left } => format!("{asked} over, {left} may, {code}#{line}"),
        R::UnitNotAnnounced { code, .. } => format!("{code} announces no such unit"),
        R::UnitArrived { code, .. } => format!("unit of {code} is here"),
        R::LineArrived { code, line, received } => format!("{received} came of {code}#{line}"),
        R::Arrived { code } => format!("something came of {code}"),
        R::NobodyAnswers { code, line, expected, received } => {
            format!("nobody answers for {received} of {expected}, {code}#{line}")
        }
        R::NotInspected { code, line, left } => format!("{left} of {code}#{line} not inspected"),
        R::MoreThanThere { code, line, asked, there } => format!("{asked} of {there} of {code}#{line}"),
        R::SampleTooSmall { given, sample, .. } => format!("{given} looked at, {sample} needed"),
        R::InspectionFailed { defective, accept, .. } => format!("{defective} wrong, {accept} may be"),
        R::TooManyLines { code } => format!("too many lines of {code}"),
        R::ExpectationKept { code, line } => format!("{code}#{line} is its own"),
        R::OtherDisposition { code, from, disposition } => {
            format!("{code} is a {}, not for {}", from.as_str(), disposition.as_str())
        }
        R::TooMany => "too many deliveries".to_owned(),
    }
}

/// What is open of deliveries, by expectation, and what is expected of them.
pub(crate) fn expected(state: &State) -> (BTreeMap<String, Quantity>, BTreeMap<String, Quantity>) {
    let mut open = BTreeMap::new();
    for delivery in state.deliveries_after(None).filter(|delivery| delivery.state.is_open()) {
        let code = &delivery.announced.code;
        let lines = delivery.lines().map(|(line, _, _)| (format!("{code}#{line}"), delivery.open(line)));
        open.extend(lines.filter(|(_, open)| open.is_positive()));
    }
    let expected = state.expectations_after(None).map(|known| (known.code.to_string(), known.open));
    (open, expected.collect())
}

/// What came of deliveries is what the items' places outside have given for them.
pub(crate) fn received(state: &State) -> BTreeMap<Sku, Quantity> {
    let mut received: BTreeMap<Sku, Quantity> = BTreeMap::new();
    for delivery in state.deliveries_after(None) {
        for (_, line, progress) in delivery.lines() {
            let sum = received.entry(line.sku.clone()).or_default();
            *sum = sum.checked_add(progress.received).unwrap();
        }
    }
    received
}

fn numbered(name: &str) -> (DocumentCode, u32) {
    let (delivery, line) = name.split_once('#').unwrap();
    (code(delivery), line.parse().unwrap())
}

fn code(text: &str) -> DocumentCode {
    DocumentCode::parse(text).unwrap()
}
