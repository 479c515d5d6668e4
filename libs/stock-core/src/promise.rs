//! Reservations: of a lot, of units by name, or of what the rule chooses, at a location or anywhere.

use std::cmp::Reverse;

use vocabulary::{Date, LocationCode, Quantity, ReservationId, SerialNumber};

use crate::choose::{Part, PickRule, Wish, choose_all, total};
use crate::decide::promise;
use crate::draft::Draft;
use crate::entry::Reserved;
use crate::pick::From;
use crate::quota::{self, Taker};
use crate::release::{Why, end};
use crate::tracked::TrackedLine;
use crate::{Claim, Fact, Holding, Rejection, Reservation, ReservedPart, Tracking};

/// Judges a reservation and adds its facts.
pub(crate) fn reserve(
    draft: &mut Draft<'_>,
    line: &TrackedLine<'_>,
    at: Option<&LocationCode>,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    line.check_lot(draft)?;
    quota::check_perpetual(draft, line.sku)?;
    if !draft.available().has(line.goods.status) {
        let (sku, status) = (line.sku.clone(), line.goods.status);
        return Err(Rejection::StatusNotAvailable { sku, status });
    }
    let claim = line.goods.claim.as_deref();
    if !line.goods.serials.is_empty() {
        let parts = units(draft, line, at)?;
        quota::check(draft, line.sku, line.quantity, Taker::of(claim))?;
        return hold(draft, line, parts, facts);
    }
    let wish = line.wish(draft, at);
    line.check_expiry(draft, wish.min_expiry)?;
    let mut parts = choose_all(draft, &wish, line.quantity);
    let mut most = obtainable(draft, line, &parts);
    if most < line.quantity && claim.is_some_and(|claim| claim.reallocate) {
        reallocate(draft, line, &wish, facts)?;
        parts = choose_all(draft, &wish, line.quantity);
        most = obtainable(draft, line, &parts);
    }
    if most < line.quantity {
        let is_partial = claim.is_some_and(|claim| claim.allow_partial);
        if !is_partial || !most.is_positive() {
            return Err(refusal(draft, line, at, total(&parts)));
        }
        parts = choose_all(draft, &wish, most);
    }
    hold(draft, line, parts.into_iter().map(|part| (part, Vec::new())).collect(), facts)
}

/// How much of the line can be promised: what was found, within what the rules allow.
fn obtainable(draft: &Draft<'_>, line: &TrackedLine<'_>, parts: &[Part]) -> Quantity {
    let found = total(parts);
    let taker = Taker::of(line.goods.claim.as_deref());
    let most = quota::allowance(draft, line.sku, taker).map_or(found, |allowed| found.min(allowed));
    if line.goods.tracking == Tracking::Serial { most.floor() } else { most }
}

fn refusal(
    draft: &Draft<'_>,
    line: &TrackedLine<'_>,
    at: Option<&LocationCode>,
    available: Quantity,
) -> Rejection {
    let (sku, requested) = (line.sku.clone(), line.quantity);
    let none = match at {
        Some(at) => {
            let location = at.clone();
            // One position that owes more than it has says so.
            let available = if available.is_zero() { line.balance_at(draft, at) } else { available };
            Rejection::InsufficientAvailable { sku, location, requested, available }
        }
        None => Rejection::InsufficientInWarehouse { sku, requested, available },
    };
    if available < requested {
        return none;
    }
    let by_rule = quota::check(draft, line.sku, requested, Taker::of(line.goods.claim.as_deref()));
    by_rule.err().unwrap_or(none)
}

/// Named units, by position.
fn units(
    draft: &Draft<'_>,
    line: &TrackedLine<'_>,
    at: Option<&LocationCode>,
) -> Result<Vec<(Part, Vec<SerialNumber>)>, Rejection> {
    let mut parts: Vec<(Part, Vec<SerialNumber>)> = Vec::new();
    for serial in &line.goods.serials {
        let unknown = || Rejection::UnknownSerial { sku: line.sku.clone(), serial: serial.clone() };
        let (location, holding) = draft.serial(line.sku, serial).ok_or_else(unknown)?;
        let is_other = line.goods.names_status() && line.goods.status != holding.status;
        if at.is_some_and(|at| *at != location) || is_other || !holding.counts(draft.available()) {
            let (sku, serial) = (line.sku.clone(), serial.clone());
            return Err(Rejection::SerialElsewhere { sku, serial, location });
        }
        draft.check_unpromised(line.sku, serial)?;
        let one = Quantity::from(1);
        let status = holding.status;
        match parts.iter_mut().find(|(part, _)| part.location == location && part.status == status) {
            Some((part, serials)) => {
                part.quantity = part.quantity.checked_add(one).unwrap_or(part.quantity);
                serials.push(serial.clone());
            }
            None => {
                let part = Part { location, lot: None, status, quantity: one, units: Vec::new() };
                parts.push((part, vec![serial.clone()]));
            }
        }
    }
    Ok(parts)
}

/// Promises parts, each a fact.
fn hold(
    draft: &mut Draft<'_>,
    line: &TrackedLine<'_>,
    parts: Vec<(Part, Vec<SerialNumber>)>,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let claim = line.goods.claim.as_deref();
    let terms = claim.and_then(|claim| claim.terms.clone().boxed());
    let id = ReservationId { sequence: draft.state().sequence().next(), line: line.number };
    let quantities = parts.iter().map(|(part, _)| part.quantity);
    let promised = quantities.fold(Quantity::ZERO, |sum, part| sum.checked_add(part).unwrap_or(sum));
    for (Part { location, lot, status, quantity, units }, serials) in parts {
        let holding = Holding::own(lot.clone(), status);
        promise(draft, line.sku, &location, (&holding, quantity))?;
        draft.note_counted((&location, &holding), units);
        serials.iter().for_each(|serial| draft.set_promised(line.sku, serial, Some(id)));
        draft.count(line.sku, |rules| {
            if let Some(claim) = claim {
                rules.take(claim.terms.channel.as_ref(), quantity);
                rules.open(claim.terms.holder.as_ref(), quantity);
            }
        });
        let (line, sku, terms) = (line.number, line.sku.clone(), terms.clone());
        facts.push(Fact::Reserved(Reserved { line, sku, location, quantity, lot, status, serials, terms }));
    }
    if let Some(holder) = claim.and_then(|claim| claim.terms.holder.as_ref()) {
        draft.note_made(line.sku, holder, promised);
    }
    Ok(())
}

/// Promises of a lower priority make room for the line, as far as it needs: the lowest first, and of those the newest. Units that
/// were promised by name stay so, and so does what another channel has from its quota.
fn reallocate(
    draft: &mut Draft<'_>,
    line: &TrackedLine<'_>,
    wish: &Wish<'_>,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let parts = choose_all(draft, wish, line.quantity);
    // What the customer may not hold anyway, nobody has to make room for.
    let taker = Taker::of(line.goods.claim.as_deref());
    let most =
        quota::within_maximum(draft, line.sku, taker).map_or(line.quantity, |most| most.min(line.quantity));
    let mut missing = most.checked_sub(obtainable(draft, line, &parts)).unwrap_or_default();
    for id in yielding(draft, line) {
        let Ok(held) = draft.reservation(id) else { continue };
        let parts = fitting(draft, &held, wish, missing);
        let freed =
            parts.iter().fold(Quantity::ZERO, |sum, part| sum.checked_add(part.quantity).unwrap_or(sum));
        missing = missing.checked_sub(freed).unwrap_or_default();
        let released = end(draft, (line.number, Why::Reallocated), &held, &parts)?;
        facts.extend(released.into_iter().map(Fact::Released));
        if missing.is_zero() {
            break;
        }
    }
    Ok(())
}

/// Promises that may have to make room, in order.
fn yielding(draft: &Draft<'_>, line: &TrackedLine<'_>) -> Vec<ReservationId> {
    let claim: &Claim = &line.goods.claim.clone().unwrap_or_default();
    let is_of_quota = |held: &Reservation| {
        let channel =
            held.terms.channel.as_ref().filter(|channel| Some(*channel) != claim.terms.channel.as_ref());
        channel.is_some_and(|channel| draft.rules(line.sku).is_some_and(|rules| rules.has_quota(channel)))
    };
    let mut found: Vec<_> = draft
        .state()
        .reservations_of(line.sku)
        .filter(|held| held.terms.priority < claim.terms.priority && !is_of_quota(held))
        .map(|held| (held.terms.priority, Reverse(held.id)))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, Reverse(id))| id).collect()
}

/// Parts of a promise that the line could take, as much as is missing.
fn fitting(draft: &Draft<'_>, held: &Reservation, wish: &Wish<'_>, missing: Quantity) -> Vec<ReservedPart> {
    let mut left = missing;
    let mut parts = Vec::new();
    for part in &held.parts {
        let quantity = part.quantity.min(left);
        if !quantity.is_positive() || !part.serials.is_empty() || !wish.fits(draft, part) {
            continue;
        }
        left = left.checked_sub(quantity).unwrap_or_default();
        parts.push(ReservedPart { quantity, ..part.clone() });
    }
    parts
}

impl Wish<'_> {
    fn fits(&self, draft: &Draft<'_>, part: &ReservedPart) -> bool {
        let expires_early = |date: Date| {
            let known = part.lot.as_ref().and_then(|lot| draft.lot(self.sku, lot));
            known.and_then(|known| known.facts.expiry).is_some_and(|expiry| expiry < date)
        };
        self.at.is_none_or(|at| *at == part.location)
            && match self.lot {
                Some(lot) => part.lot.as_ref() == Some(lot),
                None => !part.lot.as_ref().is_some_and(|lot| draft.has_expired(self.sku, lot)),
            }
            && (self.status == part.status || (self.takes_others && draft.available().has(part.status)))
            && !self.min_expiry.is_some_and(expires_early)
    }
}

impl TrackedLine<'_> {
    /// What the line would take, and how.
    pub(crate) fn wish<'a>(&'a self, draft: &Draft<'_>, at: Option<&'a LocationCode>) -> Wish<'a> {
        let claim = self.goods.claim.as_deref();
        Wish {
            sku: self.sku,
            tracking: self.goods.tracking,
            at,
            lot: self.goods.lot.as_ref(),
            status: self.goods.status,
            takes_others: !self.goods.names_status(),
            rule: claim.map_or_else(PickRule::default, |claim| claim.rule),
            min_expiry: quota::min_expiry(draft, claim),
            // A promise does not take them.
            from: From::Anywhere,
        }
    }

    /// A lot that is named must not expire too early either.
    pub(crate) fn check_expiry(&self, draft: &Draft<'_>, min_expiry: Option<Date>) -> Result<(), Rejection> {
        let (Some(lot), Some(min_expiry)) = (&self.goods.lot, min_expiry) else { return Ok(()) };
        let expiry = draft.lot(self.sku, lot).and_then(|known| known.facts.expiry);
        let Some(expiry) = expiry.filter(|expiry| *expiry < min_expiry) else { return Ok(()) };
        let (sku, lot) = (self.sku.clone(), lot.clone());
        Err(Rejection::ExpiresTooEarly { sku, lot, expiry, min_expiry })
    }

    fn balance_at(&self, draft: &Draft<'_>, at: &LocationCode) -> Quantity {
        draft.balance(self.sku, at, &Holding::own(self.goods.lot.clone(), self.goods.status)).available()
    }
}
