use proto::stock::v1::{ListRulesRequest, ListRulesResponse, Rule as WireRule};
use rpc::filter::{FieldSpec, Filter, Value};
use rpc::{ApiError, PageToken};
use stock_core::{Rule, RuleRow, State};
use vocabulary::{ChannelCode, LocationCode, PartyCode, Sequence, Sku, StockStatus};
use work_core::{StoredAs, Stores};

use super::page::decimal;
use super::{StockRpc, page, rules};

const FIELDS: [FieldSpec; 4] =
    [FieldSpec::text("sku"), FieldSpec::text("kind"), FieldSpec::text("channel"), FieldSpec::text("holder")];

/// The rules that hold.
pub(super) async fn handle(
    service: &StockRpc,
    request: ListRulesRequest,
) -> Result<ListRulesResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let size = page::size(request.page_size)?;
    let filter = Filter::parse(&request.filter, &FIELDS)?;
    let scope = format!("rules/{}/{}", request.warehouse, request.filter);
    let start = page::start(&request.page_token, &scope)?;
    let start = start.and_then(|key| read(&key));
    let found = partition.look(move |state| select(state, &filter, start.as_ref(), size)).await?;
    Ok(ListRulesResponse {
        rules: found.rows.iter().map(message).collect(),
        next_page_token: found.next.map_or_else(String::new, |rule| token(&rule, &scope)),
        as_of_sequence: found.sequence.get(),
    })
}

struct Found {
    rows: Vec<RuleRow>,
    /// The rule to go on after.
    next: Option<Rule>,
    sequence: Sequence,
}

fn select(state: &State, filter: &Filter, after: Option<&Rule>, size: usize) -> Found {
    let mut found = Found { rows: Vec::new(), next: None, sequence: state.sequence() };
    let mut last = None;
    for (looked_at, row) in state.rules_after(after).enumerate() {
        if looked_at == page::ROWS_A_PAGE {
            found.next = last;
            return found;
        }
        if matches(filter, &row.rule) {
            if found.rows.len() == size {
                found.next = last;
                return found;
            }
            found.rows.push(row.clone());
        }
        last = Some(row.rule);
    }
    found
}

/// What a rule is about, without its value.
fn token(rule: &Rule, scope: &str) -> String {
    let sku = rule.sku().map_or("", Sku::as_str);
    let about = match rule {
        Rule::ChannelQuota { channel, .. } => channel.as_str(),
        Rule::SafetyBuffer { .. } | Rule::Minimum { .. } | Rule::Periodic { .. } => "",
        Rule::CustomerMaximum { holder, .. } => holder.as_ref().map_or("", PartyCode::as_str),
        Rule::ShelfLife { holder, .. } => holder.as_str(),
        Rule::StatusCounts { status, .. } => status.as_str(),
        Rule::StoredAs { sku, .. } => sku.as_str(),
        Rule::Stores { location, .. } => location.as_str(),
    };
    PageToken::encode(&[kind(rule), sku, about], scope)
}

fn read(key: &[String]) -> Option<Rule> {
    let [kind, sku, about] = key else { return None };
    let (item, holder) = (|| Sku::parse(sku).ok(), || PartyCode::parse(about).ok());
    Some(match kind.as_str() {
        "channel_quota" => {
            Rule::ChannelQuota { sku: item()?, channel: ChannelCode::parse(about).ok()?, quantity: None }
        }
        "safety_buffer" => Rule::SafetyBuffer { sku: item()?, quantity: None },
        "customer_maximum" => Rule::CustomerMaximum { sku: item()?, holder: holder(), quantity: None },
        "minimum" => Rule::Minimum { sku: item()?, quantity: None },
        "periodic" => Rule::Periodic { sku: item()?, is_periodic: false },
        "shelf_life" => Rule::ShelfLife { holder: holder()?, days: None },
        "stored_as" => Rule::StoredAs { sku: Sku::parse(about).ok()?, how: StoredAs::default() },
        "stores" => Rule::Stores { location: LocationCode::parse(about).ok()?, what: Stores::default() },
        _ => Rule::StatusCounts { status: StockStatus::parse(about).ok()?, counts: false },
    })
}

fn message(row: &RuleRow) -> WireRule {
    let is_quota = matches!(row.rule, Rule::ChannelQuota { .. });
    let used = is_quota.then(|| decimal(row.used)).flatten();
    WireRule { rule: Some(rules::message(&row.rule)), used }
}

fn matches(filter: &Filter, rule: &Rule) -> bool {
    let (channel, holder) = match rule {
        Rule::ChannelQuota { channel, .. } => (Some(channel), None),
        Rule::CustomerMaximum { holder, .. } => (None, holder.as_ref()),
        Rule::ShelfLife { holder, .. } => (None, Some(holder)),
        Rule::SafetyBuffer { .. } | Rule::Minimum { .. } | Rule::StatusCounts { .. } => (None, None),
        Rule::Periodic { .. } | Rule::StoredAs { .. } | Rule::Stores { .. } => (None, None),
    };
    filter.matches(|name| {
        Value::Text(match name {
            "sku" => rule.named().map_or("", Sku::as_str),
            "channel" => channel.map_or("", ChannelCode::as_str),
            "holder" => holder.map_or("", PartyCode::as_str),
            _ => kind(rule),
        })
    })
}

const fn kind(rule: &Rule) -> &'static str {
    match rule {
        Rule::ChannelQuota { .. } => "channel_quota",
        Rule::SafetyBuffer { .. } => "safety_buffer",
        Rule::CustomerMaximum { .. } => "customer_maximum",
        Rule::Minimum { .. } => "minimum",
        Rule::ShelfLife { .. } => "shelf_life",
        Rule::StatusCounts { .. } => "status_counts",
        Rule::Periodic { .. } => "periodic",
        Rule::StoredAs { .. } => "stored_as",
        Rule::Stores { .. } => "stores",
    }
}
