//! What a movement does to the goods in handling units, once its balances are drafted.

use vocabulary::{LocationCode, Quantity, SerialNumber, Sku, Sscc};

use super::unit::UnitTree;
use super::{UnitName, UnitRejection};
use crate::draft::Draft;
use crate::entry::Moved;
use crate::{Holding, MovementKind, Place, Rejection};

/// Takes from the unit that the movement comes from and puts into the one that it goes to; without a unit only loose goods may
/// leave. What is packed must be there afterwards.
pub(crate) fn shift(draft: &mut Draft<'_>, moved: &Moved) -> Result<(), Rejection> {
    let (from, to) = (moved.from_unit(), moved.to_unit());
    check_places(draft, moved)?;
    match (&moved.from, from) {
        (Place::Real(at), Some(unit)) => take(draft, moved, at, unit)?,
        (Place::Real(_), None) => check_serials(draft, moved)?,
        (Place::Virtual(_), _) => {}
    }
    if let (Place::Real(at), Some(unit)) = (&moved.to, to) {
        put(draft, moved, at, unit)?;
    }
    match (&moved.from, &moved.to) {
        (Place::Real(at), _) if from.is_none() => check_packed(draft, moved, at, &moved.from_holding()),
        (_, Place::Real(at)) if to.is_some() => check_packed(draft, moved, at, &moved.to_holding()),
        _ => Ok(()),
    }
}

/// Goods come out of a unit where it is, and go into one where it is. A unit that goes along with them is where they go already; taking
/// that back does not move it.
fn check_places(draft: &Draft<'_>, moved: &Moved) -> Result<(), Rejection> {
    let goes_along = moved.kind == MovementKind::Move;
    let from = moved.from_unit().filter(|unit| !goes_along || moved.to_unit() != Some(*unit));
    for (unit, place) in [(from, &moved.from), (moved.to_unit(), &moved.to)] {
        if let (Some(unit), Place::Real(at)) = (unit, place) {
            draft.named_at(UnitName::Sscc(unit), at)?;
        }
    }
    Ok(())
}

/// Those of some goods at a place that no unit holds.
pub(crate) fn loose(draft: &Draft<'_>, sku: &Sku, at: &LocationCode, holding: &Holding) -> Quantity {
    let on_hand = draft.balance(sku, at, holding).on_hand;
    if !draft.has_units() {
        return on_hand;
    }
    on_hand.checked_sub(draft.packed(sku, at, holding)).unwrap_or_default()
}

/// Those of some goods that a unit holds.
pub(crate) fn held(draft: &Draft<'_>, unit: &Sscc, sku: &Sku, holding: &Holding) -> Quantity {
    let content = draft.unit(unit).and_then(|unit| unit.content(&(sku.clone(), holding.clone())));
    content.map(|content| content.quantity).unwrap_or_default()
}

/// How some goods at a place are packed: those of each unit, by number, then the loose ones.
pub(crate) fn parts(
    draft: &Draft<'_>,
    sku: &Sku,
    at: &LocationCode,
    holding: &Holding,
) -> Vec<(Option<Sscc>, Quantity)> {
    let units = draft.state().units_with(sku.as_str(), at.as_str(), holding);
    // A line before may have moved one away.
    let here = units.filter(|unit| draft.place_of(unit).as_ref() == Some(at));
    let packed = here.map(|unit| (Some(unit), held(draft, &unit, sku, holding)));
    packed.chain([(None, loose(draft, sku, at, holding))]).collect()
}

fn take(draft: &mut Draft<'_>, moved: &Moved, at: &LocationCode, unit: Sscc) -> Result<(), Rejection> {
    let goods = (moved.sku.clone(), moved.from_holding());
    let Some(held) = draft.unit_mut(&unit) else {
        return Err(UnitRejection::NotFound { unit: UnitName::Sscc(unit) }.into());
    };
    let content = held.content(&goods);
    let packed = content.map(|content| content.quantity).unwrap_or_default();
    if packed < moved.quantity {
        let (sku, requested) = (Some(moved.sku.clone()), moved.quantity);
        return Err(UnitRejection::Insufficient { unit, sku, requested, packed }.into());
    }
    let missing = moved
        .serials()
        .iter()
        .find(|serial| content.is_none_or(|content| !content.serials.contains(*serial)));
    if let Some(serial) = missing.cloned() {
        return Err(not_in_unit(draft, moved, serial));
    }
    if !held.take(&goods, moved.quantity, moved.serials()).map_err(|_| overflow(moved, at))? {
        let (sku, requested) = (Some(moved.sku.clone()), moved.quantity);
        return Err(UnitRejection::Insufficient { unit, sku, requested, packed }.into());
    }
    change(draft, moved, (at, &goods.1), moved.quantity.negated())?;
    moved.serials().iter().for_each(|serial| draft.set_unit_of_serial(&moved.sku, serial, None));
    Ok(())
}

fn put(draft: &mut Draft<'_>, moved: &Moved, at: &LocationCode, unit: Sscc) -> Result<(), Rejection> {
    let holding = moved.to_holding();
    let Some(held) = draft.unit_mut(&unit) else {
        return Err(UnitRejection::NotFound { unit: UnitName::Sscc(unit) }.into());
    };
    let goods = (moved.sku.clone(), holding.clone());
    held.put(goods, moved.quantity, moved.serials()).map_err(|_| overflow(moved, at))?;
    // What stays in a unit and becomes something else is always let in: nobody may be kept from holding a lot back.
    if let Some(limit) = held.broken_limit()
        && moved.from_unit() != Some(unit)
    {
        return Err(UnitRejection::TooLarge { unit, limit }.into());
    }
    change(draft, moved, (at, &holding), moved.quantity)?;
    moved.serials().iter().for_each(|serial| draft.set_unit_of_serial(&moved.sku, serial, Some(unit)));
    Ok(())
}

fn change(
    draft: &mut Draft<'_>,
    moved: &Moved,
    (at, holding): (&LocationCode, &Holding),
    quantity: Quantity,
) -> Result<(), Rejection> {
    let packed = draft.packed(&moved.sku, at, holding).checked_add(quantity);
    draft.set_packed(&moved.sku, at, holding, packed.map_err(|_| overflow(moved, at))?);
    Ok(())
}

/// A piece that is named is not in the unit: it is somewhere else, or nowhere.
fn not_in_unit(draft: &Draft<'_>, moved: &Moved, serial: SerialNumber) -> Rejection {
    let sku = moved.sku.clone();
    match draft.serial(&sku, &serial) {
        Some((location, _)) => Rejection::SerialElsewhere { sku, serial, location },
        None => Rejection::UnknownSerial { sku, serial },
    }
}

/// Loose pieces are named by number, so none of them may be in a unit. One that is not even at the place is another matter.
fn check_serials(draft: &Draft<'_>, moved: &Moved) -> Result<(), Rejection> {
    let Some(at) = moved.from.real() else { return Ok(()) };
    let here = |serial: &&SerialNumber| {
        let found = draft.serial(&moved.sku, serial);
        found.is_some_and(|(location, holding)| location == *at && holding == moved.from_holding())
    };
    let packed_in =
        moved.serials().iter().filter(here).find_map(|serial| draft.unit_of_serial(&moved.sku, serial));
    let Some(unit) = packed_in else { return Ok(()) };
    let packed = draft.packed(&moved.sku, at, &moved.from_holding()).checked_add(into_unit(moved));
    let packed = packed.map_err(|_| overflow(moved, at))?;
    let on_hand = draft.balance(&moved.sku, at, &moved.from_holding()).on_hand;
    Err(packed_in_unit(moved, at, (on_hand, packed), Some(unit)))
}

fn check_packed(
    draft: &Draft<'_>,
    moved: &Moved,
    at: &LocationCode,
    holding: &Holding,
) -> Result<(), Rejection> {
    let packed = draft.packed(&moved.sku, at, holding);
    if packed.is_zero() {
        return Ok(());
    }
    let on_hand = draft.balance(&moved.sku, at, holding).on_hand;
    if laws::packed_is_there(packed, on_hand) {
        return Ok(());
    }
    Err(packed_in_unit(moved, at, (on_hand, packed), None))
}

/// Told as it was before the movement: `on_hand` and `packed` are as it would leave them.
fn packed_in_unit(
    moved: &Moved,
    at: &LocationCode,
    (on_hand, packed): (Quantity, Quantity),
    unit: Option<Sscc>,
) -> Rejection {
    let (sku, location, requested) = (moved.sku.clone(), at.clone(), moved.quantity);
    let loose = on_hand.checked_sub(packed).and_then(|rest| rest.checked_add(requested)).unwrap_or_default();
    let packed = packed.checked_sub(into_unit(moved)).unwrap_or_default();
    if packed.is_zero() {
        return Rejection::InsufficientAvailable { sku, location, requested, available: loose };
    }
    UnitRejection::PackedInUnit { sku, location, loose, packed, unit }.into()
}

/// What goes into a unit at the place that is told of: for loose goods, that is where they come from.
fn into_unit(moved: &Moved) -> Quantity {
    let leaves = moved.from.real().is_some() && moved.from_unit().is_none() && !moved.is_repacking();
    if moved.to_unit().is_some() && !leaves { moved.quantity } else { Quantity::ZERO }
}

fn overflow(moved: &Moved, at: &LocationCode) -> Rejection {
    Rejection::QuantityOverflow { sku: moved.sku.clone(), location: at.clone() }
}
