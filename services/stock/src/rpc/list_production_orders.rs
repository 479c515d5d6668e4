use proto::stock::v1::{ListProductionOrdersRequest, ListProductionOrdersResponse, ProductionSummary};
use rpc::filter::{FieldSpec, Filter, Value};
use rpc::{ApiError, PageToken};
use stock_core::State;
use vocabulary::{DocumentCode, Sequence};
use work_core::wire::production_state_to;
use work_core::{Document, ProductionOrder};

use super::as_of::{Asked, View};
use super::{StockRpc, page};

const FIELDS: [FieldSpec; 6] = [
    FieldSpec::text("order"),
    FieldSpec::text("sku"),
    FieldSpec::text("state"),
    FieldSpec::text("location"),
    FieldSpec::text("due"),
    FieldSpec::text("wanted_order"),
];
/// Components of the orders that are looked at for one page; the order that goes beyond is the last.
const WEIGHT_A_PAGE: usize = 100_000;

/// Production orders, by key.
pub(super) async fn handle(
    service: &StockRpc,
    request: ListProductionOrdersRequest,
) -> Result<ListProductionOrdersResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let size = page::size(request.page_size)?;
    let filter = Filter::parse(&request.filter, &FIELDS)?;
    let ListProductionOrdersRequest { warehouse, as_of_sequence, filter: text, .. } = request;
    let scope = format!("production_orders/{warehouse}/{as_of_sequence}/{text}");
    let start = page::start(&request.page_token, &scope)?;
    let start = start.and_then(|key| DocumentCode::parse(key.first()?).ok());
    let asked = Asked { sequence: as_of_sequence, effective: None, recorded: None };
    let as_of = service.history.as_of(&partition, asked).await?;
    let look = move |view: View<'_>| Ok(select(view.state, &filter, start.as_ref(), size));
    let found = as_of.look(&partition, look).await?;
    let next = |code: DocumentCode| PageToken::encode(&[code.as_str()], &scope);
    Ok(ListProductionOrdersResponse {
        orders: found.rows,
        next_page_token: found.next.map_or_else(String::new, next),
        as_of_sequence: found.sequence.get(),
    })
}

struct Found {
    rows: Vec<ProductionSummary>,
    /// The order to go on after.
    next: Option<DocumentCode>,
    sequence: Sequence,
}

fn select(state: &State, filter: &Filter, start: Option<&DocumentCode>, size: usize) -> Found {
    let mut found = Found { rows: Vec::new(), next: None, sequence: state.sequence() };
    let (mut last, mut weight): (Option<&DocumentCode>, usize) = (None, 0);
    for (looked_at, order) in state.production_orders_after(start).enumerate() {
        if found.rows.len() == size || looked_at == page::ITEMS_A_PAGE || weight >= WEIGHT_A_PAGE {
            found.next = last.cloned();
            return found;
        }
        last = Some(&order.plan.code);
        weight = weight.saturating_add(order.weight());
        if matches(filter, order) {
            found.rows.push(summary(order));
        }
    }
    found
}

fn matches(filter: &Filter, order: &ProductionOrder) -> bool {
    let due = order.plan.due.to_string();
    filter.matches(|name| {
        Value::Text(match name {
            "order" => order.plan.code.as_str(),
            "sku" => order.plan.sku.as_str(),
            "state" => order.state.as_str(),
            "location" => order.plan.place.as_str(),
            "due" => &due,
            "wanted_order" => order.plan.wanted.as_ref().map_or("", |wanted| wanted.order.as_str()),
            _ => "",
        })
    })
}

fn summary(order: &ProductionOrder) -> ProductionSummary {
    let plan = &order.plan;
    ProductionSummary {
        order: plan.code.to_string(),
        sku: plan.sku.to_string(),
        state: production_state_to(order.state).into(),
        quantity: page::decimal(plan.quantity),
        made: page::decimal(order.made),
        due: plan.due.to_string(),
        location: plan.place.to_string(),
        wanted_order: plan.wanted.as_ref().map(|wanted| wanted.order.to_string()).unwrap_or_default(),
    }
}
