use proto::stock::v1::{CountSummary, ListCountsRequest, ListCountsResponse};
use rpc::filter::{FieldSpec, Filter, Value};
use rpc::{ApiError, PageToken};
use stock_core::State;
use vocabulary::{DocumentCode, Sequence};
use work_core::wire::{count_kind_to, count_state_to};
use work_core::{Count, Document as _};

use super::as_of::{Asked, View};
use super::get_count::waits_for_approval;
use super::{StockRpc, page};

const FIELDS: [FieldSpec; 4] =
    [FieldSpec::text("count"), FieldSpec::text("plan"), FieldSpec::text("state"), FieldSpec::text("kind")];
/// Places and lines of the counts that are looked at for one page; the count that goes beyond is the last.
const WEIGHT_A_PAGE: usize = 100_000;

/// Counts, by key.
pub(super) async fn handle(
    service: &StockRpc,
    request: ListCountsRequest,
) -> Result<ListCountsResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let size = page::size(request.page_size)?;
    let filter = Filter::parse(&request.filter, &FIELDS)?;
    let ListCountsRequest { warehouse, as_of_sequence, filter: text, .. } = request;
    let scope = format!("counts/{warehouse}/{as_of_sequence}/{text}");
    let start = page::start(&request.page_token, &scope)?;
    let start = start.and_then(|key| DocumentCode::parse(key.first()?).ok());
    let asked = Asked { sequence: as_of_sequence, effective: None, recorded: None };
    let as_of = service.history.as_of(&partition, asked).await?;
    let look = move |view: View<'_>| Ok(select(view.state, &filter, start.as_ref(), size));
    let found = as_of.look(&partition, look).await?;
    let next = |code: DocumentCode| PageToken::encode(&[code.as_str()], &scope);
    Ok(ListCountsResponse {
        counts: found.rows,
        next_page_token: found.next.map_or_else(String::new, next),
        as_of_sequence: found.sequence.get(),
    })
}

struct Found {
    rows: Vec<CountSummary>,
    /// The count to go on after.
    next: Option<DocumentCode>,
    sequence: Sequence,
}

fn select(state: &State, filter: &Filter, start: Option<&DocumentCode>, size: usize) -> Found {
    let mut found = Found { rows: Vec::new(), next: None, sequence: state.sequence() };
    let (mut last, mut weight): (Option<&DocumentCode>, usize) = (None, 0);
    for (looked_at, count) in state.counts_after(start).enumerate() {
        if found.rows.len() == size || looked_at == page::ITEMS_A_PAGE || weight >= WEIGHT_A_PAGE {
            found.next = last.cloned();
            return found;
        }
        last = Some(&count.plan.code);
        weight = weight.saturating_add(count.weight());
        if matches(filter, count) {
            found.rows.push(summary(count));
        }
    }
    found
}

fn matches(filter: &Filter, count: &Count) -> bool {
    filter.matches(|name| {
        Value::Text(match name {
            "count" => count.plan.code.as_str(),
            "plan" => count.plan.plan.as_ref().map_or("", DocumentCode::as_str),
            "state" => count.state.as_str(),
            "kind" => count.plan.kind.as_str(),
            _ => "",
        })
    })
}

fn summary(count: &Count) -> CountSummary {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    CountSummary {
        count: count.plan.code.to_string(),
        plan: count.plan.plan.as_ref().map(ToString::to_string).unwrap_or_default(),
        kind: count_kind_to(count.plan.kind).into(),
        state: count_state_to(count.state).into(),
        places: number(count.plan.places.len()),
        to_count: number(count.plan.places.iter().filter(|place| count.is_to_count(place)).count()),
        lines: number(count.lines().count()),
        outside: number(count.lines().filter(|(_, line)| !count.is_within(line)).count()),
        waits_for_approval: waits_for_approval(count),
    }
}
