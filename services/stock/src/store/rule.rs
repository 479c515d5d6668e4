//! Rules as the checkpoint has them, and back.

use sea_orm::Set;
use stock_core::{Rule, RuleRow};
use vocabulary::{ChannelCode, Invalid, LocationCode, PartyCode, Quantity, Sku, StockStatus, WarehouseCode};
use work_core::{HazardClass, StoredAs, Stores, ZoneClass};

use super::StoreFault;
use super::checkpoint_rows::damaged;
use super::entity::stock_rule::{ActiveModel, Model};

/// All of them, numbered; one that does not hold has no row.
pub(super) fn models(warehouse: &WarehouseCode, rows: &[RuleRow]) -> Vec<ActiveModel> {
    let model = |(number, row): (i32, &RuleRow)| {
        let (kind, party, value) = match &row.rule {
            Rule::ChannelQuota { channel, quantity, .. } => {
                ("channel_quota", channel.to_string(), (*quantity)?.to_string())
            }
            Rule::SafetyBuffer { quantity, .. } => ("safety_buffer", String::new(), (*quantity)?.to_string()),
            Rule::CustomerMaximum { holder, quantity, .. } => {
                let holder = holder.as_ref().map_or_else(String::new, ToString::to_string);
                ("customer_maximum", holder, (*quantity)?.to_string())
            }
            Rule::Minimum { quantity, .. } => ("minimum", String::new(), (*quantity)?.to_string()),
            Rule::ShelfLife { holder, days } => ("shelf_life", holder.to_string(), (*days)?.to_string()),
            Rule::Periodic { .. } => ("periodic", String::new(), String::new()),
            Rule::StatusCounts { status, .. } => ("status_counts", String::new(), status.to_string()),
            Rule::StoredAs { how, .. } => {
                let class = how.class.map_or("", ZoneClass::as_str);
                let hazard = how.hazard.map_or("", HazardClass::as_str);
                let fixed = how.fixed.as_ref().map(ToString::to_string).unwrap_or_default();
                ("stored_as", fixed, format!("{class}|{hazard}"))
            }
            Rule::Stores { location, what } => {
                let most = what.units_max.map(|most| most.to_string()).unwrap_or_default();
                let class = what.class.map_or("", ZoneClass::as_str);
                ("stores", location.to_string(), format!("{class}|{most}"))
            }
        };
        Some(ActiveModel {
            warehouse: Set(warehouse.to_string()),
            number: Set(number),
            kind: Set(kind.to_owned()),
            sku: Set(row.rule.named().map_or_else(String::new, ToString::to_string)),
            party: Set(party),
            value: Set(value),
            used: Set(row.used.to_string()),
        })
    };
    (0..).zip(rows).filter_map(model).collect()
}

pub(super) fn rule(model: Model) -> Result<RuleRow, StoreFault> {
    let sku = || Sku::parse(&model.sku).map_err(damaged);
    let quantity = || Quantity::parse(&model.value).map(Some).map_err(damaged);
    let party = || PartyCode::parse(&model.party).map_err(damaged);
    let rule = match model.kind.as_str() {
        "channel_quota" => {
            let channel = ChannelCode::parse(&model.party).map_err(damaged)?;
            Rule::ChannelQuota { sku: sku()?, channel, quantity: quantity()? }
        }
        "safety_buffer" => Rule::SafetyBuffer { sku: sku()?, quantity: quantity()? },
        "minimum" => Rule::Minimum { sku: sku()?, quantity: quantity()? },
        "customer_maximum" => {
            let holder = if model.party.is_empty() { None } else { Some(party()?) };
            Rule::CustomerMaximum { sku: sku()?, holder, quantity: quantity()? }
        }
        "shelf_life" => {
            Rule::ShelfLife { holder: party()?, days: Some(model.value.parse().map_err(damaged)?) }
        }
        "periodic" => Rule::Periodic { sku: sku()?, is_periodic: true },
        "status_counts" => {
            let status = StockStatus::parse(&model.value).map_err(damaged)?;
            Rule::StatusCounts { status, counts: true }
        }
        "stored_as" => {
            let (class, hazard) = halves(&model.value)?;
            let fixed = given(&model.party, LocationCode::parse)?;
            let hazard = named(hazard, HazardClass::parse)?;
            Rule::StoredAs {
                sku: sku()?,
                how: StoredAs { fixed, class: named(class, ZoneClass::parse)?, hazard },
            }
        }
        "stores" => {
            let (class, most) = halves(&model.value)?;
            let location = LocationCode::parse(&model.party).map_err(damaged)?;
            let what =
                Stores { class: named(class, ZoneClass::parse)?, units_max: given(most, Quantity::parse)? };
            Rule::Stores { location, what }
        }
        other => return Err(damaged(format!("no rule is called {other:?}"))),
    };
    Ok(RuleRow { rule, used: Quantity::parse(&model.used).map_err(damaged)? })
}

fn halves(value: &str) -> Result<(&str, &str), StoreFault> {
    value.split_once('|').ok_or_else(|| damaged(format!("{value:?} are no two values of a rule")))
}

/// An empty text is nothing.
fn given<T>(text: &str, parse: impl FnOnce(&str) -> Result<T, Invalid>) -> Result<Option<T>, StoreFault> {
    if text.is_empty() { Ok(None) } else { parse(text).map(Some).map_err(damaged) }
}

fn named<T>(text: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, StoreFault> {
    if text.is_empty() {
        return Ok(None);
    }
    parse(text).map(Some).ok_or_else(|| damaged(format!("nothing is called {text:?}")))
}
