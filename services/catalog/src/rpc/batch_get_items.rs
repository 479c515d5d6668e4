use catalog_core::{Key, Record};
use proto::catalog::v1::{BatchGetItemsRequest, BatchGetItemsResponse, Item};
use rpc::{ApiError, Reason};

use super::reading::RECORDS_MAX;
use crate::store::{Store, StoreError};

/// Up to 1,000 items by SKU.
pub(super) async fn batch_get_items(
    store: &Store,
    request: BatchGetItemsRequest,
) -> Result<BatchGetItemsResponse, ApiError> {
    let keys = keys(&request.skus)?;
    let mut found = store.get_many::<Item>(&keys).await?;
    let mut answer = BatchGetItemsResponse::default();
    let mut seen = std::collections::BTreeSet::new();
    for key in keys {
        if !seen.insert(key.clone()) {
            continue;
        }
        match found.remove(&key) {
            Some(item) => answer.items.push(item),
            None => answer.unknown_skus.push(key.code),
        }
    }
    Ok(answer)
}

fn keys(skus: &[String]) -> Result<Vec<Key>, ApiError> {
    if skus.is_empty() {
        return Err(ApiError::invalid(Reason::NoKeys, "skus", "the request names no SKUs: give 1 to 1,000"));
    }
    if skus.len() > RECORDS_MAX {
        let message = format!("{} SKUs: at most {RECORDS_MAX}", skus.len());
        return Err(ApiError::invalid(Reason::TooManyKeys, "skus", message));
    }
    let key = |(position, sku): (usize, &String)| {
        Item::parse_key("", sku).map_err(|mut refusal| {
            refusal.field = format!("skus[{position}]");
            StoreError::from(refusal).into()
        })
    };
    skus.iter().enumerate().map(key).collect()
}
