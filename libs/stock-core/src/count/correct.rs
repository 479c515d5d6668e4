//! Movements that change what should have been on a shelf when it was read.

use vocabulary::{DocumentCode, LocationCode, Sequence};
use work_core::{Corrected, Count, CountPlace, CountRejection};

use crate::entry::Moved;
use crate::history::Stamp;
use crate::{Fact, MovementKind, State};

impl State {
    /// A movement that puts the stock right, or is told late: counts of its places read before have to read again. Any other happened
    /// after the shelf was read, and is no difference.
    pub(crate) fn correct_counts(&mut self, stamp: Stamp, moved: &Moved) {
        let Some(watched) = &mut self.counts else { return };
        let how = how(moved, stamp);
        if !watched.counts.is_watching(how) || moved.is_repacking() {
            return;
        }
        for location in locations(moved) {
            watched.counts.correct((&moved.sku, location), how, stamp.sequence);
        }
    }
}

/// What this very document has put right is known to no reading of its counts.
pub(super) fn check_untouched(
    count: &Count,
    facts: &[Fact],
    sequence: Sequence,
) -> Result<(), CountRejection> {
    let put_right = facts.iter().filter_map(put_right);
    for moved in put_right {
        for location in locations(moved) {
            if let Some(place) = place_of(count, moved, location) {
                let code: DocumentCode = count.plan.code.clone();
                return Err(CountRejection::Stale { code, place, corrected_by: sequence });
            }
        }
    }
    Ok(())
}

fn put_right(fact: &Fact) -> Option<&Moved> {
    let Fact::Moved(moved) = fact else { return None };
    is_putting_right(moved.kind).then_some(moved)
}

fn place_of(count: &Count, moved: &Moved, location: &LocationCode) -> Option<CountPlace> {
    let all = CountPlace { location: location.clone(), sku: None };
    let one = CountPlace { location: location.clone(), sku: Some(moved.sku.clone()) };
    [all, one].into_iter().find(|place| count.plan.places.contains(place))
}

fn how(moved: &Moved, stamp: Stamp) -> Corrected {
    if is_putting_right(moved.kind) { Corrected::PutRight } else { Corrected::ToldLate(stamp.effective_at) }
}

const fn is_putting_right(kind: MovementKind) -> bool {
    matches!(kind, MovementKind::Adjustment | MovementKind::Usage | MovementKind::Reversal)
}

fn locations(moved: &Moved) -> impl Iterator<Item = &LocationCode> {
    let to = moved.to.real().filter(|to| moved.from.real() != Some(to));
    moved.from.real().into_iter().chain(to)
}
