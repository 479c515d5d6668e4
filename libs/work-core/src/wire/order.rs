//! Orders, what changed of them, and what stands against a step of one.

use proto::events::v1::order_changed::Change;
use proto::events::v1::{self as wire, OrderRefusal, OrderRefused};
use vocabulary::{
    ChannelCode, Date, DocumentCode, LocationCode, LotCode, PartyCode, Sequence, Sku, Timestamp,
};

use super::WireError;
use super::field::{decimal, given, quantity};
use crate::{
    Order, OrderChange, OrderProgress, OrderRejection, OrderState, OrderedLine, Placement, Short, Wave,
};

/// A change of an order as a message.
pub fn order_change_to(change: &OrderChange) -> wire::OrderChanged {
    let change = match change {
        OrderChange::Placed(placement) => Change::Placed(placement_to(placement)),
        OrderChange::Released { code, wave } => Change::Released(wire::OrderReleased {
            order: code.to_string(),
            wave: wave.code.to_string(),
            staging: wave.staging.to_string(),
        }),
        OrderChange::Short { code, short } => Change::Short(short_to(code, short)),
        OrderChange::Shipped { code, tracking } => {
            Change::Shipped(wire::OrderShipped { order: code.to_string(), tracking: tracking.clone() })
        }
        OrderChange::Closed { code } => Change::Closed(wire::OrderClosed { order: code.to_string() }),
        OrderChange::Cancelled { code } => {
            Change::Cancelled(wire::OrderCancelled { order: code.to_string() })
        }
    };
    wire::OrderChanged { change: Some(change) }
}

/// A message as a change of an order.
///
/// # Errors
/// [`WireError`] when a field is missing or not what it should be.
pub fn order_change_of(message: &wire::OrderChanged) -> Result<OrderChange, WireError> {
    let code = |order: &str| Ok::<_, WireError>(DocumentCode::parse(order)?);
    Ok(match message.change.as_ref().ok_or(WireError::Missing("change of the order"))? {
        Change::Placed(placed) => OrderChange::Placed(Box::new(placement_of(placed)?)),
        Change::Released(released) => OrderChange::Released {
            code: code(&released.order)?,
            wave: Wave {
                code: DocumentCode::parse(&released.wave)?,
                staging: LocationCode::parse(&released.staging)?,
            },
        },
        Change::Short(short) => OrderChange::Short { code: code(&short.order)?, short: short_of(short)? },
        Change::Shipped(shipped) => {
            OrderChange::Shipped { code: code(&shipped.order)?, tracking: shipped.tracking.clone() }
        }
        Change::Closed(closed) => OrderChange::Closed { code: code(&closed.order)? },
        Change::Cancelled(cancelled) => OrderChange::Cancelled { code: code(&cancelled.order)? },
    })
}

/// What a customer wants, as a message.
pub fn placement_to(placement: &Placement) -> wire::OrderPlaced {
    let line = |(number, line): (&u32, &OrderedLine)| wire::OrderedLine {
        number: *number,
        sku: line.sku.to_string(),
        quantity: decimal(line.quantity),
        lot: line.lot.as_ref().map(ToString::to_string).unwrap_or_default(),
        min_expiry: line.min_expiry.as_ref().map(ToString::to_string).unwrap_or_default(),
    };
    wire::OrderPlaced {
        order: placement.code.to_string(),
        customer: placement.customer.to_string(),
        ship_to: placement.ship_to.clone(),
        due: placement.due.to_string(),
        priority: placement.priority.into(),
        ships_complete: placement.ships_complete,
        carrier: placement.carrier.clone(),
        cut_off_micros: placement.cut_off.map(Timestamp::micros).unwrap_or_default(),
        channel: placement.channel.as_ref().map(ToString::to_string).unwrap_or_default(),
        lines: placement.lines.iter().map(line).collect(),
    }
}

fn placement_of(message: &wire::OrderPlaced) -> Result<Placement, WireError> {
    let line = |line: &wire::OrderedLine| {
        let ordered = OrderedLine {
            sku: Sku::parse(&line.sku)?,
            quantity: quantity(line.quantity.as_ref())?,
            lot: given(&line.lot, LotCode::parse)?,
            min_expiry: given(&line.min_expiry, Date::parse)?,
        };
        Ok::<_, WireError>((line.number, ordered))
    };
    let cut_off = (message.cut_off_micros != 0).then(|| Timestamp::from_micros(message.cut_off_micros));
    Ok(Placement {
        code: DocumentCode::parse(&message.order)?,
        customer: PartyCode::parse(&message.customer)?,
        ship_to: message.ship_to.clone(),
        due: Date::parse(&message.due)?,
        priority: u8::try_from(message.priority).map_err(|_| WireError::Missing("priority of 0 to 9"))?,
        ships_complete: message.ships_complete,
        carrier: message.carrier.clone(),
        cut_off: cut_off.transpose()?,
        channel: given(&message.channel, ChannelCode::parse)?,
        lines: message.lines.iter().map(line).collect::<Result<_, _>>()?,
    })
}

fn short_to(code: &DocumentCode, short: &Short) -> wire::OrderShort {
    wire::OrderShort {
        order: code.to_string(),
        line: short.line,
        location: short.location.to_string(),
        lot: short.lot.as_ref().map(ToString::to_string).unwrap_or_default(),
        quantity: decimal(short.quantity),
        sequence: short.sequence.map(Sequence::get).unwrap_or_default(),
    }
}

fn short_of(message: &wire::OrderShort) -> Result<Short, WireError> {
    Ok(Short {
        line: message.line,
        location: LocationCode::parse(&message.location)?,
        lot: given(&message.lot, LotCode::parse)?,
        quantity: quantity(message.quantity.as_ref())?,
        sequence: (message.sequence != 0).then(|| Sequence::new(message.sequence)),
    })
}

/// An order as a message.
pub fn order_to(order: &Order) -> wire::Order {
    let progress = order.progress.iter().map(|(number, progress)| wire::OrderProgress {
        number: *number,
        promised: decimal(progress.promised),
        shipped: decimal(progress.shipped),
    });
    wire::Order {
        placed: Some(placement_to(&order.placed)),
        state: order_state_to(order.state).into(),
        wave: order.wave.as_ref().map(|wave| wave.code.to_string()).unwrap_or_default(),
        staging: order.wave.as_ref().map(|wave| wave.staging.to_string()).unwrap_or_default(),
        progress: progress.collect(),
        shorts: order.shorts.iter().map(|short| short_to(&order.placed.code, short)).collect(),
        tracking: order.tracking.clone(),
        ended_by: order.ended_by.map(Sequence::get).unwrap_or_default(),
    }
}

/// A message as an order.
///
/// # Errors
/// [`WireError`] when a field is missing or not what it should be.
pub fn order_of(message: &wire::Order) -> Result<Order, WireError> {
    let placed = message.placed.as_ref().ok_or(WireError::Missing("placement of the order"))?;
    let progress = |line: &wire::OrderProgress| {
        let (promised, shipped) = (quantity(line.promised.as_ref())?, quantity(line.shipped.as_ref())?);
        Ok::<_, WireError>((line.number, OrderProgress { promised, shipped }))
    };
    let staging = given(&message.staging, LocationCode::parse)?;
    let wave = given(&message.wave, DocumentCode::parse)?.zip(staging);
    Ok(Order {
        placed: placement_of(placed)?,
        state: state_of(message.state())?,
        wave: wave.map(|(code, staging)| Wave { code, staging }),
        progress: message.progress.iter().map(progress).collect::<Result<_, _>>()?,
        shorts: message.shorts.iter().map(short_of).collect::<Result<_, _>>()?,
        tracking: message.tracking.clone(),
        ended_by: (message.ended_by != 0).then(|| Sequence::new(message.ended_by)),
    })
}

/// How far an order is, as a message.
pub const fn order_state_to(state: OrderState) -> wire::OrderState {
    match state {
        OrderState::Placed => wire::OrderState::Placed,
        OrderState::Released => wire::OrderState::Released,
        OrderState::Closed => wire::OrderState::Closed,
        OrderState::Cancelled => wire::OrderState::Cancelled,
    }
}

const fn state_of(state: wire::OrderState) -> Result<OrderState, WireError> {
    match state {
        wire::OrderState::Placed => Ok(OrderState::Placed),
        wire::OrderState::Released => Ok(OrderState::Released),
        wire::OrderState::Closed => Ok(OrderState::Closed),
        wire::OrderState::Cancelled => Ok(OrderState::Cancelled),
        wire::OrderState::Unspecified => Err(WireError::Missing("state of the order")),
    }
}

/// A refusal about an order as a message.
pub fn order_rejection_to(rejection: &OrderRejection) -> OrderRefused {
    use OrderRejection as R;
    let refused = |refusal: OrderRefusal, code: &DocumentCode| OrderRefused {
        refusal: refusal.into(),
        order: code.to_string(),
        ..OrderRefused::default()
    };
    match rejection {
        R::NotFound { code } => refused(OrderRefusal::NotFound, code),
        R::Ended { code, state } => {
            OrderRefused { state: order_state_to(*state).into(), ..refused(OrderRefusal::Ended, code) }
        }
        R::LineNotFound { code, line } => {
            OrderRefused { line: *line, ..refused(OrderRefusal::LineNotFound, code) }
        }
        R::LineInUse { code, line, used } => {
            let quantity = decimal(*used);
            OrderRefused { line: *line, quantity, ..refused(OrderRefusal::LineInUse, code) }
        }
        R::Incomplete { code, line, missing } => {
            let quantity = decimal(*missing);
            OrderRefused { line: *line, quantity, ..refused(OrderRefusal::Incomplete, code) }
        }
        R::LineOpen { code, line, open } => {
            let quantity = decimal(*open);
            OrderRefused { line: *line, quantity, ..refused(OrderRefusal::LineOpen, code) }
        }
        R::AlreadyReleased { code, wave } => {
            OrderRefused { wave: wave.to_string(), ..refused(OrderRefusal::AlreadyReleased, code) }
        }
        R::NothingPromised { code } => refused(OrderRefusal::NothingPromised, code),
        R::NotReleased { code } => refused(OrderRefusal::NotReleased, code),
        R::NothingPicked { code } => refused(OrderRefusal::NothingPicked, code),
        R::Picked { code } => refused(OrderRefusal::Picked, code),
        R::Shipped { code } => refused(OrderRefusal::Shipped, code),
        R::TooMany => OrderRefused { refusal: OrderRefusal::TooMany.into(), ..OrderRefused::default() },
    }
}

/// A message as a refusal about an order.
///
/// # Errors
/// [`WireError`] when a field is missing or not what it should be.
pub fn order_rejection_of(message: &OrderRefused) -> Result<OrderRejection, WireError> {
    use OrderRejection as R;
    if message.refusal() == OrderRefusal::TooMany {
        return Ok(R::TooMany);
    }
    let (code, line) = (DocumentCode::parse(&message.order)?, message.line);
    let quantity = || quantity(message.quantity.as_ref());
    Ok(match message.refusal() {
        OrderRefusal::Unspecified => return Err(WireError::Missing("refusal")),
        OrderRefusal::TooMany => R::TooMany,
        OrderRefusal::NotFound => R::NotFound { code },
        OrderRefusal::Ended => R::Ended { code, state: state_of(message.state())? },
        OrderRefusal::LineNotFound => R::LineNotFound { code, line },
        OrderRefusal::LineInUse => R::LineInUse { code, line, used: quantity()? },
        OrderRefusal::Incomplete => R::Incomplete { code, line, missing: quantity()? },
        OrderRefusal::NothingPromised => R::NothingPromised { code },
        OrderRefusal::AlreadyReleased => {
            R::AlreadyReleased { code, wave: DocumentCode::parse(&message.wave)? }
        }
        OrderRefusal::NotReleased => R::NotReleased { code },
        OrderRefusal::NothingPicked => R::NothingPicked { code },
        OrderRefusal::Picked => R::Picked { code },
        OrderRefusal::Shipped => R::Shipped { code },
        OrderRefusal::LineOpen => R::LineOpen { code, line, open: quantity()? },
    })
}
