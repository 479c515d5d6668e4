use thiserror::Error;
use vocabulary::{
    ChannelCode, Date, LocationCode, LotCode, PartyCode, Quantity, ReservationId, SerialNumber, Sku, Sscc,
    StockStatus, Timestamp,
};
use work_core::{CountRejection, DeliveryRejection, OrderRejection, ProductionRejection, TaskRejection};

use crate::{DocumentLimit, ExpectationRejection, MovementRef, Tracking, UnitRejection, WeightRejection};

/// A document's refusal: the line that was refused, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Index of the line, from 0.
    pub line: u32,
    /// Why.
    pub rejection: Rejection,
}

/// A business fact that stands against a line.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Rejection {
    /// Less is available at the position than was asked for.
    #[error(
        "{requested} of {sku} asked for at {location}, {available} available: ask for less, or receive more first"
    )]
    InsufficientAvailable {
        /// The item.
        sku: Sku,
        /// Where.
        location: LocationCode,
        /// Asked for.
        requested: Quantity,
        /// There and not promised.
        available: Quantity,
    },
    /// No open reservation has this id.
    #[error("no open reservation {reservation}: it never was, or nothing of it is left")]
    ReservationNotFound {
        /// The id.
        reservation: ReservationId,
    },
    /// The reservation holds less than was asked for.
    #[error("{requested} asked for of reservation {reservation}, {reserved} left: ask for at most that")]
    ReservationExceeded {
        /// The id.
        reservation: ReservationId,
        /// Asked for.
        requested: Quantity,
        /// Left.
        reserved: Quantity,
    },
    /// Less of the reservation is at the place, or in the handling unit, than was asked for.
    #[error("{requested} asked for of reservation {reservation} at {location}{}, {there} of it there: take it where its goods are", in_unit(unit.as_ref()))]
    PromisedElsewhere {
        /// The id.
        reservation: ReservationId,
        /// Where.
        location: LocationCode,
        /// Asked for.
        requested: Quantity,
        /// Of it there.
        there: Quantity,
        /// The handling unit that leaves; `None` for goods that move.
        unit: Option<Sscc>,
    },
    /// The quantity would leave the exact range of 10^18.
    #[error("the quantity of {sku} at {location} would exceed 10^18: split the item or correct its unit")]
    QuantityOverflow {
        /// The item.
        sku: Sku,
        /// Where.
        location: LocationCode,
    },
    /// A unit arrives that is here already.
    #[error("serial {serial} of {sku} is at {location} already: one unit has one number")]
    DuplicateSerial {
        /// The item.
        sku: Sku,
        /// Its number.
        serial: SerialNumber,
        /// Where it is.
        location: LocationCode,
    },
    /// A unit leaves that is not here.
    #[error("no unit of {sku} with serial {serial} is in the warehouse: check the number")]
    UnknownSerial {
        /// The item.
        sku: Sku,
        /// Its number.
        serial: SerialNumber,
    },
    /// A unit leaves from where it is not, or as what it is not.
    #[error("serial {serial} of {sku} is at {location}, or of another status or owner: name it as it is")]
    SerialElsewhere {
        /// The item.
        sku: Sku,
        /// Its number.
        serial: SerialNumber,
        /// Where it is.
        location: LocationCode,
    },
    /// Fulfilled units must be named, one number a unit.
    #[error(
        "{given} serials given for {expected} of {sku}: give one a unit of an item tracked by serial number"
    )]
    SerialsExpected {
        /// The item.
        sku: Sku,
        /// How many numbers there must be.
        expected: Quantity,
        /// How many there were.
        given: Quantity,
    },
    /// The lot was never received.
    #[error("lot {lot} of {sku} was never received: receive it first")]
    UnknownLot {
        /// The item.
        sku: Sku,
        /// The lot.
        lot: LotCode,
    },
    /// The lot is known with other facts, or without one that is told now.
    #[error(
        "lot {lot} of {sku} is known with another {field}, or without any, and stays so: leave it out, correct it, or give the goods a lot of their own"
    )]
    LotDiffers {
        /// The item.
        sku: Sku,
        /// The lot.
        lot: LotCode,
        /// Which fact differs.
        field: String,
    },
    /// The item's tracking is another than that of the goods that are here.
    #[error(
        "{sku} is tracked by {tracking}, and what is here by {held}: bring its stock to nothing before its tracking changes"
    )]
    TrackingChanged {
        /// The item.
        sku: Sku,
        /// What is here.
        held: Tracking,
        /// What the catalog says.
        tracking: Tracking,
    },
    /// The promise does not end by itself, or not yet.
    #[error("reservation {reservation} has not expired: it ends when it is released or fulfilled")]
    NotExpired {
        /// The id.
        reservation: ReservationId,
    },
    /// The unit is promised by name.
    #[error("serial {serial} of {sku} is promised by reservation {reservation}: fulfil or release that")]
    SerialReserved {
        /// The item.
        sku: Sku,
        /// Its number.
        serial: SerialNumber,
        /// By which.
        reservation: ReservationId,
    },
    /// The promise is of other units.
    #[error("reservation {reservation} is not of serial {serial}: give units that it names, or none")]
    SerialNotReserved {
        /// Which.
        reservation: ReservationId,
        /// The number given.
        serial: SerialNumber,
    },
    /// Too much is kept for other channels.
    #[error(
        "{requested} of {sku} asked for, {free} free, of which {kept} are kept for other channels: ask for less"
    )]
    QuotaExceeded {
        /// The item.
        sku: Sku,
        /// Who asked.
        channel: Option<ChannelCode>,
        /// Asked for.
        requested: Quantity,
        /// Available and not promised, in the whole warehouse.
        free: Quantity,
        /// Kept for others.
        kept: Quantity,
    },
    /// The safety buffer would be taken.
    #[error(
        "{requested} of {sku} asked for, {free} free, of which {kept} are kept for other channels and {buffer} as a \
         safety buffer: ask for less, or say that the buffer may be used"
    )]
    BufferKept {
        /// The item.
        sku: Sku,
        /// Asked for.
        requested: Quantity,
        /// Available and not promised, in the whole warehouse.
        free: Quantity,
        /// Kept for other channels.
        kept: Quantity,
        /// Kept for nobody.
        buffer: Quantity,
    },
    /// A customer would hold more than may be.
    #[error("{requested} of {sku} asked for, {holder} holds {open} of at most {maximum}: ask for less")]
    CustomerMaximum {
        /// The item.
        sku: Sku,
        /// Who.
        holder: PartyCode,
        /// Asked for.
        requested: Quantity,
        /// In open promises.
        open: Quantity,
        /// The most.
        maximum: Quantity,
    },
    /// The lot does not last long enough.
    #[error("lot {lot} of {sku} expires on {expiry}, asked for is {min_expiry} or later: name another lot")]
    ExpiresTooEarly {
        /// The item.
        sku: Sku,
        /// The lot.
        lot: LotCode,
        /// Its expiry.
        expiry: Date,
        /// The first day asked for.
        min_expiry: Date,
    },
    /// Less is available in the warehouse than was asked for.
    #[error("{requested} of {sku} asked for, {available} available: ask for less, or receive more first")]
    InsufficientInWarehouse {
        /// The item.
        sku: Sku,
        /// Asked for.
        requested: Quantity,
        /// There and not promised, over all locations.
        available: Quantity,
    },
    /// It is told late, and something that was told before would not have been there.
    #[error(
        "{sku} at {location} would hold {on_hand} at {at}, by all that is known of that time: take less, or correct the time"
    )]
    WouldBreakLater {
        /// The item.
        sku: Sku,
        /// Where.
        location: LocationCode,
        /// The first instant at which less than nothing would be there.
        at: Timestamp,
        /// What would be there then, of those goods.
        on_hand: Quantity,
    },
    /// The movement was taken back before.
    #[error("movement {movement} was taken back by {by}: nothing is taken back twice")]
    AlreadyReversed {
        /// The movement.
        movement: MovementRef,
        /// What took it back.
        by: MovementRef,
    },
    /// What should be taken back takes something back itself.
    #[error("movement {movement} takes back {reverses}: post what should happen as a document of its own")]
    ReversalOfReversal {
        /// The reversal.
        movement: MovementRef,
        /// What it takes back.
        reverses: MovementRef,
    },
    /// The entry is none that moved goods with this line.
    #[error("nothing was moved by {movement}: give the sequence of a receipt, and the line that moved goods")]
    MovementNotFound {
        /// The reference.
        movement: MovementRef,
    },
    /// It would change what happened before the lock.
    #[error("the stock is locked until {until}: give a later time, or pass the lock if you may")]
    StockLocked {
        /// The first instant that may still change.
        until: Timestamp,
    },
    /// With this line the document would make more of one entry than may be.
    #[error("with this line the document makes an entry of more than {max} {limit}: split it into several")]
    DocumentTooLarge {
        /// Which limit.
        limit: DocumentLimit,
        /// The most there may be.
        max: u64,
    },
    /// No more rules may hold.
    #[error("{max} rules hold, and no more may: take others away first, in a document of their own")]
    TooManyRules {
        /// The most there may be.
        max: u64,
    },
    /// What counts as available cannot change while there is some of it.
    #[error(
        "{sku} at {location} is {status}: change what is of that status first, then say whether it counts"
    )]
    StatusInUse {
        /// The status.
        status: StockStatus,
        /// An item that has some.
        sku: Sku,
        /// Where.
        location: LocationCode,
    },
    /// Goods of the status cannot be promised in this warehouse.
    #[error("{sku} that is {status} does not count as available here: name another status, or none")]
    StatusNotAvailable {
        /// The item.
        sku: Sku,
        /// The status.
        status: StockStatus,
    },
    /// It is about handling units.
    #[error(transparent)]
    HandlingUnit(#[from] UnitRejection),
    /// It is about what is expected.
    #[error(transparent)]
    Expectation(#[from] ExpectationRejection),
    /// It is about a delivery.
    #[error(transparent)]
    Delivery(#[from] DeliveryRejection),
    /// It is about a count.
    #[error(transparent)]
    Count(#[from] CountRejection),
    /// It is about an outbound order.
    #[error(transparent)]
    Order(#[from] OrderRejection),
    /// It is about a task.
    #[error(transparent)]
    Task(#[from] TaskRejection),
    /// It is about a production order.
    #[error(transparent)]
    Production(#[from] ProductionRejection),
    /// It is about catch weight.
    #[error(transparent)]
    Weight(#[from] WeightRejection),
}

impl Rejection {
    /// Whether the same document could stand if it happened now.
    pub(crate) const fn is_about_time(&self) -> bool {
        matches!(self, Self::WouldBreakLater { .. } | Self::StockLocked { .. })
    }
}

fn in_unit(unit: Option<&Sscc>) -> String {
    unit.map_or_else(String::new, |unit| format!(" in handling unit {unit}"))
}
