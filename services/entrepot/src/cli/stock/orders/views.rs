//! Orders as they are shown.

use proto::common::v1::Decimal;
use proto::stock::v1::{GetOrderResponse, OrderSummary, Pick};
use serde::Serialize;

use crate::cli::text::{number, short_name};
use crate::output::View;

/// Goods that are promised for an order.
#[derive(Debug, Serialize)]
pub(super) struct PickView {
    location: String,
    sku: String,
    lot: String,
    quantity: String,
    serials: Vec<String>,
    order: String,
    line: u32,
    reservation_id: String,
    picked: bool,
}

impl View for PickView {
    const COLUMNS: &'static [&'static str] =
        &["location", "sku", "lot", "quantity", "serials", "order", "line", "reservation_id", "picked"];
}

impl PickView {
    pub(super) fn new(pick: Pick) -> Self {
        let Pick { location, sku, lot, serials, order, line, reservation_id, picked, .. } = pick;
        let quantity = number(pick.quantity);
        Self { location, sku, lot, quantity, serials, order, line, reservation_id, picked }
    }
}

/// A line of an order, with what became of it.
#[derive(Debug, Serialize)]
pub(super) struct LineView {
    order: String,
    state: String,
    wave: String,
    line: u32,
    sku: String,
    ordered: String,
    promised: String,
    picked: String,
    shipped: String,
    as_of_sequence: u64,
}

impl View for LineView {
    const COLUMNS: &'static [&'static str] = &[
        "order",
        "state",
        "wave",
        "line",
        "sku",
        "ordered",
        "promised",
        "picked",
        "shipped",
        "as_of_sequence",
    ];
}

impl LineView {
    pub(super) fn of(answer: GetOrderResponse) -> Vec<Self> {
        let (order, as_of_sequence) = (answer.order.unwrap_or_default(), answer.as_of_sequence);
        let state = short_name(order.state().as_str_name(), "ORDER_STATE").to_lowercase();
        let placed = order.placed.unwrap_or_default();
        let picked = |line| {
            let picks = answer.picks.iter().filter(|pick| pick.line == line && pick.picked);
            let values: Vec<_> = picks.map(|pick| number(pick.quantity.clone())).collect();
            if values.is_empty() { "0".to_owned() } else { values.join(" + ") }
        };
        let zero = |decimal: Option<Decimal>| decimal.map_or_else(|| "0".to_owned(), |decimal| decimal.value);
        let view = |line: proto::events::v1::OrderedLine| {
            let progress = order.progress.iter().find(|progress| progress.number == line.number);
            let progress = progress.cloned().unwrap_or_default();
            Self {
                order: placed.order.clone(),
                state: state.clone(),
                wave: order.wave.clone(),
                line: line.number,
                sku: line.sku,
                ordered: number(line.quantity),
                promised: zero(progress.promised),
                picked: picked(line.number),
                shipped: zero(progress.shipped),
                as_of_sequence,
            }
        };
        placed.lines.clone().into_iter().map(view).collect()
    }
}

/// An order, in a listing.
#[derive(Debug, Serialize)]
pub(super) struct SummaryView {
    order: String,
    customer: String,
    state: String,
    wave: String,
    carrier: String,
    due: String,
    priority: u32,
    lines: u32,
    backordered: u32,
}

impl View for SummaryView {
    const COLUMNS: &'static [&'static str] =
        &["order", "customer", "state", "wave", "carrier", "due", "priority", "lines", "backordered"];
}

impl SummaryView {
    pub(super) fn new(row: OrderSummary) -> Self {
        let state = short_name(row.state().as_str_name(), "ORDER_STATE").to_lowercase();
        let OrderSummary { order, customer, wave, carrier, due, priority, lines, backordered, .. } = row;
        Self { order, customer, state, wave, carrier, due, priority, lines, backordered }
    }
}
