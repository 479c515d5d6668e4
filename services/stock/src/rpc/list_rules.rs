use proto::stock::v1::{ListRulesRequest, ListRulesResponse, Rule as WireRule};
use rpc::filter::{FieldSpec, Filter, Value};
use rpc::{ApiError, PageToken};
use stock_core::{Rule, RuleRow};
use vocabulary::{ChannelCode, PartyCode, Sku};

use super::page::decimal;
use super::{StockRpc, page, rules};

const FIELDS: [FieldSpec; 4] =
    [FieldSpec::text("sku"), FieldSpec::text("kind"), FieldSpec::text("channel"), FieldSpec::text("holder")];

/// The rules that hold. There are few, so the key of a page is its number.
pub(super) async fn handle(
    service: &StockRpc,
    request: ListRulesRequest,
) -> Result<ListRulesResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let size = page::size(request.page_size)?;
    let filter = Filter::parse(&request.filter, &FIELDS)?;
    let scope = format!("rules/{}/{}", request.warehouse, request.filter);
    let start = page::start(&request.page_token, &scope)?;
    let start: usize = start.and_then(|key| key.first()?.parse().ok()).unwrap_or_default();
    let (rows, sequence) = partition.look(|state| (state.rules(), state.sequence())).await?;
    let mut found = rows.iter().filter(|row| matches(&filter, &row.rule)).skip(start);
    let rules: Vec<_> = found.by_ref().take(size).map(message).collect();
    let next = start + rules.len();
    let next_page_token =
        found.next().map_or_else(String::new, |_| PageToken::encode(&[&next.to_string()], &scope));
    Ok(ListRulesResponse { rules, next_page_token, as_of_sequence: sequence.get() })
}

fn message(row: &RuleRow) -> WireRule {
    let is_quota = matches!(row.rule, Rule::ChannelQuota { .. });
    let used = is_quota.then(|| decimal(row.used)).flatten();
    WireRule { rule: Some(rules::message(&row.rule)), used }
}

fn matches(filter: &Filter, rule: &Rule) -> bool {
    let (kind, channel, holder) = match rule {
        Rule::ChannelQuota { channel, .. } => ("channel_quota", Some(channel), None),
        Rule::SafetyBuffer { .. } => ("safety_buffer", None, None),
        Rule::CustomerMaximum { holder, .. } => ("customer_maximum", None, holder.as_ref()),
        Rule::ShelfLife { holder, .. } => ("shelf_life", None, Some(holder)),
        Rule::StatusCounts { .. } => ("status_counts", None, None),
    };
    filter.matches(|name| {
        Value::Text(match name {
            "sku" => rule.sku().map_or("", Sku::as_str),
            "channel" => channel.map_or("", ChannelCode::as_str),
            "holder" => holder.map_or("", PartyCode::as_str),
            _ => kind,
        })
    })
}
