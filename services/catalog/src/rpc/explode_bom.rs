use catalog_core::{Depth, Explosion, Record, Requirement, Wanted, explode};
use proto::catalog::v1::{BomDepth, BomRequirement, ExplodeBomRequest, ExplodeBomResponse, Item};
use proto::common::v1::Decimal;
use rpc::{ApiError, Reason};
use vocabulary::{Date, Quantity};

use crate::store::{Store, StoreError};

/// What a quantity of an item takes.
pub(super) async fn explode_bom(
    store: &Store,
    request: ExplodeBomRequest,
) -> Result<ExplodeBomResponse, ApiError> {
    let depth = depth(&request)?;
    let ExplodeBomRequest { sku, quantity, day, .. } = request;
    Item::parse_key("", &sku).map_err(StoreError::from)?;
    let quantity = quantity.unwrap_or_default().value;
    let quantity = Quantity::parse(&quantity)
        .map_err(|invalid| ApiError::invalid(Reason::BadQuantity, "quantity", invalid.to_string()))?;
    let day = Date::parse(&day)
        .map_err(|invalid| ApiError::invalid(Reason::BadField, "day", invalid.to_string()))?;
    let bills = store.bills_below(&sku).await?;
    let found = explode(&bills, &Wanted { sku: &sku, quantity, day, depth }).map_err(StoreError::from)?;
    Ok(answer(found))
}

fn depth(request: &ExplodeBomRequest) -> Result<Depth, ApiError> {
    match BomDepth::try_from(request.depth) {
        Ok(BomDepth::Unspecified | BomDepth::All) => Ok(Depth::All),
        Ok(BomDepth::One) => Ok(Depth::One),
        Err(_) => {
            let message = format!("depth {} is not known: one level, or all", request.depth);
            Err(ApiError::invalid(Reason::BadField, "depth", message))
        }
    }
}

fn answer(found: Explosion) -> ExplodeBomResponse {
    ExplodeBomResponse {
        version: found.version,
        kind: found.kind.into(),
        requirements: found.requirements.into_iter().map(requirement).collect(),
        outputs: found.outputs,
        begun: decimal(found.begun),
    }
}

fn requirement(needed: Requirement) -> BomRequirement {
    BomRequirement {
        sku: needed.sku,
        quantity: decimal(needed.quantity),
        level: needed.level,
        version: needed.version,
        alternatives: needed.alternatives,
    }
}

fn decimal(quantity: Quantity) -> Option<Decimal> {
    Some(Decimal { value: quantity.to_string() })
}
