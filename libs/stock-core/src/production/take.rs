//! Goods that a step takes: what is promised to the order first.

use vocabulary::{DocumentCode, LocationCode, Quantity, Sku};
use work_core::ProductionRejection;

use super::promise::{end_part, parts_at};
use crate::decide;
use crate::draft::Draft;
use crate::{Action, Fact, Line, LineGoods, Place, Rejection, ReservedPart, Tracking};

/// Goods of an item at a place, for an order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken<'a> {
    /// The order.
    pub(super) code: &'a DocumentCode,
    /// The component that they are of; `None` for what it does not name.
    pub(super) component: Option<u32>,
    /// The item.
    pub(super) sku: &'a Sku,
    /// How much, in the base unit.
    pub(super) quantity: Quantity,
    /// Which goods, if somebody said.
    pub(super) goods: Option<&'a LineGoods>,
    /// Where they are.
    pub(super) from: &'a LocationCode,
}

/// Takes goods to a place: real ones are moved, others used up.
pub(super) fn take(
    draft: &mut Draft<'_>,
    number: u32,
    (taken, to): (Taken<'_>, &Place),
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let mut left = taken.quantity;
    let is_any = taken.goods.is_none_or(|goods| goods.serials.is_empty() && goods.unit.is_none());
    let promised = taken.component.filter(|_| is_any);
    let promised = promised.map(|n| parts_at(draft, (taken.code, n), (taken.from, taken.goods)));
    for (held, part) in promised.unwrap_or_default() {
        let quantity = part.quantity.min(left);
        if !quantity.is_positive() {
            break;
        }
        left = left.checked_sub(quantity).unwrap_or_default();
        let part = ReservedPart { quantity, ..part };
        end_part(draft, number, (&held, part.clone()), facts)?;
        let tracking = draft.tracking(taken.sku);
        let known = taken.goods.cloned().unwrap_or_else(|| LineGoods { tracking, ..LineGoods::default() });
        let goods = LineGoods { lot: part.lot, status: part.status, ..known };
        post(draft, number, (taken, to), (quantity, Some(goods)), facts)?;
    }
    if left.is_positive() {
        let tracking = draft.tracking(taken.sku);
        let known = || LineGoods { tracking, ..LineGoods::default() };
        let goods = taken.goods.cloned().or_else(|| (tracking != Tracking::None).then(known));
        post(draft, number, (taken, to), (left, goods), facts)?;
    }
    Ok(())
}

fn post(
    draft: &mut Draft<'_>,
    number: u32,
    (taken, to): (Taken<'_>, &Place),
    (quantity, goods): (Quantity, Option<LineGoods>),
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let is_unnamed = goods.as_ref().is_some_and(|goods| goods.serials.is_empty());
    if is_unnamed && draft.tracking(taken.sku) == Tracking::Serial {
        let (sku, given) = (taken.sku.clone(), Quantity::ZERO);
        return Err(Rejection::SerialsExpected { sku, expected: quantity, given });
    }
    let (from, to) = (Place::Real(taken.from.clone()), to.clone());
    let line = Line::Item {
        sku: taken.sku.clone(),
        negative: draft.state().policy(taken.sku.as_str()).0,
        quantity,
        goods: goods.and_then(LineGoods::boxed),
        action: match to {
            Place::Real(_) => Action::Move { from, to },
            Place::Virtual(_) => Action::Consume { from, to },
        },
    };
    decide::judge(draft, number, &line, facts).map_err(|rejection| lacking(taken, rejection))
}

/// Which component lacks how much.
fn lacking(taken: Taken<'_>, rejection: Rejection) -> Rejection {
    let Rejection::InsufficientAvailable { sku, requested, available, .. } = &rejection else {
        return rejection;
    };
    if taken.component.is_none() {
        return rejection;
    }
    let (code, sku, needed, there) = (taken.code.clone(), sku.clone(), *requested, *available);
    ProductionRejection::ComponentLacking { code, sku, needed, there }.into()
}
