use proto::stock::v1::{Balance as WireBalance, ListBalancesRequest, ListBalancesResponse};
use rpc::filter::{FieldSpec, Filter, Value};
use rpc::{ApiError, PageToken};
use stock_core::{Balance, State};
use vocabulary::{Quantity, Sequence, Sku, WarehouseCode};

use super::page::decimal;
use super::{StockRpc, page};

const FIELDS: [FieldSpec; 4] = [
    FieldSpec::text("sku"),
    FieldSpec::decimal("on_hand"),
    FieldSpec::decimal("reserved"),
    FieldSpec::decimal("available"),
];

/// Totals by item.
pub(super) async fn handle(
    service: &StockRpc,
    request: ListBalancesRequest,
) -> Result<ListBalancesResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let size = page::size(request.page_size)?;
    let filter = Filter::parse(&request.filter, &FIELDS)?;
    let scope = format!("balances/{}/{}/{}", request.warehouse, request.as_of_sequence, request.filter);
    let start = page::start(&request.page_token, &scope)?.and_then(|mut key| key.pop());
    let as_of = service.history.as_of(&partition, request.as_of_sequence).await?;
    let found = as_of.look(&partition, move |state| select(state, &filter, start.as_deref(), size)).await?;
    Ok(ListBalancesResponse {
        balances: found.rows.iter().map(|(sku, total)| row(&partition.warehouse, sku, total)).collect(),
        next_page_token: found
            .next
            .map_or_else(String::new, |sku| PageToken::encode(&[sku.as_str()], &scope)),
        as_of_sequence: found.sequence.get(),
    })
}

struct Found {
    rows: Vec<(Sku, Total)>,
    /// Item to go on after.
    next: Option<Sku>,
    sequence: Sequence,
}

fn select(state: &State, filter: &Filter, start: Option<&str>, size: usize) -> Found {
    let mut found = Found { rows: Vec::new(), next: None, sequence: state.sequence() };
    let mut last: Option<&Sku> = None;
    for (looked_at, sku) in state.skus_after(start).enumerate() {
        if found.rows.len() == size || looked_at == page::ITEMS_A_PAGE {
            found.next = last.cloned();
            return found;
        }
        let total = total(state, sku);
        if matches(filter, sku, &total) {
            found.rows.push((sku.clone(), total));
        }
        last = Some(sku);
    }
    found
}

/// Over all locations and goods.
#[derive(Default)]
struct Total {
    balance: Balance,
    available: Quantity,
}

/// A sum out of range cannot be: all places together add up to what is outside, which is in range.
fn total(state: &State, sku: &Sku) -> Total {
    let mut total = Total::default();
    for row in state.positions_of(sku) {
        total.balance = page::sum(total.balance, row.balance);
        total.available = total.available.checked_add(row.available()).unwrap_or(total.available);
    }
    total
}

fn matches(filter: &Filter, sku: &Sku, total: &Total) -> bool {
    filter.matches(|name| match name {
        "sku" => Value::Text(sku.as_str()),
        other => page::field(other, &total.balance, total.available).unwrap_or(Value::Text("")),
    })
}

fn row(warehouse: &WarehouseCode, sku: &Sku, total: &Total) -> WireBalance {
    WireBalance {
        warehouse: warehouse.to_string(),
        sku: sku.to_string(),
        on_hand: decimal(total.balance.on_hand),
        reserved: decimal(total.balance.reserved),
        available: decimal(total.available),
    }
}
