use proto::visibility::v1::{ListRecipientsRequest, ListRecipientsResponse};
use rpc::{ApiError, Deadline, PageToken};

use super::limit::{at_most, page_size, two_parts};
use super::{answer, trace_answer};
use crate::engine::Engine;

pub(super) async fn handle(
    engine: &Engine,
    request: ListRecipientsRequest,
    deadline: Deadline,
) -> Result<ListRecipientsResponse, ApiError> {
    at_most(request.at_least.len(), "at_least")?;
    let limit = page_size(request.page_size)?;
    let until = engine.until(deadline);
    engine.ready(until).await?;
    let node = trace_answer::node(engine, request.key, until).await?;
    let scope = format!("recipients\n{node}");
    let (warehouse, key) = two_parts(&request.page_token, &scope)?;
    engine.at_least(&request.at_least, until).await?;
    let page = engine.recipients(&node, (&warehouse, &key), limit).await?;
    let next = page.next.map(|(warehouse, key)| PageToken::encode(&[&warehouse, &key], &scope));
    Ok(ListRecipientsResponse {
        recipients: page.events.into_iter().map(trace_answer::event).collect(),
        next_page_token: next.unwrap_or_default(),
        freshness: page.fresh.into_iter().map(answer::freshness).collect(),
    })
}
