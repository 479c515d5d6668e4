//! Which lots goods are taken from when nobody says: the first to expire first (FEFO).

use vocabulary::{LocationCode, LotCode, Quantity, Sku, Sscc};

use crate::draft::Draft;
use crate::handling_unit;
use crate::lot::LotOrder;
use crate::{Holding, Rejection, UnitRejection};

/// Which goods may be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    /// Any: a promise does not take them.
    Anywhere,
    /// Those in no handling unit.
    Loose,
    /// Those in one.
    Unit(Sscc),
}

impl From {
    /// Where a line takes goods from that names this unit, or none.
    pub(crate) fn of(unit: Option<Sscc>) -> Self {
        unit.map_or(Self::Loose, Self::Unit)
    }

    /// How much of some goods may be taken that are available there.
    pub(crate) fn part(
        self,
        draft: &Draft<'_>,
        (sku, at, holding): (&Sku, &LocationCode, &Holding),
        available: Quantity,
    ) -> Quantity {
        match self {
            Self::Anywhere => available,
            // Where there is no unit, all is loose.
            Self::Loose if !draft.has_units() => available,
            Self::Loose => available.min(handling_unit::loose(draft, sku, at, holding)),
            Self::Unit(unit) => available.min(handling_unit::held(draft, &unit, sku, holding)),
        }
    }
}

/// Lots for a quantity of an item at a place, with how much of each. Looks only at lots of which something can be promised, and passes
/// over those that have expired: they are the first in order.
///
/// # Errors
/// [`Short`] when all of them together do not hold it.
pub(crate) fn pick(
    draft: &Draft<'_>,
    sku: &Sku,
    at: &LocationCode,
    (quantity, from): (Quantity, From),
) -> Result<Vec<(LotCode, Quantity)>, Short> {
    let touched = draft.lots_touched(sku, at);
    let known = draft.state().lots_in_order(draft.held(sku), at.as_str());
    let (mut picked, mut left, mut elsewhere) = (Vec::new(), quantity, Quantity::ZERO);
    let lots = Merged { a: known.peekable(), b: touched.iter().peekable() };
    for order in lots.skip_while(|order| draft.is_over(order)) {
        let holding = Holding::of_lot(Some(order.lot.clone()));
        let available = draft.balance(sku, at, &holding).available();
        let free = from.part(draft, (sku, at, &holding), available);
        elsewhere = elsewhere.checked_add(minus(available, free)).unwrap_or(elsewhere);
        if !free.is_positive() {
            continue;
        }
        let part = free.min(left);
        left = minus(left, part);
        picked.push((order.lot.clone(), part));
        if left.is_zero() {
            return Ok(picked);
        }
    }
    Err(Short { picked, found: minus(quantity, left), elsewhere })
}

/// Less than was wanted.
#[derive(Debug)]
pub(crate) struct Short {
    /// All that is there.
    pub(crate) picked: Vec<(LotCode, Quantity)>,
    /// What that is together.
    pub(crate) found: Quantity,
    /// Goods that would do, but for the handling unit that they are in, or that they are in none.
    pub(crate) elsewhere: Quantity,
}

impl Short {
    /// As a refusal. It tells the goods in handling units from the others when only with these, or without them, there would be enough.
    pub(crate) fn refusal(
        &self,
        from: From,
        (sku, at): (&Sku, &LocationCode),
        requested: Quantity,
    ) -> Rejection {
        let (sku, location, found) = (sku.clone(), at.clone(), self.found);
        match from {
            From::Unit(unit) => {
                let sku = Some(sku);
                UnitRejection::Insufficient { unit, sku, requested, packed: found }.into()
            }
            From::Loose if self.elsewhere >= minus(requested, found) => {
                let (loose, packed) = (found, self.elsewhere);
                UnitRejection::PackedInUnit { sku, location, loose, packed, unit: None }.into()
            }
            From::Loose | From::Anywhere => {
                let available = found.checked_add(self.elsewhere).unwrap_or(found);
                Rejection::InsufficientAvailable { sku, location, requested, available }
            }
        }
    }
}

fn minus(a: Quantity, b: Quantity) -> Quantity {
    a.checked_sub(b).unwrap_or_default()
}

/// Two ordered sequences as one; what is in both comes once.
struct Merged<A: Iterator, B: Iterator> {
    a: std::iter::Peekable<A>,
    b: std::iter::Peekable<B>,
}

impl<'a, A: Iterator<Item = &'a LotOrder>, B: Iterator<Item = &'a LotOrder>> Iterator for Merged<A, B> {
    type Item = &'a LotOrder;

    fn next(&mut self) -> Option<Self::Item> {
        match (self.a.peek(), self.b.peek()) {
            (Some(a), Some(b)) if a > b => self.b.next(),
            (Some(a), Some(b)) => {
                if a == b {
                    self.b.next();
                }
                self.a.next()
            }
            (Some(_), None) => self.a.next(),
            (None, _) => self.b.next(),
        }
    }
}
