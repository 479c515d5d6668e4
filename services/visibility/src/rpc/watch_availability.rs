use std::sync::Arc;

use futures::Stream;
use proto::visibility::v1::{WatchAvailabilityRequest, WatchAvailabilityResponse};
use rpc::{ApiError, Deadline};
use tonic::Status;
use vocabulary::Sequence;

use super::answer;
use super::limit::at_most;
use crate::engine::{Engine, Seen, Told, WatchWish, Watcher};

pub(super) async fn handle(
    engine: &Arc<Engine>,
    request: WatchAvailabilityRequest,
    deadline: Deadline,
) -> Result<impl Stream<Item = Result<WatchAvailabilityResponse, Status>> + Send + use<>, ApiError> {
    at_most(request.skus.len(), "skus")?;
    at_most(request.warehouses.len(), "warehouses")?;
    at_most(request.after.len(), "after")?;
    let after = request.after.into_iter().map(|wish| (wish.warehouse, Sequence::new(wish.sequence)));
    let wish = WatchWish { skus: request.skus, warehouses: request.warehouses, after: after.collect() };
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

fn response(told: Told) -> Result<WatchAvailabilityResponse, ApiError> {
    let Told { warehouse, change } = told;
    let availability =
        answer::availability(change.sku.to_string(), warehouse.to_string(), Seen::of(change.value)?);
    Ok(WatchAvailabilityResponse { availability: Some(availability), sequence: change.sequence.get() })
}
