use laws::NegativeStock;
use vocabulary::{
    AvailableStatuses, ChannelCode, LocationCode, LotCode, PartyCode, Quantity, RequestId, ReservationId,
    Sequence, SerialNumber, Sku, Sscc, StockStatus, Timestamp, WarehouseCode,
};

use crate::goods::{Goods, Standing};
use crate::{
    CountFact, DeliveryFact, ExpectationChange, ExpectationFact, Holding, LotFacts, Met, MovedWeight,
    MovementRef, OrderFact, Place, ProductionFact, Refusal, RequestDigest, Rule, TaskFact, Terms, Tracking,
    UnitFact,
};

/// One entry of a warehouse's journal: the answer to one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Position in the journal, from 1, without gaps.
    pub sequence: Sequence,
    /// Whose journal this is.
    pub warehouse: WarehouseCode,
    /// The request's id.
    pub request_id: RequestId,
    /// Digest of the request's content.
    pub digest: RequestDigest,
    /// When it happened.
    pub effective_at: Timestamp,
    /// When the warehouse learned it.
    pub recorded_at: Timestamp,
    /// The caller's own reference.
    pub reference: String,
    /// What was decided.
    pub outcome: Outcome,
}

/// Accepted or refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Every line, in order.
    Posted(Vec<Fact>),
    /// Nothing changed but that the refusal is remembered.
    Rejected(Refusal),
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// Goods went from one place to another.
    Moved(Moved),
    /// Goods were promised.
    Reserved(Reserved),
    /// A promise ended, or a part of it.
    Released(Released),
    /// Promised goods went elsewhere, and their promise with them.
    PromiseMoved(Box<PromiseMoved>),
    /// A lot was received for the first time.
    LotRecorded(Box<LotRecorded>),
    /// A rule was set, or taken away.
    RuleSet(Box<RuleSet>),
    /// What happened before a time is locked.
    Locked(StockLock),
    /// The document happened before the lock, or moved it back, and its caller may do that.
    LockPassed(StockLock),
    /// A handling unit changed, or where their numbers come from.
    HandlingUnit(Box<UnitFact>),
    /// What is expected is another, or some of it came or went.
    Expectation(Box<ExpectationFact>),
    /// A delivery changed.
    Delivery(Box<DeliveryFact>),
    /// A count changed.
    Count(Box<CountFact>),
    /// An outbound order changed.
    Order(Box<OrderFact>),
    /// A task changed.
    Task(Box<TaskFact>),
    /// A production order changed.
    Production(Box<ProductionFact>),
}

/// A quantity went from one place to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The document's line, from 0.
    pub line: u32,
    /// Why.
    pub kind: MovementKind,
    /// The item.
    pub sku: Sku,
    /// The item's policy when this was decided.
    pub negative: NegativeStock,
    /// Where it was.
    pub from: Place,
    /// Where it is now.
    pub to: Place,
    /// In the base unit, positive.
    pub quantity: Quantity,
    /// Why it was adjusted, or its status changed; empty for other kinds.
    pub reason: String,
    /// Which goods; `None` for plain ones.
    pub goods: Option<Box<Goods>>,
    /// Through which channel they were issued, or promised before they left.
    pub channel: Option<ChannelCode>,
    /// The supplier they came from, or the customer they went to or came back from.
    pub partner: Option<PartyCode>,
    /// What it takes back, of a reversal. Boxed: nearly every movement has none.
    pub reverses: Option<Box<MovementRef>>,
}

/// A promise, or its part in one position. Its id is (sequence of the entry, line).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reserved {
    /// The document's line, from 0.
    pub line: u32,
    /// The item.
    pub sku: Sku,
    /// Where.
    pub location: LocationCode,
    /// In the base unit, positive.
    pub quantity: Quantity,
    /// Of which lot; `None` for goods without lots.
    pub lot: Option<LotCode>,
    /// Of which status; not `available` only where others count as available.
    pub status: StockStatus,
    /// The units that were named; empty for any.
    pub serials: Vec<SerialNumber>,
    /// On what terms; `None` for the usual ones. The same for every part of a promise.
    pub terms: Option<Box<Terms>>,
}

/// The end of a promise, or of a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    /// The document's line, from 0.
    pub line: u32,
    /// Which.
    pub reservation: ReservationId,
    /// In the base unit, positive.
    pub quantity: Quantity,
    /// Of which lot; `None` for goods without lots.
    pub lot: Option<LotCode>,
    /// Of which status.
    pub status: StockStatus,
    /// Why.
    pub cause: ReleaseCause,
    /// Where; `None` when all that is left of it is at one place.
    pub location: Option<LocationCode>,
    /// The units that were named; empty for any.
    pub serials: Vec<SerialNumber>,
}

/// Promised goods went elsewhere in the warehouse, and their promise with them. Their movement stands before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseMoved {
    /// The document's line, from 0.
    pub line: u32,
    /// Which promise.
    pub reservation: ReservationId,
    /// The item.
    pub sku: Sku,
    /// How much of it, in the base unit; positive.
    pub quantity: Quantity,
    /// Of which lot; `None` for goods without lots.
    pub lot: Option<LotCode>,
    /// Of which status.
    pub status: StockStatus,
    /// Where it was.
    pub from: LocationCode,
    /// Where it is now.
    pub to: LocationCode,
    /// The units that are promised by name; empty for any.
    pub serials: Vec<SerialNumber>,
}

/// Why a promise ended, or a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReleaseCause {
    /// It was taken back, or used up by the movement that follows.
    #[default]
    Asked,
    /// Its time was over.
    Expired,
    /// Goods were short, and a promise of a higher priority got them.
    Reallocated,
    /// What was promised was called back.
    Recalled,
    /// The last day of what was promised was over.
    LotExpired,
    /// What was promised was lost, or became something else, by the movement that follows.
    Taken,
}

/// A lot was received for the first time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotRecorded {
    /// The document's line, from 0.
    pub line: u32,
    /// The item.
    pub sku: Sku,
    /// Its number.
    pub lot: LotCode,
    /// What is known of it.
    pub facts: LotFacts,
}

/// The lock of a warehouse's stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StockLock {
    /// The document's line, from 0.
    pub line: u32,
    /// The first instant that may still change.
    pub until: Timestamp,
}

/// A rule was set, or taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSet {
    /// The document's line, from 0.
    pub line: u32,
    /// The rule.
    pub rule: Rule,
}

/// Why goods moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MovementKind {
    /// From a supplier.
    Receipt,
    /// To a customer.
    Issue,
    /// Inside the warehouse.
    Move,
    /// A correction.
    Adjustment,
    /// Back from a customer.
    Return,
    /// To a customer, from a reservation.
    Fulfilment,
    /// They stay where they are and become another status.
    StatusChange,
    /// They stay where they are and become our own.
    OwnerChange,
    /// Into production.
    Consumption,
    /// Out of production.
    Production,
    /// What was moved is moved back.
    Reversal,
    /// They stay where they are, and go into a handling unit, out of one, or from one into another.
    Repack,
    /// Used up since they were counted last, as a count found of an item whose usage nothing else tells.
    Usage,
}

impl MovementKind {
    /// Whether goods are taken for somebody: not as a promise kept, which took them before.
    pub(crate) const fn takes(self) -> bool {
        matches!(self, Self::Issue | Self::Consumption)
    }

    /// Whether somebody outside gives the goods or gets them.
    pub const fn has_partner(self) -> bool {
        match self {
            Self::Receipt | Self::Issue | Self::Return | Self::Fulfilment => true,
            Self::Move | Self::Adjustment | Self::StatusChange | Self::OwnerChange => false,
            Self::Consumption | Self::Production | Self::Repack | Self::Usage => false,
            // As what it takes back.
            Self::Reversal => true,
        }
    }
}

impl Moved {
    /// The goods as they were.
    pub fn from_holding(&self) -> Holding {
        self.holding(|goods| &goods.from)
    }

    /// The goods as they are now.
    pub fn to_holding(&self) -> Holding {
        self.holding(|goods| &goods.to)
    }

    /// Whether it takes goods that somebody else could have been promised.
    pub(crate) fn takes_available(&self, available: AvailableStatuses) -> bool {
        self.kind.takes() && self.from.real().is_some() && self.from_holding().counts(available)
    }

    /// Whether goods that were taken through a channel are here again.
    pub(crate) fn gives_back(&self, available: AvailableStatuses) -> bool {
        self.reverses.is_some() && self.to.real().is_some() && self.to_holding().counts(available)
    }

    /// How the item is tracked, as this movement tells.
    pub(crate) fn tracking(&self) -> Tracking {
        self.goods.as_ref().map_or(Tracking::None, |goods| goods.tracking())
    }

    /// The handling unit that they were in.
    pub fn from_unit(&self) -> Option<Sscc> {
        self.goods.as_ref()?.from_unit
    }

    /// The handling unit that they are in now.
    pub fn to_unit(&self) -> Option<Sscc> {
        self.goods.as_ref()?.to_unit
    }

    /// Whether they stay where and what they are, and only the handling unit that they are in is another.
    pub(crate) fn is_repacking(&self) -> bool {
        let is_packed = self.from_unit().is_some() || self.to_unit().is_some();
        is_packed && self.from == self.to && self.from_holding() == self.to_holding()
    }

    /// What the goods weighed, of an item of catch weight.
    pub fn weight(&self) -> Option<MovedWeight> {
        self.goods.as_ref()?.weight
    }

    pub(crate) fn serials(&self) -> &[SerialNumber] {
        self.goods.as_ref().map(|goods| goods.serials.as_slice()).unwrap_or_default()
    }

    fn holding(&self, standing: impl FnOnce(&Goods) -> &Standing) -> Holding {
        let Some(goods) = &self.goods else { return Holding::default() };
        let Standing { status, owner } = standing(goods).clone();
        Holding { lot: goods.lot.clone(), status, owner }
    }
}

impl Entry {
    /// What a line of its document moved, in order.
    pub fn moved_by(&self, line: u32) -> impl Iterator<Item = &Moved> {
        self.moved().filter(move |moved| moved.line == line)
    }

    /// All that it moved.
    pub fn moved(&self) -> impl Iterator<Item = &Moved> {
        self.facts().iter().filter_map(|fact| match fact {
            Fact::Moved(moved) => Some(moved),
            Fact::Reserved(_) | Fact::Released(_) | Fact::LotRecorded(_) | Fact::Expectation(_) => None,
            Fact::RuleSet(_) | Fact::Locked(_) | Fact::LockPassed(_) | Fact::HandlingUnit(_) => None,
            Fact::Delivery(_) | Fact::PromiseMoved(_) => None,
            Fact::Count(_) | Fact::Order(_) | Fact::Task(_) | Fact::Production(_) => None,
        })
    }

    /// What a line of its document met of an expectation.
    pub fn met_by(&self, line: u32) -> Option<&Met> {
        self.facts().iter().find_map(|fact| {
            let Fact::Expectation(fact) = fact else { return None };
            let ExpectationChange::Met(met) = &fact.change else { return None };
            (fact.line == line).then_some(met)
        })
    }

    pub(crate) fn facts(&self) -> &[Fact] {
        match &self.outcome {
            Outcome::Posted(facts) => facts,
            Outcome::Rejected(_) => &[],
        }
    }

    /// Ids of the reservations this entry made, in the order of its lines.
    pub fn reservation_ids(&self) -> Vec<ReservationId> {
        self.reservations().into_iter().map(|(id, _)| id).collect()
    }

    /// The reservations this entry made, with what each holds, in the order of its lines.
    pub fn reservations(&self) -> Vec<(ReservationId, Quantity)> {
        let Outcome::Posted(facts) = &self.outcome else { return Vec::new() };
        let mut made: Vec<(ReservationId, Quantity)> = Vec::new();
        for fact in facts {
            let Fact::Reserved(reserved) = fact else { continue };
            let id = ReservationId { sequence: self.sequence, line: reserved.line };
            match made.last_mut() {
                // A reservation over several positions has a fact for each, one after the other.
                Some((last, held)) if *last == id => {
                    *held = held.checked_add(reserved.quantity).unwrap_or(*held);
                }
                _ => made.push((id, reserved.quantity)),
            }
        }
        made
    }

    /// Numbers of the handling units that this entry opened, in the order of its lines.
    pub fn opened_units(&self) -> Vec<Sscc> {
        let Outcome::Posted(facts) = &self.outcome else { return Vec::new() };
        let opened = |fact: &Fact| {
            let Fact::HandlingUnit(fact) = fact else { return None };
            fact.change.opened()
        };
        facts.iter().filter_map(opened).collect()
    }
}
