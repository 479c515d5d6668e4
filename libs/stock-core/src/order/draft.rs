use std::cmp::Reverse;
use std::collections::BTreeMap;

use vocabulary::{DocumentCode, Quantity, Sku};
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
    /// Lines of open orders that lacked an item when that was first asked, in the order in which they get it.
    waiting: Option<BTreeMap<Sku, Vec<(DocumentCode, u32)>>>,
}

impl Draft<'_> {
    /// Under a code that a line names.
    pub(super) fn named_order(&self, code: &DocumentCode) -> Result<&Order, OrderRejection> {
        self.order(code).ok_or_else(|| OrderRejection::NotFound { code: code.clone() })
    }

    pub(crate) fn order(&self, code: &DocumentCode) -> Option<&Order> {
        let drafted = self.orders.as_ref().and_then(|orders| orders.changed.get(code));
        drafted.or_else(|| self.state().order(code))
    }

    /// Lines of open orders that lack an item: the highest priority first, then the first that is due. Looks at all orders once a document.
    pub(super) fn waiting(&mut self, sku: &Sku) -> Vec<(DocumentCode, u32)> {
        if self.orders.as_ref().is_none_or(|orders| orders.waiting.is_none()) {
            let waiting = self.all_waiting();
            self.orders.get_or_insert_default().waiting = Some(waiting);
        }
        let waiting = self.orders.as_ref().and_then(|orders| orders.waiting.as_ref());
        waiting.and_then(|waiting| waiting.get(sku)).cloned().unwrap_or_default()
    }

    fn all_waiting(&self) -> BTreeMap<Sku, Vec<(DocumentCode, u32)>> {
        let drafted = self.orders.iter().flat_map(|orders| orders.changed.values());
        let is_drafted = |order: &Order| {
            self.orders.as_ref().is_some_and(|orders| orders.changed.contains_key(&order.placed.code))
        };
        let stored = self.state().orders_after(None).filter(|order| !is_drafted(order));
        let mut lacking: BTreeMap<Sku, Vec<_>> = BTreeMap::new();
        for order in drafted.chain(stored).filter(|order| order.state.is_open()) {
            for (line, wanted) in &order.placed.lines {
                if order.backordered(*line).is_positive() {
                    let rank = (Reverse(order.placed.priority), order.placed.due);
                    let of_item = lacking.entry(wanted.sku.clone()).or_default();
                    of_item.push((rank, order.placed.code.clone(), *line));
                }
            }
        }
        let sorted = lacking.into_iter().map(|(sku, mut lines)| {
            lines.sort_unstable();
            (sku, lines.into_iter().map(|(_, code, line)| (code, line)).collect())
        });
        sorted.collect()
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
        // One for production counts nothing of its promises.
        if self.check_code_of_order(&order.code).is_err() {
            return;
        }
        let is_drafted = self.orders.as_ref().is_some_and(|orders| orders.changed.contains_key(&order.code));
        let stored = if is_drafted { None } else { self.state().order(&order.code).cloned() };
        let orders = self.orders.get_or_insert_default();
        // Copied once a document: it may be large.
        orders.changed.extend(stored.map(|stored| (order.code.clone(), stored)));
        // What the stock allowed, the order follows.
        orders.changed.get_mut(&order.code).and_then(change);
    }
}
