//! Rules as they are sent, into rules as the core sets them, and back.

use proto::common::v1::Decimal;
use proto::stock::v1 as wire;
use proto::stock::v1::set_rule::Rule as WireRule;
use rpc::{ApiError, Reason, given};
use stock_core::{Rule, may_count};
use vocabulary::{ChannelCode, PartyCode, Quantity, Sku};

use super::page::decimal;
use super::{goods, put_away_rules};

/// A century: more is a slip.
const SHELF_LIFE_DAYS_MAX: u32 = 36_500;

/// A rule; `amount` reads an item and a quantity of it.
pub(super) fn parse(
    line: &wire::SetRule,
    amount: impl Fn(&str, &'static str, Option<&Decimal>) -> Result<(Sku, Option<Quantity>), ApiError>,
) -> Result<Rule, ApiError> {
    match &line.rule {
        None => Err(ApiError::invalid(Reason::BadField, "rule", "the line names no rule: give one")),
        Some(WireRule::ChannelQuota(rule)) => {
            let read = || {
                let (sku, quantity) = kept(amount(&rule.sku, "quantity", rule.quantity.as_ref())?)?;
                let missing = || {
                    ApiError::invalid(Reason::BadCode, "channel", "a quota is kept for a channel: name it")
                };
                let channel = given("channel", &rule.channel, ChannelCode::parse)?.ok_or_else(missing)?;
                Ok(Rule::ChannelQuota { sku, channel, quantity })
            };
            read().map_err(|e: ApiError| e.in_field("channel_quota"))
        }
        Some(WireRule::SafetyBuffer(rule)) => {
            let read = || {
                let (sku, quantity) = kept(amount(&rule.sku, "quantity", rule.quantity.as_ref())?)?;
                Ok(Rule::SafetyBuffer { sku, quantity })
            };
            read().map_err(|e: ApiError| e.in_field("safety_buffer"))
        }
        Some(WireRule::CustomerMaximum(rule)) => {
            let read = || {
                let (sku, quantity) = kept(amount(&rule.sku, "quantity", rule.quantity.as_ref())?)?;
                let holder = given("holder", &rule.holder, PartyCode::parse)?;
                Ok(Rule::CustomerMaximum { sku, holder, quantity })
            };
            read().map_err(|e: ApiError| e.in_field("customer_maximum"))
        }
        Some(WireRule::Minimum(rule)) => {
            let read = || {
                let (sku, quantity) = kept(amount(&rule.sku, "quantity", rule.quantity.as_ref())?)?;
                Ok(Rule::Minimum { sku, quantity })
            };
            read().map_err(|e: ApiError| e.in_field("minimum"))
        }
        Some(WireRule::ShelfLife(rule)) => shelf_life(rule).map_err(|e| e.in_field("shelf_life")),
        Some(WireRule::PeriodicItem(rule)) => {
            let (sku, _) = amount(&rule.sku, "quantity", None).map_err(|e| e.in_field("periodic_item"))?;
            Ok(Rule::Periodic { sku, is_periodic: rule.periodic })
        }
        Some(WireRule::StatusCounts(rule)) => status_counts(rule).map_err(|e| e.in_field("status_counts")),
        Some(WireRule::StoredAs(rule)) => {
            let (sku, _) = amount(&rule.sku, "quantity", None).map_err(|e| e.in_field("stored_as"))?;
            put_away_rules::stored_as(rule, sku).map_err(|e| e.in_field("stored_as"))
        }
        Some(WireRule::Stores(rule)) => put_away_rules::stores(rule).map_err(|e| e.in_field("stores")),
    }
}

fn shelf_life(rule: &wire::ShelfLife) -> Result<Rule, ApiError> {
    let missing = || ApiError::invalid(Reason::BadCode, "holder", "the rule is a customer's: name one");
    let holder = given("holder", &rule.holder, PartyCode::parse)?.ok_or_else(missing)?;
    if rule.days > SHELF_LIFE_DAYS_MAX {
        let message = format!("{} days are too many: give at most {SHELF_LIFE_DAYS_MAX}", rule.days);
        return Err(ApiError::invalid(Reason::BadField, "days", message));
    }
    Ok(Rule::ShelfLife { holder, days: Some(rule.days).filter(|days| *days > 0) })
}

fn status_counts(rule: &wire::StatusCounts) -> Result<Rule, ApiError> {
    let status = goods::status("status", &rule.status)?;
    if rule.status.is_empty() || !may_count(status) {
        let message = format!(
            "goods that are {status} count as they do: give inspection, quality_hold, damaged or returned"
        );
        return Err(ApiError::invalid(Reason::BadStatus, "status", message));
    }
    Ok(Rule::StatusCounts { status, counts: rule.counts })
}

fn kept((sku, quantity): (Sku, Option<Quantity>)) -> Result<(Sku, Option<Quantity>), ApiError> {
    if quantity.is_some_and(Quantity::is_negative) {
        let message = "less than nothing cannot be kept: give a quantity, or none to take the rule away";
        return Err(ApiError::invalid(Reason::QuantityNotPositive, "quantity", message));
    }
    Ok((sku, quantity))
}

/// A rule as a message.
pub(super) fn message(rule: &Rule) -> wire::SetRule {
    let rule = match rule {
        Rule::ChannelQuota { sku, channel, quantity } => WireRule::ChannelQuota(wire::ChannelQuota {
            sku: sku.to_string(),
            channel: channel.to_string(),
            quantity: quantity.and_then(decimal),
        }),
        Rule::SafetyBuffer { sku, quantity } => WireRule::SafetyBuffer(wire::SafetyBuffer {
            sku: sku.to_string(),
            quantity: quantity.and_then(decimal),
        }),
        Rule::CustomerMaximum { sku, holder, quantity } => WireRule::CustomerMaximum(wire::CustomerMaximum {
            sku: sku.to_string(),
            holder: holder.as_ref().map_or_else(String::new, ToString::to_string),
            quantity: quantity.and_then(decimal),
        }),
        Rule::Minimum { sku, quantity } => {
            WireRule::Minimum(wire::Minimum { sku: sku.to_string(), quantity: quantity.and_then(decimal) })
        }
        Rule::ShelfLife { holder, days } => WireRule::ShelfLife(wire::ShelfLife {
            holder: holder.to_string(),
            days: days.unwrap_or_default(),
        }),
        Rule::Periodic { sku, is_periodic } => {
            WireRule::PeriodicItem(wire::PeriodicItem { sku: sku.to_string(), periodic: *is_periodic })
        }
        Rule::StatusCounts { status, counts } => {
            WireRule::StatusCounts(wire::StatusCounts { status: status.to_string(), counts: *counts })
        }
        Rule::StoredAs { sku, how } => WireRule::StoredAs(put_away_rules::stored_as_message(sku, how)),
        Rule::Stores { location, what } => WireRule::Stores(put_away_rules::stores_message(location, what)),
    };
    wire::SetRule { rule: Some(rule) }
}
