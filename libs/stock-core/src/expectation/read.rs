//! Expectations as they are read and stored.

use std::ops::Bound;

use vocabulary::{ChannelCode, ExpectationCode, PartyCode};

use super::{Expectation, Expectations};
use crate::State;

/// What entries have changed of expectations, as it is now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TouchedExpectations {
    /// Those that are open, by code.
    pub open: Vec<Expectation>,
    /// Those of which nothing is open any more.
    pub closed: Vec<ExpectationCode>,
}

impl Expectations {
    /// Everything that changed since the last call, as it is now.
    pub(crate) fn take_touched(&mut self) -> TouchedExpectations {
        let mut touched = TouchedExpectations::default();
        for code in std::mem::take(&mut self.marked) {
            match self.open.get(&code) {
                Some(open) => touched.open.push(open.clone()),
                None => touched.closed.push(code),
            }
        }
        touched
    }
}

impl State {
    /// What is open under a code.
    pub fn expectation(&self, code: &ExpectationCode) -> Option<&Expectation> {
        self.expectations.as_ref()?.open.get(code)
    }

    /// What is open under the codes after one, in order.
    pub fn expectations_after(&self, after: Option<&ExpectationCode>) -> impl Iterator<Item = &Expectation> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let all = self.expectations.iter();
        all.flat_map(move |all| {
            all.open.range::<ExpectationCode, _>((from, Bound::Unbounded)).map(|(_, open)| open)
        })
    }

    /// How many are open.
    pub fn expectation_count(&self) -> usize {
        self.expectations.as_ref().map_or(0, |all| all.open.len())
    }

    /// Puts the expectations of a checkpoint back.
    pub(crate) fn restore_expectations(&mut self, open: Vec<Expectation>) {
        if !open.is_empty() {
            let open = open.into_iter().map(|open| (open.code.clone(), open)).collect();
            self.expectations = Some(Box::new(Expectations { open, ..Expectations::default() }));
        }
    }

    /// All that is open, in words, for the digest of the state.
    pub(crate) fn expectations_in_words(&self) -> impl Iterator<Item = String> {
        self.expectations_after(None).map(Expectation::in_words)
    }
}

impl Expectation {
    fn in_words(&self) -> String {
        let Self { code, kind, sku, day, expected, met, open, partner, channel } = self;
        let (kind, partner) = (kind.as_str(), partner.as_ref().map_or("", PartyCode::as_str));
        let channel = channel.as_ref().map_or("", ChannelCode::as_str);
        format!("expected {code}\t{kind}\t{sku}\t{day}\t{expected}\t{met}\t{open}\t{partner}\t{channel}\n")
    }
}
