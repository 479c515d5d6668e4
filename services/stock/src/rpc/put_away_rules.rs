//! Rules about where goods are put, as they are sent, and back.

use proto::stock::v1 as wire;
use rpc::{ApiError, Reason, given};
use stock_core::Rule;
use vocabulary::{LocationCode, Sku};
use work_core::{HazardClass, StoredAs, Stores, ZoneClass};

use super::amount::quantity;
use super::page::decimal;

/// How an item is stored.
pub(super) fn stored_as(rule: &wire::StoredAs, sku: Sku) -> Result<Rule, ApiError> {
    let fixed = given("fixed_location", &rule.fixed_location, LocationCode::parse)?;
    let hazard = named("hazard", &rule.hazard, HazardClass::parse, || {
        HazardClass::ALL.map(HazardClass::as_str).join(", ")
    })?;
    Ok(Rule::StoredAs { sku, how: StoredAs { fixed, class: zone_class(&rule.class)?, hazard } })
}

/// What a location takes.
pub(super) fn stores(rule: &wire::Stores) -> Result<Rule, ApiError> {
    let missing = || ApiError::invalid(Reason::BadCode, "location", "the rule is of a location: name it");
    let location = given("location", &rule.location, LocationCode::parse)?.ok_or_else(missing)?;
    let units_max = rule.units_max.as_ref().map(|most| quantity("units_max", Some(most))).transpose()?;
    if units_max.is_some_and(vocabulary::Quantity::is_negative) {
        let message = "less than nothing cannot lie there: give a quantity, or none to take it away";
        return Err(ApiError::invalid(Reason::QuantityNotPositive, "units_max", message));
    }
    Ok(Rule::Stores { location, what: Stores { class: zone_class(&rule.class)?, units_max } })
}

fn zone_class(text: &str) -> Result<Option<ZoneClass>, ApiError> {
    named("class", text, ZoneClass::parse, || ZoneClass::ALL.map(ZoneClass::as_str).join(", "))
}

fn named<T>(
    field: &'static str,
    text: &str,
    parse: impl FnOnce(&str) -> Option<T>,
    all: impl FnOnce() -> String,
) -> Result<Option<T>, ApiError> {
    if text.is_empty() {
        return Ok(None);
    }
    let unknown =
        || ApiError::invalid(Reason::BadField, field, format!("nothing is called so: give one of {}", all()));
    parse(text).map(Some).ok_or_else(unknown)
}

pub(super) fn stored_as_message(sku: &Sku, how: &StoredAs) -> wire::StoredAs {
    wire::StoredAs {
        sku: sku.to_string(),
        fixed_location: how.fixed.as_ref().map(ToString::to_string).unwrap_or_default(),
        class: how.class.map_or("", ZoneClass::as_str).to_owned(),
        hazard: how.hazard.map_or("", HazardClass::as_str).to_owned(),
    }
}

pub(super) fn stores_message(location: &LocationCode, what: &Stores) -> wire::Stores {
    wire::Stores {
        location: location.to_string(),
        class: what.class.map_or("", ZoneClass::as_str).to_owned(),
        units_max: what.units_max.and_then(decimal),
    }
}
