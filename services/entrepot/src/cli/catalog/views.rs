//! Master data as it is shown.

use catalog_core::{catch_weight_text, unit_text};
use proto::catalog::v1::{CodingRule, Item, ItemClass, LifecycleState, Location, Warehouse};
use serde::Serialize;

use crate::cli::text::{rfc3339, short_name};
use crate::output::View;

/// An item.
#[derive(Debug, Serialize)]
pub(super) struct ItemView {
    sku: String,
    name: String,
    base_unit: String,
    decimals: u32,
    units: Vec<String>,
    gtins: Vec<String>,
    tracking: String,
    item_class: String,
    negative_stock: String,
    catch_weight: String,
    state: String,
    etag: String,
    created_at: String,
    updated_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    catalog_revision: Option<u64>,
}

impl View for ItemView {
    const COLUMNS: &'static [&'static str] = &[
        "sku",
        "name",
        "base_unit",
        "decimals",
        "units",
        "gtins",
        "tracking",
        "item_class",
        "negative_stock",
        "catch_weight",
        "state",
        "etag",
    ];
}

impl ItemView {
    /// `revision` is there when a change made it.
    pub(super) fn new(item: Item, revision: Option<u64>) -> Self {
        Self {
            tracking: short_name(item.tracking().as_str_name(), "TRACKING"),
            negative_stock: short_name(item.negative_stock_policy().as_str_name(), "NEGATIVE_STOCK_POLICY"),
            state: state(item.state()),
            created_at: rfc3339(item.created_at.as_ref()),
            updated_at: rfc3339(item.updated_at.as_ref()),
            catch_weight: catch_weight_text(item.catch_weight.as_ref()),
            units: item.unit_conversions.iter().map(unit_text).collect(),
            sku: item.sku,
            name: item.name,
            base_unit: item.base_unit,
            decimals: item.base_unit_decimals,
            gtins: item.gtins,
            item_class: item.item_class,
            etag: item.etag,
            catalog_revision: revision,
        }
    }
}

/// A warehouse.
#[derive(Debug, Serialize)]
pub(super) struct WarehouseView {
    code: String,
    name: String,
    gln: String,
    legal_entity: String,
    time_zone: String,
    currency: String,
    state: String,
    etag: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    catalog_revision: Option<u64>,
}

impl View for WarehouseView {
    const COLUMNS: &'static [&'static str] =
        &["code", "name", "gln", "legal_entity", "time_zone", "currency", "state", "etag"];
}

impl WarehouseView {
    /// `revision` is there when a change made it.
    pub(super) fn new(warehouse: Warehouse, revision: Option<u64>) -> Self {
        Self {
            state: state(warehouse.state()),
            code: warehouse.code,
            name: warehouse.name,
            gln: warehouse.gln,
            legal_entity: warehouse.legal_entity,
            time_zone: warehouse.time_zone,
            currency: warehouse.currency,
            etag: warehouse.etag,
            catalog_revision: revision,
        }
    }
}

/// A location.
#[derive(Debug, Serialize)]
pub(super) struct LocationView {
    warehouse: String,
    code: String,
    parent: String,
    kind: String,
    name: String,
    r#virtual: bool,
    state: String,
    etag: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    catalog_revision: Option<u64>,
}

impl View for LocationView {
    const COLUMNS: &'static [&'static str] =
        &["warehouse", "code", "parent", "kind", "name", "virtual", "state", "etag"];
}

impl LocationView {
    /// `revision` is there when a change made it.
    pub(super) fn new(location: Location, revision: Option<u64>) -> Self {
        Self {
            kind: short_name(location.kind().as_str_name(), "LOCATION_KIND"),
            state: state(location.state()),
            warehouse: location.warehouse,
            code: location.code,
            parent: location.parent,
            name: location.name,
            r#virtual: location.r#virtual,
            etag: location.etag,
            catalog_revision: revision,
        }
    }
}

/// An item class.
#[derive(Debug, Serialize)]
pub(super) struct ClassView {
    code: String,
    name: String,
    coding_rule: String,
    state: String,
    etag: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    catalog_revision: Option<u64>,
}

impl View for ClassView {
    const COLUMNS: &'static [&'static str] = &["code", "name", "coding_rule", "state", "etag"];
}

impl ClassView {
    /// `revision` is there when a change made it.
    pub(super) fn new(class: ItemClass, revision: Option<u64>) -> Self {
        Self {
            state: state(class.state()),
            code: class.code,
            name: class.name,
            coding_rule: class.coding_rule,
            etag: class.etag,
            catalog_revision: revision,
        }
    }
}

/// A coding rule.
#[derive(Debug, Serialize)]
pub(super) struct RuleView {
    code: String,
    pattern: String,
    check_digit: String,
    description: String,
    state: String,
    etag: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    catalog_revision: Option<u64>,
}

impl View for RuleView {
    const COLUMNS: &'static [&'static str] =
        &["code", "pattern", "check_digit", "description", "state", "etag"];
}

impl RuleView {
    /// `revision` is there when a change made it.
    pub(super) fn new(rule: CodingRule, revision: Option<u64>) -> Self {
        let scheme = short_name(rule.check_digit_scheme().as_str_name(), "CHECK_DIGIT_SCHEME");
        Self {
            check_digit: if scheme == "UNSPECIFIED" { "NONE".to_owned() } else { scheme },
            state: state(rule.state()),
            code: rule.code,
            pattern: rule.pattern,
            description: rule.description,
            etag: rule.etag,
            catalog_revision: revision,
        }
    }
}

fn state(state: LifecycleState) -> String {
    short_name(state.as_str_name(), "LIFECYCLE_STATE")
}
