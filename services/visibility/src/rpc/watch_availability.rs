use std::sync::Arc;

use futures::Stream;
use proto::visibility::v1::{
    AlertChange, MoreAlerts, WatchAvailabilityRequest, WatchAvailabilityResponse, WatchScope as WireScope,
};
use rpc::{ApiError, Deadline, Reason};
use tonic::Status;
use vocabulary::Sequence;

use super::answer;
use super::limit::at_most;
use crate::core::AlertKind;
use crate::engine::{Engine, News, Scope, Seen, Told, Turned, WatchScope, WatchWish, Watcher};

pub(super) async fn handle(
    engine: &Arc<Engine>,
    request: WatchAvailabilityRequest,
    deadline: Deadline,
) -> Result<impl Stream<Item = Result<WatchAvailabilityResponse, Status>> + Send + use<>, ApiError> {
    at_most(request.skus.len(), "skus")?;
    at_most(request.warehouses.len(), "warehouses")?;
    at_most(request.after.len(), "after")?;
    let after = request.after.into_iter().map(|wish| (wish.warehouse, Sequence::new(wish.sequence)));
    let (scope, after) = (scope(request.scope)?, after.collect());
    let wish = WatchWish { skus: request.skus, warehouses: request.warehouses, scope, after };
    let watcher = Watcher::open(Arc::clone(engine), wish, engine.until(deadline)).await?;
    // Each change is made when the caller takes it: one that is slow holds nothing up.
    Ok(futures::stream::unfold(Some(watcher), |watcher| async {
        let mut watcher = watcher?;
        match watcher.next().await.and_then(response) {
            Ok(response) => Some((Ok(response), Some(watcher))),
            Err(error) => Some((Err(error.into()), None)),
        }
    }))
}

fn scope(number: i32) -> Result<WatchScope, ApiError> {
    match WireScope::try_from(number) {
        Ok(WireScope::Unspecified) => Ok(WatchScope::Changes),
        Ok(WireScope::Alerts) => Ok(WatchScope::Alerts),
        Ok(WireScope::All) => Ok(WatchScope::All),
        Err(_) => {
            let message = format!("scope {number} is not valid: use one of WatchScope");
            Err(ApiError::invalid(Reason::BadField, "scope", message))
        }
    }
}

fn response(told: Told) -> Result<WatchAvailabilityResponse, ApiError> {
    Ok(match told {
        Told::Changed(warehouse, change) => {
            let seen = Seen::of(change.value)?;
            let availability = answer::availability(change.sku.to_string(), warehouse.to_string(), seen);
            let (availability, sequence) = (Some(availability), change.sequence.get());
            WatchAvailabilityResponse { availability, sequence, ..WatchAvailabilityResponse::default() }
        }
        Told::Alerts(news) => match *news {
            News::Turned(Turned { of, is_raised, sequence }) => WatchAvailabilityResponse {
                sequence: sequence.get(),
                alert: Some(AlertChange { alert: Some(answer::alert(of)), cleared: !is_raised }),
                ..WatchAvailabilityResponse::default()
            },
            News::Cut { scope, is_cut } => WatchAvailabilityResponse {
                more_alerts: Some(more(scope, is_cut)),
                ..WatchAvailabilityResponse::default()
            },
        },
    })
}

fn more(scope: Scope, is_cut: bool) -> MoreAlerts {
    let (kind, warehouse) = match scope {
        Scope::Warehouse(code, kind) => (kind, code.to_string()),
        Scope::Network => (AlertKind::DuplicateSerial, String::new()),
    };
    MoreAlerts { kind: answer::wire_kind(kind).into(), warehouse, over: !is_cut }
}
