use proto::common::v1::Decimal;
use proto::visibility::v1::{
    Atp, AtpDay as Message, AvailabilityKey, BatchGetAtpRequest, BatchGetAtpResponse,
};
use rpc::{ApiError, Deadline, Reason, clock, given};
use vocabulary::{ChannelCode, Date};

use super::answer::{self, decimal};
use super::limit::{at_most, within};
use crate::core::{ATP_DAYS_MAX, AtpDay, Outlook, Total, TotalOverflow};
use crate::engine::{Ahead, Engine, Looking};

/// Keys that one request may name: each has many days.
const KEYS_MAX: usize = 100;
const DAYS_DEFAULT: u16 = 30;

/// What can be promised of items in warehouses, by day.
pub(super) async fn handle(
    engine: &Engine,
    request: BatchGetAtpRequest,
    deadline: Deadline,
) -> Result<BatchGetAtpResponse, ApiError> {
    let BatchGetAtpRequest { keys, from_day, days, channel, at_least } = request;
    if keys.is_empty() {
        return Err(ApiError::invalid(Reason::NoKeys, "keys", "no keys are given: name at least one"));
    }
    within(keys.len(), KEYS_MAX, "keys")?;
    at_most(at_least.len(), "at_least")?;
    let looking = Looking {
        now: clock::now(),
        from: given("from_day", &from_day, Date::parse)?,
        days: self::days(days)?,
        channel: given("channel", &channel, ChannelCode::parse)?,
    };
    let until = engine.until(deadline);
    engine.ready(until).await?;
    engine.at_least(&at_least, until).await?;
    let (found, fresh) = engine.outlooks(&keys, &looking, until).await?;
    let atps: Result<_, TotalOverflow> =
        keys.into_iter().zip(found).map(|(key, ahead)| atp(key, ahead)).collect();
    Ok(BatchGetAtpResponse {
        atps: atps.map_err(|overflow| ApiError::internal(overflow.to_string()))?,
        freshness: fresh.into_iter().map(answer::freshness).collect(),
    })
}

fn days(asked: u32) -> Result<u16, ApiError> {
    match u16::try_from(asked) {
        Ok(0) => Ok(DAYS_DEFAULT),
        Ok(days) if days <= ATP_DAYS_MAX => Ok(days),
        Ok(_) | Err(_) => {
            let message = format!("{asked} days are more than {ATP_DAYS_MAX}: ask for less, or for 0");
            Err(ApiError::invalid(Reason::BadField, "days", message).with("limit", ATP_DAYS_MAX))
        }
    }
}

fn atp(key: AvailabilityKey, ahead: Ahead) -> Result<Atp, TotalOverflow> {
    let Ahead { available, today, outlook } = ahead;
    let Outlook { from, overdue, earlier, days } = outlook;
    let day_count = u32::try_from(days.len()).unwrap_or(u32::MAX);
    let mut told = Vec::with_capacity(days.len());
    for (offset, day) in (0..).zip(days) {
        // Most days are as the one before, and a day is most of what an answer costs.
        if offset == 0 || !day.expected.is_zero() {
            told.push(message(offset, day)?);
        }
    }
    Ok(Atp {
        sku: key.sku,
        warehouse: key.warehouse,
        available: decimal(available),
        today: today.to_string(),
        from_day: from.to_string(),
        overdue_supply: decimal(overdue.supply()?),
        overdue_demand: decimal(overdue.demand),
        earlier_supply: decimal(earlier.supply()?),
        earlier_demand: decimal(earlier.demand),
        days: told,
        day_count,
    })
}

fn message(offset: u32, day: AtpDay) -> Result<Message, TotalOverflow> {
    let AtpDay { expected, atp, promisable } = day;
    Ok(Message {
        offset,
        supply: something(expected.supply()?),
        demand: something(expected.demand),
        atp: decimal(atp),
        promisable: decimal(promisable),
    })
}

/// Nothing is expected on most days.
fn something(total: Total) -> Option<Decimal> {
    if total.is_zero() { None } else { decimal(total) }
}
