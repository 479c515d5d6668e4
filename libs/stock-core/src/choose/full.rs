//! Full pallets first: whole handling units, then loose goods, then the smallest that has enough.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use vocabulary::{LocationCode, LotCode, Quantity, Sscc};

use super::{Candidate, Part, Wish, minus};
use crate::Holding;
use crate::draft::Draft;
use crate::handling_unit::{self, UnitLimit, UnitTree};
use crate::pick::From;

/// A position, and what can still be taken of it.
struct Heap<'a> {
    candidate: &'a Candidate<'a>,
    free: Quantity,
    /// What of it is in no handling unit.
    loose: Quantity,
    taken: Quantity,
    /// Whole units that were taken.
    units: Vec<Sscc>,
}

/// What is taken so far.
struct Choice<'a> {
    heaps: Vec<Heap<'a>>,
    /// In the order they were chosen.
    chosen: Vec<usize>,
    left: Quantity,
    /// Units that cannot be taken whole any more: they were, or what stands in them was.
    gone: BTreeSet<Sscc>,
}

/// A handling unit that holds, with all that is nested in it, nothing but goods that are wanted.
struct Whole {
    unit: Sscc,
    size: Quantity,
    /// By heap.
    contents: BTreeMap<usize, Quantity>,
}

/// Parts for a quantity, of positions in the order of their expiry.
pub(super) fn full_first(
    draft: &Draft<'_>,
    wish: &Wish<'_>,
    candidates: &[Candidate<'_>],
    quantity: Quantity,
) -> Vec<Part> {
    let heaps: Vec<_> = candidates.iter().filter_map(|candidate| Heap::of(draft, wish, candidate)).collect();
    let wholes = wholes(draft, wish, &heaps);
    let mut choice = Choice { heaps, chosen: Vec::new(), left: quantity, gone: BTreeSet::new() };
    for whole in &wholes {
        if whole.size <= choice.left && choice.has(draft, wish, whole) {
            choice.take_whole(draft, whole);
        }
    }
    choice.take_largest(|heap| heap.free.min(heap.loose));
    let mut by_size: Vec<_> = wholes.iter().collect();
    by_size.sort_by_key(|whole| whole.size);
    if choice.left.is_positive()
        && let Some(smallest) = by_size.into_iter().find(|whole| choice.has(draft, wish, whole))
    {
        // Too large for the rest, or it had been taken.
        smallest.contents.iter().for_each(|(heap, held)| choice.take(*heap, *held));
    }
    choice.take_largest(|heap| heap.free);
    choice.parts(wish)
}

impl<'a> Heap<'a> {
    fn of(draft: &Draft<'_>, wish: &Wish<'_>, candidate: &'a Candidate<'a>) -> Option<Self> {
        let free = candidate.free(draft, wish);
        // Where the line takes loose goods only, or those of one unit, `free` is of these.
        let loose = match wish.from {
            From::Anywhere => {
                handling_unit::loose(draft, wish.sku, candidate.location, &candidate.holding(wish))
            }
            From::Loose | From::Unit(_) => free,
        };
        let (taken, units) = (Quantity::ZERO, Vec::new());
        free.is_positive().then_some(Self { candidate, free, loose, taken, units })
    }
}

impl Choice<'_> {
    /// Whether all of a unit can still be taken: promises stand on positions, so it is free when so much of its goods is there, and none
    /// of its pieces is promised by number.
    fn has(&self, draft: &Draft<'_>, wish: &Wish<'_>, whole: &Whole) -> bool {
        let is_free =
            |(heap, held): (&usize, &Quantity)| self.heaps.get(*heap).is_some_and(|heap| *held <= heap.free);
        !self.gone.contains(&whole.unit)
            && whole.contents.iter().all(is_free)
            && draft.names_none(wish.sku, &whole.unit)
    }

    fn take_whole(&mut self, draft: &Draft<'_>, whole: &Whole) {
        self.gone.extend(draft.and_parents(&whole.unit));
        self.gone.extend(draft.with_nested(&whole.unit, UnitLimit::Document.max()));
        for (at, held) in &whole.contents {
            self.take(*at, *held);
            if let Some(heap) = self.heaps.get_mut(*at) {
                heap.units.push(whole.unit);
            }
        }
    }

    /// Whole heaps while one fits, the largest first; then the smallest of the others that is enough.
    fn take_largest(&mut self, size: impl Fn(&Heap<'_>) -> Quantity) {
        let mut sizes: Vec<_> = self.heaps.iter().map(size).enumerate().collect();
        sizes.retain(|(_, size)| size.is_positive());
        sizes.sort_by_key(|(_, size)| Reverse(*size));
        let mut larger: Option<(usize, Quantity)> = None;
        for (at, size) in sizes {
            if size <= self.left {
                self.take(at, size);
            } else if larger.is_none_or(|(_, smallest)| size < smallest) {
                larger = Some((at, size));
            }
        }
        if let Some((at, size)) = larger {
            self.take(at, size);
        }
    }

    /// As far as something is left to take.
    fn take(&mut self, at: usize, most: Quantity) {
        let quantity = most.min(self.left);
        let Some(heap) = self.heaps.get_mut(at).filter(|_| quantity.is_positive()) else { return };
        if heap.taken.is_zero() {
            self.chosen.push(at);
        }
        heap.taken = heap.taken.checked_add(quantity).unwrap_or(heap.taken);
        heap.free = minus(heap.free, quantity);
        self.left = minus(self.left, quantity);
    }

    /// Once a position.
    fn parts(mut self, wish: &Wish<'_>) -> Vec<Part> {
        let mut part = |at: &usize| {
            let heap = self.heaps.get_mut(*at)?;
            let units = std::mem::take(&mut heap.units);
            Some(Part { units, ..heap.candidate.part(wish, heap.taken) })
        };
        self.chosen.iter().filter_map(&mut part).collect()
    }
}

/// The whole units among some positions, the largest first, and of the same size the first to expire. Looks at no unit but those that
/// hold some of these goods, and those that they stand in.
fn wholes(draft: &Draft<'_>, wish: &Wish<'_>, heaps: &[Heap<'_>]) -> Vec<Whole> {
    if wish.from != From::Anywhere || !draft.has_units() {
        return Vec::new();
    }
    let mut held: BTreeSet<_> = draft.units_touched().collect();
    for Heap { candidate, .. } in heaps {
        let (at, holding) = (candidate.location.as_str(), candidate.holding(wish));
        held.extend(draft.state().units_with(wish.sku.as_str(), at, &holding));
    }
    let units: BTreeSet<_> = held.iter().flat_map(|unit| draft.and_parents(unit)).collect();
    let places: BTreeMap<_, _> = heaps.iter().map(|heap| heap.candidate.place()).zip(0..).collect();
    let mut wholes: Vec<_> = units.into_iter().filter_map(|unit| whole(draft, wish, &places, unit)).collect();
    let first = |whole: &Whole| whole.contents.keys().next().copied();
    wholes.sort_by_cached_key(|whole| {
        (Reverse(whole.size), first(whole), draft.and_parents(&whole.unit).count())
    });
    wholes
}

fn whole(
    draft: &Draft<'_>,
    wish: &Wish<'_>,
    places: &BTreeMap<(&LocationCode, Option<&LotCode>), usize>,
    unit: Sscc,
) -> Option<Whole> {
    let at = draft.place_of(&unit)?;
    let units_max = UnitLimit::Document.max();
    let all = draft.with_nested(&unit, units_max);
    if all.len() >= units_max {
        return None;
    }
    let (mut contents, mut size) = (BTreeMap::new(), Quantity::ZERO);
    for inner in &all {
        for ((sku, holding), content) in &draft.unit(inner)?.contents {
            let is_meant = sku == wish.sku && *holding == Holding::own(holding.lot.clone(), wish.status);
            let heap = places.get(&(&at, holding.lot.as_ref())).filter(|_| is_meant)?;
            let held: &mut Quantity = contents.entry(*heap).or_default();
            *held = held.checked_add(content.quantity).ok()?;
            size = size.checked_add(content.quantity).ok()?;
        }
    }
    size.is_positive().then_some(Whole { unit, size, contents })
}
