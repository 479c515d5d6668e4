use proto::visibility::v1::{
    DuplicateSerial, ListDuplicateSerialsRequest, ListDuplicateSerialsResponse, SerialHolder,
};
use rpc::{ApiError, Deadline, PageToken};

use super::limit::page_size;
use super::trace_answer::time;
use crate::core::Node;
use crate::engine::Engine;
use crate::store::{Duplicate, Holder};

const SCOPE: &str = "duplicate serials";

pub(super) async fn handle(
    engine: &Engine,
    request: ListDuplicateSerialsRequest,
    deadline: Deadline,
) -> Result<ListDuplicateSerialsResponse, ApiError> {
    let limit = page_size(request.page_size)?;
    let after = match request.page_token.as_str() {
        "" => String::new(),
        token => PageToken::decode(token, SCOPE)?.pop().unwrap_or_default(),
    };
    engine.ready(engine.until(deadline)).await?;
    let (units, next) = engine.duplicates(&after, limit).await?;
    Ok(ListDuplicateSerialsResponse {
        serials: units.into_iter().filter_map(duplicate).collect(),
        next_page_token: next.map(|next| PageToken::encode(&[&next], SCOPE)).unwrap_or_default(),
    })
}

fn duplicate(found: Duplicate) -> Option<DuplicateSerial> {
    let Node::Unit(sku, serial) = found.unit else { return None };
    let holder = |holder: Holder| SerialHolder {
        warehouse: holder.warehouse,
        status: holder.status,
        since_sequence: holder.arrived.first.get(),
        since: Some(time(holder.arrived.from)),
        as_of: Some(time(holder.head.recorded_at)),
    };
    let holders = found.holders.into_iter().map(holder).collect();
    Some(DuplicateSerial { sku: sku.to_string(), serial: serial.to_string(), holders })
}
