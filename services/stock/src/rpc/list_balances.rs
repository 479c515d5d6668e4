use proto::stock::v1::{Balance as WireBalance, ListBalancesRequest, ListBalancesResponse};
use rpc::filter::{FieldSpec, Filter, Value};
use rpc::{ApiError, PageToken};
use stock_core::{Balance, State};
use vocabulary::{Sequence, Sku, WarehouseCode};

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
    rows: Vec<(Sku, Balance)>,
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

/// Over all locations. A sum out of range cannot be: all places together add up to what is outside, which is in range.
fn total(state: &State, sku: &Sku) -> Balance {
    let add = |a: Balance, b: Balance| Balance {
        on_hand: a.on_hand.checked_add(b.on_hand).unwrap_or(a.on_hand),
        reserved: a.reserved.checked_add(b.reserved).unwrap_or(a.reserved),
    };
    state.positions_of(sku).iter().map(|row| row.balance).fold(Balance::default(), add)
}

fn matches(filter: &Filter, sku: &Sku, total: &Balance) -> bool {
    filter.matches(|name| match name {
        "sku" => Value::Text(sku.as_str()),
        other => page::field(other, total).unwrap_or(Value::Text("")),
    })
}

fn row(warehouse: &WarehouseCode, sku: &Sku, total: &Balance) -> WireBalance {
    WireBalance {
        warehouse: warehouse.to_string(),
        sku: sku.to_string(),
        on_hand: decimal(total.on_hand),
        reserved: decimal(total.reserved),
        available: decimal(total.available()),
    }
}
