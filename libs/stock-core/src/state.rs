use std::collections::BTreeMap;
use std::ops::Bound;

use laws::NegativeStock;
use rustc_hash::FxHashMap;
use vocabulary::{LocationCode, Quantity, ReservationId, Sequence, Sku, WarehouseCode};

use crate::entry::{Moved, Released, Reserved};
use crate::interner::Interner;
use crate::touched::{Marks, Touched};
use crate::{Entry, EvolveError, Fact, Outcome, Place};

/// What a warehouse holds, as of its newest entry. Memory: about 48 bytes a position and 120 an item.
#[derive(Debug, Clone)]
pub struct State {
    warehouse: WarehouseCode,
    sequence: Sequence,
    locations: Interner<LocationCode>,
    skus: Interner<Sku>,
    items: Vec<ItemState>,
    /// Items by code, for listing in order.
    sorted: BTreeMap<Sku, u32>,
    reservations: FxHashMap<ReservationId, HeldReservation>,
    marks: Marks,
}

#[derive(Debug, Clone, Default)]
struct ItemState {
    /// Sum over the virtual places: minus what is inside (L1).
    outside: Quantity,
    negative: NegativeStock,
    /// Sorted by location number.
    balances: Vec<HeldBalance>,
}

#[derive(Debug, Clone, Copy)]
struct HeldBalance {
    location: u32,
    /// Whether it is in `marks`.
    is_marked: bool,
    balance: Balance,
}

#[derive(Debug, Clone, Copy)]
struct HeldReservation {
    item: u32,
    location: u32,
    quantity: Quantity,
}

/// The quantities of a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Balance {
    /// What is there.
    pub on_hand: Quantity,
    /// What of it is promised.
    pub reserved: Quantity,
}

impl Balance {
    /// What is there and not promised.
    pub fn available(&self) -> Quantity {
        self.on_hand.checked_sub(self.reserved).unwrap_or_default()
    }
}

/// A position with its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PositionRow {
    /// The item.
    pub sku: Sku,
    /// Where.
    pub location: LocationCode,
    /// How much.
    pub balance: Balance,
    /// The policy of the item's newest movement.
    pub negative: NegativeStock,
}

/// An open promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reservation {
    /// Its id.
    pub id: ReservationId,
    /// The item.
    pub sku: Sku,
    /// Where.
    pub location: LocationCode,
    /// What is left of it.
    pub quantity: Quantity,
}

impl State {
    /// An empty warehouse.
    pub fn new(warehouse: WarehouseCode) -> Self {
        Self {
            warehouse,
            sequence: Sequence::START,
            locations: Interner::default(),
            skus: Interner::default(),
            items: Vec::new(),
            sorted: BTreeMap::new(),
            reservations: FxHashMap::default(),
            marks: Marks::default(),
        }
    }

    /// Puts a checkpoint back: positions and reservations as of `sequence`. Quantities outside follow from L1.
    ///
    /// # Errors
    /// [`EvolveError::Overflow`] when the sum of an item leaves the exact range.
    pub fn restore(
        warehouse: WarehouseCode,
        sequence: Sequence,
        positions: impl IntoIterator<Item = PositionRow>,
        reservations: impl IntoIterator<Item = Reservation>,
    ) -> Result<Self, EvolveError> {
        let mut state = Self::new(warehouse);
        for row in positions {
            let (item, location) = (state.item(&row.sku), state.locations.intern(&row.location).0);
            let held = state.item_mut(item)?;
            held.outside = held.outside.checked_sub(row.balance.on_hand)?;
            held.negative = row.negative;
            held.at_mut(location).balance = row.balance;
        }
        for held in reservations {
            let (item, location) = (state.item(&held.sku), state.locations.intern(&held.location).0);
            state.reservations.insert(held.id, HeldReservation { item, location, quantity: held.quantity });
        }
        state.sequence = sequence;
        Ok(state)
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
            for fact in facts {
                match fact {
                    Fact::Moved(moved) => self.moved(moved)?,
                    Fact::Reserved(reserved) => self.reserved(entry.sequence, reserved)?,
                    Fact::Released(released) => self.released(released)?,
                }
            }
        }
        self.sequence = entry.sequence;
        Ok(())
    }

    fn moved(&mut self, moved: &Moved) -> Result<(), EvolveError> {
        let item = self.item(&moved.sku);
        self.set_negative(item, moved.negative)?;
        self.shift(item, &moved.from, moved.quantity.negated())?;
        self.shift(item, &moved.to, moved.quantity)
    }

    /// Every position carries its item's policy into a checkpoint, so a new policy changes them all.
    fn set_negative(&mut self, item: u32, negative: NegativeStock) -> Result<(), EvolveError> {
        let held = self.item_mut(item)?;
        if held.negative == negative {
            return Ok(());
        }
        held.negative = negative;
        let unmarked = held.balances.iter_mut().filter(|at| !at.is_marked);
        let locations: Vec<u32> = unmarked
            .map(|at| {
                at.is_marked = true;
                at.location
            })
            .collect();
        locations.into_iter().for_each(|location| self.marks.position(item, location));
        Ok(())
    }

    fn shift(&mut self, item: u32, place: &Place, quantity: Quantity) -> Result<(), EvolveError> {
        match place {
            Place::Real(code) => {
                let location = self.locations.intern(code).0;
                let balance = self.balance_mut(item, location)?;
                balance.on_hand = balance.on_hand.checked_add(quantity)?;
            }
            Place::Virtual(_) => {
                let held = self.item_mut(item)?;
                held.outside = held.outside.checked_add(quantity)?;
            }
        }
        Ok(())
    }

    fn reserved(&mut self, sequence: Sequence, reserved: &Reserved) -> Result<(), EvolveError> {
        let (item, location) = (self.item(&reserved.sku), self.locations.intern(&reserved.location).0);
        let balance = self.balance_mut(item, location)?;
        balance.reserved = balance.reserved.checked_add(reserved.quantity)?;
        let id = ReservationId { sequence, line: reserved.line };
        self.reservations.insert(id, HeldReservation { item, location, quantity: reserved.quantity });
        self.marks.reservation(id);
        Ok(())
    }

    fn released(&mut self, released: &Released) -> Result<(), EvolveError> {
        let missing = EvolveError::Reservation(released.reservation);
        let Some(held) = self.reservations.get_mut(&released.reservation) else { return Err(missing) };
        held.quantity = held.quantity.checked_sub(released.quantity)?;
        let HeldReservation { item, location, quantity } = *held;
        if quantity.is_negative() {
            return Err(missing);
        }
        if quantity.is_zero() {
            self.reservations.remove(&released.reservation);
        }
        self.marks.reservation(released.reservation);
        let balance = self.balance_mut(item, location)?;
        balance.reserved = balance.reserved.checked_sub(released.quantity)?;
        Ok(())
    }

    fn item(&mut self, sku: &Sku) -> u32 {
        let (item, new) = self.skus.intern(sku);
        if new {
            self.items.push(ItemState::default());
            self.sorted.insert(sku.clone(), item);
        }
        item
    }

    /// A position that is about to change.
    fn balance_mut(&mut self, item: u32, location: u32) -> Result<&mut Balance, EvolveError> {
        let marks = &mut self.marks;
        let held = usize::try_from(item).ok().and_then(|n| self.items.get_mut(n));
        let held = held.ok_or(EvolveError::Overflow)?.at_mut(location);
        if !std::mem::replace(&mut held.is_marked, true) {
            marks.position(item, location);
        }
        Ok(&mut held.balance)
    }

    /// Everything that entries have changed since the last call (or since the state was new, or restored), as it is now.
    pub fn take_touched(&mut self) -> Touched {
        let marks = std::mem::take(&mut self.marks);
        let mut touched = Touched::default();
        for (item, location) in marks.positions() {
            touched.positions.extend(self.unmark(item, location));
        }
        for id in marks.reservations() {
            match self.reservation(id) {
                Some(held) => touched.reservations.push(held),
                None => touched.ended_reservations.push(id),
            }
        }
        touched
    }

    fn unmark(&mut self, item: u32, location: u32) -> Option<PositionRow> {
        let (sku, code) = (self.skus.name(item)?.clone(), self.locations.name(location)?.clone());
        let held = self.item_mut(item).ok()?;
        let negative = held.negative;
        let at = held.at_mut(location);
        at.is_marked = false;
        Some(PositionRow { sku, location: code, balance: at.balance, negative })
    }

    fn item_mut(&mut self, item: u32) -> Result<&mut ItemState, EvolveError> {
        usize::try_from(item).ok().and_then(|n| self.items.get_mut(n)).ok_or(EvolveError::Overflow)
    }
}

/// Reading.
impl State {
    /// Whose state this is.
    pub const fn warehouse(&self) -> &WarehouseCode {
        &self.warehouse
    }

    /// The newest entry in it.
    pub const fn sequence(&self) -> Sequence {
        self.sequence
    }

    /// The position's quantities; zero when the warehouse never held the item there.
    pub fn balance(&self, sku: &str, location: &str) -> Balance {
        let find = || {
            let location = self.locations.get(location)?;
            self.item_state(self.skus.get(sku)?)?.balance(location)
        };
        find().unwrap_or_default()
    }

    /// What an item's virtual places hold together: minus what is inside.
    pub fn outside(&self, sku: &str) -> Quantity {
        self.skus.get(sku).and_then(|item| self.item_state(item)).map(|held| held.outside).unwrap_or_default()
    }

    /// The policy of the item's newest movement.
    pub fn negative(&self, sku: &str) -> NegativeStock {
        self.skus
            .get(sku)
            .and_then(|item| self.item_state(item))
            .map(|held| held.negative)
            .unwrap_or_default()
    }

    /// An open reservation.
    pub fn reservation(&self, id: ReservationId) -> Option<Reservation> {
        self.reservations.get(&id).and_then(|held| self.named(id, held))
    }

    /// Every open reservation, by id.
    pub fn reservations(&self) -> Vec<Reservation> {
        let mut all: Vec<_> =
            self.reservations.iter().filter_map(|(id, held)| self.named(*id, held)).collect();
        all.sort_unstable_by_key(|reservation| reservation.id);
        all
    }

    /// Codes of the items it ever held, in order, after `after`.
    pub fn skus_after<'a>(&'a self, after: Option<&str>) -> impl Iterator<Item = &'a Sku> + use<'a> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        self.sorted.range::<str, _>((from, Bound::Unbounded)).map(|(sku, _)| sku)
    }

    /// The positions of an item, by location.
    pub fn positions_of(&self, sku: &Sku) -> Vec<PositionRow> {
        let Some(held) = self.skus.get(sku.as_str()).and_then(|item| self.item_state(item)) else {
            return Vec::new();
        };
        let row = |at: &HeldBalance| {
            let location = self.locations.name(at.location)?.clone();
            Some(PositionRow { sku: sku.clone(), location, balance: at.balance, negative: held.negative })
        };
        let mut rows: Vec<_> = held.balances.iter().filter_map(row).collect();
        rows.sort_unstable_by(|a, b| a.location.cmp(&b.location));
        rows
    }

    /// Number of items and of positions.
    pub fn size(&self) -> (usize, usize) {
        let positions =
            self.items.iter().map(|item| item.balances.len()).fold(0_usize, usize::saturating_add);
        (self.items.len(), positions)
    }

    fn named(&self, id: ReservationId, held: &HeldReservation) -> Option<Reservation> {
        let (sku, location) =
            (self.skus.name(held.item)?.clone(), self.locations.name(held.location)?.clone());
        Some(Reservation { id, sku, location, quantity: held.quantity })
    }

    fn item_state(&self, item: u32) -> Option<&ItemState> {
        self.items.get(usize::try_from(item).ok()?)
    }
}

impl ItemState {
    fn balance(&self, location: u32) -> Option<Balance> {
        let found = self.balances.binary_search_by_key(&location, |at| at.location).ok()?;
        self.balances.get(found).map(|at| at.balance)
    }

    fn at_mut(&mut self, location: u32) -> &mut HeldBalance {
        let found = self.balances.binary_search_by_key(&location, |at| at.location);
        let at = found.unwrap_or_else(|at| {
            let new = HeldBalance { location, is_marked: false, balance: Balance::default() };
            self.balances.insert(at, new);
            at
        });
        // `at` was found or has just been inserted.
        #[expect(clippy::indexing_slicing, reason = "the index comes from the search or the insert above")]
        &mut self.balances[at]
    }
}
