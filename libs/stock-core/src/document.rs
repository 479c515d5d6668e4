use std::sync::Arc;

use laws::NegativeStock;
use vocabulary::{
    Date, ExpectationCode, LocationCode, PartyCode, Quantity, RequestId, ReservationId, SerialNumber, Sku,
    StockStatus, Timestamp,
};
use work_core::Progress;

use crate::{
    Arrived, CountLine, DeliveryLine, DeliveryStep, ExpectationLine, HoldLot, LineGoods, Met, Moved,
    MovementRef, OrderLine, ProductionLine, RequestDigest, Rule, TaskLine, UnitLine, UnitName,
};

/// The most lines a document may have.
pub const LINES_MAX: usize = 1000;

/// A document as the core judges it: parsed, checked against the catalog, quantities in base units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The caller's id.
    pub request_id: RequestId,
    /// Digest of the content as sent.
    pub digest: RequestDigest,
    /// When it happened; `None` means when it is recorded.
    pub effective_at: Option<Timestamp>,
    /// The caller's own reference.
    pub reference: String,
    /// 1 to [`LINES_MAX`] lines, judged in order; all or none.
    pub lines: Vec<Line>,
    /// Its caller may, and wants to, change what happened before the lock.
    pub pass_lock: bool,
    /// Where it cannot have happened when it says, it happens now: its caller's clock may be wrong.
    pub time_may_move: bool,
    /// The day at the warehouse while it is judged: lots whose last day was before have expired. `None` where nobody looked.
    pub today: Option<Date>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A quantity of an item.
    Item {
        /// The item.
        sku: Sku,
        /// The item's policy when the line was checked.
        negative: NegativeStock,
        /// In the base unit, positive.
        quantity: Quantity,
        /// Which goods; `None` for plain ones of an item that is not tracked.
        goods: Option<Box<LineGoods>>,
        /// What is done with it.
        action: Action,
    },
    /// A promise is taken back.
    Release {
        /// Which.
        reservation: ReservationId,
        /// How much, in the base unit, positive; `None` means all that is left.
        quantity: Option<Quantity>,
    },
    /// Promised goods go out to a customer.
    Fulfil {
        /// Which.
        reservation: ReservationId,
        /// How much, in the base unit, positive; `None` means all that is left.
        quantity: Option<Quantity>,
        /// One a unit, of an item tracked by serial number.
        serials: Vec<SerialNumber>,
        /// The handling unit that they are taken out of; `None` for loose ones.
        unit: Option<UnitName>,
        /// What they weigh together, of an item of catch weight. Boxed: nearly no line has one.
        weight: Option<Box<Quantity>>,
        /// The customers' virtual place.
        to: Place,
        /// The customer, if somebody said.
        partner: Option<PartyCode>,
    },
    /// The time of a soft promise is over: all that is left of it ends.
    Expire {
        /// Which.
        reservation: ReservationId,
        /// What the clock said.
        as_of: Timestamp,
    },
    /// A rule is set, or taken away.
    SetRule(Rule),
    /// A lot is taken out of use, wherever it is.
    HoldLot(HoldLot),
    /// What a line of an entry moved is moved back.
    Reverse {
        /// Which.
        movement: MovementRef,
        /// All that the journal has of it; nothing when it has none.
        moved: Arc<[Moved]>,
        /// What it met of an expectation.
        met: Option<Arc<Met>>,
        /// What it brought of deliveries.
        arrived: Vec<Arrived>,
        /// What it moved for a production order.
        progressed: Option<Arc<Progress>>,
        /// Why.
        reason: String,
    },
    /// Nothing that happened before a time changes any more.
    LockStock {
        /// The first instant that may still change.
        until: Timestamp,
    },
    /// Something is done with a handling unit.
    HandlingUnit(Box<UnitLine>),
    /// Something is expected, or otherwise than before.
    Expect(Box<ExpectationLine>),
    /// Something is done with a delivery.
    Delivery(Box<DeliveryLine>),
    /// Something is done with a count.
    Count(Box<CountLine>),
    /// Something is done with an outbound order.
    Order(Box<OrderLine>),
    /// Something is done with a task.
    Task(Box<TaskLine>),
    /// Something is done with a production order.
    Production(Box<ProductionLine>),
    /// What a line moves is a step of a delivery.
    ForDelivery {
        /// Which step.
        step: Box<DeliveryStep>,
        /// The line.
        by: Box<Line>,
    },
    /// What a line moves or promises was expected.
    Meet {
        /// As what.
        expectation: ExpectationCode,
        /// The line.
        by: Box<Line>,
    },
}

/// What is done with a quantity of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// From a supplier to a location.
    Receive {
        /// Virtual.
        from: Place,
        /// Real.
        to: Place,
    },
    /// From a location to a customer.
    Issue {
        /// Real.
        from: Place,
        /// Virtual.
        to: Place,
    },
    /// From a location to another.
    Move {
        /// Real.
        from: Place,
        /// Real.
        to: Place,
    },
    /// A correction, from or to the adjustment place.
    Adjust {
        /// Where it leaves.
        from: Place,
        /// Where it arrives.
        to: Place,
        /// Why.
        reason: String,
    },
    /// From a customer to a location.
    Return {
        /// Virtual.
        from: Place,
        /// Real.
        to: Place,
    },
    /// A promise.
    Reserve {
        /// Where; `None` for anywhere.
        at: Option<LocationCode>,
    },
    /// Goods become another status where they are.
    ChangeStatus {
        /// Real.
        at: Place,
        /// What they become; the table allows it.
        to: StockStatus,
        /// Why.
        reason: String,
    },
    /// A supplier's goods become our own where they are.
    TakeOwnership {
        /// Real.
        at: Place,
    },
    /// Into production: used up by what the document produces.
    Consume {
        /// Real.
        from: Place,
        /// Virtual.
        to: Place,
    },
    /// Out of production: made of what the document consumes.
    Produce {
        /// Virtual.
        from: Place,
        /// Real.
        to: Place,
    },
}

/// A place of a movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A location where stock is kept.
    Real(LocationCode),
    /// A location that stands for the outside world.
    Virtual(LocationCode),
}

impl Place {
    /// The location's code.
    pub const fn code(&self) -> &LocationCode {
        match self {
            Self::Real(code) | Self::Virtual(code) => code,
        }
    }

    /// The code if it is real.
    pub const fn real(&self) -> Option<&LocationCode> {
        match self {
            Self::Real(code) => Some(code),
            Self::Virtual(_) => None,
        }
    }
}
