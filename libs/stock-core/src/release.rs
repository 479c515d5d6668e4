//! The end of promises: taken back, fulfilled, or over.

use std::collections::BTreeSet;

use laws::NegativeStock;
use rust_decimal::prelude::ToPrimitive;
use vocabulary::{Date, PartyCode, Quantity, ReservationId, SerialNumber, Sscc, Timestamp};

use crate::decide::shift;
use crate::draft::Draft;
use crate::entry::{Moved, Released};
use crate::quota::{self, Receiver};
use crate::tracked;
use crate::weight::{self, Scale};
use crate::{
    Balance, Fact, Goods, MovementKind, Place, Rejection, ReleaseCause, Reservation, ReservedPart, Tracking,
    UnitName,
};

/// A line that ends a promise: its number, which, and how much of it (`None` for all that is left).
type Ended = (u32, ReservationId, Option<Quantity>);

/// Why a promise ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// It is taken back.
    Asked,
    /// Its goods leave.
    Fulfilled,
    /// Its time is over.
    Expired,
    /// It makes room for another.
    Reallocated,
    /// Its goods are called back.
    Recalled,
    /// The last day of its goods is over.
    LotExpired,
    /// Its goods are lost, or become something else.
    Taken,
}

impl Why {
    const fn cause(self) -> ReleaseCause {
        match self {
            Self::Asked | Self::Fulfilled => ReleaseCause::Asked,
            Self::Expired => ReleaseCause::Expired,
            Self::Reallocated => ReleaseCause::Reallocated,
            Self::Recalled => ReleaseCause::Recalled,
            Self::LotExpired => ReleaseCause::LotExpired,
            Self::Taken => ReleaseCause::Taken,
        }
    }
}

/// Promised goods that leave.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Leaving<'a> {
    pub(crate) serials: &'a [SerialNumber],
    /// The handling unit that they are taken out of, at the place where they are promised; `None` for loose ones.
    pub(crate) unit: Option<UnitName>,
    /// What they weigh together, of an item of catch weight.
    pub(crate) weight: Option<Quantity>,
    pub(crate) to: &'a Place,
    pub(crate) partner: Option<&'a PartyCode>,
}

/// A part of a promise that ends or goes elsewhere, and the units that leave with it.
#[derive(Debug)]
pub(crate) struct Ending {
    pub(crate) part: ReservedPart,
    pub(crate) units: Vec<SerialNumber>,
}

/// A promise is taken back, or a part of it.
pub(crate) fn release(draft: &mut Draft<'_>, facts: &mut Vec<Fact>, ended: Ended) -> Result<(), Rejection> {
    let (line, id, quantity) = ended;
    let held = draft.reservation(id)?;
    let parts = first_parts(&held, within(&held, quantity)?);
    let released = end(draft, (line, Why::Asked), &held, &parts)?;
    facts.extend(released.into_iter().map(Fact::Released));
    Ok(())
}

/// The time of a promise is over.
pub(crate) fn expire(
    draft: &mut Draft<'_>,
    facts: &mut Vec<Fact>,
    (line, reservation, as_of): (u32, ReservationId, Timestamp),
) -> Result<(), Rejection> {
    let held = draft.reservation(reservation)?;
    if held.terms.expires_at.is_none_or(|expires_at| expires_at > as_of) {
        return Err(Rejection::NotExpired { reservation });
    }
    let released = end(draft, (line, Why::Expired), &held, &held.parts)?;
    facts.extend(released.into_iter().map(Fact::Released));
    Ok(())
}

/// Promised goods leave: each part is released, and then moved.
pub(crate) fn fulfil(
    draft: &mut Draft<'_>,
    facts: &mut Vec<Fact>,
    (line, id, quantity): Ended,
    leaving: Leaving<'_>,
) -> Result<(), Rejection> {
    let Leaving { serials, unit, weight, to, partner } = leaving;
    let held = draft.reservation(id)?;
    tracked::check_distinct(&held.sku, serials)?;
    let quantity = within(&held, quantity)?;
    let negative = check_serials(draft, &held, serials, quantity)?;
    let scale = weight::of_fulfilment(draft, &held.sku, weight)?;
    let endings = endings(draft, &held, quantity, serials)?;
    weight::check_parts(draft, &held.sku, endings.len())?;
    let from_unit = unit.map(|unit| draft.named(unit)).transpose()?;
    if let Some(unit) = unit {
        endings.iter().try_for_each(|ending| draft.named_at(unit, &ending.part.location).map(drop))?;
    }
    let leaving = endings.into_iter().map(|ending| (ending, from_unit)).collect();
    let (needed_on, before) = (None, Quantity::ZERO);
    leave(draft, facts, (line, &held), leaving, Way { negative, scale, to, partner, needed_on, before })
}

/// How promised goods leave.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Way<'a> {
    pub(crate) negative: NegativeStock,
    pub(crate) scale: Scale,
    pub(crate) to: &'a Place,
    pub(crate) partner: Option<&'a PartyCode>,
    /// When the partner needs them; `None` for the day on which they leave.
    pub(crate) needed_on: Option<Date>,
    /// What of the item leaves for the partner with them, of promises that are not the partner's own.
    pub(crate) before: Quantity,
}

/// Parts of a promise leave, each out of its handling unit or loose.
pub(crate) fn leave(
    draft: &mut Draft<'_>,
    facts: &mut Vec<Fact>,
    (line, held): (u32, &Reservation),
    leaving: Vec<(Ending, Option<Sscc>)>,
    way: Way<'_>,
) -> Result<(), Rejection> {
    let parts: Vec<_> = leaving.iter().map(|(ending, _)| ending.part.clone()).collect();
    // What holds for its holder was judged when it was made, and goods that are gone are not refused because of a rule.
    let receiver = way.partner.filter(|customer| held.terms.holder.as_ref() != Some(*customer));
    if let Some(customer) = receiver.filter(|_| !draft.has_happened) {
        let receiver = Receiver { customer, needed_on: way.needed_on, before: way.before };
        quota::check_receiver(draft, &held.sku, receiver, &parts)?;
    }
    let released = end(draft, (line, Why::Fulfilled), held, &parts)?;
    for ((Ending { part, units }, from_unit), released) in leaving.into_iter().zip(released) {
        let mut moved = Moved {
            line,
            kind: MovementKind::Fulfilment,
            negative: way.negative,
            sku: held.sku.clone(),
            from: Place::Real(part.location.clone()),
            to: way.to.clone(),
            quantity: part.quantity,
            channel: held.terms.channel.clone(),
            reason: String::new(),
            goods: Goods { from_unit, ..Goods::unchanged(part.holding(), units) }.boxed(),
            partner: way.partner.cloned(),
            reverses: None,
        };
        facts.push(Fact::Released(released));
        shift(draft, &moved)?;
        tracked::move_units(draft, &moved)?;
        weight::weigh(draft, &mut moved, way.scale)?;
        facts.push(Fact::Moved(moved));
    }
    Ok(())
}

/// The quantity that a line takes of a promise.
fn within(held: &Reservation, quantity: Option<Quantity>) -> Result<Quantity, Rejection> {
    let requested = quantity.unwrap_or(held.quantity);
    if requested > held.quantity {
        let (reservation, reserved) = (held.id, held.quantity);
        return Err(Rejection::ReservationExceeded { reservation, requested, reserved });
    }
    if names_units(held) && requested.decimals() > 0 {
        let (sku, given) = (held.sku.clone(), Quantity::ZERO);
        return Err(Rejection::SerialsExpected { sku, expected: requested, given });
    }
    Ok(requested)
}

/// What a quantity of a promise is taken from: its parts in the order they were chosen.
fn first_parts(held: &Reservation, quantity: Quantity) -> Vec<ReservedPart> {
    let mut left = quantity;
    let take = |part: &ReservedPart| {
        let quantity = part.quantity.min(left);
        left = left.checked_sub(quantity).unwrap_or_default();
        let serials = part.serials.iter().take(units(quantity)).cloned().collect();
        quantity.is_positive().then(|| ReservedPart { quantity, serials, ..part.clone() })
    };
    held.parts.iter().map_while(take).collect()
}

/// Whole units.
fn units(quantity: Quantity) -> usize {
    quantity.decimal().to_usize().unwrap_or(usize::MAX)
}

/// What a fulfilment takes: the units that it names, or those that were promised by name, or any.
pub(crate) fn endings(
    draft: &Draft<'_>,
    held: &Reservation,
    quantity: Quantity,
    serials: &[SerialNumber],
) -> Result<Vec<Ending>, Rejection> {
    let names_units = names_units(held);
    if serials.is_empty() || (held.parts.len() == 1 && !names_units) {
        let units = |part: &ReservedPart| if names_units { part.serials.clone() } else { serials.to_vec() };
        let parts = first_parts(held, quantity).into_iter();
        return Ok(parts.map(|part| Ending { units: units(&part), part }).collect());
    }
    let mut endings: Vec<Ending> = held
        .parts
        .iter()
        .map(|part| Ending {
            part: ReservedPart { quantity: Quantity::ZERO, serials: Vec::new(), ..part.clone() },
            units: Vec::new(),
        })
        .collect();
    for serial in serials {
        let at = part_of(draft, held, serial)?;
        let (Some(ending), Some(part)) = (endings.get_mut(at), held.parts.get(at)) else { continue };
        ending.part.quantity =
            one_more(ending.part.quantity, part.quantity).ok_or_else(|| elsewhere(held, serial, part))?;
        if names_units {
            ending.part.serials.push(serial.clone());
        }
        ending.units.push(serial.clone());
    }
    endings.retain(|ending| ending.part.quantity.is_positive());
    Ok(endings)
}

fn one_more(quantity: Quantity, limit: Quantity) -> Option<Quantity> {
    quantity.checked_add(Quantity::from(1)).ok().filter(|more| *more <= limit)
}

fn elsewhere(held: &Reservation, serial: &SerialNumber, part: &ReservedPart) -> Rejection {
    let (sku, serial, location) = (held.sku.clone(), serial.clone(), part.location.clone());
    Rejection::SerialElsewhere { sku, serial, location }
}

/// The part of a promise that a unit belongs to: the one that names it, or the one where it is.
fn part_of(draft: &Draft<'_>, held: &Reservation, serial: &SerialNumber) -> Result<usize, Rejection> {
    let named = held.parts.iter().position(|part| part.serials.contains(serial));
    if let Some(at) = named {
        return Ok(at);
    }
    if names_units(held) {
        let (reservation, serial) = (held.id, serial.clone());
        return Err(Rejection::SerialNotReserved { reservation, serial });
    }
    let unknown = || Rejection::UnknownSerial { sku: held.sku.clone(), serial: serial.clone() };
    let (location, holding) = draft.serial(&held.sku, serial).ok_or_else(unknown)?;
    let is_of = |part: &ReservedPart| {
        part.serials.is_empty() && part.location == location && part.holding() == holding
    };
    let here = held.parts.iter().position(is_of);
    let (sku, serial) = (held.sku.clone(), serial.clone());
    here.ok_or(Rejection::SerialElsewhere { sku, serial, location })
}

/// Ends parts of a promise: what they held is free again. The facts, one a part.
pub(crate) fn end(
    draft: &mut Draft<'_>,
    (line, why): (u32, Why),
    held: &Reservation,
    ending: &[ReservedPart],
) -> Result<Vec<Released>, Rejection> {
    let exceeded = || {
        let (reservation, reserved) = (held.id, held.quantity);
        Rejection::ReservationExceeded { reservation, requested: reserved, reserved }
    };
    let (mut left, is_spread, mut facts) = (held.clone(), held.is_spread(), Vec::with_capacity(ending.len()));
    // Parts end in the order of the promise: each is looked for from the one before on.
    let mut at = 0;
    for part in ending {
        let holding = part.holding();
        let balance = draft.balance(&held.sku, &part.location, &holding);
        let reserved = balance.reserved.checked_sub(part.quantity).map_err(|_| exceeded())?;
        draft.set_balance(&held.sku, &part.location, &holding, Balance { reserved, ..balance });
        left.quantity = left.quantity.checked_sub(part.quantity).map_err(|_| exceeded())?;
        at = place_of(&left.parts, part, at).ok_or_else(exceeded)?;
        let own = left.parts.get_mut(at).ok_or_else(exceeded)?;
        own.quantity = own.quantity.checked_sub(part.quantity).map_err(|_| exceeded())?;
        let ended: BTreeSet<_> = part.serials.iter().collect();
        own.serials.retain(|serial| !ended.contains(serial));
        part.serials.iter().for_each(|serial| draft.set_promised(&held.sku, serial, None));
        draft.count(&held.sku, |rules| rules.ended(&held.terms, part.quantity, why == Why::Fulfilled));
        if let Some(order) = &held.terms.order {
            draft.order_released(order, part.quantity, why == Why::Fulfilled);
        }
        facts.push(Released {
            line,
            reservation: held.id,
            quantity: part.quantity,
            lot: part.lot.clone(),
            status: part.status,
            cause: why.cause(),
            location: is_spread.then(|| part.location.clone()),
            serials: part.serials.clone(),
        });
    }
    left.parts.retain(|part| part.quantity.is_positive());
    draft.set_reservation(left);
    Ok(facts)
}

/// Where a promise has goods of a part: from `from` on, or else before it.
fn place_of(parts: &[ReservedPart], part: &ReservedPart, from: usize) -> Option<usize> {
    let is_same = |own: &ReservedPart| {
        own.location == part.location && own.lot == part.lot && own.status == part.status
    };
    let (before, after) = parts.split_at_checked(from)?;
    let after = after.iter().position(is_same).and_then(|at| at.checked_add(from));
    after.or_else(|| before.iter().position(is_same))
}

/// An item tracked by serial number leaves with a number a unit, and no other does; units that were promised by name need not
/// be named again. Gives the policy that goes with it.
fn check_serials(
    draft: &Draft<'_>,
    held: &Reservation,
    serials: &[SerialNumber],
    quantity: Quantity,
) -> Result<NegativeStock, Rejection> {
    let (negative, tracking) = draft.state().policy(held.sku.as_str());
    let given = Quantity::from(u32::try_from(serials.len()).unwrap_or(u32::MAX));
    let expected = if tracking == Tracking::Serial { quantity } else { Quantity::ZERO };
    if given == expected || (serials.is_empty() && names_units(held)) {
        return Ok(negative);
    }
    Err(Rejection::SerialsExpected { sku: held.sku.clone(), expected, given })
}

/// Whether its units were promised by name.
fn names_units(held: &Reservation) -> bool {
    held.parts.iter().any(|part| !part.serials.is_empty())
}
