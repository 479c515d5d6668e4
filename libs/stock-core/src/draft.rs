mod places;

use std::cell::RefCell;

use vocabulary::{
    AvailableStatuses, Date, LocationCode, LotCode, PartyCode, Quantity, ReservationId, SerialNumber, Sku,
    Timestamp,
};

use crate::amount::{Amount, amount, clamped};
use crate::count::CountDraft;
use crate::delivery::DeliveryDraft;
use crate::entry::Moved;
use crate::expectation::ExpectationDraft;
use crate::handling_unit::UnitDraft;
use crate::item::ItemState;
use crate::order::OrderDraft;
use crate::production::ProductionDraft;
use crate::rules::{ItemRules, RULES_MAX, Rule};
use crate::small_map::SmallMap;
use crate::task::TaskDraft;
use crate::weight::WeightDraft;
use crate::{Balance, Document, Holding, Lot, MovementRef, Rejection, Reservation, State, Tracking};

/// A state plus the effects of the lines judged so far, so that a document of many lines is judged in order and the state
/// itself stays as it was until all are accepted.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    state: &'a State,
    /// What the state holds of the item that was looked at last.
    seen: RefCell<Option<(Sku, Option<&'a ItemState>)>>,
    /// When all of it happened.
    effective_at: Timestamp,
    passes_lock: bool,
    /// Its goods have moved already: it tells what a device did without the network.
    pub(crate) has_happened: bool,
    /// The day at the warehouse.
    pub(crate) today: Option<Date>,
    /// As the document's own lines have left it.
    locked_until: Option<Timestamp>,
    /// By which line of the document.
    reversed: SmallMap<MovementRef, u32>,
    /// How items are tracked by the newest movement of this very document, where it is otherwise than in the state.
    trackings: SmallMap<Sku, Tracking>,
    balances: SmallMap<(Sku, LocationCode, Holding), Balance>,
    outside: SmallMap<Sku, Quantity>,
    /// What is left.
    reservations: SmallMap<ReservationId, Reservation>,
    lots: SmallMap<(Sku, LotCode), Lot>,
    /// Where units are now, if they are here.
    serials: SmallMap<(Sku, SerialNumber), Option<(LocationCode, Holding)>>,
    /// Units that are promised by name, or not any more.
    promised: SmallMap<(Sku, SerialNumber), Option<ReservationId>>,
    /// Which goods can be promised.
    available: AvailableStatuses,
    rules: SmallMap<Sku, ItemRules>,
    /// Lines that set a rule which the state does not have.
    rules_set: usize,
    shelf_life: SmallMap<PartyCode, Option<u32>>,
    /// What this very document has promised to holders.
    made: Vec<(Sku, PartyCode, Quantity)>,
    /// Only of a document about handling units.
    pub(crate) handling: Option<Box<UnitDraft>>,
    /// Only of a document about what is expected.
    pub(crate) expected: Option<Box<ExpectationDraft>>,
    /// Only of a document about deliveries.
    pub(crate) deliveries: Option<Box<DeliveryDraft>>,
    /// Only of a document about counts.
    pub(crate) counts: Option<Box<CountDraft>>,
    /// Only of a document about outbound orders, or that changes what is promised for one.
    pub(crate) orders: Option<Box<OrderDraft>>,
    /// Only of a document about tasks.
    pub(crate) tasks: Option<Box<TaskDraft>>,
    /// Only of a document about production orders.
    pub(crate) production: Option<Box<ProductionDraft>>,
    /// Only of a document about goods of catch weight.
    pub(crate) weights: Option<Box<WeightDraft>>,
}

impl<'a> Draft<'a> {
    /// Nothing judged yet.
    pub(crate) fn new(state: &'a State, document: &Document, effective_at: Timestamp) -> Self {
        let passes_lock = document.pass_lock;
        let locked_until = state.locked_until;
        let (balances, outside, reservations, lots, serials, reversed) = Default::default();
        let (promised, rules, shelf_life, made, trackings) = Default::default();
        Self {
            state,
            seen: RefCell::default(),
            effective_at,
            passes_lock,
            has_happened: document.time_may_move,
            today: document.today,
            locked_until,
            reversed,
            trackings,
            balances,
            outside,
            reservations,
            lots,
            serials,
            promised,
            available: state.available_statuses(),
            rules,
            rules_set: 0,
            shelf_life,
            made,
            handling: None,
            expected: None,
            deliveries: None,
            counts: None,
            orders: None,
            tasks: None,
            production: None,
            weights: None,
        }
    }

    pub(crate) const fn passes_lock(&self) -> bool {
        self.passes_lock
    }

    pub(crate) const fn locked_until(&self) -> Option<Timestamp> {
        self.locked_until
    }

    pub(crate) const fn set_locked_until(&mut self, until: Timestamp) {
        self.locked_until = Some(until);
    }

    /// What took a movement back, maybe a line before in this very document.
    pub(crate) fn reversed_by(&self, movement: MovementRef) -> Option<MovementRef> {
        let here = |line: &u32| MovementRef { sequence: self.state.sequence().next(), line: *line };
        self.reversed.get(&movement).map(here).or_else(|| self.state.reversed_by(movement))
    }

    pub(crate) fn set_reversed(&mut self, movement: MovementRef, line: u32) {
        self.reversed.insert(movement, line);
    }

    /// Whether any item is, or was, tracked.
    pub(crate) fn has_tracked_items(&self) -> bool {
        self.state.has_tracked_items() || !self.trackings.is_empty()
    }

    pub(crate) fn tracking(&self, sku: &Sku) -> Tracking {
        let known = || self.held(sku).map(ItemState::tracking).unwrap_or_default();
        self.trackings.get(sku).copied().unwrap_or_else(known)
    }

    pub(crate) fn note_tracking(&mut self, moved: &Moved) {
        if (moved.goods.is_some() || self.has_tracked_items())
            && self.tracking(&moved.sku) != moved.tracking()
        {
            self.trackings.insert(moved.sku.clone(), moved.tracking());
        }
    }

    /// Whether nothing of the item is here, wherever and of whatever kind.
    pub(crate) fn holds_nothing(&self, sku: &Sku) -> bool {
        self.positions(sku, None).iter().all(|(_, _, balance)| balance.on_hand.is_zero())
    }

    pub(crate) const fn effective_at(&self) -> Timestamp {
        self.effective_at
    }

    pub(crate) const fn state(&self) -> &'a State {
        self.state
    }

    /// What the state holds of an item. A line looks at the same one many times, and each look costs the memory's time.
    pub(crate) fn held(&self, sku: &Sku) -> Option<&'a ItemState> {
        if let Some((known, held)) = &*self.seen.borrow()
            && known == sku
        {
            return *held;
        }
        let held = self.state.held(sku.as_str());
        self.seen.replace(Some((sku.clone(), held)));
        held
    }

    pub(crate) fn outside(&self, sku: &Sku) -> Quantity {
        let known = || self.held(sku).map(|held| held.outside).unwrap_or_default();
        self.outside.get(sku).copied().unwrap_or_else(known)
    }

    pub(crate) fn set_outside(&mut self, sku: &Sku, outside: Quantity) {
        self.outside.insert(sku.clone(), outside);
    }

    pub(crate) fn balance(&self, sku: &Sku, location: &LocationCode, holding: &Holding) -> Balance {
        let is_it = |known: &(Sku, LocationCode, Holding)| {
            known.0 == *sku && known.1 == *location && known.2 == *holding
        };
        let drafted = self.balances.find(is_it, || (sku.clone(), location.clone(), holding.clone())).copied();
        drafted.unwrap_or_else(|| self.state.balance_in(self.held(sku), location.as_str(), holding))
    }

    pub(crate) fn set_balance(
        &mut self,
        sku: &Sku,
        location: &LocationCode,
        holding: &Holding,
        balance: Balance,
    ) {
        if self.has_rules() && holding.counts(self.available) {
            let before = self.balance(sku, location, holding).available();
            let change = amount(balance.available()).saturating_sub(amount(before));
            self.count(sku, |rules| rules.add_free(change));
        }
        self.balances.insert((sku.clone(), location.clone(), holding.clone()), balance);
    }

    pub(crate) fn lot(&self, sku: &Sku, lot: &LotCode) -> Option<&Lot> {
        self.lots.get(&(sku.clone(), lot.clone())).or_else(|| self.state.lot(sku.as_str(), lot))
    }

    pub(crate) fn set_lot(&mut self, sku: &Sku, lot: &LotCode, known: Lot) {
        self.lots.insert((sku.clone(), lot.clone()), known);
    }

    pub(crate) fn serial(&self, sku: &Sku, serial: &SerialNumber) -> Option<(LocationCode, Holding)> {
        match self.serials.get(&(sku.clone(), serial.clone())) {
            Some(drafted) => drafted.clone(),
            None => {
                let (location, holding) = self.state.serial(sku.as_str(), serial)?;
                Some((location.clone(), holding.clone()))
            }
        }
    }

    pub(crate) fn set_serial(
        &mut self,
        sku: &Sku,
        serial: &SerialNumber,
        at: Option<(LocationCode, Holding)>,
    ) {
        self.serials.insert((sku.clone(), serial.clone()), at);
    }

    /// What is left of a reservation. A reservation made by this very document has no id yet that a caller could know.
    pub(crate) fn reservation(&self, id: ReservationId) -> Result<Reservation, Rejection> {
        let not_found = Rejection::ReservationNotFound { reservation: id };
        let held = self.reservations.get(&id).cloned().or_else(|| self.state.reservation(id));
        held.filter(|held| held.quantity.is_positive()).ok_or(not_found)
    }

    pub(crate) fn set_reservation(&mut self, left: Reservation) {
        self.reservations.insert(left.id, left);
    }

    /// Reservations that the lines judged so far have changed, as they left them.
    pub(crate) fn reservations_touched(&self) -> impl Iterator<Item = &Reservation> {
        self.reservations.iter().map(|(_, left)| left)
    }

    /// By which promise a unit is named.
    pub(crate) fn promised(&self, sku: &Sku, serial: &SerialNumber) -> Option<ReservationId> {
        let drafted = self.promised.get(&(sku.clone(), serial.clone())).copied();
        drafted.unwrap_or_else(|| self.state.promised(sku.as_str(), serial))
    }

    /// A unit that is promised by name does not leave in another way, and is not promised again.
    pub(crate) fn check_unpromised(&self, sku: &Sku, serial: &SerialNumber) -> Result<(), Rejection> {
        let refuse = |reservation| {
            let (sku, serial) = (sku.clone(), serial.clone());
            Err(Rejection::SerialReserved { sku, serial, reservation })
        };
        self.promised(sku, serial).map_or(Ok(()), refuse)
    }

    pub(crate) fn set_promised(&mut self, sku: &Sku, serial: &SerialNumber, by: Option<ReservationId>) {
        self.promised.insert((sku.clone(), serial.clone()), by);
    }

    pub(crate) const fn available(&self) -> AvailableStatuses {
        self.available
    }

    /// The rules of an item.
    pub(crate) fn rules(&self, sku: &Sku) -> Option<&ItemRules> {
        if !self.has_rules() {
            return None;
        }
        self.rules.get(sku).or_else(|| self.state.rules_of(sku.as_str())).filter(|rules| !rules.is_empty())
    }

    fn has_rules(&self) -> bool {
        self.state.has_rules() || self.rules.iter().next().is_some()
    }

    /// Changes what the rules of an item count, if it has any.
    pub(crate) fn count(&mut self, sku: &Sku, count: impl FnOnce(&mut ItemRules)) {
        if let Some(rules) = self.rules.get_mut(sku) {
            count(rules);
        } else if let Some(mut rules) = self.rules(sku).map(ItemRules::drafted) {
            count(&mut rules);
            self.rules.insert(sku.clone(), rules);
        }
    }

    /// What a holder has in open promises of an item that has rules.
    pub(crate) fn open_of(&self, sku: &Sku, holder: &PartyCode) -> Quantity {
        let known = self.state.rules_of(sku.as_str()).map(|rules| rules.open_of(holder));
        let drafted = self.rules.get(sku).map(|rules| rules.open_of(holder));
        clamped(known.unwrap_or_default().saturating_add(drafted.unwrap_or_default()))
    }

    /// Notes what was promised to a holder.
    pub(crate) fn note_made(&mut self, sku: &Sku, holder: &PartyCode, quantity: Quantity) {
        self.made.push((sku.clone(), holder.clone(), quantity));
    }

    /// Whether one more rule may be set.
    pub(crate) const fn has_room_for_rule(&self) -> bool {
        self.state.rule_count().saturating_add(self.rules_set) < RULES_MAX
    }

    pub(crate) fn set_rule(&mut self, rule: &Rule) {
        if rule.has_value() && !self.state.is_rule_set(rule) {
            self.rules_set = self.rules_set.saturating_add(1);
        }
        match rule {
            Rule::ShelfLife { holder, days } => self.shelf_life.insert(holder.clone(), *days),
            Rule::StatusCounts { status, counts } => self.available.set(*status, *counts),
            Rule::ChannelQuota { .. } | Rule::SafetyBuffer { .. } => {}
            Rule::CustomerMaximum { .. } | Rule::Minimum { .. } | Rule::Periodic { .. } => {}
            Rule::StoredAs { .. } | Rule::Stores { .. } => {}
        }
        let Some(sku) = rule.sku() else { return };
        // Those that this very document has taken away go on counting.
        let drafted = self.rules.get(sku).cloned();
        let known = || self.state.rules_of(sku.as_str()).map(ItemRules::drafted);
        let mut rules = drafted.or_else(known).unwrap_or_else(|| self.counted(sku));
        rules.set(rule, Quantity::ZERO);
        self.rules.insert(sku.clone(), rules);
    }

    /// No rules yet, and what they would have counted so far.
    fn counted(&self, sku: &Sku) -> ItemRules {
        let mut rules = self.state.counted_of(sku);
        for ((item, location, holding), balance) in self.balances.iter() {
            if item == sku {
                let known = self.state.balance_of(sku.as_str(), location.as_str(), holding);
                let before = free(holding, &known, self.state.available_statuses());
                rules.add_free(free(holding, balance, self.available).saturating_sub(before));
            }
        }
        for (id, left) in self.reservations.iter().filter(|(_, left)| left.sku == *sku) {
            let before = self.state.reservation(*id).map(|held| held.quantity).unwrap_or_default();
            let ended = before.checked_sub(left.quantity).unwrap_or_default();
            rules.ended(&left.terms, ended, true);
        }
        for (_, holder, quantity) in self.made.iter().filter(|(item, ..)| item == sku) {
            rules.open(Some(holder), *quantity);
        }
        rules
    }

    pub(crate) fn shelf_life(&self, holder: &PartyCode) -> Option<u32> {
        let drafted = self.shelf_life.get(holder).copied();
        drafted.unwrap_or_else(|| self.state.shelf_life(holder))
    }
}

/// What of a position can be promised, if such goods count.
fn free(holding: &Holding, balance: &Balance, statuses: AvailableStatuses) -> Amount {
    if holding.counts(statuses) { amount(balance.available()) } else { 0 }
}
