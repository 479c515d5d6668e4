//! Picked goods that leave.

use vocabulary::{DocumentCode, LocationCode, Quantity};
use work_core::OrderRejection;

use super::judge::is_numbered;
use crate::draft::Draft;
use crate::release::{self, Ending, Way};
use crate::weight::Scale;
use crate::{Fact, Place, Rejection, Reservation};

/// What of an order stands where it is picked to leaves for its customer: loose goods. Handling units leave by themselves.
pub(super) fn ship(
    draft: &mut Draft<'_>,
    number: u32,
    (code, tracking, to): (&DocumentCode, &str, &Place),
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let order = draft.named_order(code)?.clone();
    let change = order.ship(tracking)?;
    let (staging, from) = (order.released()?.staging.clone(), facts.len());
    for held in promises(draft, code) {
        check_as_a_whole(&held, (&staging, order.placed.ships_complete), code)?;
        let leaving: Vec<_> = endings(draft, &held, &staging)?.into_iter().map(|part| (part, None)).collect();
        if leaving.is_empty() {
            continue;
        }
        let negative = draft.state().policy(held.sku.as_str()).0;
        let partner = Some(&order.placed.customer);
        let (needed_on, before) = (None, Quantity::ZERO);
        let way = Way { negative, scale: Scale::Unknown(None), to, partner, needed_on, before };
        release::leave(draft, facts, (number, &held), leaving, way)?;
    }
    if facts.len() == from {
        return Err(OrderRejection::NothingPicked { code: code.clone() }.into());
    }
    Ok(draft.change_order(number, change, facts)?)
}

fn promises(draft: &Draft<'_>, code: &DocumentCode) -> Vec<Reservation> {
    let ids = draft.state().promises_of_order(code);
    ids.filter_map(|id| draft.reservation(id).ok()).collect()
}

/// An order that leaves as a whole is picked as a whole.
fn check_as_a_whole(
    held: &Reservation,
    (staging, is_whole): (&LocationCode, bool),
    code: &DocumentCode,
) -> Result<(), Rejection> {
    let elsewhere = held.parts.iter().filter(|part| part.location != *staging);
    let missing =
        elsewhere.fold(Quantity::ZERO, |sum, part| sum.checked_add(part.quantity).unwrap_or(Quantity::MAX));
    let line = held.terms.order.as_ref().map(|order| order.line).unwrap_or_default();
    if is_whole && missing.is_positive() {
        return Err(OrderRejection::Incomplete { code: code.clone(), line, missing }.into());
    }
    Ok(())
}

/// Parts that stand at a place. Units that were not promised by name cannot leave without one.
fn endings(draft: &Draft<'_>, held: &Reservation, staging: &LocationCode) -> Result<Vec<Ending>, Rejection> {
    let here = held.parts.iter().filter(|part| part.location == *staging);
    let ending = |part: &crate::ReservedPart| {
        if part.serials.is_empty() && is_numbered(draft.tracking(&held.sku)) {
            let (sku, expected, given) = (held.sku.clone(), part.quantity, Quantity::ZERO);
            return Err(Rejection::SerialsExpected { sku, expected, given });
        }
        Ok(Ending { part: part.clone(), units: part.serials.clone() })
    };
    here.map(ending).collect()
}

/// Nothing of the order stands where it is picked to.
pub(super) fn check_nothing_picked(draft: &Draft<'_>, code: &DocumentCode) -> Result<(), Rejection> {
    let wave = draft.named_order(code)?.wave.clone();
    let Some(wave) = wave else { return Ok(()) };
    let mut parts = promises(draft, code).into_iter().flat_map(|held| held.parts);
    if parts.any(|part| part.location == wave.staging) {
        return Err(OrderRejection::Picked { code: code.clone() }.into());
    }
    Ok(())
}
