//! Movements that are told late: what they would make of every instant after them.

use std::ops::RangeInclusive;

use vocabulary::{LocationCode, Quantity, Sku};

use crate::amount::{amount, quantity};
use crate::draft::Draft;
use crate::{Holding, Rejection};

/// What may be on hand at a position at any instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limits {
    /// Goods left, and the position must never hold less than nothing.
    NotNegative,
    /// Goods left, and may lack.
    MayLack,
    /// Goods came: whatever lacked before lacks less now.
    Arrival,
}

/// Judges what a line has just done to a position in the draft, at every instant from the document's effective time on. One
/// comparison for a document in the order of time. All lines of a document happen at one instant, so that what the document has
/// done so far is the same at each later one.
///
/// # Errors
/// [`Rejection::WouldBreakLater`] with the first instant at which too little would be there, and
/// [`Rejection::QuantityOverflow`] when more than the exact range would be.
pub(crate) fn check(
    draft: &Draft<'_>,
    (sku, location, holding): (&Sku, &LocationCode, &Holding),
    limits: Limits,
) -> Result<(), Rejection> {
    let (state, effective_at) = (draft.state(), draft.effective_at());
    if effective_at >= state.newest_effective {
        return Ok(());
    }
    let Some(history) = state.history(sku.as_str(), location.as_str(), holding) else { return Ok(()) };
    if effective_at >= history.newest() {
        return Ok(());
    }
    let before = state.balance_of(sku.as_str(), location.as_str(), holding).on_hand;
    let added = amount(draft.balance(sku, location, holding).on_hand).saturating_sub(amount(before));
    let Some((at, there)) = history.first_outside(effective_at, &limits.without(added)) else {
        return Ok(());
    };
    let (sku, location) = (sku.clone(), location.clone());
    match quantity(there.saturating_add(added)) {
        Ok(on_hand) if on_hand.is_negative() => {
            Err(Rejection::WouldBreakLater { sku, location, at, on_hand })
        }
        Ok(_) | Err(_) => Err(Rejection::QuantityOverflow { sku, location }),
    }
}

impl Limits {
    /// What may have been there before a quantity was added.
    fn without(self, added: i128) -> RangeInclusive<i128> {
        let most = amount(Quantity::MAX);
        let least = match self {
            Self::NotNegative => 0,
            Self::MayLack => most.saturating_neg(),
            Self::Arrival => i128::MIN,
        };
        least.saturating_sub(added)..=most.saturating_sub(added)
    }
}
