//! Deliveries as they are applied, read and stored.

use vocabulary::{DocumentCode, Sequence};
use work_core::{Deliveries, Delivery, DeliveryChange};

use crate::{EvolveError, State};

impl State {
    /// Applies a fact about a delivery.
    pub(crate) fn delivery_changed(
        &mut self,
        sequence: Sequence,
        change: &DeliveryChange,
    ) -> Result<(), EvolveError> {
        let deliveries = self.deliveries.get_or_insert_default();
        let changed = deliveries.change(change.code(), |known| change.apply(known, sequence));
        changed.map_err(|fault| EvolveError::Delivery(fault.code))
    }

    /// Under a code; also one that is over, until it is forgotten.
    pub fn delivery(&self, code: &DocumentCode) -> Option<&Delivery> {
        self.deliveries.as_ref()?.get(code)
    }

    /// Those after a code, by code.
    pub fn deliveries_after(&self, code: Option<&DocumentCode>) -> impl Iterator<Item = &Delivery> {
        self.deliveries.iter().flat_map(move |deliveries| deliveries.after(code))
    }

    /// How many are open.
    pub fn open_deliveries(&self) -> usize {
        self.deliveries.as_ref().map_or(0, |deliveries| deliveries.open_count())
    }

    /// Puts the deliveries of a checkpoint back.
    pub(crate) fn restore_deliveries(&mut self, known: Vec<Delivery>) {
        if !known.is_empty() {
            self.deliveries = Some(Box::new(Deliveries::restore(known)));
        }
    }

    /// All that are known, in words, for the digest of the state.
    pub(crate) fn deliveries_in_words(&self) -> impl Iterator<Item = String> {
        self.deliveries_after(None).map(|delivery| format!("{delivery:?}\n"))
    }
}
