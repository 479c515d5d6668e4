use proto::visibility::v1::{ListRecipientsRequest, ListRecipientsResponse, TraceEventKind};
use rpc::{ApiError, Deadline, PageToken, Reason};

use super::limit::{at_most, page_size, two_parts};
use super::{answer, trace_answer};
use crate::core::EdgeKind;
use crate::engine::{Engine, Reach, RecipientsWish};

pub(super) async fn handle(
    engine: &Engine,
    request: ListRecipientsRequest,
    deadline: Deadline,
) -> Result<ListRecipientsResponse, ApiError> {
    at_most(request.at_least.len(), "at_least")?;
    let limit = page_size(request.page_size)?;
    let kinds = kinds(&request.kinds)?;
    let until = engine.until(deadline);
    engine.ready(until).await?;
    let node = trace_answer::node(engine, request.key, until).await?;
    let (reach, name) = match request.through_production {
        true => (Reach::Production, "recipients through production"),
        false => (Reach::Itself, "recipients"),
    };
    let scope = format!("{name}\n{node}");
    let (warehouse, key) = two_parts(&request.page_token, &scope)?;
    engine.at_least(&request.at_least, until).await?;
    let page = engine.recipients(&RecipientsWish { node, reach, kinds }, (&warehouse, &key), limit).await?;
    let next = page.next.map(|(warehouse, key)| PageToken::encode(&[&warehouse, &key], &scope));
    Ok(ListRecipientsResponse {
        recipients: page.events.into_iter().map(trace_answer::event).collect(),
        next_page_token: next.unwrap_or_default(),
        freshness: page.fresh.into_iter().map(answer::freshness).collect(),
        nodes: page.nodes.iter().map(|(node, level)| trace_answer::traced(node, *level)).collect(),
        truncated: page.truncated,
    })
}

/// Each once; those who got something when none is named.
fn kinds(asked: &[i32]) -> Result<Vec<EdgeKind>, ApiError> {
    let mut kinds = Vec::new();
    for (at, kind) in asked.iter().enumerate() {
        let kind = match TraceEventKind::try_from(*kind) {
            Ok(TraceEventKind::Held) => EdgeKind::Held,
            Ok(TraceEventKind::Received) => EdgeKind::Received,
            Ok(TraceEventKind::Issued) => EdgeKind::Issued,
            Ok(TraceEventKind::Returned) => EdgeKind::Returned,
            Ok(
                TraceEventKind::Unspecified
                | TraceEventKind::Found
                | TraceEventKind::Lost
                | TraceEventKind::Moved
                | TraceEventKind::CameFrom
                | TraceEventKind::WentTo,
            )
            | Err(_) => {
                let message = format!(
                    "events of the kind {kind} are not listed: use HELD, RECEIVED, ISSUED or RETURNED"
                );
                return Err(ApiError::invalid(Reason::BadField, format!("kinds[{at}]"), message));
            }
        };
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    if kinds.is_empty() {
        kinds.push(EdgeKind::Issued);
    }
    Ok(kinds)
}
