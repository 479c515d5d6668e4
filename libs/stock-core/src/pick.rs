//! Which lots goods are taken from when nobody says: the first to expire first (FEFO).

use vocabulary::{LocationCode, LotCode, Quantity, Sku};

use crate::draft::Draft;
use crate::lot::LotOrder;
use crate::{Holding, Rejection};

/// Lots for a quantity of an item at a place, with how much of each. Looks only at lots of which something can be promised.
///
/// # Errors
/// [`Rejection::InsufficientAvailable`] when all of them together do not hold it.
pub(crate) fn pick(
    draft: &Draft<'_>,
    sku: &Sku,
    at: &LocationCode,
    quantity: Quantity,
) -> Result<Vec<(LotCode, Quantity)>, Rejection> {
    let touched = draft.lots_touched(sku, at);
    let known = draft.state().lots_in_order(sku.as_str(), at.as_str());
    let overflow = |_| Rejection::QuantityOverflow { sku: sku.clone(), location: at.clone() };
    let (mut picked, mut left) = (Vec::new(), quantity);
    let lots = Merged { a: known.peekable(), b: touched.iter().peekable() };
    for order in lots {
        let holding = Holding::of_lot(Some(order.lot.clone()));
        let free = draft.balance(sku, at, &holding).available();
        if !free.is_positive() {
            continue;
        }
        let part = free.min(left);
        left = left.checked_sub(part).map_err(overflow)?;
        picked.push((order.lot.clone(), part));
        if left.is_zero() {
            return Ok(picked);
        }
    }
    let available = quantity.checked_sub(left).map_err(overflow)?;
    Err(Rejection::InsufficientAvailable {
        sku: sku.clone(),
        location: at.clone(),
        requested: quantity,
        available,
    })
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
