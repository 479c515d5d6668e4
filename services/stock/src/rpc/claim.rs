//! How a line wants its goods promised.

use proto::stock::v1 as wire;
use rpc::{ApiError, Reason, clock};
use stock_core::{Claim, Line, Priority, Terms};
use vocabulary::{ChannelCode, Invalid, PartyCode, Timestamp};

/// What a reservation asks for.
pub(super) fn of_reserve(line: &wire::Reserve) -> Result<Claim, ApiError> {
    let terms = Terms {
        expires_at: line.expires_at.as_ref().map(expires_at).transpose()?,
        priority: priority(line.priority)?,
        holder: code("holder", &line.holder, PartyCode::parse)?,
        channel: code("channel", &line.channel, ChannelCode::parse)?,
    };
    Ok(Claim { terms })
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

/// A code that may be empty.
fn code<T>(
    field: &'static str,
    text: &str,
    parse: impl FnOnce(&str) -> Result<T, Invalid>,
) -> Result<Option<T>, ApiError> {
    if text.is_empty() {
        return Ok(None);
    }
    parse(text).map(Some).map_err(|e| ApiError::invalid(Reason::BadCode, field, e.to_string()))
}
