//! Promised goods that go elsewhere in the warehouse: their promise goes with them.

use std::collections::BTreeMap;

use vocabulary::{LocationCode, Owner, Quantity, ReservationId, SerialNumber, Sku};

use crate::draft::Draft;
use crate::entry::{Moved, PromiseMoved};
use crate::release::{self, Ending};
use crate::taken;
use crate::tracked::TrackedLine;
use crate::{
    Balance, DocumentLimit, FACTS_MAX, Fact, Holding, Place, Rejection, Reservation, ReservedPart, weight,
};

/// Parts of promises that go along with goods.
pub(crate) type Along = Vec<(ReservationId, ReservedPart)>;

/// A line moves goods that a promise is of.
pub(crate) fn carry(
    draft: &mut Draft<'_>,
    line: &TrackedLine<'_>,
    (id, from, to): (ReservationId, &Place, &Place),
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let (Some(at), Some(there)) = (from.real(), to.real()) else { return Ok(()) };
    let held = draft.reservation(id)?;
    let here = Reservation { parts: parts_of(&held, line, at), ..held };
    let sum = total(&here.parts);
    if line.quantity > sum {
        let (reservation, location) = (id, at.clone());
        let (requested, there, unit) = (line.quantity, sum, None);
        return Err(Rejection::PromisedElsewhere { reservation, location, requested, there, unit });
    }
    let endings = release::endings(draft, &here, line.quantity, &line.goods.serials)?;
    weight::check_parts(draft, line.sku, endings.len())?;
    for Ending { part, units } in endings {
        take_off(draft, line.sku, &part)?;
        line.carry_part(draft, facts, (from, to), (&part, units))?;
        put_on(draft, line.number, (&here, &part), there, facts)?;
    }
    Ok(())
}

/// Parts of a promise that a line means: what it does not name may be any. Goods of others are never promised.
fn parts_of(held: &Reservation, line: &TrackedLine<'_>, at: &LocationCode) -> Vec<ReservedPart> {
    let goods = line.goods;
    let is_meant = |part: &&ReservedPart| {
        held.sku == *line.sku
            && goods.owner == Owner::Own
            && part.location == *at
            && goods.lot.as_ref().is_none_or(|lot| part.lot.as_ref() == Some(lot))
            && (part.status == goods.status || !goods.names_status())
    };
    held.parts.iter().filter(is_meant).cloned().collect()
}

fn total(parts: &[ReservedPart]) -> Quantity {
    parts.iter().fold(Quantity::ZERO, |sum, part| sum.checked_add(part.quantity).unwrap_or(sum))
}

/// Promises of which goods must leave a position all the same: parts, as much as is not free there; those that name a unit that leaves,
/// then the lowest priority first and of those the newest.
fn along(
    draft: &Draft<'_>,
    (sku, at, holding): (&Sku, &LocationCode, &Holding),
    (quantity, serials): (Quantity, &[SerialNumber]),
) -> Along {
    let mut found = by_name(draft, (sku, at, holding), serials);
    let minus = |left: Quantity, part| left.checked_sub(part).unwrap_or_default();
    let left = found.iter().fold(quantity, |left, (_, part)| minus(left, part.quantity));
    // Where goods lack, more is promised than there is: no more of that goes along than goods do.
    let mut missing = minus(left, draft.balance(sku, at, holding).available()).min(left);
    if !missing.is_positive() {
        return found;
    }
    for id in taken::in_order(draft, (sku, at, holding)) {
        let Ok(held) = draft.reservation(id) else { continue };
        for part in held.parts.iter().filter(|part| taken::is_of(part, at, holding)) {
            let quantity = part.quantity.min(missing);
            if quantity.is_positive() {
                missing = minus(missing, quantity);
                found.push((id, ReservedPart { quantity, ..part.clone() }));
            }
        }
        if !missing.is_positive() {
            break;
        }
    }
    found
}

/// Parts of promises that name units which leave, one a promise, in the order of the units.
fn by_name(
    draft: &Draft<'_>,
    (sku, at, holding): (&Sku, &LocationCode, &Holding),
    serials: &[SerialNumber],
) -> Along {
    let (mut found, mut places) = (Along::new(), BTreeMap::new());
    for serial in serials {
        let Some(id) = draft.promised(sku, serial) else { continue };
        let place = *places.entry(id).or_insert_with(|| {
            let (location, lot, status) = (at.clone(), holding.lot.clone(), holding.status);
            let (quantity, serials) = (Quantity::ZERO, Vec::new());
            found.push((id, ReservedPart { location, lot, status, quantity, serials }));
            found.len().saturating_sub(1)
        });
        if let Some((_, part)) = found.get_mut(place) {
            part.quantity = part.quantity.checked_add(Quantity::from(1)).unwrap_or(part.quantity);
            part.serials.push(serial.clone());
        }
    }
    // One that this very document has promised stays where it is.
    found.retain(|(id, _)| draft.reservation(*id).is_ok());
    found
}

/// A position is as if a part of a promise were not.
fn take_off(draft: &mut Draft<'_>, sku: &Sku, part: &ReservedPart) -> Result<(), Rejection> {
    let holding = part.holding();
    let balance = draft.balance(sku, &part.location, &holding);
    let reserved = balance.reserved.checked_sub(part.quantity).map_err(|_| overflow(sku, part))?;
    draft.set_balance(sku, &part.location, &holding, Balance { reserved, ..balance });
    part.serials.iter().for_each(|serial| draft.set_promised(sku, serial, None));
    Ok(())
}

/// The part stands at another place from now on, where its goods are already.
fn put_on(
    draft: &mut Draft<'_>,
    line: u32,
    (held, part): (&Reservation, &ReservedPart),
    to: &LocationCode,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let (sku, holding) = (&held.sku, part.holding());
    let balance = draft.balance(sku, to, &holding);
    let reserved = balance.reserved.checked_add(part.quantity).map_err(|_| overflow(sku, part))?;
    draft.set_balance(sku, to, &holding, Balance { reserved, ..balance });
    part.serials.iter().for_each(|serial| draft.set_promised(sku, serial, Some(held.id)));
    let mut known = draft.reservation(held.id)?;
    let gone = || Rejection::ReservationNotFound { reservation: held.id };
    known.carry(part, to).ok_or_else(gone)?;
    // Its end has as many facts as it has parts.
    if known.parts.len() > FACTS_MAX {
        return Err(Rejection::DocumentTooLarge { limit: DocumentLimit::Facts, max: FACTS_MAX as u64 });
    }
    draft.set_reservation(known);
    facts.push(Fact::PromiseMoved(Box::new(PromiseMoved {
        line,
        reservation: held.id,
        sku: sku.clone(),
        quantity: part.quantity,
        lot: part.lot.clone(),
        status: part.status,
        from: part.location.clone(),
        to: to.clone(),
        serials: part.serials.clone(),
    })));
    Ok(())
}

/// Takes the promises off of goods that are about to move, as far as they must go along.
pub(crate) fn lift(draft: &mut Draft<'_>, moved: &Moved) -> Result<Along, Rejection> {
    let Some(from) = moved.from.real() else { return Ok(Along::new()) };
    let goods = (moved.quantity, moved.serials());
    let along = along(draft, (&moved.sku, from, &moved.from_holding()), goods);
    along.iter().try_for_each(|(_, part)| take_off(draft, &moved.sku, part))?;
    Ok(along)
}

/// The goods have moved: so have their promises.
pub(crate) fn put_down(
    draft: &mut Draft<'_>,
    (line, to): (u32, &LocationCode),
    along: &Along,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    along.iter().try_for_each(|(id, part)| {
        let held = draft.reservation(*id)?;
        put_on(draft, line, (&held, part), to, facts)
    })
}

fn overflow(sku: &Sku, part: &ReservedPart) -> Rejection {
    Rejection::QuantityOverflow { sku: sku.clone(), location: part.location.clone() }
}
