//! Components that are promised to an order. A promise says which in its terms, as one for an outbound order does: whatever keeps, moves or
//! ends it is a fact of the stock, and the order counts none of it.

use laws::NegativeStock;
use vocabulary::{DocumentCode, LocationCode, Quantity, Sku};
use work_core::{Component, ComponentMethod, ProductionOrder, ProductionRejection, ProductionState};

use super::ComponentPromise;
use crate::document::LINES_MAX;
use crate::draft::Draft;
use crate::promise;
use crate::release::{self, Why};
use crate::tracked::TrackedLine;
use crate::{Claim, Fact, LineGoods, OrderRef, Rejection, Reservation, ReservedPart, Terms};

/// What is promised of a component, by this very document as well.
pub(super) fn promised(draft: &Draft<'_>, (code, number): (&DocumentCode, u32), facts: &[Fact]) -> Quantity {
    let is_its = |order: &OrderRef| order.code == *code && order.line == number;
    let known = promises(draft, (code, number)).into_iter().map(|held| held.quantity);
    let made = facts.iter().filter_map(|fact| {
        let Fact::Reserved(reserved) = fact else { return None };
        let order = reserved.terms.as_ref()?.order.as_ref()?;
        is_its(order).then_some(reserved.quantity)
    });
    known.chain(made).fold(Quantity::ZERO, |sum, part| sum.checked_add(part).unwrap_or(Quantity::MAX))
}

/// Promises what is missing of each component, as far as is asked.
pub(super) fn make(
    draft: &mut Draft<'_>,
    number: u32,
    (order, asked): (&ProductionOrder, ComponentPromise),
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let (mut refused, from) = (None, facts.len());
    for (n, (component, planned)) in (0_u32..).zip(&order.plan.components) {
        let staged = order.component(*component).staged;
        let promised = promised(draft, (&order.plan.code, *component), facts);
        let missing = order.open_component(*component).checked_sub(staged).unwrap_or_default();
        let missing = missing.checked_sub(promised).unwrap_or_default();
        if !missing.is_positive() {
            continue;
        }
        let of = OrderRef { code: order.plan.code.clone(), line: *component };
        match make_one(draft, (number, n), (planned, of, missing), asked, facts) {
            Err(rejection) if asked == ComponentPromise::All => return Err(rejection),
            Err(rejection) => refused = refused.or(Some(rejection)),
            Ok(()) => {}
        }
    }
    // Nobody has to hear of what is missing while something was there, or while the order is released.
    let is_all = facts.len() == from && order.state != ProductionState::Planned;
    refused.filter(|_| is_all).map_or(Ok(()), Err)
}

/// Numbered as the promises of an outbound order are: the n-th component by the document's own line and n times as many as a document has.
fn make_one(
    draft: &mut Draft<'_>,
    (number, n): (u32, u32),
    (planned, of, missing): (&Component, OrderRef, Quantity),
    asked: ComponentPromise,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let claim = Claim {
        terms: Terms { order: Some(of), ..Terms::default() },
        allow_partial: asked == ComponentPromise::Partial,
        ..Claim::default()
    };
    let goods =
        LineGoods { tracking: draft.tracking(&planned.sku), claim: claim.boxed(), ..LineGoods::default() };
    let lines = u32::try_from(LINES_MAX).unwrap_or(u32::MAX);
    let tracked = TrackedLine {
        number: n.saturating_mul(lines).saturating_add(number),
        sku: &planned.sku,
        negative: NegativeStock::Forbidden,
        quantity: missing,
        goods: &goods,
        unit: None,
    };
    let at = match &planned.method {
        ComponentMethod::Pick => None,
        ComponentMethod::Backflush { from } => Some(from),
    };
    promise::reserve(draft, &tracked, at, facts)
}

/// What is promised of a component at a place, of a lot if one is named: so much of it is the order's to take.
pub(super) fn parts_at(
    draft: &Draft<'_>,
    its: (&DocumentCode, u32),
    (at, goods): (&LocationCode, Option<&LineGoods>),
) -> Vec<(Reservation, ReservedPart)> {
    let lot = goods.and_then(|goods| goods.lot.as_ref());
    let is_its = |part: &ReservedPart| {
        part.location == *at
            && part.serials.is_empty()
            && lot.is_none_or(|lot| part.lot.as_ref() == Some(lot))
    };
    let mut parts = Vec::new();
    for held in promises(draft, its) {
        let its: Vec<_> = held.parts.iter().filter(|part| is_its(part)).cloned().collect();
        parts.extend(its.into_iter().map(|part| (held.clone(), part)));
    }
    parts
}

/// A part of a promise ends: its goods are used, or brought where they are.
pub(super) fn end_part(
    draft: &mut Draft<'_>,
    number: u32,
    (held, part): (&Reservation, ReservedPart),
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    // Another part of it may have ended just before.
    let held = draft.reservation(held.id)?;
    let released = release::end(draft, (number, Why::Asked), &held, &[part])?;
    facts.extend(released.into_iter().map(Fact::Released));
    Ok(())
}

/// Nothing is promised to an order any more.
pub(super) fn end_all(
    draft: &mut Draft<'_>,
    number: u32,
    code: &DocumentCode,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    for id in draft.state().promises_of_order(code).collect::<Vec<_>>() {
        let Ok(held) = draft.reservation(id) else { continue };
        let released = release::end(draft, (number, Why::Asked), &held, &held.parts)?;
        facts.extend(released.into_iter().map(Fact::Released));
    }
    // One that this very document has promised cannot be ended yet.
    let made = facts.iter().find_map(|fact| {
        let Fact::Reserved(made) = fact else { return None };
        let order = made.terms.as_ref()?.order.as_ref()?;
        (order.code == *code).then(|| made.sku.clone())
    });
    made.map_or(Ok(()), |sku: Sku| Err(ProductionRejection::InUse { code: code.clone(), sku }.into()))
}

fn promises(draft: &Draft<'_>, (code, number): (&DocumentCode, u32)) -> Vec<Reservation> {
    let held = draft.state().promises_of_order(code).filter_map(|id| draft.reservation(id).ok());
    held.filter(|held| held.terms.order.as_ref().is_some_and(|order| order.line == number)).collect()
}
