use proto::stock::v1::{ListDeliveriesRequest, ListDeliveriesResponse};
use rpc::filter::{FieldSpec, Filter, Value};
use rpc::{ApiError, PageToken};
use stock_core::State;
use vocabulary::{DocumentCode, PartyCode, Sequence};
use work_core::Delivery;
use work_core::Document as _;
use work_core::wire::delivery_to;

use super::as_of::{Asked, View};
use super::{StockRpc, page};

const FIELDS: [FieldSpec; 6] = [
    FieldSpec::text("delivery"),
    FieldSpec::text("state"),
    FieldSpec::text("source"),
    FieldSpec::text("partner"),
    FieldSpec::text("carrier"),
    FieldSpec::text("due"),
];
/// Lines and discrepancies of the deliveries of one page; the delivery that goes beyond is the last.
const LINES_A_PAGE: usize = 10_000;

/// Deliveries, by key.
pub(super) async fn handle(
    service: &StockRpc,
    request: ListDeliveriesRequest,
) -> Result<ListDeliveriesResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let size = page::size(request.page_size)?;
    let filter = Filter::parse(&request.filter, &FIELDS)?;
    let ListDeliveriesRequest { warehouse, as_of_sequence, filter: text, .. } = request;
    let scope = format!("deliveries/{warehouse}/{as_of_sequence}/{text}");
    let start = page::start(&request.page_token, &scope)?;
    let start = start.and_then(|key| DocumentCode::parse(key.first()?).ok());
    let asked = Asked { sequence: as_of_sequence, effective: None, recorded: None };
    let as_of = service.history.as_of(&partition, asked).await?;
    let look = move |view: View<'_>| Ok(select(view.state, &filter, start.as_ref(), size));
    let found = as_of.look(&partition, look).await?;
    Ok(ListDeliveriesResponse {
        deliveries: found.rows.iter().map(delivery_to).collect(),
        next_page_token: found
            .next
            .map_or_else(String::new, |code| PageToken::encode(&[code.as_str()], &scope)),
        as_of_sequence: found.sequence.get(),
    })
}

struct Found {
    /// Without their handling units.
    rows: Vec<Delivery>,
    /// The delivery to go on after.
    next: Option<DocumentCode>,
    sequence: Sequence,
}

fn select(state: &State, filter: &Filter, start: Option<&DocumentCode>, size: usize) -> Found {
    let mut found = Found { rows: Vec::new(), next: None, sequence: state.sequence() };
    let (mut last, mut lines): (Option<&DocumentCode>, usize) = (None, 0);
    for (looked_at, delivery) in state.deliveries_after(start).enumerate() {
        if found.rows.len() == size || looked_at == page::ITEMS_A_PAGE || lines >= LINES_A_PAGE {
            found.next = last.cloned();
            return found;
        }
        last = Some(&delivery.announced.code);
        if matches(filter, delivery) {
            let row = delivery.without_units();
            lines = lines.saturating_add(row.weight());
            found.rows.push(row);
        }
    }
    found
}

fn matches(filter: &Filter, delivery: &Delivery) -> bool {
    let (announced, due) = (&delivery.announced, delivery.announced.due.to_string());
    filter.matches(|name| {
        Value::Text(match name {
            "delivery" => announced.code.as_str(),
            "state" => delivery.state.as_str(),
            "source" => announced.source.as_str(),
            "partner" => announced.partner.as_ref().map_or("", PartyCode::as_str),
            "carrier" => announced.carrier.as_ref().map_or("", PartyCode::as_str),
            "due" => &due,
            _ => "",
        })
    })
}
