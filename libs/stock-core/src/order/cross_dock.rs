//! Goods that go from where they came to orders that wait for them.

use vocabulary::{DocumentCode, LocationCode, Quantity, Sku};
use work_core::Order;

use super::judge::claim_of;
use crate::document::LINES_MAX;
use crate::draft::Draft;
use crate::promise;
use crate::tracked::TrackedLine;
use crate::{Fact, Holding, LineGoods, Rejection};
use laws::NegativeStock;

/// Goods that came.
struct Came {
    sku: Sku,
    at: LocationCode,
    holding: Holding,
    quantity: Quantity,
}

/// What the facts from `from` on have brought is promised, where it is, to orders that lack it, as far as it goes: what the rules of the stock
/// keep from an order the next one gets. Promises are numbered as those of an allocation.
pub(crate) fn cross_dock(
    draft: &mut Draft<'_>,
    number: u32,
    (facts, from): (&mut Vec<Fact>, usize),
) -> Result<(), Rejection> {
    let available = draft.available();
    let came = facts.iter().skip(from).filter_map(|fact| {
        let Fact::Moved(moved) = fact else { return None };
        let (at, holding) = (moved.to.real()?.clone(), moved.to_holding());
        let is_open = holding.counts(available) && moved.to_unit().is_none();
        is_open.then(|| Came { sku: moved.sku.clone(), at, holding, quantity: moved.quantity })
    });
    let mut made = 0_u32;
    for mut came in came.collect::<Vec<_>>() {
        for (code, line) in draft.waiting(&came.sku) {
            if came.quantity.is_zero() {
                break;
            }
            let before = facts.len();
            let id = made.saturating_mul(u32::try_from(LINES_MAX).unwrap_or(u32::MAX)).saturating_add(number);
            // What stands against one order is no reason against the others.
            if give(draft, (id, &came), (&code, line), facts).is_err() {
                facts.truncate(before);
            }
            let promised = facts.iter().skip(before).filter_map(|fact| {
                let Fact::Reserved(reserved) = fact else { return None };
                Some(reserved.quantity)
            });
            let promised =
                promised.fold(Quantity::ZERO, |sum, n| sum.checked_add(n).unwrap_or(Quantity::MAX));
            came.quantity = came.quantity.checked_sub(promised).unwrap_or_default();
            made = made.saturating_add(u32::from(promised.is_positive()));
        }
    }
    Ok(())
}

/// As much as an order lacks, and there is; of one that leaves as a whole all that is missing, or nothing.
fn give(
    draft: &mut Draft<'_>,
    (number, came): (u32, &Came),
    (code, line): (&DocumentCode, u32),
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let order = draft.named_order(code)?;
    let missing = order.backordered(line);
    let Some(wanted) = order.placed.lines.get(&line) else { return Ok(()) };
    let is_other_lot = wanted.lot.is_some() && wanted.lot != came.holding.lot;
    let is_whole = missing <= came.quantity && is_last(order, line);
    if !missing.is_positive() || is_other_lot || (order.placed.ships_complete && !is_whole) {
        return Ok(());
    }
    let claim = claim_of(order, (line, wanted));
    let goods = LineGoods {
        tracking: draft.tracking(&came.sku),
        lot: came.holding.lot.clone(),
        status: came.holding.status,
        claim: claim.boxed(),
        ..LineGoods::default()
    };
    let quantity = missing.min(came.quantity);
    let (sku, negative) = (&came.sku, NegativeStock::Forbidden);
    let tracked = TrackedLine { number, sku, negative, quantity, goods: &goods, unit: None };
    promise::reserve(draft, &tracked, Some(&came.at), facts)
}

/// Whether nothing else of an order is missing.
fn is_last(order: &Order, line: u32) -> bool {
    order.placed.lines.keys().all(|other| *other == line || order.backordered(*other).is_zero())
}
