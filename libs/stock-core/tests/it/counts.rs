//! Counts, in the tests' language: `plan CODE PLACE… WORD…` (a place is `MAIN`, or `MAIN:A` for one item there; `within=10` percent,
//! `approve=20`, `cost=A:5`), `see CODE PLACE WHO READ GOODS…` (READ is `now`, or the sequence as of which the shelf was read, with
//! `3@70` when that was; goods are `A*5`, and all of them as what stands after `@`, as in [`crate::language`]; of units `A` alone),
//! `approve CODE WHO`, `post CODE`, `give-up CODE`; and `count CODE`, which asks.

use std::collections::{BTreeMap, BTreeSet};

use stock_core::{CountEntry, CountLine, Line, LineGoods, Place, SeenGoods, State};
use vocabulary::{DocumentCode, PartyCode, Quantity, Sequence, Sku};
use work_core::{
    Count, CountKind, CountPlace, CountPlan, CountRejection, CountSheets, CountTolerance, CountedLine,
    TouchedCounts,
};

use crate::language::{location, quantity, time};
use crate::naming::goods_of;

/// What is stored of counts, as changes come.
#[derive(Debug, Default)]
pub(crate) struct Stored {
    known: BTreeMap<DocumentCode, Count>,
}

impl Stored {
    pub(crate) fn take(&mut self, touched: TouchedCounts) {
        self.known.extend(touched.known.into_iter().map(|known| (known.plan.code.clone(), known)));
        self.known.retain(|code, _| !touched.forgotten.contains(code));
    }

    pub(crate) fn snapshot(&self) -> Vec<Count> {
        self.known.values().cloned().collect()
    }
}

/// `None` for a line about something else.
pub(crate) fn line(text: &str) -> Option<Line> {
    let text = text.trim();
    let (text, goods) = text.split_once(" @ ").unwrap_or((text, ""));
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = match words.as_slice() {
        ["plan", count, rest @ ..] => CountLine::Plan(plan(count, rest)),
        ["see", count, at, who, read, rest @ ..] => {
            let (sequence, at_time) = read.split_once('@').unwrap_or((read, ""));
            CountLine::Enter(CountEntry {
                count: code(count),
                place: place(at),
                by: party(who),
                sequence: sequence.parse().ok().map(Sequence::new),
                at: (!at_time.is_empty()).then(|| time(at_time)),
                seen: rest.iter().map(|word| seen(word, &goods_of(goods))).collect(),
            })
        }
        ["approve", count, who] => CountLine::Approve { count: code(count), by: party(who) },
        ["post", count] => {
            let adjustment = Place::Virtual(location("ADJUSTMENT"));
            CountLine::Post { count: code(count), adjustment, usage: Place::Virtual(location("CUSTOMER")) }
        }
        ["give-up", count] => CountLine::Cancel { count: code(count) },
        _ => return None,
    };
    Some(Line::Count(Box::new(line)))
}

fn plan(count: &str, words: &[&str]) -> CountPlan {
    let mut plan = CountPlan {
        code: code(count),
        plan: None,
        kind: CountKind::Location,
        sheets: CountSheets::Blind,
        tolerance: CountTolerance::default(),
        approval_above: None,
        currency: None,
        sample: None,
        places: BTreeSet::new(),
        costs: BTreeMap::new(),
    };
    for word in words {
        match word.split_once('=') {
            None => drop(plan.places.insert(place(word))),
            Some(("within", percent)) => plan.tolerance.percent = Some(quantity(percent)),
            Some(("approve", value)) => plan.approval_above = Some(quantity(value)),
            Some(("cost", cost)) => {
                let (sku, cost) = cost.split_once(':').unwrap();
                plan.costs.insert(Sku::parse(sku).unwrap(), quantity(cost));
            }
            Some(other) => panic!("no such word: {other:?}"),
        }
    }
    plan
}

fn seen(word: &str, goods: &LineGoods) -> SeenGoods {
    let (sku, n) = word.split_once('*').unwrap_or((word, ""));
    let units = Quantity::from(u32::try_from(goods.serials.len()).unwrap());
    SeenGoods {
        sku: Sku::parse(sku).unwrap(),
        tracking: goods.tracking,
        is_weighed: goods.weight.is_some(),
        lot: goods.lot.clone(),
        status: goods.status,
        owner: goods.owner.clone(),
        quantity: if n.is_empty() { units } else { quantity(n) },
        serials: goods.serials.clone(),
    }
}

fn place(word: &str) -> CountPlace {
    let (at, sku) = word.split_once(':').map_or((word, None), |(at, sku)| (at, Sku::parse(sku).ok()));
    CountPlace { location: location(at), sku }
}

fn code(text: &str) -> DocumentCode {
    DocumentCode::parse(text).unwrap()
}

fn party(text: &str) -> PartyCode {
    PartyCode::parse(text).unwrap()
}

/// State, and every line: place, what was counted and what was expected.
pub(crate) fn show(state: &State, text: &str) -> String {
    let Some(count) = state.count_of(&code(text)) else { return "nothing".to_owned() };
    let lines = count.lines().map(|(place, line)| format!(", {}: {}", at(place), of_line(line)));
    format!("{}{}", count.state.as_str(), lines.collect::<String>())
}

fn of_line(line: &CountedLine) -> String {
    let goods = &line.goods;
    let lot = goods.lot.as_ref().map_or_else(String::new, |lot| format!(" {lot}"));
    let status = if goods.status.is_available() { String::new() } else { format!(" {}", goods.status) };
    let units = |sign: &str, serials: &[vocabulary::SerialNumber]| {
        serials.iter().map(|serial| format!(" {sign}{serial}")).collect::<String>()
    };
    let (missing, found) = (units("-", &line.missing), units("+", &line.found));
    let used = if line.is_usage { " used" } else { "" };
    format!("{} of {} {}{lot}{status}{missing}{found}{used}", line.counted, line.expected, goods.sku)
}

fn at(place: &CountPlace) -> String {
    place.sku.as_ref().map_or_else(|| place.location.to_string(), |sku| format!("{}:{sku}", place.location))
}

pub(crate) fn in_words(rejection: &CountRejection) -> String {
    match rejection {
        CountRejection::NotFound { code } => format!("no count {code}"),
        CountRejection::Exists { code } => format!("{code} is there"),
        CountRejection::Ended { code, state } => format!("{code} is {}", state.as_str()),
        CountRejection::NotPlanned { code, place } => format!("{code} has no {}", at(place)),
        CountRejection::OtherItem { place, sku, .. } => format!("{sku} is not of {}", at(place)),
        CountRejection::ReadOutOfTime { given, least, most, .. } => {
            format!("{given} is not {least} to {most}")
        }
        CountRejection::UnitsMoved { place, .. } => format!("units moved at {}", at(place)),
        CountRejection::UnitTwice { serial, .. } => format!("{serial} twice"),
        CountRejection::Weighed { sku, .. } => format!("{sku} is weighed"),
        CountRejection::SamePerson { by, .. } => format!("{by} counted before"),
        CountRejection::NotCounted { place, .. } => format!("{} not counted", at(place)),
        CountRejection::RecountNeeded { place, .. } => format!("{} again", at(place)),
        CountRejection::Stale { place, corrected_by, .. } => {
            format!("{} put right by {corrected_by}", at(place))
        }
        CountRejection::ApprovalNeeded { value, .. } => format!("approve {value}"),
        CountRejection::OwnVariance { by, .. } => format!("{by} counted"),
        CountRejection::TooManyLines { .. } => "too many lines".to_owned(),
        CountRejection::Periodic { sku } => format!("{sku} is periodic"),
        CountRejection::TooMany => "too many counts".to_owned(),
    }
}
