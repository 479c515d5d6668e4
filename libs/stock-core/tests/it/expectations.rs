//! What is expected, in the tests' language: `expect CODE KIND SKU QUANTITY DAY [PARTNER [CHANNEL]]`, `cancel CODE`, `for CODE LINE` (what the
//! line moves or promises was expected); and `expected CODE`, which asks.

use std::collections::BTreeMap;

use stock_core::{
    Expectation, ExpectationLine, ExpectationRejection, ExpectedKind, Line, SetExpectation, State,
    TouchedExpectations,
};
use vocabulary::{ChannelCode, Date, ExpectationCode, PartyCode, Sku};

use crate::language::{self, quantity};

/// What is stored of expectations, as changes come.
#[derive(Debug, Default)]
pub(crate) struct Stored {
    open: BTreeMap<ExpectationCode, Expectation>,
}

impl Stored {
    pub(crate) fn take(&mut self, touched: TouchedExpectations) {
        self.open.extend(touched.open.into_iter().map(|open| (open.code.clone(), open)));
        self.open.retain(|code, _| !touched.closed.contains(code));
    }

    pub(crate) fn snapshot(&self) -> Vec<Expectation> {
        self.open.values().cloned().collect()
    }
}

/// `None` for a line about something else.
pub(crate) fn line(text: &str) -> Option<Line> {
    if let Some(rest) = text.trim().strip_prefix("for ") {
        let (expectation, by) = rest.split_once(' ').unwrap();
        return Some(Line::Meet { expectation: code(expectation), by: Box::new(language::line(by)) });
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = match words.as_slice() {
        ["expect", key, kind, sku, n, day, rest @ ..] => ExpectationLine::Set(SetExpectation {
            code: code(key),
            kind: ExpectedKind::parse(kind).unwrap(),
            sku: Sku::parse(sku).unwrap(),
            day: Date::parse(day).unwrap(),
            quantity: quantity(n),
            partner: rest.first().map(|text| PartyCode::parse(text).unwrap()),
            channel: rest.get(1).map(|text| ChannelCode::parse(text).unwrap()),
        }),
        ["cancel", key] => ExpectationLine::Cancel(code(key)),
        _ => return None,
    };
    Some(Line::Expect(Box::new(line)))
}

pub(crate) fn show(state: &State, text: &str) -> String {
    state.expectation(&code(text)).map_or_else(
        || "nothing".to_owned(),
        |known| {
            let Expectation { kind, sku, day, expected, met, open, .. } = known;
            format!("{expected} of {sku} by {} on {day}: {met} met, {open} open", kind.as_str())
        },
    )
}

pub(crate) fn in_words(rejection: &ExpectationRejection) -> String {
    match rejection {
        ExpectationRejection::NotFound { expectation } => format!("no expectation {expectation}"),
        ExpectationRejection::OtherItem { expectation, sku, given } => {
            format!("{expectation} is of {sku}, not {given}")
        }
        ExpectationRejection::OtherDirection { expectation, direction } => {
            format!("{expectation} is {direction}")
        }
        ExpectationRejection::TooMany => "too many expectations".to_owned(),
    }
}

fn code(text: &str) -> ExpectationCode {
    ExpectationCode::parse(text).unwrap()
}
