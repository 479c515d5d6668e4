//! What is expected, in words.

use std::fmt;

use proto::events::v1::rejected::Rejection;
use proto::events::v1::{Expectation, ExpectationMet, ExpectationReopened, ExpectationSet};
use serde::Serialize;

use crate::cli::text::{number, short_name};

/// A change of what is expected.
#[derive(Debug, Serialize)]
pub(super) struct ExpectationView {
    change: &'static str,
    expectation: String,
    kind: String,
    sku: String,
    day: String,
    /// How much was met, or is open again; empty when it was set.
    quantity: String,
    expected: String,
    met: String,
    open: String,
    partner: String,
    channel: String,
}

impl ExpectationView {
    pub(super) fn set(set: ExpectationSet) -> Self {
        Self::new("set", set.expectation, String::new())
    }

    pub(super) fn met(met: ExpectationMet) -> Self {
        Self::new("met", met.expectation, number(met.quantity))
    }

    pub(super) fn reopened(reopened: ExpectationReopened) -> Self {
        Self::new("reopened", reopened.expectation, number(reopened.quantity))
    }

    fn new(change: &'static str, expectation: Option<Expectation>, quantity: String) -> Self {
        let expectation = expectation.unwrap_or_default();
        let kind = short_name(expectation.kind().as_str_name(), "EXPECTATION_KIND").to_lowercase();
        let Expectation { expectation, sku, day, expected, met, open, partner, channel, .. } = expectation;
        let (expected, met, open) = (number(expected), number(met), number(open));
        Self { change, expectation, kind, sku, day, quantity, expected, met, open, partner, channel }
    }
}

impl fmt::Display for ExpectationView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { change, expectation, kind, sku, day, quantity, open, .. } = self;
        match *change {
            "set" if open == "0" => write!(f, "expect no more of {expectation}"),
            "set" => write!(f, "expect {open} {sku} as {expectation} ({kind}) on {day}"),
            "met" => write!(f, "met {quantity} of {expectation}"),
            _ => write!(f, "expect {quantity} of {expectation} again"),
        }
    }
}

/// A refusal about what is expected in words; nothing for another one.
#[expect(clippy::wildcard_enum_match_arm, reason = "refusals about other things are told elsewhere")]
pub(super) fn refusal(rejection: &Rejection) -> String {
    match rejection {
        Rejection::ExpectationNotFound(r) => format!("nothing is expected under {}", r.expectation),
        Rejection::ExpectationOfOtherItem(r) => {
            format!("{} is expected of {}, not of {}", r.expectation, r.sku, r.given_sku)
        }
        Rejection::ExpectationOfOtherDirection(r) => {
            format!("{} is expected {}", r.expectation, if r.demand { "demand" } else { "supply" })
        }
        Rejection::TooManyExpectations(_) => "too many expectations are open".to_owned(),
        _ => String::new(),
    }
}
