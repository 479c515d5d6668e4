//! `entrepot scan …`: what a barcode means.

use clap::{Args, ValueEnum};
use proto::stock::v1::{
    HandlingUnit, HandlingUnitContent, InterpretScanRequest, InterpretScanResponse, ScanAction, ScanContext,
    ScanNeed,
};
use serde::Serialize;

use super::Context;
use super::text::short_name;
use crate::output::{Failure, View};

/// `entrepot scan`
#[derive(Debug, Args)]
pub(crate) struct ScanArgs {
    /// What the scanner sent: with symbology identifier, FNC1 as it is typed, brackets, a Digital Link, digits, or a code of your own.
    text: String,
    /// What you are doing: receiving, picking, counting or moving; everything is offered when absent.
    #[arg(long, value_enum, hide_possible_values = true)]
    context: Option<Doing>,
    /// The warehouse, where location codes are looked up.
    #[arg(long, short, default_value = "", hide_default_value = true)]
    warehouse: String,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Doing {
    Receiving,
    Picking,
    Counting,
    Moving,
}

/// What a scan means. What it does not say is empty.
#[derive(Debug, Serialize)]
struct ScanView {
    sku: String,
    gtin: String,
    lot: String,
    serial: String,
    expires_on: String,
    best_before_on: String,
    made_on: String,
    quantity: String,
    unit: String,
    base_quantity: String,
    base_unit: String,
    net_weight_kg: String,
    net_weight_lb: String,
    /// Of an item of catch weight: what a line says with `--weight`.
    weight: String,
    weight_unit: String,
    handling_unit: String,
    warehouse: String,
    location: String,
    elements: String,
    /// The handling unit that was scanned, if it is in the warehouse.
    unit_here: Option<UnitHere>,
    /// Whether that could not be said, as the warehouse did not answer.
    unit_here_unknown: bool,
    next: Vec<NextView>,
}

/// A handling unit that is in the warehouse.
#[derive(Debug, Serialize)]
struct UnitHere {
    kind: String,
    location: String,
    nested: Vec<String>,
    /// `QUANTITY SKU [LOT]`.
    contents: Vec<String>,
}

/// An action, and what is missing for it.
#[derive(Debug, Serialize)]
struct NextView {
    action: String,
    missing: Vec<String>,
}

impl View for ScanView {
    const COLUMNS: &'static [&'static str] = &[
        "sku",
        "lot",
        "serial",
        "expires_on",
        "quantity",
        "unit",
        "base_quantity",
        "handling_unit",
        "warehouse",
        "location",
        "elements",
        "unit_here",
        "next",
    ];
}

pub(super) async fn run(args: ScanArgs, context: &Context) -> Result<(), Failure> {
    let doing = match args.context {
        None => ScanContext::Unspecified,
        Some(Doing::Receiving) => ScanContext::Receiving,
        Some(Doing::Picking) => ScanContext::Picking,
        Some(Doing::Counting) => ScanContext::Counting,
        Some(Doing::Moving) => ScanContext::Moving,
    };
    let request = InterpretScanRequest { text: args.text, warehouse: args.warehouse, context: doing.into() };
    let client = context.client().await?;
    let answer = client.call(&request, async |r| client.scan().interpret_scan(r).await).await?;
    context.output().one(&ScanView::from(answer))
}

impl From<InterpretScanResponse> for ScanView {
    fn from(answer: InterpretScanResponse) -> Self {
        let named = |need: ScanNeed| short_name(need.as_str_name(), "SCAN_NEED").to_lowercase();
        let next = answer.next_actions.iter().map(|next| NextView {
            action: action_name(next.action()),
            missing: next.missing().map(named).collect(),
        });
        let next = next.collect();
        let found = answer.interpretation.unwrap_or_default();
        let number =
            |decimal: Option<proto::common::v1::Decimal>| decimal.map_or_else(String::new, |d| d.value);
        Self {
            next,
            sku: found.sku,
            gtin: found.gtin,
            lot: found.lot,
            serial: found.serial,
            expires_on: found.expires_on,
            best_before_on: found.best_before_on,
            made_on: found.made_on,
            quantity: number(found.quantity),
            unit: found.unit,
            base_quantity: number(found.base_quantity),
            base_unit: found.base_unit,
            net_weight_kg: number(found.net_weight_kg),
            net_weight_lb: number(found.net_weight_lb),
            weight: number(found.weight),
            weight_unit: found.weight_unit,
            handling_unit: found.handling_unit,
            warehouse: found.warehouse,
            location: found.location,
            elements: found.elements,
            unit_here: found.unit_here.map(UnitHere::from),
            unit_here_unknown: found.unit_here_unknown,
        }
    }
}

impl From<HandlingUnit> for UnitHere {
    fn from(unit: HandlingUnit) -> Self {
        let content = |content: HandlingUnitContent| {
            let quantity = content.quantity.map(|quantity| quantity.value).unwrap_or_default();
            format!("{quantity} {} {}", content.sku, content.lot).trim_end().to_owned()
        };
        let contents = unit.contents.into_iter().map(content).collect();
        Self { kind: unit.kind, location: unit.location, nested: unit.nested, contents }
    }
}

fn action_name(action: ScanAction) -> String {
    short_name(action.as_str_name(), "SCAN_ACTION").to_lowercase()
}
