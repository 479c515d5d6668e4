use proto::stock::v1::{CountEstimate, GetCountRequest, GetCountResponse};
use rpc::{ApiError, Reason};
use vocabulary::{DocumentCode, Invalid};
use work_core::wire::count_to;
use work_core::{Count, CountState, Estimate, estimate};

use super::StockRpc;
use super::as_of::{Asked, View};

/// One count: what is counted, and what was.
pub(super) async fn handle(
    service: &StockRpc,
    request: GetCountRequest,
) -> Result<GetCountResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let code = code(&request.count)?;
    let asked = Asked { sequence: request.as_of_sequence, effective: None, recorded: None };
    let as_of = service.history.as_of(&partition, asked).await?;
    let wanted = code.clone();
    let look = move |view: View<'_>| Ok((view.state.count_of(&wanted).cloned(), view.state.sequence()));
    let (found, sequence) = as_of.look(&partition, look).await?;
    let count = found.ok_or_else(|| not_found(&code))?;
    Ok(GetCountResponse {
        variance_value: count.variance_value().map_or_else(String::new, |value| value.to_string()),
        waits_for_approval: waits_for_approval(&count),
        estimate: estimated(&count),
        count: Some(count_to(&count)),
        as_of_sequence: sequence.get(),
    })
}

/// Whether somebody still has to approve what differs.
pub(super) fn waits_for_approval(count: &Count) -> bool {
    count.state == CountState::Counted && count.needs_approval() && count.approved_by.is_none()
}

/// What a sample says, when all of it was counted.
fn estimated(count: &Count) -> Option<CountEstimate> {
    let sample = count.plan.sample?;
    if !matches!(count.state, CountState::Counted | CountState::Posted) {
        return None;
    }
    let is_right = |reading: &&work_core::Reading| reading.lines.iter().all(|line| count.is_within(line));
    let readings = || count.progress.values().filter_map(|known| known.reading.as_ref());
    let (counted, right) = (readings().count(), readings().filter(is_right).count());
    let (counted, right) = (u32::try_from(counted).ok()?, u32::try_from(right).ok()?);
    let Estimate { right: part, least, most } = estimate(right, counted, sample.confidence);
    Some(CountEstimate { counted, right, estimate: part, least, most })
}

pub(super) fn code(text: &str) -> Result<DocumentCode, ApiError> {
    let bad = |e: Invalid| ApiError::invalid(Reason::BadCode, "count", e.to_string());
    DocumentCode::parse(text).map_err(bad)
}

pub(super) fn not_found(code: &DocumentCode) -> ApiError {
    let message = format!("no count {code} is known: it never was, or is over for long");
    ApiError::invalid(Reason::CountNotFound, "count", message).with("count", code)
}
