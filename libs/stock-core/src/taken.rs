//! Goods that are lost, or become something else, although they are promised: what has happened to goods is true, and then a promise of
//! them is not.

use std::cmp::Reverse;

use vocabulary::{LocationCode, Quantity, ReservationId, SerialNumber, Sku};

use crate::draft::Draft;
use crate::release::{self, Why};
use crate::tracked::TrackedLine;
use crate::{Action, Fact, Holding, Rejection, Reservation, ReservedPart};

/// Ends promises of what the line takes, as far as what is available does not suffice: those that name its units, then the lowest
/// priority first and of those the newest. What this very document has promised stays so.
pub(crate) fn end_promises(
    draft: &mut Draft<'_>,
    line: &TrackedLine<'_>,
    action: &Action,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let at = match action {
        Action::Adjust { from: at, .. } | Action::ChangeStatus { at, .. } => at.real(),
        Action::Receive { .. } | Action::Issue { .. } | Action::Move { .. } | Action::Return { .. } => None,
        Action::Reserve { .. } | Action::TakeOwnership { .. } => None,
        Action::Consume { .. } | Action::Produce { .. } => None,
    };
    let Some(at) = at else { return Ok(()) };
    for serial in &line.goods.serials {
        let Some(id) = draft.promised(line.sku, serial) else { continue };
        let Ok(held) = draft.reservation(id) else { continue };
        end(draft, line.number, (&held, naming(&held, serial)), facts)?;
    }
    let holding = line.goods.holding();
    let available = draft.balance(line.sku, at, &holding).available();
    let mut missing = line.quantity.checked_sub(available).unwrap_or_default();
    if !missing.is_positive() {
        return Ok(());
    }
    for id in in_order(draft, (line.sku, at, &holding)) {
        if !missing.is_positive() {
            break;
        }
        let Ok(held) = draft.reservation(id) else { continue };
        let mut parts = Vec::new();
        for part in held.parts.iter().filter(|part| is_of(part, at, &holding)) {
            let quantity = part.quantity.min(missing);
            if quantity.is_positive() {
                missing = missing.checked_sub(quantity).unwrap_or_default();
                parts.push(ReservedPart { quantity, ..part.clone() });
            }
        }
        end(draft, line.number, (&held, parts), facts)?;
    }
    Ok(())
}

fn end(
    draft: &mut Draft<'_>,
    line: u32,
    (held, parts): (&Reservation, Vec<ReservedPart>),
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let released = release::end(draft, (line, Why::Taken), held, &parts)?;
    facts.extend(released.into_iter().map(Fact::Released));
    Ok(())
}

/// The part of a promise that names a unit, as far as it is that unit.
fn naming(held: &Reservation, serial: &SerialNumber) -> Vec<ReservedPart> {
    let its = held.parts.iter().filter(|part| part.serials.contains(serial));
    let one = |part: &ReservedPart| {
        let (quantity, serials) = (Quantity::from(1), vec![serial.clone()]);
        ReservedPart { quantity, serials, ..part.clone() }
    };
    its.map(one).collect()
}

/// Promises of such goods at a place that name no unit: the lowest priority first, and of those the newest.
pub(crate) fn in_order(
    draft: &Draft<'_>,
    (sku, at, holding): (&Sku, &LocationCode, &Holding),
) -> Vec<ReservationId> {
    let is_here =
        |held: &Reservation| held.sku == *sku && held.parts.iter().any(|part| is_of(part, at, holding));
    let rank = |held: &Reservation| (held.terms.priority, Reverse(held.id));
    let known = draft.state().promises_of(sku.as_str(), at.as_str(), holding).into_iter();
    let known = known.filter_map(|id| draft.reservation(id).ok());
    // Those that a line before has brought here are elsewhere in the state.
    let brought = draft.reservations_touched().filter(|held| is_here(held)).map(rank);
    let mut found: Vec<_> = known.filter(is_here).map(|held| rank(&held)).chain(brought).collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|(_, Reverse(id))| id).collect()
}

pub(crate) fn is_of(part: &ReservedPart, at: &LocationCode, holding: &Holding) -> bool {
    part.serials.is_empty() && part.location == *at && part.holding() == *holding
}
