//! Bills of material as they are shown.

use proto::catalog::v1::{Bom, BomAlternative, BomLine, BomOutput, BomRequirement, ExplodeBomResponse};
use serde::Serialize;

use crate::cli::text::{number, short_name};
use crate::output::View;

/// A version of a bill.
#[derive(Debug, Serialize)]
pub(super) struct BomView {
    sku: String,
    version: String,
    name: String,
    kind: String,
    base_quantity: String,
    yield_percent: String,
    valid_from: String,
    valid_until: String,
    /// For people: `4 LEG`, `1 TOP scrap 20% or 2 PANEL`.
    components: Vec<String>,
    besides: Vec<String>,
    lines: Vec<LineView>,
    outputs: Vec<OutputView>,
    state: String,
    etag: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    catalog_revision: Option<u64>,
}

#[derive(Debug, Serialize)]
struct LineView {
    sku: String,
    quantity: String,
    scrap_percent: String,
    phantom: bool,
    alternatives: Vec<AmountView>,
}

#[derive(Debug, Serialize)]
struct AmountView {
    sku: String,
    quantity: String,
}

#[derive(Debug, Serialize)]
struct OutputView {
    sku: String,
    quantity: String,
    kind: String,
}

impl View for BomView {
    const COLUMNS: &'static [&'static str] = &[
        "sku",
        "version",
        "name",
        "kind",
        "base_quantity",
        "yield_percent",
        "valid_from",
        "valid_until",
        "components",
        "besides",
        "state",
    ];
}

impl BomView {
    pub(super) fn new(bom: Bom, catalog_revision: Option<u64>) -> Self {
        Self {
            kind: short_name(bom.kind().as_str_name(), "BOM_KIND"),
            state: short_name(bom.state().as_str_name(), "LIFECYCLE_STATE"),
            components: bom.lines.iter().map(component).collect(),
            besides: bom.outputs.iter().map(|output| amount(&output.sku, output.quantity.as_ref())).collect(),
            lines: bom.lines.into_iter().map(line).collect(),
            outputs: bom.outputs.into_iter().map(output).collect(),
            base_quantity: number(bom.base_quantity),
            yield_percent: number(bom.yield_percent),
            sku: bom.sku,
            version: bom.version,
            name: bom.name,
            valid_from: bom.valid_from,
            valid_until: bom.valid_until,
            etag: bom.etag,
            catalog_revision,
        }
    }
}

/// What is needed of an item, or comes out besides.
#[derive(Debug, Serialize)]
pub(super) struct NeedView {
    what: String,
    level: u32,
    sku: String,
    quantity: String,
    version: String,
    alternatives: Vec<String>,
}

impl View for NeedView {
    const COLUMNS: &'static [&'static str] = &["what", "level", "sku", "quantity", "version", "alternatives"];
}

impl NeedView {
    /// What is begun, what it takes, and what comes out besides.
    pub(super) fn all(sku: &str, found: ExplodeBomResponse) -> Vec<Self> {
        let begun = Self {
            what: "begun".to_owned(),
            level: 0,
            sku: sku.to_owned(),
            quantity: number(found.begun),
            version: found.version,
            alternatives: Vec::new(),
        };
        let needed = found.requirements.into_iter().map(Self::needed);
        let outputs = found.outputs.into_iter().map(Self::output);
        std::iter::once(begun).chain(needed).chain(outputs).collect()
    }

    fn needed(need: BomRequirement) -> Self {
        let others = need.alternatives.iter();
        Self {
            what: "needed".to_owned(),
            level: need.level,
            alternatives: others.map(|other| amount(&other.sku, other.quantity.as_ref())).collect(),
            sku: need.sku,
            quantity: number(need.quantity),
            version: need.version,
        }
    }

    fn output(output: BomOutput) -> Self {
        Self {
            what: kind(&output),
            level: 0,
            sku: output.sku,
            quantity: number(output.quantity),
            version: String::new(),
            alternatives: Vec::new(),
        }
    }
}

fn component(line: &BomLine) -> String {
    let mut text = amount(&line.sku, line.quantity.as_ref());
    if let Some(scrap) = &line.scrap_percent {
        text += &format!(" scrap {}%", scrap.value);
    }
    if line.phantom {
        text += " phantom";
    }
    for BomAlternative { sku, quantity } in &line.alternatives {
        text += &format!(" or {}", amount(sku, quantity.as_ref()));
    }
    text
}

fn amount(sku: &str, quantity: Option<&proto::common::v1::Decimal>) -> String {
    format!("{} {sku}", number(quantity.cloned()))
}

fn line(line: BomLine) -> LineView {
    let others = line.alternatives.into_iter();
    LineView {
        sku: line.sku,
        quantity: number(line.quantity),
        scrap_percent: number(line.scrap_percent),
        phantom: line.phantom,
        alternatives: others
            .map(|other| AmountView { sku: other.sku, quantity: number(other.quantity) })
            .collect(),
    }
}

fn output(output: BomOutput) -> OutputView {
    OutputView { kind: kind(&output), sku: output.sku, quantity: number(output.quantity) }
}

fn kind(output: &BomOutput) -> String {
    short_name(output.kind().as_str_name(), "BOM_OUTPUT_KIND").to_lowercase()
}
