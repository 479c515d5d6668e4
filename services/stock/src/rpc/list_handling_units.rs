use proto::stock::v1::{ListHandlingUnitsRequest, ListHandlingUnitsResponse};
use rpc::filter::{FieldSpec, Filter, Value};
use rpc::{ApiError, PageToken};
use stock_core::{State, UnitHead, UnitRow};
use vocabulary::{Sequence, Sscc};

use super::as_of::{Asked, View};
use super::get_handling_unit::handling_unit;
use super::{StockRpc, page};

const FIELDS: [FieldSpec; 4] = [
    FieldSpec::text("handling_unit"),
    FieldSpec::text("kind"),
    FieldSpec::text("location"),
    FieldSpec::text("parent"),
];

/// Handling units by number.
pub(super) async fn handle(
    service: &StockRpc,
    request: ListHandlingUnitsRequest,
) -> Result<ListHandlingUnitsResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let size = page::size(request.page_size)?;
    let filter = Filter::parse(&request.filter, &FIELDS)?;
    let ListHandlingUnitsRequest { warehouse, as_of_sequence, filter: text, sku, .. } = request;
    let scope = format!("handling units/{warehouse}/{as_of_sequence}/{sku}/{text}");
    let start = page::start(&request.page_token, &scope)?;
    let start = start.and_then(|key| Sscc::parse(key.first()?).ok());
    let asked = Asked { sequence: as_of_sequence, effective: None, recorded: None };
    let as_of = service.history.as_of(&partition, asked).await?;
    let look = move |view: View<'_>| Ok(select(view.state, (&filter, &sku), start, size));
    let found = as_of.look(&partition, look).await?;
    Ok(ListHandlingUnitsResponse {
        handling_units: found
            .rows
            .iter()
            .map(|head| handling_unit(&partition.warehouse, &head.row, head.contents))
            .collect(),
        next_page_token: found
            .next
            .map_or_else(String::new, |sscc| PageToken::encode(&[sscc.as_str()], &scope)),
        as_of_sequence: found.sequence.get(),
    })
}

struct Found {
    rows: Vec<UnitHead>,
    /// The unit to go on after.
    next: Option<Sscc>,
    sequence: Sequence,
}

fn select(state: &State, (filter, sku): (&Filter, &str), start: Option<Sscc>, size: usize) -> Found {
    let mut found = Found { rows: Vec::new(), next: None, sequence: state.sequence() };
    let (mut last, mut looked_at) = (None, 0);
    for head in state.handling_unit_heads_after(start, sku) {
        if found.rows.len() == size || looked_at >= page::ROWS_A_PAGE {
            found.next = last;
            return found;
        }
        looked_at += 1 + head.contents;
        last = Some(head.row.sscc);
        if (head.has_item || sku.is_empty()) && matches(filter, &head.row) {
            found.rows.push(head);
        }
    }
    found
}

fn matches(filter: &Filter, row: &UnitRow) -> bool {
    filter.matches(|name| {
        Value::Text(match name {
            "handling_unit" => row.sscc.as_str(),
            "kind" => row.kind.as_str(),
            "location" => row.location.as_str(),
            "parent" => row.parent.as_ref().map_or("", Sscc::as_str),
            _ => "",
        })
    })
}
