//! Handling units as they are shown.

use proto::stock::v1::{HandlingUnit, HandlingUnitContent, NumberRange};
use serde::Serialize;

use crate::cli::text::number;
use crate::output::View;

/// A unit with its goods.
#[derive(Debug, Serialize)]
pub(super) struct UnitView {
    #[serde(flatten)]
    row: UnitRowView,
    nested: Vec<String>,
    contents: Vec<ContentView>,
}

/// A unit in a listing.
#[derive(Debug, Serialize)]
pub(super) struct UnitRowView {
    warehouse: String,
    handling_unit: String,
    kind: String,
    location: String,
    parent: String,
    nested_count: usize,
    contents_count: u32,
    as_of_sequence: u64,
}

/// Goods in a unit.
#[derive(Debug, Serialize)]
struct ContentView {
    sku: String,
    quantity: String,
    lot: String,
    status: String,
    owner: String,
    serials: Vec<String>,
}

/// Where numbers come from.
#[derive(Debug, Serialize)]
pub(super) struct NumberRangeView {
    company_prefix: String,
    extension_digit: u32,
    next: u64,
    last: u64,
    left: u64,
}

impl View for UnitView {
    const COLUMNS: &'static [&'static str] =
        &["warehouse", "handling_unit", "kind", "location", "parent", "nested", "contents", "as_of_sequence"];
}

impl View for UnitRowView {
    const COLUMNS: &'static [&'static str] = &[
        "warehouse",
        "handling_unit",
        "kind",
        "location",
        "parent",
        "nested_count",
        "contents_count",
        "as_of_sequence",
    ];
}

impl View for NumberRangeView {
    const COLUMNS: &'static [&'static str] = &["company_prefix", "extension_digit", "next", "last", "left"];
}

impl UnitView {
    pub(super) fn new(mut unit: HandlingUnit, as_of_sequence: u64) -> Self {
        let contents = std::mem::take(&mut unit.contents).into_iter().map(ContentView::new).collect();
        Self { nested: unit.nested.clone(), contents, row: UnitRowView::new(unit, as_of_sequence) }
    }
}

impl UnitRowView {
    pub(super) fn new(unit: HandlingUnit, as_of_sequence: u64) -> Self {
        Self {
            warehouse: unit.warehouse,
            handling_unit: unit.handling_unit,
            kind: unit.kind,
            location: unit.location,
            parent: unit.parent,
            nested_count: unit.nested.len(),
            contents_count: unit.contents_count,
            as_of_sequence,
        }
    }
}

impl ContentView {
    fn new(content: HandlingUnitContent) -> Self {
        let HandlingUnitContent { sku, quantity, lot, status, owner, serials } = content;
        Self { sku, quantity: number(quantity), lot, status, owner, serials }
    }
}

impl From<NumberRange> for NumberRangeView {
    fn from(range: NumberRange) -> Self {
        let NumberRange { company_prefix, extension_digit, next, last, left } = range;
        Self { company_prefix, extension_digit, next, last, left }
    }
}
