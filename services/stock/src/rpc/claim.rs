//! How a line wants its goods promised.

use proto::stock::v1 as wire;
use rpc::{ApiError, Reason, clock, given};
use stock_core::{Claim, Line, PickRule, Priority, PromisedStatus, Terms};
use vocabulary::{ChannelCode, Date, Invalid, PartyCode, Timestamp};

/// What a reservation asks for.
pub(super) fn of_reserve(line: &wire::Reserve, today: Date) -> Result<Claim, ApiError> {
    let terms = Terms {
        expires_at: line.expires_at.as_ref().map(expires_at).transpose()?,
        priority: priority(line.priority)?,
        holder: given("holder", &line.holder, PartyCode::parse)?,
        channel: given("channel", &line.channel, ChannelCode::parse)?,
        order: None,
    };
    let is_by_name = line.goods.as_ref().is_some_and(|goods| !goods.serials.is_empty());
    if is_by_name && (line.allow_partial || line.reallocate) {
        let message = "units that are named are promised as they are, or not: leave it away, or the numbers";
        let field = if line.allow_partial { "allow_partial" } else { "reallocate" };
        return Err(ApiError::invalid(Reason::BadField, field, message));
    }
    let names_status = line.goods.as_ref().is_some_and(|goods| !goods.status.is_empty());
    Ok(Claim {
        status: if names_status { PromisedStatus::AsNamed } else { PromisedStatus::AnyThatCounts },
        rule: pick_rule(line.pick)?,
        min_expiry: given("min_expiry", &line.min_expiry, Date::parse)?,
        needed_on: needed_on(&line.needed_on, (terms.holder.as_ref(), today))?,
        use_buffer: line.use_buffer,
        allow_partial: line.allow_partial,
        reallocate: line.reallocate,
        terms,
    })
}

/// What an issue asks for; who gets the goods is its partner.
pub(super) fn of_issue(line: &wire::Issue, today: Date) -> Result<Claim, ApiError> {
    let terms = Terms {
        holder: given("partner", &line.partner, PartyCode::parse)?,
        channel: given("channel", &line.channel, ChannelCode::parse)?,
        ..Terms::default()
    };
    Ok(Claim {
        rule: pick_rule(line.pick)?,
        min_expiry: given("min_expiry", &line.min_expiry, Date::parse)?,
        needed_on: needed_on(&line.needed_on, (terms.holder.as_ref(), today))?,
        use_buffer: line.use_buffer,
        terms,
        ..Claim::default()
    })
}

/// What a handling unit that leaves asks for of its goods, as an issue does.
pub(super) fn of_shipment(line: &wire::ShipUnit, today: Date) -> Result<Claim, ApiError> {
    let (channel, partner, needed_on) = (line.channel.clone(), line.partner.clone(), line.needed_on.clone());
    let use_buffer = line.use_buffer;
    of_issue(&wire::Issue { channel, partner, needed_on, use_buffer, ..wire::Issue::default() }, today)
}

fn needed_on(text: &str, (holder, today): (Option<&PartyCode>, Date)) -> Result<Option<Date>, ApiError> {
    Ok(given("needed_on", text, Date::parse)?.or_else(|| holder.map(|_| today)))
}

fn pick_rule(number: i32) -> Result<PickRule, ApiError> {
    match wire::PickRule::try_from(number) {
        Ok(wire::PickRule::Unspecified | wire::PickRule::Fefo) => Ok(PickRule::Fefo),
        Ok(wire::PickRule::Fifo) => Ok(PickRule::Fifo),
        Ok(wire::PickRule::Lifo) => Ok(PickRule::Lifo),
        Ok(wire::PickRule::ShortestPath) => Ok(PickRule::ShortestPath),
        Ok(wire::PickRule::FullFirst) => Ok(PickRule::FullFirst),
        Err(_) => {
            let message = format!("no pick rule has the number {number}");
            Err(ApiError::invalid(Reason::BadField, "pick", message))
        }
    }
}

/// The line, with what it claims.
pub(super) fn on(mut line: Line, claim: Claim) -> Line {
    if let (Line::Item { goods, .. }, Some(claim)) = (&mut line, claim.boxed()) {
        goods.get_or_insert_default().claim = Some(claim);
    }
    line
}

fn expires_at(time: &prost_types::Timestamp) -> Result<Timestamp, ApiError> {
    let bad = |e: Invalid| ApiError::invalid(Reason::BadTime, "expires_at", e.to_string());
    let expires_at = Timestamp::from_parts(time.seconds, time.nanos).map_err(bad)?;
    if expires_at > clock::now() {
        return Ok(expires_at);
    }
    let message = format!("{} is over: give a time in the future", clock::rfc3339(expires_at));
    Err(ApiError::invalid(Reason::ExpiresAtInPast, "expires_at", message))
}

fn priority(number: u32) -> Result<Priority, ApiError> {
    Priority::try_new(number.into()).ok_or_else(|| {
        let message = format!("the priority {number} is out of range: give 0 to {}", Priority::MAX);
        ApiError::invalid(Reason::BadField, "priority", message)
    })
}
