use laws::NegativeStock;
use vocabulary::{LocationCode, Quantity, ReservationId, Sku};

use crate::draft::Draft;
use crate::entry::{Moved, Released, Reserved};
use crate::{Action, Balance, Document, Fact, Line, MovementKind, Place, Refusal, Rejection, State};

/// Judges a document against a state: the facts of all its lines, or the first line that cannot be.
///
/// # Errors
/// The [`Refusal`], with the data that explains it. The state is untouched either way.
pub fn decide(state: &State, document: &Document) -> Result<Vec<Fact>, Refusal> {
    let mut draft = Draft::new(state);
    let mut facts = Vec::with_capacity(document.lines.len());
    for (number, line) in (0_u32..).zip(&document.lines) {
        let judged = judge(&mut draft, number, line, &mut facts);
        judged.map_err(|rejection| Refusal { line: number, rejection })?;
    }
    Ok(facts)
}

fn judge(draft: &mut Draft<'_>, number: u32, line: &Line, facts: &mut Vec<Fact>) -> Result<(), Rejection> {
    match line {
        Line::Item { sku, quantity, action: Action::Reserve { at }, .. } => {
            promise(draft, sku, at, *quantity)?;
            let reserved =
                Reserved { line: number, sku: sku.clone(), location: at.clone(), quantity: *quantity };
            facts.push(Fact::Reserved(reserved));
        }
        Line::Item { sku, negative, quantity, action } => {
            let Some((kind, from, to, reason)) = movement(action) else { return Ok(()) };
            let moved = Moved {
                line: number,
                kind,
                sku: sku.clone(),
                negative: *negative,
                from: from.clone(),
                to: to.clone(),
                quantity: *quantity,
                reason: reason.to_owned(),
            };
            shift(draft, &moved)?;
            facts.push(Fact::Moved(moved));
        }
        Line::Release { reservation, quantity } => {
            let (released, _, _) = release(draft, number, *reservation, *quantity)?;
            facts.push(Fact::Released(released));
        }
        Line::Fulfil { reservation, quantity, to } => {
            let (released, sku, location) = release(draft, number, *reservation, *quantity)?;
            let moved = Moved {
                line: number,
                kind: MovementKind::Fulfilment,
                negative: draft.negative(&sku),
                sku,
                from: Place::Real(location),
                to: to.clone(),
                quantity: released.quantity,
                reason: String::new(),
            };
            facts.push(Fact::Released(released));
            shift(draft, &moved)?;
            facts.push(Fact::Moved(moved));
        }
    }
    Ok(())
}

/// Kind, places and reason of an action that moves goods.
fn movement(action: &Action) -> Option<(MovementKind, &Place, &Place, &str)> {
    match action {
        Action::Receive { from, to } => Some((MovementKind::Receipt, from, to, "")),
        Action::Issue { from, to } => Some((MovementKind::Issue, from, to, "")),
        Action::Move { from, to } => Some((MovementKind::Move, from, to, "")),
        Action::Adjust { from, to, reason } => Some((MovementKind::Adjustment, from, to, reason)),
        Action::Return { from, to } => Some((MovementKind::Return, from, to, "")),
        Action::Reserve { .. } => None,
    }
}

/// Takes from one place and puts into the other. Only what is available may leave a real place, unless the item's policy
/// allows negative stock.
fn shift(draft: &mut Draft<'_>, moved: &Moved) -> Result<(), Rejection> {
    match &moved.from {
        Place::Real(from) => {
            let balance = draft.balance(&moved.sku, from);
            if moved.negative == NegativeStock::Forbidden && balance.available() < moved.quantity {
                return Err(insufficient(&moved.sku, from, moved.quantity, balance));
            }
            add(draft, &moved.sku, from, moved.quantity.negated())?;
        }
        Place::Virtual(from) => add_outside(draft, &moved.sku, from, moved.quantity.negated())?,
    }
    match &moved.to {
        Place::Real(to) => add(draft, &moved.sku, to, moved.quantity),
        Place::Virtual(to) => add_outside(draft, &moved.sku, to, moved.quantity),
    }
}

fn promise(draft: &mut Draft<'_>, sku: &Sku, at: &LocationCode, quantity: Quantity) -> Result<(), Rejection> {
    let balance = draft.balance(sku, at);
    if balance.available() < quantity {
        return Err(insufficient(sku, at, quantity, balance));
    }
    let reserved = balance.reserved.checked_add(quantity).map_err(|_| overflow(sku, at))?;
    draft.set_balance(sku, at, Balance { reserved, ..balance });
    Ok(())
}

fn release(
    draft: &mut Draft<'_>,
    line: u32,
    id: ReservationId,
    quantity: Option<Quantity>,
) -> Result<(Released, Sku, LocationCode), Rejection> {
    let held = draft.reservation(id)?;
    let quantity = quantity.unwrap_or(held.quantity);
    let exceeded =
        || Rejection::ReservationExceeded { reservation: id, requested: quantity, reserved: held.quantity };
    if quantity > held.quantity {
        return Err(exceeded());
    }
    let left = held.quantity.checked_sub(quantity).map_err(|_| exceeded())?;
    draft.set_reservation(id, left);
    let balance = draft.balance(&held.sku, &held.location);
    let reserved = balance.reserved.checked_sub(quantity).map_err(|_| exceeded())?;
    draft.set_balance(&held.sku, &held.location, Balance { reserved, ..balance });
    Ok((Released { line, reservation: id, quantity }, held.sku, held.location))
}

fn add(draft: &mut Draft<'_>, sku: &Sku, at: &LocationCode, quantity: Quantity) -> Result<(), Rejection> {
    let balance = draft.balance(sku, at);
    let on_hand = balance.on_hand.checked_add(quantity).map_err(|_| overflow(sku, at))?;
    // What is available must stay exact too.
    on_hand.checked_sub(balance.reserved).map_err(|_| overflow(sku, at))?;
    draft.set_balance(sku, at, Balance { on_hand, ..balance });
    Ok(())
}

/// The sum over the virtual places must stay exact as well: it is what all real places together hold.
fn add_outside(
    draft: &mut Draft<'_>,
    sku: &Sku,
    at: &LocationCode,
    quantity: Quantity,
) -> Result<(), Rejection> {
    let outside = draft.outside(sku).checked_add(quantity).map_err(|_| overflow(sku, at))?;
    draft.set_outside(sku, outside);
    Ok(())
}

fn insufficient(sku: &Sku, location: &LocationCode, requested: Quantity, balance: Balance) -> Rejection {
    let available = balance.available();
    Rejection::InsufficientAvailable { sku: sku.clone(), location: location.clone(), requested, available }
}

fn overflow(sku: &Sku, location: &LocationCode) -> Rejection {
    Rejection::QuantityOverflow { sku: sku.clone(), location: location.clone() }
}
