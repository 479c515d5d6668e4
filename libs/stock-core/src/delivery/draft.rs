use vocabulary::DocumentCode;
use work_core::{Deliveries, Delivery, DeliveryChange, DeliveryRejection, OPEN_DELIVERIES_MAX};

use crate::Fact;
use crate::delivery::DeliveryFact;
use crate::draft::Draft;

/// Deliveries as the lines judged so far leave them.
#[derive(Debug, Default)]
pub(crate) struct DeliveryDraft {
    /// Those that were changed.
    changed: Deliveries,
    opened: usize,
}

impl Draft<'_> {
    /// Under a code.
    pub(super) fn delivery(&self, code: &DocumentCode) -> Option<&Delivery> {
        let drafted = self.deliveries.as_ref().and_then(|deliveries| deliveries.changed.get(code));
        drafted.or_else(|| self.state().delivery(code))
    }

    /// Under a code that a line names.
    pub(super) fn named_delivery(&self, code: &DocumentCode) -> Result<&Delivery, DeliveryRejection> {
        self.delivery(code).ok_or_else(|| DeliveryRejection::NotFound { code: code.clone() })
    }

    /// Whether one more may be open.
    pub(super) fn check_room_for_delivery(&self) -> Result<(), DeliveryRejection> {
        let opened = self.deliveries.as_ref().map_or(0, |deliveries| deliveries.opened);
        let open = self.state().open_deliveries().saturating_add(opened);
        if open < OPEN_DELIVERIES_MAX { Ok(()) } else { Err(DeliveryRejection::TooMany) }
    }

    /// Notes a change that was decided, and tells it.
    pub(super) fn change_delivery(&mut self, line: u32, change: DeliveryChange, facts: &mut Vec<Fact>) {
        let known = self.delivery(change.code()).cloned();
        let sequence = self.state().sequence().next();
        let deliveries = self.deliveries.get_or_insert_default();
        match known {
            Some(known) if deliveries.changed.get(change.code()).is_none() => deliveries.changed.adopt(known),
            Some(_) => {}
            None => deliveries.opened = deliveries.opened.saturating_add(1),
        }
        // It was decided on just this delivery.
        let applied = deliveries.changed.apply(&change, sequence);
        debug_assert!(applied.is_ok(), "{applied:?}");
        facts.push(Fact::Delivery(Box::new(DeliveryFact { line, change })));
    }
}
