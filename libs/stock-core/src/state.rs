use std::collections::{BTreeMap, BTreeSet};

use laws::NegativeStock;
use vocabulary::{
    LocationCode, LotCode, Quantity, ReservationId, Sequence, SerialNumber, Sku, StockStatus, Timestamp,
    WarehouseCode,
};
use work_core::{Deliveries, ProductionOrders, Tasks};

use crate::amount::amount;
use crate::apart::Apart;
use crate::count::Watched;
use crate::entry::{LotRecorded, Moved};
use crate::expectation::Expectations;
use crate::expiry::Expiring;
use crate::handling_unit::Units;
use crate::history::Stamp;
use crate::interner::Interner;
use crate::item::{HeldBalance, ItemState, PLAIN};
use crate::keep::Rules;
use crate::lacking::Lacking;
use crate::order::OrderBook;
use crate::promised_at::PromisedAt;
use crate::reservation::HeldReservation;
use crate::touched::Marks;
use crate::{Entry, EvolveError, Fact, HoldCause, Holding, Lot, MovementRef, Outcome, Place};

/// What a warehouse holds, as of its newest entry, and what it held at any time before. Memory: about 80 bytes a position, 120 an
/// item, and 32 for each movement and real place (up to 64 for the newest thousand of a position).
#[derive(Debug, Clone)]
pub struct State {
    pub(crate) warehouse: WarehouseCode,
    pub(crate) sequence: Sequence,
    pub(crate) locations: Interner<LocationCode>,
    /// Kinds of goods, of all items; the first is plain.
    pub(crate) holdings: Interner<Holding>,
    pub(crate) skus: Interner<Sku>,
    pub(crate) items: Vec<ItemState>,
    /// Items by code, for listing in order.
    pub(crate) sorted: BTreeMap<Sku, u32>,
    /// Open promises, for listing in order.
    pub(crate) reservations: BTreeMap<ReservationId, HeldReservation>,
    /// The same, by position.
    pub(crate) promised_at: PromisedAt,
    /// The soft ones among them, the first to end first.
    pub(crate) soft: BTreeSet<(Timestamp, ReservationId)>,
    pub(crate) marks: Marks,
    /// Whether any item is, or was, tracked.
    pub(crate) has_tracked: bool,
    /// Whether any item is, or was, of catch weight.
    pub(crate) has_weights: bool,
    pub(crate) rules: Rules,
    pub(crate) apart: Apart,
    pub(crate) expiring: Expiring,
    pub(crate) lacking: Lacking,
    /// The newest effective time of any movement: what is earlier may be late somewhere.
    pub(crate) newest_effective: Timestamp,
    /// What was taken back, and by what.
    pub(crate) reversed: BTreeMap<MovementRef, MovementRef>,
    /// The first instant that may still change.
    pub(crate) locked_until: Option<Timestamp>,
    /// Nothing in a warehouse that never had a handling unit.
    pub(crate) units: Option<Box<Units>>,
    /// Nothing in a warehouse that never expected anything.
    pub(crate) expectations: Option<Box<Expectations>>,
    /// Nothing in a warehouse that never knew of a delivery.
    pub(crate) deliveries: Option<Box<Deliveries>>,
    /// Nothing in a warehouse that never counted.
    pub(crate) counts: Option<Box<Watched>>,
    /// Nothing in a warehouse that never had an order.
    pub(crate) orders: Option<Box<OrderBook>>,
    /// Nothing in a warehouse that never had a task.
    pub(crate) tasks: Option<Box<Tasks>>,
    /// Nothing in a warehouse that never made anything.
    pub(crate) production: Option<Box<ProductionOrders>>,
}

impl State {
    /// An empty warehouse.
    pub fn new(warehouse: WarehouseCode) -> Self {
        let mut holdings = Interner::default();
        holdings.intern(&Holding::default());
        Self {
            warehouse,
            sequence: Sequence::START,
            locations: Interner::default(),
            holdings,
            skus: Interner::default(),
            items: Vec::new(),
            sorted: BTreeMap::new(),
            reservations: BTreeMap::new(),
            promised_at: PromisedAt::default(),
            soft: BTreeSet::new(),
            marks: Marks::default(),
            has_tracked: false,
            has_weights: false,
            rules: Rules::default(),
            apart: Apart::default(),
            expiring: Expiring::default(),
            lacking: Lacking::default(),
            newest_effective: Timestamp::default(),
            reversed: BTreeMap::new(),
            locked_until: None,
            units: None,
            expectations: None,
            deliveries: None,
            counts: None,
            orders: None,
            tasks: None,
            production: None,
        }
    }

    /// Applies an entry. On an error the state must be thrown away.
    ///
    /// # Errors
    /// [`EvolveError`] when the entry does not follow from the state.
    pub fn evolve(&mut self, entry: &Entry) -> Result<(), EvolveError> {
        if entry.sequence != self.sequence.next() {
            return Err(EvolveError::Gap { newest: self.sequence, found: entry.sequence });
        }
        if entry.warehouse != self.warehouse {
            return Err(EvolveError::Warehouse {
                expected: self.warehouse.clone(),
                found: entry.warehouse.clone(),
            });
        }
        if let Outcome::Posted(facts) = &entry.outcome {
            let stamp = Stamp { effective_at: entry.effective_at, sequence: entry.sequence };
            let mut rest = facts.iter().peekable();
            while let Some(fact) = rest.next() {
                match fact {
                    Fact::Moved(moved) => self.moved(stamp, moved)?,
                    Fact::Reserved(reserved) => self.reserved(entry.sequence, reserved)?,
                    Fact::Released(released) => self.released(released, rest.peek().copied())?,
                    Fact::LotRecorded(recorded) => self.lot_recorded(entry.sequence, recorded)?,
                    Fact::RuleSet(set) => self.rule_set(&set.rule, Quantity::ZERO)?,
                    Fact::Locked(lock) => {
                        self.locked_until = Some(lock.until);
                        self.marks.lock();
                    }
                    Fact::LockPassed(_) => {}
                    Fact::HandlingUnit(fact) => self.unit_changed(fact)?,
                    Fact::Expectation(fact) => self.expectation_changed(&fact.change)?,
                    Fact::PromiseMoved(moved) => self.promise_moved(moved)?,
                    Fact::Delivery(fact) => self.delivery_changed(entry.sequence, &fact.change)?,
                    Fact::Task(fact) => self.task_changed(entry.sequence, &fact.change)?,
                    Fact::Order(fact) => self.order_changed(entry.sequence, &fact.change)?,
                    Fact::Production(fact) => self.production_changed(entry.sequence, &fact.change)?,
                    Fact::Count(fact) => self.count_changed(entry.sequence, &fact.change)?,
                }
            }
        }
        self.sequence = entry.sequence;
        Ok(())
    }

    fn moved(&mut self, stamp: Stamp, moved: &Moved) -> Result<(), EvolveError> {
        let item = self.item(&moved.sku);
        // Repacking has no history that an earlier movement could break.
        if !moved.is_repacking() {
            self.newest_effective = self.newest_effective.max(stamp.effective_at);
        }
        self.correct_counts(stamp, moved);
        if let Some(reverses) = &moved.reverses {
            self.take_back(**reverses, MovementRef { sequence: stamp.sequence, line: moved.line })?;
        }
        // Goods in a unit are there, whatever the policy: their movement says nothing of it.
        if moved.from_unit().is_none() && !moved.is_repacking() {
            self.set_negative(item, moved.negative)?;
        }
        self.item_mut(item)?.set_tracking(moved.tracking());
        self.note_taken(stamp, item, moved);
        let available = self.rules.available;
        self.count(item, |rules| rules.moved(moved, available))?;
        let Some(goods) = &moved.goods else {
            self.shift(stamp, (item, PLAIN), &moved.from, moved.quantity.negated())?;
            return self.shift(stamp, (item, PLAIN), &moved.to, moved.quantity);
        };
        self.has_tracked = true;
        let from = self.holdings.intern(&moved.from_holding()).0;
        // Most goods stay what they are.
        let to = if goods.from == goods.to { from } else { self.holdings.intern(&moved.to_holding()).0 };
        if !moved.is_repacking() {
            self.shift(stamp, (item, from), &moved.from, moved.quantity.negated())?;
            self.shift(stamp, (item, to), &moved.to, moved.quantity)?;
        }
        if let Some(weight) = &goods.weight {
            self.weighed((item, weight), (moved, from, to))?;
        }
        if goods.from_unit.is_some() || goods.to_unit.is_some() {
            self.repacked(item, moved, (from, to))?;
        }
        goods.serials.iter().try_for_each(|serial| self.unit_moved(item, serial, (moved, from, to)))
    }

    /// Once; a line that takes back several movements says so with each.
    fn take_back(&mut self, movement: MovementRef, by: MovementRef) -> Result<(), EvolveError> {
        match self.reversed.insert(movement, by) {
            None => {
                self.marks.reversed(movement);
                Ok(())
            }
            Some(before) if before == by => Ok(()),
            Some(_) => Err(EvolveError::Reversed(movement)),
        }
    }

    fn unit_moved(
        &mut self,
        item: u32,
        serial: &SerialNumber,
        (moved, from, to): (&Moved, u32, u32),
    ) -> Result<(), EvolveError> {
        let number = |place: &Place, holding| {
            place.real().map(|code| Some((self.locations.get(code.as_str())?, holding)))
        };
        let (from, to) = (number(&moved.from, from).flatten(), number(&moved.to, to).flatten());
        let serials = &mut self.item_mut(item)?.tracked_mut().serials;
        let was = match to {
            Some(to) => serials.insert(serial.clone(), to),
            None => serials.remove(serial),
        };
        if was != from {
            return Err(EvolveError::Serial(serial.clone()));
        }
        self.marks.serial(item, serial);
        Ok(())
    }

    fn lot_recorded(&mut self, sequence: Sequence, recorded: &LotRecorded) -> Result<(), EvolveError> {
        self.has_tracked = true;
        let item = self.item(&recorded.sku);
        let lot = Lot { received: sequence, facts: recorded.facts.clone() };
        let before = self.item_mut(item)?.tracked_mut().lots.insert(recorded.lot.clone(), lot);
        self.marks.lot(item, &recorded.lot);
        if before.is_some() { Err(EvolveError::Lot(recorded.lot.clone())) } else { Ok(()) }
    }

    /// Every position carries its item's policy into a checkpoint, so a new policy changes them all.
    fn set_negative(&mut self, item: u32, negative: NegativeStock) -> Result<(), EvolveError> {
        let held = self.item_mut(item)?;
        if held.negative == negative {
            return Ok(());
        }
        held.negative = negative;
        let unmarked = held.balances.iter_mut().filter(|at| !at.is_marked);
        let places: Vec<_> = unmarked
            .map(|at| {
                at.is_marked = true;
                (at.location, at.holding)
            })
            .collect();
        places.into_iter().for_each(|(location, holding)| self.marks.position(item, location, holding));
        Ok(())
    }

    fn shift(
        &mut self,
        stamp: Stamp,
        (item, holding): (u32, u32),
        place: &Place,
        quantity: Quantity,
    ) -> Result<(), EvolveError> {
        match place {
            Place::Real(code) => {
                let at = (item, self.locations.intern(code).0, holding);
                self.change(at, |held| {
                    held.balance.on_hand = held.balance.on_hand.checked_add(quantity)?;
                    held.history.push(stamp, quantity);
                    Ok(())
                })
            }
            Place::Virtual(_) => {
                let held = self.item_mut(item)?;
                held.outside = held.outside.checked_add(quantity)?;
                Ok(())
            }
        }
    }

    /// Goods that can be promised.
    pub(crate) fn holding_of(&mut self, lot: Option<&LotCode>, status: StockStatus) -> u32 {
        if lot.is_none() && status.is_available() {
            return PLAIN;
        }
        self.holdings.intern(&Holding::own(lot.cloned(), status)).0
    }

    /// Changes a position, and keeps what is known by status, and the orders of the lots: of those that can be promised, and of those
    /// that can expire.
    pub(crate) fn change(
        &mut self,
        (item, location, holding): (u32, u32, u32),
        change: impl FnOnce(&mut HeldBalance) -> Result<(), EvolveError>,
    ) -> Result<(), EvolveError> {
        let is_counted = self.rules.of_items;
        let held = self.held_mut(item, location, holding)?;
        if holding == PLAIN && !is_counted {
            return change(held);
        }
        let before = held.balance;
        change(held)?;
        let after = held.balance;
        if is_counted {
            let change = amount(after.available()).saturating_sub(amount(before.available()));
            self.count_free(item, holding, change)?;
        }
        let is_open = after.available().is_positive();
        let opens = before.available().is_positive() != is_open;
        let arrives = before.on_hand.is_zero() != after.on_hand.is_zero();
        if holding == PLAIN || (!opens && !arrives) {
            return Ok(());
        }
        let Some(goods) = self.holdings.name(holding) else { return Err(EvolveError::Overflow) };
        if arrives {
            self.apart.note(goods.status, (item, location, holding), !after.on_hand.is_zero());
        }
        let Some(lot) = goods.lot.clone() else { return Ok(()) };
        let (is_available, may_expire) = (goods.is_available(), HoldCause::Expiry.takes(goods.status));
        if opens && is_available {
            self.item_mut(item)?.tracked_mut().set_open(location, &lot, is_open);
        }
        if arrives {
            self.item_mut(item)?.tracked_mut().set_here((location, holding), &lot, !after.on_hand.is_zero());
        }
        if arrives && may_expire {
            self.note_expiring(item, &lot, !after.on_hand.is_zero());
        }
        Ok(())
    }

    /// A position of a lot has something that can expire from now on, or nothing any more.
    pub(crate) fn note_expiring(&mut self, item: u32, lot: &LotCode, is_here: bool) {
        let held = usize::try_from(item).ok().and_then(|n| self.items.get(n));
        let known = held.and_then(|held| held.tracked.as_ref()?.lots.get(lot));
        let Some(date) = known.and_then(|known| known.facts.expiry) else { return };
        if is_here {
            self.expiring.arrives(date, item, lot);
        } else {
            self.expiring.leaves(date, item, lot);
        }
    }

    pub(crate) fn item(&mut self, sku: &Sku) -> u32 {
        let (item, new) = self.skus.intern(sku);
        if new {
            self.items.push(ItemState::default());
            self.sorted.insert(sku.clone(), item);
        }
        item
    }

    /// A position that is about to change.
    fn held_mut(&mut self, item: u32, location: u32, holding: u32) -> Result<&mut HeldBalance, EvolveError> {
        let marks = &mut self.marks;
        let held = usize::try_from(item).ok().and_then(|n| self.items.get_mut(n));
        let held = held.ok_or(EvolveError::Overflow)?;
        if let Some(watched) = &mut self.counts {
            watched.note_position(location, item);
        }
        let held = held.at_mut(location, holding);
        if !std::mem::replace(&mut held.is_marked, true) {
            marks.position(item, location, holding);
        }
        Ok(held)
    }

    pub(crate) fn item_mut(&mut self, item: u32) -> Result<&mut ItemState, EvolveError> {
        usize::try_from(item).ok().and_then(|n| self.items.get_mut(n)).ok_or(EvolveError::Overflow)
    }
}
