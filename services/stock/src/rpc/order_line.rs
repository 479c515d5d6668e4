//! Lines about outbound orders, checked against the catalog.

use std::collections::BTreeMap;

use proto::stock::v1 as wire;
use proto::stock::v1::document_line::Action;
use rpc::{ApiError, Reason, given};
use stock_core::{Line, OrderLine, Priority, ShortPick};
use vocabulary::{ChannelCode, Date, DocumentCode, Invalid, LotCode, PartyCode, SerialNumber, Timestamp};
use work_core::{ORDER_LINES_MAX, OrderedLine, Placement, Wave};

use super::amount::{in_base, positive};
use super::line::LineParser;
use super::promise_line;
use super::reason::reason_of;

const SHIP_TO_CHARS_MAX: usize = 500;
const NAME_CHARS_MAX: usize = 64;
/// Orders of one wave that a line may name.
const ORDERS_A_WAVE_MAX: usize = 1000;

impl LineParser<'_> {
    /// A line about an outbound order; nothing is done by one that is about something else.
    pub(super) fn order(&self, action: &Action) -> Result<Line, ApiError> {
        #[expect(clippy::wildcard_enum_match_arm, reason = "every other action is about something else")]
        let (field, parsed) = match action {
            Action::PlaceOrder(l) => ("place_order", self.place_order(l).map(OrderLine::Place)),
            Action::AllocateOrder(l) => ("allocate_order", allocate(l)),
            Action::ReleaseWave(l) => ("release_wave", self.release_wave(l)),
            Action::ShortPick(l) => ("short_pick", self.short_pick(l).map(OrderLine::Short)),
            Action::ShipOrder(l) => ("ship_order", self.ship_order(l)),
            Action::CloseOrder(l) => ("close_order", close(l)),
            Action::CancelOrder(l) => ("cancel_order", cancel(l)),
            _ => return Err(ApiError::internal("the line is not about an order")),
        };
        Ok(Line::Order(Box::new(parsed.map_err(|error| error.in_field(field))?)))
    }

    fn place_order(&self, line: &wire::PlaceOrder) -> Result<Placement, ApiError> {
        let bad =
            |field: &'static str| move |e: Invalid| ApiError::invalid(Reason::BadCode, field, e.to_string());
        let Some(priority) = Priority::try_new(line.priority.into()) else {
            let message = format!("{} is no priority: give 0 to {}", line.priority, Priority::MAX);
            return Err(ApiError::invalid(Reason::BadField, "priority", message));
        };
        let cut_off = line.cut_off.as_ref().map(|at| Timestamp::from_parts(at.seconds, at.nanos)).transpose();
        Ok(Placement {
            code: code("order", &line.order)?,
            customer: PartyCode::parse(&line.customer).map_err(bad("customer"))?,
            ship_to: text("ship_to", &line.ship_to, SHIP_TO_CHARS_MAX)?,
            due: Date::parse(&line.due).map_err(bad("due"))?,
            priority: priority.get(),
            ships_complete: line.ships_complete,
            carrier: text("carrier", &line.carrier, NAME_CHARS_MAX)?,
            cut_off: cut_off.map_err(|e| ApiError::invalid(Reason::BadTime, "cut_off", e.to_string()))?,
            channel: given("channel", &line.channel, ChannelCode::parse)?,
            lines: self.placed_lines(&line.lines)?,
        })
    }

    fn placed_lines(&self, lines: &[wire::PlacedLine]) -> Result<BTreeMap<u32, OrderedLine>, ApiError> {
        if lines.is_empty() {
            let message = "the customer wants nothing: give 1 to 1,000 lines";
            return Err(ApiError::invalid(Reason::NoLines, "lines", message));
        }
        if lines.len() > ORDER_LINES_MAX {
            let message = format!("{} lines: give at most {ORDER_LINES_MAX}", lines.len());
            return Err(ApiError::invalid(Reason::TooManyLines, "lines", message));
        }
        let mut parsed = BTreeMap::new();
        for (n, line) in lines.iter().enumerate() {
            let in_line = |error: ApiError| error.in_field(format_args!("lines[{n}]"));
            let ordered = self.placed_line(line).map_err(in_line)?;
            if line.number == 0 || parsed.insert(line.number, ordered).is_some() {
                let message = "a line has a number of its own, 1 or more";
                return Err(in_line(ApiError::invalid(Reason::BadField, "number", message)));
            }
        }
        Ok(parsed)
    }

    fn placed_line(&self, line: &wire::PlacedLine) -> Result<OrderedLine, ApiError> {
        let item = self.item(&line.sku)?;
        let quantity = in_base(&item, "quantity", positive("quantity", line.quantity.as_ref())?, &line.unit)?;
        let (lot, min_expiry) =
            (given("lot", &line.lot, LotCode::parse)?, given("min_expiry", &line.min_expiry, Date::parse)?);
        Ok(OrderedLine { sku: item.sku.clone(), quantity, lot, min_expiry })
    }

    fn release_wave(&self, line: &wire::ReleaseWave) -> Result<OrderLine, ApiError> {
        if line.orders.is_empty() {
            let message = "no order is released: give 1 to 1,000";
            return Err(ApiError::invalid(Reason::NoLines, "orders", message));
        }
        if line.orders.len() > ORDERS_A_WAVE_MAX {
            let message = format!("{} orders: give at most {ORDERS_A_WAVE_MAX}", line.orders.len());
            return Err(ApiError::invalid(Reason::TooManyLines, "orders", message));
        }
        let staging = self.location("staging_location", &line.staging_location)?;
        let wave = Wave { code: code("wave", &line.wave)?, staging };
        let orders = line.orders.iter().map(|order| code("orders", order)).collect::<Result<_, _>>()?;
        Ok(OrderLine::Release { orders, wave })
    }

    fn short_pick(&self, line: &wire::ShortPick) -> Result<ShortPick, ApiError> {
        let bad = |e: Invalid| ApiError::invalid(Reason::BadCode, "serials", e.to_string());
        let serials = line.serials.iter().map(|serial| SerialNumber::parse(serial).map_err(bad));
        Ok(ShortPick {
            order: code("order", &line.order)?,
            reservation: promise_line::reservation(&line.reservation_id)?,
            location: self.location("location", &line.location)?,
            lot: given("lot", &line.lot, LotCode::parse)?,
            quantity: positive("quantity", line.quantity.as_ref())?,
            serials: serials.collect::<Result<_, _>>()?,
            reason: reason_of(&line.reason, "say what was seen")?,
        })
    }

    fn ship_order(&self, line: &wire::ShipOrder) -> Result<OrderLine, ApiError> {
        let tracking = text("tracking", &line.tracking, NAME_CHARS_MAX)?;
        Ok(OrderLine::Ship { order: code("order", &line.order)?, tracking, to: self.customer.clone() })
    }
}

fn allocate(line: &wire::AllocateOrder) -> Result<OrderLine, ApiError> {
    Ok(OrderLine::Allocate { order: code("order", &line.order)? })
}

fn close(line: &wire::CloseOrder) -> Result<OrderLine, ApiError> {
    Ok(OrderLine::Close { order: code("order", &line.order)?, without_rest: line.without_rest })
}

fn cancel(line: &wire::CancelOrder) -> Result<OrderLine, ApiError> {
    Ok(OrderLine::Cancel { order: code("order", &line.order)? })
}

pub(super) fn code(field: &'static str, text: &str) -> Result<DocumentCode, ApiError> {
    DocumentCode::parse(text).map_err(|e| ApiError::invalid(Reason::BadCode, field, e.to_string()))
}

pub(super) fn text(field: &'static str, text: &str, max: usize) -> Result<String, ApiError> {
    if text.chars().count() <= max {
        return Ok(text.to_owned());
    }
    let message = format!("the text has more than {max} characters: shorten it");
    Err(ApiError::invalid(Reason::TextTooLong, field, message).with("limit", max))
}
