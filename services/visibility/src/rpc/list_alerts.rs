use proto::visibility::v1::{Alert, AlertKind as WireKind, ListAlertsRequest, ListAlertsResponse};
use rpc::{ApiError, Deadline, PageToken, Reason};
use vocabulary::Timestamp;

use super::answer;
use super::limit::{at_most, page_size, two_parts};
use crate::core::{AlertKey, AlertKind};
use crate::engine::{AlertWish, Engine, Sounded};

/// A century: more is a slip.
const DAYS_MAX: u32 = 36_500;

pub(super) async fn handle(
    engine: &Engine,
    request: ListAlertsRequest,
    deadline: Deadline,
) -> Result<ListAlertsResponse, ApiError> {
    at_most(request.at_least.len(), "at_least")?;
    let limit = page_size(request.page_size)?;
    let days = request.expiring_within_days;
    if let Some(days) = days.filter(|days| *days > DAYS_MAX) {
        let message = format!("{days} days are too many: look at most {DAYS_MAX} ahead");
        return Err(ApiError::invalid(Reason::BadField, "expiring_within_days", message));
    }
    let scope = format!("alerts\n{}\n{}\n{}\n{days:?}", request.kind, request.sku, request.warehouse);
    let (warehouse, key) = two_parts(&request.page_token, &scope)?;
    let wish = AlertWish { kind: kind(request.kind)?, sku: request.sku, warehouse: request.warehouse, days };
    let until = engine.until(deadline);
    engine.ready(until).await?;
    engine.at_least(&request.at_least, until).await?;
    let now = rpc::clock::now();
    let page = engine.alerts(&wish, now, ((&warehouse, &key), limit), until).await?;
    let next = page.next.map(|(warehouse, key)| PageToken::encode(&[&warehouse, &key], &scope));
    Ok(ListAlertsResponse {
        alerts: page.rows.into_iter().map(|row| listed(engine, row, now)).collect(),
        next_page_token: next.unwrap_or_default(),
        freshness: page.fresh.into_iter().map(answer::freshness).collect(),
    })
}

/// With what only the clock says.
fn listed(engine: &Engine, row: Sounded, now: Timestamp) -> Alert {
    let today = engine.today(row.warehouse.as_str(), now);
    let expired = matches!(&row.alert.key, AlertKey::Expiring { expiry, .. } if *expiry < today);
    Alert { expired, ..answer::alert(row) }
}

fn kind(number: i32) -> Result<Option<AlertKind>, ApiError> {
    Ok(Some(match WireKind::try_from(number) {
        Ok(WireKind::Unspecified) => return Ok(None),
        Ok(WireKind::BelowMinimum) => AlertKind::BelowMinimum,
        Ok(WireKind::Expiring) => AlertKind::Expiring,
        Ok(WireKind::Negative) => AlertKind::Negative,
        Ok(WireKind::ReservationExpiring) => AlertKind::ReservationExpiring,
        Ok(WireKind::DuplicateSerial) => AlertKind::DuplicateSerial,
        Err(_) => {
            let message = format!("kind {number} is not valid: use one of AlertKind, or 0 for all");
            return Err(ApiError::invalid(Reason::BadField, "kind", message));
        }
    }))
}
