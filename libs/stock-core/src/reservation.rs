//! Open promises in the state: how facts make and end them.

use std::collections::{BTreeSet, VecDeque};

use vocabulary::{PartyCode, Quantity, ReservationId, Sequence, SerialNumber, Timestamp};

use crate::entry::{Moved, PromiseMoved, Released, Reserved};
use crate::item::PLAIN;
use crate::{EvolveError, Fact, MovementKind, Reservation, ReservedPart, State, Terms};

/// An open promise, by numbers.
#[derive(Debug, Clone)]
pub(crate) struct HeldReservation {
    pub(crate) item: u32,
    pub(crate) quantity: Quantity,
    /// Where all of it is, when there are no parts.
    location: u32,
    /// Empty for plain goods at one place, which most promises are of. Most end from the first on.
    parts: VecDeque<HeldPart>,
    /// `None` for the usual ones.
    pub(crate) terms: Option<Box<Terms>>,
}

#[derive(Debug, Clone)]
struct HeldPart {
    location: u32,
    holding: u32,
    quantity: Quantity,
    serials: Vec<SerialNumber>,
}

/// What is left of a part of which something was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rest {
    Something,
    Nothing,
}

impl Rest {
    fn of(quantity: Quantity) -> Self {
        if quantity.is_zero() { Self::Nothing } else { Self::Something }
    }
}

impl State {
    pub(crate) fn reserved(&mut self, sequence: Sequence, reserved: &Reserved) -> Result<(), EvolveError> {
        let (item, location) = (self.item(&reserved.sku), self.locations.intern(&reserved.location).0);
        let (holding, quantity) =
            (self.holding_of(reserved.lot.as_ref(), reserved.status), reserved.quantity);
        self.change((item, location, holding), |held| {
            held.balance.reserved = held.balance.reserved.checked_add(quantity)?;
            Ok(())
        })?;
        let id = ReservationId { sequence, line: reserved.line };
        self.hold_units(item, &reserved.serials, Some(id))?;
        self.count(item, |rules| {
            if let Some(terms) = &reserved.terms {
                rules.take(terms.channel.as_ref(), quantity);
                rules.open(terms.holder.as_ref(), quantity);
            }
        })?;
        let part = HeldPart { location, holding, quantity, serials: reserved.serials.clone() };
        self.hold((id, item), part, reserved.terms.as_deref())?;
        self.marks.reservation(id);
        Ok(())
    }

    /// A promise, or another part of it.
    fn hold(
        &mut self,
        (id, item): (ReservationId, u32),
        part: HeldPart,
        terms: Option<&Terms>,
    ) -> Result<(), EvolveError> {
        self.promised_at.add((item, part.location, part.holding), id);
        if let Some(held) = self.reservations.get_mut(&id) {
            return held.add(part);
        }
        if let Some(expires_at) = terms.and_then(|terms| terms.expires_at) {
            self.soft.insert((expires_at, id));
        }
        let (location, quantity) = (part.location, part.quantity);
        let parts = if part.is_plain() { VecDeque::new() } else { VecDeque::from([part]) };
        let terms = terms.cloned().map(Box::new);
        self.reservations.insert(id, HeldReservation { item, quantity, location, parts, terms });
        Ok(())
    }

    /// Units are promised by name, or not any more.
    fn hold_units(
        &mut self,
        item: u32,
        serials: &[SerialNumber],
        by: Option<ReservationId>,
    ) -> Result<(), EvolveError> {
        if serials.is_empty() {
            return Ok(());
        }
        let promised = &mut self.item_mut(item)?.tracked_mut().promised;
        for serial in serials {
            match by {
                Some(id) => drop(promised.insert(serial.clone(), id)),
                None => drop(promised.remove(serial)),
            }
        }
        Ok(())
    }

    /// The fact that follows tells whether the goods leave, or are free again.
    pub(crate) fn released(&mut self, released: &Released, next: Option<&Fact>) -> Result<(), EvolveError> {
        let id = released.reservation;
        let missing = || EvolveError::Reservation(id);
        let (holding, quantity) =
            (self.holding_of(released.lot.as_ref(), released.status), released.quantity);
        let location = released.location.as_ref().map(|code| self.locations.intern(code).0);
        let Some(held) = self.reservations.get_mut(&id) else { return Err(missing()) };
        held.quantity = held.quantity.checked_sub(quantity)?;
        let taken = held.take((location, holding), quantity, &released.serials)?;
        let Some((location, rest)) = taken.filter(|_| !held.quantity.is_negative()) else {
            return Err(missing());
        };
        let (item, is_over, terms) = (held.item, held.quantity.is_zero(), held.terms.clone());
        self.hold_units(item, &released.serials, None)?;
        if let Some(terms) = terms {
            let is_used_up = is_fulfilled(released, next);
            self.count(item, |rules| rules.ended(&terms, quantity, is_used_up))?;
        }
        if rest == Rest::Nothing {
            self.promised_at.remove((item, location, holding), id);
        }
        if is_over {
            self.end(id);
        }
        self.marks.reservation(id);
        self.change((item, location, holding), |held| {
            held.balance.reserved = held.balance.reserved.checked_sub(quantity)?;
            Ok(())
        })
    }

    /// What is promised of goods stands where they are now.
    pub(crate) fn promise_moved(&mut self, moved: &PromiseMoved) -> Result<(), EvolveError> {
        let (id, quantity) = (moved.reservation, moved.quantity);
        let missing = || EvolveError::Reservation(id);
        let holding = self.holding_of(moved.lot.as_ref(), moved.status);
        let (from, to) = (self.locations.intern(&moved.from).0, self.locations.intern(&moved.to).0);
        let held = self.reservations.get_mut(&id).ok_or_else(missing)?;
        let item = held.item;
        held.spread();
        let taken = held.take((Some(from), holding), quantity, &moved.serials)?;
        let Some((_, rest)) = taken.filter(|_| self.skus.name(item) == Some(&moved.sku)) else {
            return Err(missing());
        };
        let is_new =
            held.put(HeldPart { location: to, holding, quantity, serials: moved.serials.clone() })?;
        if rest == Rest::Nothing {
            self.promised_at.remove((item, from, holding), id);
        }
        if is_new {
            self.promised_at.add((item, to, holding), id);
        }
        self.marks.reservation(id);
        self.change((item, from, holding), |held| {
            held.balance.reserved = held.balance.reserved.checked_sub(quantity)?;
            Ok(())
        })?;
        self.change((item, to, holding), |held| {
            held.balance.reserved = held.balance.reserved.checked_add(quantity)?;
            Ok(())
        })
    }

    fn end(&mut self, id: ReservationId) {
        let expires_at = self.reservations.remove(&id).and_then(|held| held.terms?.expires_at);
        if let Some(expires_at) = expires_at {
            self.soft.remove(&(expires_at, id));
        }
    }

    /// When the next soft promise ends.
    pub fn next_expiry(&self) -> Option<Timestamp> {
        self.soft.first().map(|(expires_at, _)| *expires_at)
    }

    /// Soft promises whose time is over at `now`, the longest over first.
    pub fn expired(&self, now: Timestamp) -> impl Iterator<Item = ReservationId> {
        self.soft.iter().take_while(move |(expires_at, _)| *expires_at <= now).map(|(_, id)| *id)
    }

    pub(crate) fn restore_reservation(&mut self, held: Reservation) -> Result<(), EvolveError> {
        let item = self.item(&held.sku);
        let terms = held.terms.boxed();
        for part in held.parts {
            let ReservedPart { location, lot, status, quantity, serials } = part;
            self.hold_units(item, &serials, Some(held.id))?;
            let (location, holding) =
                (self.locations.intern(&location).0, self.holding_of(lot.as_ref(), status));
            self.hold((held.id, item), HeldPart { location, holding, quantity, serials }, terms.as_deref())?;
        }
        Ok(())
    }

    pub(crate) fn named(&self, id: ReservationId, held: &HeldReservation) -> Option<Reservation> {
        let part = |part: &HeldPart| {
            Some(ReservedPart {
                location: self.locations.name(part.location)?.clone(),
                lot: self.holdings.name(part.holding)?.lot.clone(),
                status: self.holdings.name(part.holding)?.status,
                quantity: part.quantity,
                serials: part.serials.clone(),
            })
        };
        let parts = if held.parts.is_empty() {
            let location = self.locations.name(held.location)?.clone();
            let (status, serials) = Default::default();
            vec![ReservedPart { location, lot: None, status, quantity: held.quantity, serials }]
        } else {
            held.parts.iter().filter_map(part).collect()
        };
        let sku = self.skus.name(held.item)?.clone();
        let terms = held.terms.as_deref().cloned().unwrap_or_default();
        Some(Reservation { id, sku, quantity: held.quantity, parts, terms })
    }
}

fn is_fulfilled(released: &Released, next: Option<&Fact>) -> bool {
    let is_its = |moved: &Moved| moved.kind == MovementKind::Fulfilment && moved.line == released.line;
    matches!(next, Some(Fact::Moved(moved)) if is_its(moved))
}

impl HeldPart {
    /// Whether it is no more than a quantity of plain goods.
    const fn is_plain(&self) -> bool {
        self.holding == PLAIN && self.serials.is_empty()
    }
}

impl HeldReservation {
    pub(crate) fn holder(&self) -> Option<&PartyCode> {
        self.terms.as_ref().and_then(|terms| terms.holder.as_ref())
    }

    fn add(&mut self, part: HeldPart) -> Result<(), EvolveError> {
        self.spread();
        self.quantity = self.quantity.checked_add(part.quantity)?;
        self.parts.push_back(part);
        Ok(())
    }

    /// Says as a part, too, what is no more than a quantity of plain goods.
    fn spread(&mut self) {
        if self.parts.is_empty() {
            let (location, quantity) = (self.location, self.quantity);
            self.parts.push_back(HeldPart { location, holding: PLAIN, quantity, serials: Vec::new() });
        }
    }

    /// Puts what was taken from a part elsewhere: into the part that is there already, or as the last one; whether that is new.
    fn put(&mut self, part: HeldPart) -> Result<bool, EvolveError> {
        let is_there = |held: &&mut HeldPart| held.location == part.location && held.holding == part.holding;
        match self.parts.iter_mut().find(is_there) {
            Some(there) => {
                there.quantity = there.quantity.checked_add(part.quantity)?;
                there.serials.extend(part.serials);
                Ok(false)
            }
            None => {
                self.parts.push_back(part);
                Ok(true)
            }
        }
    }

    /// Takes from a part and says where that is, and what is left of it; `None` when there is no such part, or it holds less.
    fn take(
        &mut self,
        (location, holding): (Option<u32>, u32),
        quantity: Quantity,
        serials: &[SerialNumber],
    ) -> Result<Option<(u32, Rest)>, EvolveError> {
        if self.parts.is_empty() {
            let is_here = holding == PLAIN && location.is_none_or(|location| location == self.location);
            return Ok(is_here.then_some((self.location, Rest::of(self.quantity))));
        }
        let is_meant = |(_, part): &(usize, &mut HeldPart)| {
            part.holding == holding && location.is_none_or(|location| location == part.location)
        };
        let Some((place, part)) = self.parts.iter_mut().enumerate().find(is_meant) else { return Ok(None) };
        part.quantity = part.quantity.checked_sub(quantity)?;
        let (before, ended) = (part.serials.len(), serials.iter().collect::<BTreeSet<_>>());
        part.serials.retain(|serial| !ended.contains(serial));
        let is_right =
            !part.quantity.is_negative() && part.serials.len().checked_add(serials.len()) == Some(before);
        let (at, rest) = (part.location, Rest::of(part.quantity));
        if rest == Rest::Nothing {
            self.parts.remove(place);
        }
        Ok(is_right.then_some((at, rest)))
    }
}
