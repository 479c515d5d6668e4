//! What may not change as long as a warehouse has any of an item.

use catalog_core::{Record, merge};
use prost::Message;
use proto::catalog::v1::Item;
use rpc::ApiError;

use crate::feed::Network;
use crate::store::{Call, Mutation, Store};

/// Refuses a change that the goods which are there do not take. A request that was answered before gets its answer all the same.
pub(super) async fn check<A: Message + Default>(
    store: &Store,
    network: &Network,
    call: &Call,
    mutation: &Mutation<Item>,
) -> Result<(), ApiError> {
    if !network.is_known() {
        return Ok(());
    }
    let key = match mutation {
        Mutation::Update { newer, .. } => newer.key(),
        Mutation::Retire { key, .. } => key.clone(),
        Mutation::Create { .. } | Mutation::Restore { .. } => return Ok(()),
    };
    // Of one that is not there the store says so.
    let Some(before) = store.get::<Item>(&key).await? else { return Ok(()) };
    let Some(field) = touched(&before, mutation) else { return Ok(()) };
    if store.remembered::<A>(call).await?.is_some() {
        return Ok(());
    }
    network.check_nothing_is_there(&before.sku, field).await
}

/// The field of the request whose change there may be no goods for.
fn touched(before: &Item, mutation: &Mutation<Item>) -> Option<&'static str> {
    match mutation {
        Mutation::Update { newer, mask } => {
            // What is not allowed by itself is refused by the store.
            let after = merge(before, newer, mask).ok()?.normalised().ok()?;
            if after.tracking != before.tracking {
                return Some("item.tracking");
            }
            (after.catch_weight != before.catch_weight).then_some("item.catch_weight")
        }
        Mutation::Retire { .. } => before.is_active().then_some("sku"),
        Mutation::Create { .. } | Mutation::Restore { .. } => None,
    }
}
