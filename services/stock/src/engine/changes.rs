use rustc_hash::FxHashSet;
use stock_core::{Entry, Fact, Outcome, Place, State};
use vocabulary::{LocationCode, ReservationId, Sequence, Sku};

use crate::store::{CheckpointChange, Head};

/// What entries have touched since the last checkpoint.
#[derive(Debug, Default)]
pub(super) struct Changes {
    positions: FxHashSet<(Sku, LocationCode)>,
    reservations: FxHashSet<ReservationId>,
    entries: u64,
    /// The last checkpoint taken, or loaded.
    base: Sequence,
}

impl Changes {
    /// Nothing yet, since this checkpoint.
    pub(super) fn since(base: Sequence) -> Self {
        Self { base, ..Self::default() }
    }

    /// Notes an entry that the state is about to take in: a reservation that it ends is still there to say where it was.
    pub(super) fn note(&mut self, entry: &Entry, state: &State) {
        self.entries += 1;
        let Outcome::Posted(facts) = &entry.outcome else { return };
        for fact in facts {
            match fact {
                Fact::Moved(moved) => {
                    let real = [&moved.from, &moved.to].into_iter().filter_map(Place::real);
                    self.positions.extend(real.map(|code| (moved.sku.clone(), code.clone())));
                }
                Fact::Reserved(reserved) => {
                    self.positions.insert((reserved.sku.clone(), reserved.location.clone()));
                    self.reservations.insert(ReservationId { sequence: entry.sequence, line: reserved.line });
                }
                Fact::Released(released) => {
                    self.reservations.insert(released.reservation);
                    if let Some(held) = state.reservation(released.reservation) {
                        self.positions.insert((held.sku, held.location));
                    }
                }
            }
        }
    }

    pub(super) const fn entries(&self) -> u64 {
        self.entries
    }

    /// Everything touched, as it is in `state`; starts counting anew.
    pub(super) fn take(&mut self, state: &State, head: Head) -> CheckpointChange {
        self.entries = 0;
        let base = std::mem::replace(&mut self.base, head.sequence);
        let mut change = CheckpointChange { head, base, ..CheckpointChange::default() };
        let mut skus: Vec<Sku> = self.positions.iter().map(|(sku, _)| sku.clone()).collect();
        skus.sort_unstable();
        skus.dedup();
        for sku in &skus {
            let touched = |row: &stock_core::PositionRow| {
                self.positions.contains(&(row.sku.clone(), row.location.clone()))
            };
            change.positions.extend(state.positions_of(sku).into_iter().filter(touched));
        }
        for id in self.reservations.drain() {
            match state.reservation(id) {
                Some(held) => change.reservations.push(held),
                None => change.ended_reservations.push(id),
            }
        }
        self.positions.clear();
        change
    }
}
