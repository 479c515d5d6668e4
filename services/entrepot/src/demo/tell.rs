//! The story as tables, or as one JSON object. No times and no hashes: the same seed prints the same.

use proto::common::v1::Decimal;
use proto::visibility::v1::Availability;
use serde::Serialize;

use super::cast::Player;
use super::pallet::Standing;
use super::scanner::Event;
use super::stage::Stage;
use crate::import::Report;
use crate::output::{Failure, Format, Output, View};

/// Everything there is to tell.
#[derive(Debug, Serialize)]
pub(super) struct Story {
    items: Vec<ItemRow>,
    steps: Vec<StepRow>,
    pallet: Vec<PalletRow>,
    scanner: Vec<ScannerRow>,
    availability: Vec<AvailabilityRow>,
    import: Vec<ImportRow>,
}

#[derive(Debug, Serialize)]
struct ItemRow {
    sku: String,
    name: String,
}

#[derive(Debug, Serialize)]
struct StepRow {
    step: usize,
    warehouse: String,
    document: String,
    answer: String,
    sku: String,
    location: String,
    on_hand: String,
    reserved: String,
    available: String,
}

/// A pallet after a step.
#[derive(Debug, Serialize)]
struct PalletRow {
    after_step: usize,
    label: String,
    location: String,
    goods: String,
}

/// What a scanner did, or was told.
#[derive(Debug, Serialize)]
struct ScannerRow {
    network: String,
    what: String,
    answer: String,
}

#[derive(Debug, Serialize)]
struct AvailabilityRow {
    sku: String,
    warehouse: String,
    on_hand: String,
    reserved: String,
    available: String,
}

#[derive(Debug, Serialize)]
struct ImportRow {
    outcome: String,
    lines: u64,
}

impl View for ItemRow {
    const COLUMNS: &'static [&'static str] = &["sku", "name"];
}

impl View for StepRow {
    const COLUMNS: &'static [&'static str] =
        &["step", "warehouse", "document", "answer", "sku", "location", "on_hand", "reserved", "available"];
}

impl View for PalletRow {
    const COLUMNS: &'static [&'static str] = &["after_step", "label", "location", "goods"];
}

impl View for ScannerRow {
    const COLUMNS: &'static [&'static str] = &["network", "what", "answer"];
}

impl View for AvailabilityRow {
    const COLUMNS: &'static [&'static str] = &["sku", "warehouse", "on_hand", "reserved", "available"];
}

impl View for ImportRow {
    const COLUMNS: &'static [&'static str] = &["outcome", "lines"];
}

impl View for Story {
    const COLUMNS: &'static [&'static str] =
        &["items", "steps", "pallet", "scanner", "availability", "import"];
}

impl Story {
    pub(super) fn new(stage: &Stage<'_>, availability: Vec<Availability>, import: &Report) -> Self {
        let items = stage.players.iter();
        let steps = (1..).zip(&stage.steps).map(|(step, taken)| {
            let position = taken.position.clone();
            StepRow {
                step,
                warehouse: taken.warehouse.to_owned(),
                document: taken.what.clone(),
                answer: taken.answer.clone(),
                sku: position.sku,
                location: position.location,
                on_hand: number(position.on_hand),
                reserved: number(position.reserved),
                available: number(position.available),
            }
        });
        Self {
            items: items.map(|p| ItemRow { sku: p.sku.clone(), name: p.name.to_owned() }).collect(),
            steps: steps.collect(),
            pallet: stage.pallet.iter().map(|standing| PalletRow::new(standing, &stage.players)).collect(),
            scanner: stage.scanner.iter().map(ScannerRow::from).collect(),
            availability: availability.into_iter().map(AvailabilityRow::from).collect(),
            import: imported(import),
        }
    }
}

impl PalletRow {
    fn new(standing: &Standing, players: &[Player]) -> Self {
        let (after_step, label) = (standing.step, standing.label.clone());
        let Some(unit) = &standing.unit else {
            return Self { after_step, label, location: "shipped".to_owned(), goods: String::new() };
        };
        let goods = unit.contents.iter().map(|content| {
            let name = players.iter().find(|player| player.sku == content.sku);
            let name = name.map_or(content.sku.as_str(), |player| player.name);
            format!("{} {name}", number(content.quantity.clone()))
        });
        let goods = goods.collect::<Vec<_>>().join("; ");
        Self { after_step, label, location: unit.location.clone(), goods }
    }
}

impl From<&Event> for ScannerRow {
    fn from(event: &Event) -> Self {
        let network = if event.has_network { "yes" } else { "no" };
        Self { network: network.to_owned(), what: event.what.clone(), answer: event.answer.clone() }
    }
}

impl From<Availability> for AvailabilityRow {
    fn from(of: Availability) -> Self {
        Self {
            sku: of.sku,
            warehouse: of.warehouse,
            on_hand: number(of.on_hand),
            reserved: number(of.reserved),
            available: number(of.available),
        }
    }
}

/// Prints it.
pub(super) fn tell(story: &Story, output: Output) -> Result<(), Failure> {
    match output.format() {
        Format::Json => output.one(story),
        Format::Csv => output.many(&story.steps),
        Format::Table => {
            chapter(output, "The items", &story.items)?;
            chapter(output, "What happened, and where the item stood afterwards", &story.steps)?;
            chapter(output, "The pallet, by what its label says", &story.pallet)?;
            chapter(output, "A scanner, with and without the network", &story.scanner)?;
            chapter(output, "What is available over the whole network", &story.availability)?;
            chapter(
                output,
                "Real order lines (UCI Online Retail, CC BY 4.0): what became of them",
                &story.import,
            )
        }
    }
}

fn chapter<V: View>(output: Output, title: &str, rows: &[V]) -> Result<(), Failure> {
    output.raw(format!("{title}\n\n").as_bytes())?;
    output.many(rows)?;
    output.raw(b"\n")
}

fn imported(report: &Report) -> Vec<ImportRow> {
    let row = |outcome: &str, lines: u64| ImportRow { outcome: outcome.to_owned(), lines };
    let rejected =
        report.rejected_by_reason.iter().map(|(reason, lines)| row(&format!("rejected {reason}"), *lines));
    [row("imported", report.imported)].into_iter().chain(rejected).collect()
}

fn number(decimal: Option<Decimal>) -> String {
    decimal.map_or_else(|| "0".to_owned(), |decimal| decimal.value)
}
