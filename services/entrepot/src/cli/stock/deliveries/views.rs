//! Deliveries as they are shown.

use proto::common::v1::Decimal;
use proto::events::v1::{AnnouncedLine, Delivery, DeliveryAnnounced, DeliveryProgress, Discrepancy};
use serde::Serialize;
use vocabulary::Quantity;

use crate::cli::text::{number, short_name};
use crate::output::View;

/// A delivery, in a listing.
#[derive(Debug, Serialize)]
pub(super) struct DeliveryView {
    delivery: String,
    state: String,
    source: String,
    partner: String,
    carrier: String,
    due: String,
    takes_unannounced: bool,
    lines: usize,
    discrepancies: usize,
    as_of_sequence: u64,
}

impl View for DeliveryView {
    const COLUMNS: &'static [&'static str] = &[
        "delivery",
        "state",
        "source",
        "partner",
        "carrier",
        "due",
        "takes_unannounced",
        "lines",
        "discrepancies",
        "as_of_sequence",
    ];
}

/// A line of one delivery.
#[derive(Debug, Serialize)]
pub(super) struct LineView {
    delivery: String,
    state: String,
    number: u32,
    sku: String,
    expected: String,
    over_max: String,
    under_max: String,
    received: String,
    /// What is still to come; nothing once the delivery is over.
    open: String,
    aql: String,
    inspected: String,
    /// What went back to the supplier.
    returned: String,
    restocked: String,
    refurbished: String,
    scrapped: String,
    /// For example `5 short (carrier)`, joined by commas.
    discrepancies: String,
    as_of_sequence: u64,
}

impl View for LineView {
    const COLUMNS: &'static [&'static str] = &[
        "delivery",
        "state",
        "number",
        "sku",
        "expected",
        "over_max",
        "under_max",
        "received",
        "open",
        "aql",
        "inspected",
        "returned",
        "restocked",
        "refurbished",
        "scrapped",
        "discrepancies",
        "as_of_sequence",
    ];
}

/// Goods in a handling unit that a delivery announces.
#[derive(Debug, Serialize)]
pub(super) struct UnitGoodsView {
    delivery: String,
    handling_unit: String,
    kind: String,
    arrived: bool,
    number: u32,
    sku: String,
    quantity: String,
    lot: String,
    serials: Vec<String>,
    as_of_sequence: u64,
}

impl View for UnitGoodsView {
    const COLUMNS: &'static [&'static str] = &[
        "delivery",
        "handling_unit",
        "kind",
        "arrived",
        "number",
        "sku",
        "quantity",
        "lot",
        "serials",
        "as_of_sequence",
    ];
}

impl DeliveryView {
    pub(super) fn new(row: Delivery, as_of_sequence: u64) -> Self {
        let (state, discrepancies) = (state(&row), row.discrepancies.len());
        let announced = row.announced.unwrap_or_default();
        let source = short_name(announced.source().as_str_name(), "DELIVERY_SOURCE").to_lowercase();
        let DeliveryAnnounced { delivery, partner, carrier, due, takes_unannounced, lines, .. } = announced;
        let lines = lines.len();
        Self {
            delivery,
            state,
            source,
            partner,
            carrier,
            due,
            takes_unannounced,
            lines,
            discrepancies,
            as_of_sequence,
        }
    }
}

impl LineView {
    pub(super) fn of(row: Delivery, as_of_sequence: u64) -> Vec<Self> {
        let state = state(&row);
        let Delivery { announced, progress, discrepancies, .. } = row;
        let announced = announced.unwrap_or_default();
        let line = |line: AnnouncedLine| {
            let progress = progress.iter().find(|progress| progress.number == line.number);
            let progress = progress.cloned().unwrap_or_default();
            let DeliveryProgress { received, inspected, .. } = progress;
            let is_over = ["closed", "cancelled"].contains(&state.as_str());
            let open = if is_over { None } else { left(line.expected.as_ref(), received.as_ref()) };
            let wrong = discrepancies.iter().filter(|wrong| wrong.number == line.number).map(in_words);
            Self {
                delivery: announced.delivery.clone(),
                state: state.clone(),
                number: line.number,
                sku: line.sku,
                expected: number(line.expected),
                over_max: number(line.over_max),
                under_max: number(line.under_max),
                received: number(received),
                open: open.unwrap_or_else(|| "0".to_owned()),
                inspected: if line.aql.is_empty() { String::new() } else { number(inspected) },
                aql: line.aql,
                returned: number(progress.returned),
                restocked: number(progress.restocked),
                refurbished: number(progress.refurbished),
                scrapped: number(progress.scrapped),
                discrepancies: wrong.collect::<Vec<_>>().join(", "),
                as_of_sequence,
            }
        };
        announced.lines.clone().into_iter().map(line).collect()
    }
}

impl UnitGoodsView {
    pub(super) fn of(row: Delivery, as_of_sequence: u64) -> Vec<Self> {
        let Delivery { announced, arrived_units, .. } = row;
        let DeliveryAnnounced { delivery, lines, units, .. } = announced.unwrap_or_default();
        let mut views = Vec::new();
        for unit in units {
            for goods in unit.goods {
                let line = lines.iter().find(|line| line.number == goods.line);
                views.push(Self {
                    delivery: delivery.clone(),
                    handling_unit: unit.handling_unit.clone(),
                    kind: unit.kind.clone(),
                    arrived: arrived_units.contains(&unit.handling_unit),
                    number: goods.line,
                    sku: line.map(|line| line.sku.clone()).unwrap_or_default(),
                    quantity: number(goods.quantity),
                    lot: goods.lot,
                    serials: goods.serials,
                    as_of_sequence,
                });
            }
        }
        views
    }
}

fn state(row: &Delivery) -> String {
    short_name(row.state().as_str_name(), "DELIVERY_STATE").to_lowercase()
}

/// What of a line is still to come, if anything is.
fn left(expected: Option<&Decimal>, received: Option<&Decimal>) -> Option<String> {
    let parse = |decimal: Option<&Decimal>| Quantity::parse(decimal.map_or("0", |decimal| &decimal.value));
    let left = parse(expected).ok()?.checked_sub(parse(received).ok()?).ok()?;
    left.is_positive().then(|| left.to_string())
}

fn in_words(wrong: &Discrepancy) -> String {
    let kind = short_name(wrong.kind().as_str_name(), "DISCREPANCY_KIND").to_lowercase();
    let answerable = short_name(wrong.answerable().as_str_name(), "ANSWERABLE").to_lowercase();
    let note = if wrong.note.is_empty() { String::new() } else { format!(": {}", wrong.note) };
    format!("{} {kind} ({answerable}{note})", number(wrong.quantity.clone()))
}
