use rustc_hash::FxHashSet;
use vocabulary::ReservationId;

use crate::{PositionRow, Reservation};

/// What entries have changed, as it is now: together with what was there before it makes a checkpoint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// Positions, by item in the order the warehouse first saw them.
    pub positions: Vec<PositionRow>,
    /// Reservations that are open.
    pub reservations: Vec<Reservation>,
    /// Reservations of which nothing is left.
    pub ended_reservations: Vec<ReservationId>,
}

/// What has changed, by number. A position says itself whether it is in here, so that marking it again costs nothing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Marks {
    positions: Vec<(u32, u32)>,
    reservations: FxHashSet<ReservationId>,
}

impl Marks {
    /// Once a position.
    pub(crate) fn position(&mut self, item: u32, location: u32) {
        self.positions.push((item, location));
    }

    pub(crate) fn reservation(&mut self, id: ReservationId) {
        self.reservations.insert(id);
    }

    /// In order.
    pub(crate) fn positions(&self) -> Vec<(u32, u32)> {
        let mut positions = self.positions.clone();
        positions.sort_unstable();
        positions
    }

    /// In order.
    pub(crate) fn reservations(&self) -> Vec<ReservationId> {
        let mut ids: Vec<_> = self.reservations.iter().copied().collect();
        ids.sort_unstable();
        ids
    }
}
