use std::collections::BTreeMap;

use vocabulary::{DocumentCode, Quantity};
use work_core::{OPEN_ORDERS_MAX, Order, OrderChange, OrderRejection};

use super::OrderFact;
use crate::draft::Draft;
use crate::{Fact, OrderRef};

/// Orders as the lines judged so far leave them.
#[derive(Debug, Default)]
pub(crate) struct OrderDraft {
    /// Those that were changed.
    changed: BTreeMap<DocumentCode, Order>,
    opened: usize,
}

impl Draft<'_> {
    /// Under a code that a line names.
    pub(super) fn named_order(&self, code: &DocumentCode) -> Result<&Order, OrderRejection> {
        self.order(code).ok_or_else(|| OrderRejection::NotFound { code: code.clone() })
    }

    pub(super) fn order(&self, code: &DocumentCode) -> Option<&Order> {
        let drafted = self.orders.as_ref().and_then(|orders| orders.changed.get(code));
        drafted.or_else(|| self.state().order(code))
    }

    /// Whether one more may be open.
    pub(super) fn check_room_for_order(&self) -> Result<(), OrderRejection> {
        let opened = self.orders.as_ref().map_or(0, |orders| orders.opened);
        let open = self.state().open_orders().saturating_add(opened);
        if open < OPEN_ORDERS_MAX { Ok(()) } else { Err(OrderRejection::TooMany) }
    }

    /// Notes a change that was decided, and tells it.
    pub(super) fn change_order(
        &mut self,
        line: u32,
        change: OrderChange,
        facts: &mut Vec<Fact>,
    ) -> Result<(), OrderRejection> {
        let code = change.code().clone();
        let before = self.order(&code).cloned();
        let is_new = before.is_none();
        let sequence = self.state().sequence().next();
        // It was decided on just this order; if it does not follow all the same, nothing may be recorded of it.
        let not_found = |_| OrderRejection::NotFound { code: code.clone() };
        let after = change.apply(before, sequence).map_err(not_found)?;
        let orders = self.orders.get_or_insert_default();
        orders.opened = orders.opened.saturating_add(usize::from(is_new));
        orders.changed.insert(code, after);
        facts.push(Fact::Order(Box::new(OrderFact { line, change })));
        Ok(())
    }

    /// Something is promised for an order.
    pub(crate) fn order_promised(&mut self, order: &OrderRef, quantity: Quantity) {
        self.note_order(order, |known| known.promised(order.line, quantity));
    }

    /// Something that was promised for an order is not any more: its goods have left, or it was taken back.
    pub(crate) fn order_released(&mut self, order: &OrderRef, quantity: Quantity, is_kept: bool) {
        self.note_order(order, |known| {
            if is_kept {
                known.shipped(order.line, quantity)
            } else {
                known.promised(order.line, quantity.negated())
            }
        });
    }

    /// What a promise says of its order follows from what the order is.
    fn note_order(&mut self, order: &OrderRef, change: impl FnOnce(&mut Order) -> Option<()>) {
        let is_drafted = self.orders.as_ref().is_some_and(|orders| orders.changed.contains_key(&order.code));
        let stored = if is_drafted { None } else { self.state().order(&order.code).cloned() };
        let orders = self.orders.get_or_insert_default();
        // Copied once a document: it may be large.
        orders.changed.extend(stored.map(|stored| (order.code.clone(), stored)));
        // What the stock allowed, the order follows.
        orders.changed.get_mut(&order.code).and_then(change);
    }
}
