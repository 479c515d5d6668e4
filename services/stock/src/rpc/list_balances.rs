use proto::stock::v1::{Balance as WireBalance, ListBalancesRequest, ListBalancesResponse};
use rpc::filter::{FieldSpec, Filter, Value};
use rpc::{ApiError, PageToken, Reason, given};
use stock_core::{Balance, State};
use vocabulary::{ChannelCode, Quantity, Sequence, Sku, WarehouseCode, Weight};

use super::as_of::{Asked, View};
use super::page::decimal;
use super::{StockRpc, page, weight};

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
    let asked = Asked {
        sequence: request.as_of_sequence,
        effective: request.effective_as_of.as_ref(),
        recorded: request.recorded_as_of.as_ref(),
    };
    let filter = Filter::parse(&request.filter, asked.fields(&FIELDS))?;
    let channel = channel(&request)?;
    let scope =
        format!("balances/{}/{}/{}/{}", request.warehouse, asked.scope(), request.channel, request.filter);
    let start = page::start(&request.page_token, &scope)?.and_then(|mut key| key.pop());
    let as_of = service.history.as_of(&partition, asked).await?;
    let look = move |view: View<'_>| select((view, channel.as_ref()), &filter, start.as_deref(), size);
    let found = as_of.look(&partition, look).await?;
    Ok(ListBalancesResponse {
        balances: found.rows.iter().map(|(sku, total)| row(&partition.warehouse, sku, total)).collect(),
        next_page_token: found
            .next
            .map_or_else(String::new, |sku| PageToken::encode(&[sku.as_str()], &scope)),
        as_of_sequence: found.sequence.get(),
    })
}

/// As whom; nothing is known of promises at an instant, and so nothing of what is kept.
fn channel(request: &ListBalancesRequest) -> Result<Option<ChannelCode>, ApiError> {
    let channel = given("channel", &request.channel, ChannelCode::parse)?;
    if channel.is_some() && request.effective_as_of.is_some() {
        let message = "what a channel may take is known of now, and of a sequence: leave one of them out";
        return Err(ApiError::invalid(Reason::BadField, "channel", message));
    }
    Ok(channel)
}

struct Found {
    rows: Vec<(Sku, Total)>,
    /// Item to go on after.
    next: Option<Sku>,
    sequence: Sequence,
}

fn select(
    (view, channel): (View<'_>, Option<&ChannelCode>),
    filter: &Filter,
    start: Option<&str>,
    size: usize,
) -> Result<Found, ApiError> {
    let mut found = Found { rows: Vec::new(), next: None, sequence: view.sequence() };
    let (mut last, mut looked_at): (Option<&Sku>, _) = (None, 0);
    for sku in view.skus_after(start) {
        if found.rows.len() == size || looked_at >= page::ROWS_A_PAGE {
            found.next = last.cloned();
            return Ok(found);
        }
        let total = Total::of(view, sku)?;
        last = Some(sku);
        looked_at += total.positions.max(1);
        // What had never been there then is no balance of nothing.
        if total.positions == 0 {
            continue;
        }
        let total = total.seen_by(channel, view.state, sku);
        if matches(filter, sku, &total) {
            found.rows.push((sku.clone(), total));
        }
    }
    Ok(found)
}

/// Over all locations and goods.
#[derive(Default)]
struct Total {
    balance: Balance,
    available: Quantity,
    weight: Option<Weight>,
    has_promises: bool,
    /// How many it is the sum of.
    positions: usize,
}

impl Total {
    /// A sum out of range cannot be: all places together add up to what is outside, which is in range.
    fn of(view: View<'_>, sku: &Sku) -> Result<Self, ApiError> {
        let mut total = Self { has_promises: view.of_promises(Some(())).is_some(), ..Self::default() };
        let statuses = view.state.available_statuses();
        view.each_balance(sku, |holding, balance, weight| {
            total.positions += 1;
            total.balance = page::sum(total.balance, balance);
            total.weight = weight::sum([total.weight, weight]);
            if holding.counts(statuses) {
                let available = total.available.checked_add(balance.available());
                total.available = available.unwrap_or(total.available);
            }
        })?;
        Ok(total)
    }

    /// What is kept for others is not there for a channel.
    fn seen_by(mut self, channel: Option<&ChannelCode>, state: &State, sku: &Sku) -> Self {
        if let Some(channel) = channel {
            let open = state.open_to(sku, channel).unwrap_or(self.available);
            self.available = open.max(Quantity::ZERO);
        }
        self
    }

    fn of_promises(&self, quantity: Quantity) -> Option<proto::common::v1::Decimal> {
        decimal(quantity).filter(|_| self.has_promises)
    }
}

fn matches(filter: &Filter, sku: &Sku, total: &Total) -> bool {
    filter.matches(|name| match name {
        "sku" => Value::Text(sku.as_str()),
        other => page::field(other, &total.balance, total.available).unwrap_or(Value::Text("")),
    })
}

fn row(warehouse: &WarehouseCode, sku: &Sku, total: &Total) -> WireBalance {
    let (weight, weight_unit) = weight::wire(total.weight);
    WireBalance {
        weight,
        weight_unit,
        warehouse: warehouse.to_string(),
        sku: sku.to_string(),
        on_hand: decimal(total.balance.on_hand),
        reserved: total.of_promises(total.balance.reserved),
        available: total.of_promises(total.available),
    }
}
