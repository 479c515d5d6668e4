//! Which positions goods are taken from when nobody says, by rule.

mod full;

use std::cmp::Reverse;

use vocabulary::{Date, LocationCode, LotCode, Quantity, Sku, Sscc, StockStatus};

use self::full::full_first;
use crate::draft::Draft;
use crate::lot::LotOrder;
use crate::pick::{From, pick};
use crate::{Holding, Tracking};

/// Which goods are taken first. Goods without lots have no dates and are told apart by location and quantity only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PickRule {
    /// The first to expire; those that never do last, and of the same day the first received.
    #[default]
    Fefo,
    /// The lot that was first received here.
    Fifo,
    /// The lot that was last received here.
    Lifo,
    /// By location code, and the first to expire within one: codes are given along the way through the warehouse.
    ShortestPath,
    /// Full pallets: handling units that hold nothing else and are taken whole, the largest first; then loose goods of positions that are
    /// taken whole, the largest first; the rest from the smallest that has enough for it, loose goods before a unit is broken up. A
    /// promise stands on the positions of the units that it counted, not on the units.
    FullFirst,
}

/// Goods that may be taken, and how.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wish<'a> {
    pub(crate) sku: &'a Sku,
    pub(crate) tracking: Tracking,
    /// Where; `None` for anywhere.
    pub(crate) at: Option<&'a LocationCode>,
    /// Of which lot; `None` for any that has not expired.
    pub(crate) lot: Option<&'a LotCode>,
    pub(crate) status: StockStatus,
    /// Whether goods of another status that counts will do, too.
    pub(crate) takes_others: bool,
    pub(crate) rule: PickRule,
    /// Lots that expire before are passed over.
    pub(crate) min_expiry: Option<Date>,
    /// Whether in handling units, or in none.
    pub(crate) from: From,
}

/// A quantity that is taken from one position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) location: LocationCode,
    pub(crate) lot: Option<LotCode>,
    pub(crate) status: StockStatus,
    pub(crate) quantity: Quantity,
    /// Handling units that are counted whole.
    pub(crate) units: Vec<Sscc>,
}

/// A position that may have something; ordered as the first to expire goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate<'a> {
    lot: Option<&'a LotOrder>,
    location: &'a LocationCode,
}

/// Parts for a quantity, as the rule wants them; together less when there is not enough.
pub(crate) fn choose(draft: &Draft<'_>, wish: &Wish<'_>, quantity: Quantity) -> Vec<Part> {
    if let (Some(at), true) = (wish.at, wish.lot.is_some() || wish.tracking != Tracking::Lot) {
        let (location, lot, units) = (at.clone(), wish.lot.cloned(), Vec::new());
        let part = Part { location, lot, status: wish.status, quantity, units };
        return taken(part, free(draft, wish, at, wish.lot)).into_iter().collect();
    }
    if let (Some(at), PickRule::Fefo, None, true) = (wish.at, wish.rule, wish.min_expiry, wish.is_usual()) {
        return in_order(draft, (wish.sku, at), (quantity, wish.from));
    }
    let touched = if wish.is_usual() {
        draft.places_touched(wish.sku, wish.at)
    } else {
        draft.places_of(wish.sku, wish.at, wish.status)
    };
    let known = draft.state().places(wish.sku.as_str(), wish.at, wish.tracking).filter(|_| wish.is_usual());
    let known = known.map(|(location, lot)| Candidate { lot, location });
    let drafted = touched.iter().map(|(location, lot)| Candidate { lot: lot.as_ref(), location });
    let mut candidates: Vec<_> =
        known.chain(drafted).filter(|candidate| wish.allows(draft, candidate)).collect();
    // In runs already, a location each: a stable sort takes little more than one look at each.
    candidates.sort();
    candidates.dedup();
    match wish.rule {
        PickRule::Fefo => {}
        PickRule::Fifo => candidates.sort_by_key(|candidate| candidate.received()),
        PickRule::Lifo => candidates.sort_by_key(|candidate| Reverse(candidate.received())),
        PickRule::ShortestPath => candidates.sort_by_key(|candidate| candidate.location),
        PickRule::FullFirst => return full_first(draft, wish, &candidates, quantity),
    }
    let mut left = quantity;
    let mut parts = Vec::new();
    for candidate in candidates {
        if left.is_zero() {
            break;
        }
        let part = taken(candidate.part(wish, left), candidate.free(draft, wish));
        left = part.as_ref().map_or(left, |part| minus(left, part.quantity));
        parts.extend(part);
    }
    parts
}

/// As [`choose`]; who names no status gets others that count, too, after all that is `available`.
pub(crate) fn choose_all(draft: &Draft<'_>, wish: &Wish<'_>, quantity: Quantity) -> Vec<Part> {
    let mut parts = choose(draft, wish, quantity);
    for status in draft.available().others().filter(|_| wish.takes_others) {
        let left = minus(quantity, total(&parts));
        if left.is_zero() {
            break;
        }
        parts.extend(choose(draft, &Wish { status, ..*wish }, left));
    }
    parts
}

/// The first to expire at one place: the state keeps them in this order, so that only those taken are looked at.
fn in_order(draft: &Draft<'_>, (sku, at): (&Sku, &LocationCode), wanted: (Quantity, From)) -> Vec<Part> {
    let picked = pick(draft, sku, at, wanted).unwrap_or_else(|short| short.picked);
    let part = |(lot, quantity)| {
        let (location, status, units) = (at.clone(), StockStatus::Available, Vec::new());
        Part { location, lot: Some(lot), status, quantity, units }
    };
    picked.into_iter().map(part).collect()
}

/// What parts hold together.
pub(crate) fn total(parts: &[Part]) -> Quantity {
    parts.iter().fold(Quantity::ZERO, |sum, part| sum.checked_add(part.quantity).unwrap_or(sum))
}

impl Wish<'_> {
    /// Whether it is for the status of nearly all goods, whose lots the state keeps in order.
    const fn is_usual(&self) -> bool {
        self.status.is_available()
    }

    fn allows(&self, draft: &Draft<'_>, candidate: &Candidate<'_>) -> bool {
        let is_meant = match self.lot {
            Some(lot) => candidate.lot.is_some_and(|order| order.lot == *lot),
            None => !candidate.lot.is_some_and(|order| draft.is_over(order)),
        };
        let is_early = |date| candidate.lot.is_some_and(|order| order.expires_before(date));
        is_meant && !self.min_expiry.is_some_and(is_early)
    }
}

impl Candidate<'_> {
    fn received(&self) -> Option<vocabulary::Sequence> {
        self.lot.map(LotOrder::received)
    }

    fn free(&self, draft: &Draft<'_>, wish: &Wish<'_>) -> Quantity {
        free(draft, wish, self.location, self.lot.map(|order| &order.lot))
    }

    fn part(&self, wish: &Wish<'_>, quantity: Quantity) -> Part {
        let (location, lot) = (self.location.clone(), self.lot.map(|order| order.lot.clone()));
        Part { location, lot, status: wish.status, quantity, units: Vec::new() }
    }

    fn place(&self) -> (&LocationCode, Option<&LotCode>) {
        (self.location, self.lot.map(|order| &order.lot))
    }

    fn holding(&self, wish: &Wish<'_>) -> Holding {
        Holding::own(self.lot.map(|order| order.lot.clone()), wish.status)
    }
}

fn free(draft: &Draft<'_>, wish: &Wish<'_>, at: &LocationCode, lot: Option<&LotCode>) -> Quantity {
    let holding = Holding::own(lot.cloned(), wish.status);
    let available = draft.balance(wish.sku, at, &holding).available();
    wish.from.part(draft, (wish.sku, at, &holding), available)
}

/// The part, as far as there is something.
fn taken(part: Part, free: Quantity) -> Option<Part> {
    let quantity = part.quantity.min(free);
    quantity.is_positive().then_some(Part { quantity, ..part })
}

fn minus(left: Quantity, taken: Quantity) -> Quantity {
    left.checked_sub(taken).unwrap_or_default()
}
