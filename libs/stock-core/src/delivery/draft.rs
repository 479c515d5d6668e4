use std::collections::BTreeMap;

use vocabulary::{DocumentCode, ExpectationCode};
use work_core::{Delivery, DeliveryChange, DeliveryRejection, OPEN_DELIVERIES_MAX};

use crate::Fact;
use crate::delivery::DeliveryFact;
use crate::draft::Draft;

/// Deliveries as the lines judged so far leave them.
#[derive(Debug, Default)]
pub(crate) struct DeliveryDraft {
    /// Those that were changed.
    changed: BTreeMap<DocumentCode, Delivery>,
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

    /// What an open delivery expects is not for others to change or to meet.
    pub(crate) fn check_own(&self, key: &ExpectationCode) -> Result<(), DeliveryRejection> {
        let Some((code, line)) = key.as_str().split_once('#') else { return Ok(()) };
        let (Ok(code), Ok(line)) = (DocumentCode::parse(code), line.parse()) else { return Ok(()) };
        match self.delivery(&code).filter(|known| known.state.is_open()) {
            Some(known) if known.announced.lines.contains_key(&line) => {
                Err(DeliveryRejection::ExpectationKept { code, line })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Whether one more may be open.
    pub(super) fn check_room_for_delivery(&self) -> Result<(), DeliveryRejection> {
        let opened = self.deliveries.as_ref().map_or(0, |deliveries| deliveries.opened);
        let open = self.state().open_deliveries().saturating_add(opened);
        if open < OPEN_DELIVERIES_MAX { Ok(()) } else { Err(DeliveryRejection::TooMany) }
    }

    /// Notes a change that was decided, and tells it.
    pub(super) fn change_delivery(
        &mut self,
        line: u32,
        change: DeliveryChange,
        facts: &mut Vec<Fact>,
    ) -> Result<(), DeliveryRejection> {
        let code = change.code();
        // Copied once a document: it may be large.
        let drafted = self.deliveries.as_mut().and_then(|deliveries| deliveries.changed.remove(code));
        let before = drafted.or_else(|| self.state().delivery(code).cloned());
        let (is_new, sequence) = (before.is_none(), self.state().sequence().next());
        // It was decided on just this delivery; if it does not follow all the same, nothing may be recorded of it.
        let not_following = |_| DeliveryRejection::NotFound { code: code.clone() };
        let after = change.apply(before, sequence).map_err(not_following)?;
        let deliveries = self.deliveries.get_or_insert_default();
        deliveries.opened = deliveries.opened.saturating_add(usize::from(is_new));
        deliveries.changed.insert(code.clone(), after);
        facts.push(Fact::Delivery(Box::new(DeliveryFact { line, change })));
        Ok(())
    }
}
