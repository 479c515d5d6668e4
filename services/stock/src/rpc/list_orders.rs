use proto::stock::v1::{ListOrdersRequest, ListOrdersResponse, OrderSummary};
use rpc::filter::{FieldSpec, Filter, Value};
use rpc::{ApiError, PageToken};
use stock_core::State;
use vocabulary::{DocumentCode, Sequence};
use work_core::wire::order_state_to;
use work_core::{Document, Order};

use super::as_of::{Asked, View};
use super::{StockRpc, page};

const FIELDS: [FieldSpec; 6] = [
    FieldSpec::text("order"),
    FieldSpec::text("customer"),
    FieldSpec::text("state"),
    FieldSpec::text("wave"),
    FieldSpec::text("carrier"),
    FieldSpec::text("due"),
];
/// Lines of the orders that are looked at for one page; the order that goes beyond is the last.
const WEIGHT_A_PAGE: usize = 100_000;

/// Outbound orders, by key.
pub(super) async fn handle(
    service: &StockRpc,
    request: ListOrdersRequest,
) -> Result<ListOrdersResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let size = page::size(request.page_size)?;
    let filter = Filter::parse(&request.filter, &FIELDS)?;
    let ListOrdersRequest { warehouse, as_of_sequence, filter: text, .. } = request;
    let scope = format!("orders/{warehouse}/{as_of_sequence}/{text}");
    let start = page::start(&request.page_token, &scope)?;
    let start = start.and_then(|key| DocumentCode::parse(key.first()?).ok());
    let asked = Asked { sequence: as_of_sequence, effective: None, recorded: None };
    let as_of = service.history.as_of(&partition, asked).await?;
    let look = move |view: View<'_>| Ok(select(view.state, &filter, start.as_ref(), size));
    let found = as_of.look(&partition, look).await?;
    let next = |code: DocumentCode| PageToken::encode(&[code.as_str()], &scope);
    Ok(ListOrdersResponse {
        orders: found.rows,
        next_page_token: found.next.map_or_else(String::new, next),
        as_of_sequence: found.sequence.get(),
    })
}

struct Found {
    rows: Vec<OrderSummary>,
    /// The order to go on after.
    next: Option<DocumentCode>,
    sequence: Sequence,
}

fn select(state: &State, filter: &Filter, start: Option<&DocumentCode>, size: usize) -> Found {
    let mut found = Found { rows: Vec::new(), next: None, sequence: state.sequence() };
    let (mut last, mut weight): (Option<&DocumentCode>, usize) = (None, 0);
    for (looked_at, order) in state.orders_after(start).enumerate() {
        if found.rows.len() == size || looked_at == page::ITEMS_A_PAGE || weight >= WEIGHT_A_PAGE {
            found.next = last.cloned();
            return found;
        }
        last = Some(&order.placed.code);
        weight = weight.saturating_add(order.weight());
        if matches(filter, order) {
            found.rows.push(summary(order));
        }
    }
    found
}

fn matches(filter: &Filter, order: &Order) -> bool {
    let due = order.placed.due.to_string();
    filter.matches(|name| {
        Value::Text(match name {
            "order" => order.placed.code.as_str(),
            "customer" => order.placed.customer.as_str(),
            "state" => order.state.as_str(),
            "wave" => order.wave.as_ref().map_or("", |wave| wave.code.as_str()),
            "carrier" => &order.placed.carrier,
            "due" => &due,
            _ => "",
        })
    })
}

fn summary(order: &Order) -> OrderSummary {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let placed = &order.placed;
    OrderSummary {
        order: placed.code.to_string(),
        customer: placed.customer.to_string(),
        state: order_state_to(order.state).into(),
        wave: order.wave.as_ref().map(|wave| wave.code.to_string()).unwrap_or_default(),
        carrier: placed.carrier.clone(),
        due: placed.due.to_string(),
        priority: placed.priority.into(),
        lines: number(placed.lines.len()),
        backordered: number(
            placed.lines.keys().filter(|line| order.backordered(**line).is_positive()).count(),
        ),
    }
}
