use std::collections::{BTreeMap, BTreeSet};

use vocabulary::ExpectationCode;

use super::{Expectation, ExpectationChange, Met};
use crate::{EvolveError, State};

/// What is expected in a warehouse.
#[derive(Debug, Clone, Default)]
pub(crate) struct Expectations {
    pub(super) open: BTreeMap<ExpectationCode, Expectation>,
    /// Those that changed since the last checkpoint.
    pub(super) marked: BTreeSet<ExpectationCode>,
}

impl State {
    /// Applies a fact about an expectation.
    pub(crate) fn expectation_changed(&mut self, change: &ExpectationChange) -> Result<(), EvolveError> {
        let after = change.after();
        let expectations = self.expectations.get_or_insert_default();
        if !follows(expectations.open.get(&after.code), change) {
            return Err(EvolveError::Expectation(after.code.clone()));
        }
        expectations.marked.insert(after.code.clone());
        if after.is_open() {
            expectations.open.insert(after.code.clone(), after.clone());
        } else {
            expectations.open.remove(&after.code);
        }
        Ok(())
    }
}

/// Whether a change is one of what is known.
fn follows(known: Option<&Expectation>, change: &ExpectationChange) -> bool {
    match (change, known) {
        (ExpectationChange::Set { before, after }, known) => {
            let is_same = |known: &Expectation| known.sku == after.sku && known.met == after.met;
            *before == known.map(Expectation::before) && known.is_none_or(is_same)
        }
        (ExpectationChange::Met(Met { quantity, expectation }), Some(known)) => {
            known.meet(*quantity) == (expectation.clone(), *quantity)
        }
        (ExpectationChange::Met(_), None) => false,
        (ExpectationChange::Reopened(Met { quantity, expectation }), Some(known)) => {
            known.reopen(*quantity).as_ref() == Some(expectation)
        }
        (ExpectationChange::Reopened(Met { quantity, expectation }), None) => expectation.open == *quantity,
    }
}
