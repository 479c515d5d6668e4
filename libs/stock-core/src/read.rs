//! Reading a state.

use std::ops::Bound;

use laws::NegativeStock;
use vocabulary::{
    Date, LocationCode, LotCode, Quantity, ReservationId, Sequence, SerialNumber, Sku, Timestamp,
    WarehouseCode, Weight,
};

use crate::item::{HeldBalance, ItemState, PLAIN};
use crate::lot::LotOrder;
use crate::{
    Balance, HoldCause, Holding, Lot, MovementRef, PositionRow, Reservation, Reversed, SerialRow, State,
    Tracking,
};

/// A unit, where it is, and of which goods.
type UnitHere<'a> = (&'a SerialNumber, &'a LocationCode, &'a Holding);

impl State {
    /// Whose state this is.
    pub const fn warehouse(&self) -> &WarehouseCode {
        &self.warehouse
    }

    /// The newest entry in it.
    pub const fn sequence(&self) -> Sequence {
        self.sequence
    }

    /// The quantities of plain goods at a place; zero when the warehouse never held the item there.
    pub fn balance(&self, sku: &str, location: &str) -> Balance {
        let find = || self.held(sku)?.balance(self.locations.get(location)?, PLAIN);
        find().unwrap_or_default()
    }

    /// The quantities of some goods at a place; zero when the warehouse never held them there.
    pub fn balance_of(&self, sku: &str, location: &str, holding: &Holding) -> Balance {
        self.balance_in(self.held(sku), location, holding)
    }

    /// The quantities of some goods of an item at a place.
    pub(crate) fn balance_in(&self, held: Option<&ItemState>, location: &str, holding: &Holding) -> Balance {
        let number = || if holding.is_plain() { Some(PLAIN) } else { self.holdings.get::<Holding>(holding) };
        let find = || held?.balance(self.locations.get(location)?, number()?);
        find().unwrap_or_default()
    }

    /// What an item's virtual places hold together: minus what is inside.
    pub fn outside(&self, sku: &str) -> Quantity {
        self.held(sku).map(|held| held.outside).unwrap_or_default()
    }

    /// What is on hand of an item, place by place.
    pub fn inside<'a>(&'a self, sku: &str) -> impl Iterator<Item = Quantity> + use<'a> {
        let balances = self.held(sku).map(|held| held.balances.as_slice()).unwrap_or_default();
        balances.iter().map(|at| at.balance.on_hand)
    }

    /// The policy of the item's newest movement.
    pub fn negative(&self, sku: &str) -> NegativeStock {
        self.held(sku).map(|held| held.negative).unwrap_or_default()
    }

    /// How the item was tracked by its newest movement.
    pub fn tracking(&self, sku: &str) -> Tracking {
        self.held(sku).map_or(Tracking::None, ItemState::tracking)
    }

    /// Both the policy and the tracking.
    pub(crate) fn policy(&self, sku: &str) -> (NegativeStock, Tracking) {
        self.held(sku).map(|held| (held.negative, held.tracking())).unwrap_or_default()
    }

    /// What took a movement back.
    pub fn reversed_by(&self, movement: MovementRef) -> Option<MovementRef> {
        self.reversed.get(&movement).copied()
    }

    /// Every movement that was taken back, in order.
    pub fn reversed(&self) -> impl Iterator<Item = Reversed> {
        self.reversed.iter().map(|(movement, by)| Reversed { movement: *movement, by: *by })
    }

    /// When something happens that nobody says the time of: `now`, and not before anything that is known. Clocks differ: goods that came
    /// a second in the future can leave at once.
    pub fn effective_now(&self, now: Timestamp) -> Timestamp {
        now.max(self.newest_effective)
    }

    /// The first instant that may still change; `None` when all may.
    pub const fn locked_until(&self) -> Option<Timestamp> {
        self.locked_until
    }

    /// Whether any item here is, or was, tracked.
    pub(crate) const fn has_tracked_items(&self) -> bool {
        self.has_tracked
    }

    /// A lot that was received.
    pub fn lot(&self, sku: &str, lot: &LotCode) -> Option<&Lot> {
        self.held(sku)?.tracked.as_ref()?.lots.get(lot)
    }

    /// Where a unit is, and of which goods; `None` when it is not here.
    pub fn serial(&self, sku: &str, serial: &SerialNumber) -> Option<(&LocationCode, &Holding)> {
        let (location, holding) = self.held(sku)?.tracked.as_ref()?.serials.get(serial)?;
        Some((self.locations.name(*location)?, self.holdings.name(*holding)?))
    }

    /// By which promise a unit is held by name.
    pub fn promised(&self, sku: &str, serial: &SerialNumber) -> Option<ReservationId> {
        self.held(sku)?.tracked.as_ref()?.promised.get(serial).copied()
    }

    /// The units of an item, by number.
    pub fn serials_of(&self, sku: &Sku) -> Vec<SerialRow> {
        let Some(tracked) = self.held(sku.as_str()).and_then(|held| held.tracked.as_ref()) else {
            return Vec::new();
        };
        let row = |(serial, (location, holding)): (&SerialNumber, &(u32, u32))| {
            let (location, holding) =
                (self.locations.name(*location)?.clone(), self.holdings.name(*holding)?.clone());
            Some(SerialRow { sku: sku.clone(), serial: serial.clone(), location, holding })
        };
        let mut rows: Vec<_> = tracked.serials.iter().filter_map(row).collect();
        rows.sort_unstable_by(|a, b| a.serial.cmp(&b.serial));
        rows
    }

    /// The number of units of an item.
    pub fn serial_count(&self, sku: &str) -> usize {
        self.held(sku).and_then(|held| held.tracked.as_ref()).map_or(0, |tracked| tracked.serials.len())
    }

    /// The lots of an item, by number.
    pub fn lots_of(&self, sku: &str) -> impl Iterator<Item = (&LotCode, &Lot)> {
        let tracked = self.held(sku).and_then(|held| held.tracked.as_ref());
        tracked.into_iter().flat_map(|tracked| &tracked.lots)
    }

    /// Those after one of them.
    pub fn lots_after(&self, sku: &str, after: Option<&LotCode>) -> impl Iterator<Item = (&LotCode, &Lot)> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let tracked = self.held(sku).and_then(|held| held.tracked.as_ref());
        tracked
            .into_iter()
            .flat_map(move |tracked| tracked.lots.range::<LotCode, _>((from, Bound::Unbounded)))
    }

    /// The units of an item, all or those at a location: at most `max` of them by number, after one of them.
    pub fn serials_after(
        &self,
        (sku, location): (&str, Option<&str>),
        after: Option<&SerialNumber>,
        max: usize,
    ) -> Vec<UnitHere<'_>> {
        let Some(tracked) = self.held(sku).and_then(|held| held.tracked.as_ref()) else { return Vec::new() };
        let location = location.map(|code| self.locations.get(code));
        let is_wanted = |(serial, (at, _)): &(&SerialNumber, &(u32, u32))| {
            location.is_none_or(|wanted| wanted == Some(*at)) && after.is_none_or(|after| *serial > after)
        };
        let mut units: Vec<_> = tracked.serials.iter().filter(is_wanted).collect();
        if units.len() > max {
            units.select_nth_unstable_by_key(max, |(serial, _)| *serial);
            units.truncate(max);
        }
        units.sort_unstable_by_key(|(serial, _)| *serial);
        let named = units.into_iter().filter_map(|(serial, (location, holding))| {
            Some((serial, self.locations.name(*location)?, self.holdings.name(*holding)?))
        });
        named.collect()
    }

    /// The lots whose date lies before this one and of which something is here that it takes, oldest first. Costs nothing when there
    /// are none.
    pub fn lots_expired_before(&self, date: Date) -> impl Iterator<Item = (&Sku, &LotCode, Date)> {
        let due = self.expiring.before(date);
        due.filter_map(|(date, item, lot)| {
            let sku = self.skus.name(item)?;
            self.can_be_held(sku.as_str(), lot, HoldCause::Expiry).then_some((sku, lot, date))
        })
    }

    /// Whether something of a lot is here that such a cause takes.
    pub fn can_be_held(&self, sku: &str, lot: &LotCode, cause: HoldCause) -> bool {
        self.balances_of_lot(sku, lot).any(|at| {
            let goods = self.holdings.name(at.holding);
            at.balance.on_hand.is_positive() && goods.is_some_and(|goods| cause.takes(goods.status))
        })
    }

    /// Where a lot is, and as what: by location, then by goods. Looks at no others.
    pub(crate) fn positions_of_lot(&self, sku: &str, lot: &LotCode) -> Vec<(LocationCode, Holding)> {
        let named = self.balances_of_lot(sku, lot).filter_map(|at| {
            Some((self.locations.name(at.location)?.clone(), self.holdings.name(at.holding)?.clone()))
        });
        let mut positions: Vec<_> = named.collect();
        positions.sort_unstable();
        positions
    }

    fn balances_of_lot(&self, sku: &str, lot: &LotCode) -> impl Iterator<Item = &HeldBalance> {
        let held = self.held(sku);
        let places = held.and_then(|held| held.tracked.as_ref()?.here.get(lot));
        held.zip(places).into_iter().flat_map(|(held, places)| {
            places.iter().filter_map(|(location, holding)| held.at(*location, *holding))
        })
    }

    /// The open reservations that hold something of such goods at a place, by id. Looks at no others.
    pub fn promises_of(&self, sku: &str, location: &str, holding: &Holding) -> Vec<ReservationId> {
        let (item, location) = (self.skus.get(sku), self.locations.get(location));
        let at = item.zip(location).zip(self.holdings.get::<Holding>(holding));
        let ids = at.map(|((item, location), goods)| self.promised_at.at((item, location, goods)));
        ids.into_iter().flatten().collect()
    }

    /// An open reservation.
    pub fn reservation(&self, id: ReservationId) -> Option<Reservation> {
        self.reservations.get(&id).and_then(|held| self.named(id, held))
    }

    /// The item of an open reservation, and what is left of it.
    pub fn reserved_item(&self, id: ReservationId) -> Option<(&Sku, Quantity)> {
        let held = self.reservations.get(&id)?;
        Some((self.skus.name(held.item)?, held.quantity))
    }

    /// Every open reservation, by id.
    pub fn reservations(&self) -> Vec<Reservation> {
        self.reservations_after(None).collect()
    }

    /// The open reservations after an id, in order.
    pub fn reservations_after(&self, after: Option<ReservationId>) -> impl Iterator<Item = Reservation> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let range = self.reservations.range((from, Bound::Unbounded));
        range.filter_map(|(id, held)| self.named(*id, held))
    }

    /// Codes of the items it ever held, in order, after `after`.
    pub fn skus_after<'a>(&'a self, after: Option<&str>) -> impl Iterator<Item = &'a Sku> + use<'a> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        self.sorted.range::<str, _>((from, Bound::Unbounded)).map(|(sku, _)| sku)
    }

    /// Where an item is or was, and as what: at most `max` places in order, after one of them.
    pub fn places_after(
        &self,
        sku: &Sku,
        after: Option<(&str, &Holding)>,
        max: usize,
    ) -> Vec<(&LocationCode, &Holding)> {
        let balances = self.held(sku.as_str()).map(|held| held.balances.as_slice()).unwrap_or_default();
        let named =
            |at: &HeldBalance| Some((self.locations.name(at.location)?, self.holdings.name(at.holding)?));
        let is_later = |(location, holding): &(&LocationCode, &Holding)| {
            after.is_none_or(|after| (location.as_str(), *holding) > after)
        };
        let mut places: Vec<_> = balances.iter().filter_map(named).filter(is_later).collect();
        if places.len() > max {
            places.select_nth_unstable(max);
            places.truncate(max);
        }
        places.sort_unstable();
        places
    }

    /// Number of an item's positions.
    pub(crate) fn position_count(&self, sku: &str) -> usize {
        self.held(sku).map_or(0, |held| held.balances.len())
    }

    /// The positions of an item, by location, then by goods.
    pub fn positions_of(&self, sku: &Sku) -> Vec<PositionRow> {
        self.held(sku.as_str()).map(|held| self.rows(sku, (held, &held.balances))).unwrap_or_default()
    }

    /// What there is of an item, position by position, in no order. Copies nothing.
    pub fn balances_of<'a>(
        &'a self,
        sku: &str,
    ) -> impl Iterator<Item = (&'a Holding, Balance, Option<Weight>)> + use<'a> {
        let held = self.held(sku);
        held.into_iter().flat_map(|held| held.balances.iter().map(move |at| (held, at))).filter_map(
            |(held, at)| {
                let weight = held.weight(at.location, at.holding);
                Some((self.holdings.name(at.holding)?, at.balance, weight))
            },
        )
    }

    /// Those at one location, by goods. Looks at no others.
    pub fn positions_at(&self, sku: &Sku, location: &str) -> Vec<PositionRow> {
        let found = self.held_at(sku, location);
        found.map(|found| self.rows(sku, found)).unwrap_or_default()
    }

    /// What is held of an item, all of it and what of it is at a location.
    pub(crate) fn held_at(&self, sku: &Sku, location: &str) -> Option<(&ItemState, &[HeldBalance])> {
        let held = self.held(sku.as_str())?;
        Some((held, held.at_location(self.locations.get(location)?)))
    }

    fn rows(&self, sku: &Sku, (held, some): (&ItemState, &[HeldBalance])) -> Vec<PositionRow> {
        let row = |at: &HeldBalance| {
            let location = self.locations.name(at.location)?.clone();
            let holding = self.holdings.name(at.holding)?.clone();
            let (sku, balance, negative) = (sku.clone(), at.balance, held.negative);
            let weight = held.weight(at.location, at.holding);
            Some(PositionRow { sku, location, holding, balance, negative, weight })
        };
        let mut rows: Vec<_> = some.iter().filter_map(row).collect();
        rows.sort_unstable_by(|a, b| (&a.location, &a.holding).cmp(&(&b.location, &b.holding)));
        rows
    }

    /// Number of items and of positions.
    pub fn size(&self) -> (usize, usize) {
        let positions =
            self.items.iter().map(|item| item.balances.len()).fold(0_usize, usize::saturating_add);
        (self.items.len(), positions)
    }

    /// The lots of which something can be promised at a place, first to expire first.
    pub(crate) fn lots_in_order<'a>(
        &self,
        held: Option<&'a ItemState>,
        location: &str,
    ) -> impl Iterator<Item = &'a LotOrder> + use<'a> {
        let find = || {
            let tracked = held?.tracked.as_ref()?;
            tracked.order.get(&self.locations.get(location)?)
        };
        find().into_iter().flatten()
    }

    /// Positions of which something can be promised, with their lots for an item tracked by lot: each location's in order.
    pub(crate) fn places(
        &self,
        sku: &str,
        at: Option<&LocationCode>,
        tracking: Tracking,
    ) -> impl Iterator<Item = (&LocationCode, Option<&LotOrder>)> {
        let (held, at) = (self.held(sku), at.map(|at| self.locations.get(at.as_str())));
        let is_here = move |location: u32| at.is_none_or(|at| at == Some(location));
        let by_lot = held.filter(|_| tracking == Tracking::Lot).and_then(|held| held.tracked.as_ref());
        let lots = by_lot.into_iter().flat_map(|tracked| &tracked.order);
        let lots = lots.filter(move |(location, _)| is_here(**location)).flat_map(|(location, lots)| {
            let code = self.locations.name(*location);
            lots.iter().filter_map(move |lot| Some((code?, Some(lot))))
        });
        let others = held.filter(|_| tracking != Tracking::Lot);
        let others = others.into_iter().flat_map(|held| &held.balances);
        let is_open = move |at: &&HeldBalance| {
            at.holding == PLAIN && is_here(at.location) && at.balance.available().is_positive()
        };
        let others = others.filter(is_open).filter_map(|at| Some((self.locations.name(at.location)?, None)));
        lots.chain(others)
    }

    /// Open reservations of an item, by id. Looks at no others.
    pub(crate) fn reservations_of(&self, sku: &Sku) -> impl Iterator<Item = Reservation> {
        let ids = self.skus.get(sku.as_str()).map(|item| self.promised_at.of_item(item)).unwrap_or_default();
        ids.into_iter().filter_map(|id| self.reservation(id))
    }

    pub(crate) fn held(&self, sku: &str) -> Option<&ItemState> {
        self.items.get(usize::try_from(self.skus.get(sku)?).ok()?)
    }
}
