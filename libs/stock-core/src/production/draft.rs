use std::collections::BTreeMap;

use vocabulary::{DocumentCode, ExpectationCode};
use work_core::{OPEN_PRODUCTION_ORDERS_MAX, ProductionChange, ProductionOrder, ProductionRejection};

use super::{ProductionFact, expect};
use crate::Fact;
use crate::draft::Draft;

/// Production orders as the lines judged so far leave them.
#[derive(Debug, Default)]
pub(crate) struct ProductionDraft {
    /// Those that were changed.
    changed: BTreeMap<DocumentCode, ProductionOrder>,
    opened: usize,
}

impl Draft<'_> {
    /// Under a code.
    pub(crate) fn production_order(&self, code: &DocumentCode) -> Option<&ProductionOrder> {
        let drafted = self.production.as_ref().and_then(|orders| orders.changed.get(code));
        drafted.or_else(|| self.state().production_order(code))
    }

    /// Under a code that a line names.
    pub(super) fn named_production_order(
        &self,
        code: &DocumentCode,
    ) -> Result<&ProductionOrder, ProductionRejection> {
        self.production_order(code).ok_or_else(|| ProductionRejection::NotFound { code: code.clone() })
    }

    /// Promises say of an order only its code: no two that are open have the same.
    pub(crate) fn check_code_of_order(&self, code: &DocumentCode) -> Result<(), ProductionRejection> {
        match self.production_order(code) {
            Some(known) if known.state.is_open() => {
                Err(ProductionRejection::CodeTaken { code: code.clone() })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// What an open order expects is not for others to change or to meet.
    pub(crate) fn check_not_of_production(&self, key: &ExpectationCode) -> Result<(), ProductionRejection> {
        let known = expect::order_of(key).and_then(|code| self.production_order(&code));
        match known.filter(|known| known.state.is_open()) {
            Some(known) => Err(ProductionRejection::ExpectationKept { code: known.plan.code.clone() }),
            None => Ok(()),
        }
    }

    /// Whether one more may be open.
    pub(super) fn check_room_for_production(&self) -> Result<(), ProductionRejection> {
        let opened = self.production.as_ref().map_or(0, |orders| orders.opened);
        let open = self.state().open_production_orders().saturating_add(opened);
        if open < OPEN_PRODUCTION_ORDERS_MAX { Ok(()) } else { Err(ProductionRejection::TooMany) }
    }

    /// Notes a change that was decided, and tells it.
    pub(super) fn change_production(
        &mut self,
        line: u32,
        change: ProductionChange,
        facts: &mut Vec<Fact>,
    ) -> Result<(), ProductionRejection> {
        let code = change.code();
        // Copied once a document: it may be large.
        let drafted = self.production.as_mut().and_then(|orders| orders.changed.remove(code));
        let before = drafted.or_else(|| self.state().production_order(code).cloned());
        let (is_new, sequence) = (before.is_none(), self.state().sequence().next());
        // It was decided on just this order; if it does not follow all the same, nothing may be recorded of it.
        let not_following = |_| ProductionRejection::NotFound { code: code.clone() };
        let after = change.apply(before, sequence).map_err(not_following)?;
        let orders = self.production.get_or_insert_default();
        orders.opened = orders.opened.saturating_add(usize::from(is_new));
        orders.changed.insert(code.clone(), after);
        facts.push(Fact::Production(Box::new(ProductionFact { line, change })));
        Ok(())
    }
}
