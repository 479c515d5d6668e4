//! Receipts and stock as they are shown.

use proto::common::v1::Decimal;
use proto::stock::v1::{Balance, Position, Receipt, Reservation, ReservedPart};
use serde::Serialize;

use crate::cli::text::{number, rfc3339};
use crate::output::View;

/// The answer to a posted document.
#[derive(Debug, Serialize)]
pub(super) struct ReceiptView {
    request_id: String,
    warehouse: String,
    sequence: u64,
    recorded_at: String,
    effective_at: String,
    reservation_ids: Vec<String>,
    reserved_quantities: Vec<String>,
    handling_units: Vec<String>,
    tasks: Vec<String>,
    remembered: bool,
}

impl View for ReceiptView {
    const COLUMNS: &'static [&'static str] = &[
        "request_id",
        "warehouse",
        "sequence",
        "recorded_at",
        "effective_at",
        "reservation_ids",
        "reserved_quantities",
        "handling_units",
        "tasks",
        "remembered",
    ];
}

impl ReceiptView {
    pub(super) fn new(receipt: Receipt) -> Self {
        Self {
            recorded_at: rfc3339(receipt.recorded_at.as_ref()),
            effective_at: rfc3339(receipt.effective_at.as_ref()),
            request_id: receipt.request_id,
            warehouse: receipt.warehouse,
            sequence: receipt.sequence,
            reservation_ids: receipt.reservation_ids,
            reserved_quantities: receipt
                .reserved_quantities
                .into_iter()
                .map(|held| number(Some(held)))
                .collect(),
            handling_units: receipt.handling_units,
            tasks: receipt.tasks,
            remembered: receipt.remembered,
        }
    }
}

/// Goods of an item at a location.
#[derive(Debug, Serialize)]
pub(super) struct PositionView {
    warehouse: String,
    sku: String,
    location: String,
    lot: String,
    status: String,
    owner: String,
    on_hand: String,
    reserved: String,
    available: String,
    /// Of an item of catch weight; empty for others.
    weight: String,
    weight_unit: String,
    as_of_sequence: u64,
}

impl View for PositionView {
    const COLUMNS: &'static [&'static str] = &[
        "warehouse",
        "sku",
        "location",
        "lot",
        "status",
        "owner",
        "on_hand",
        "reserved",
        "available",
        "weight",
        "weight_unit",
        "as_of_sequence",
    ];
}

impl PositionView {
    pub(super) fn new(position: Position, as_of_sequence: u64) -> Self {
        Self {
            warehouse: position.warehouse,
            sku: position.sku,
            location: position.location,
            lot: position.lot,
            status: position.status,
            owner: position.owner,
            on_hand: number(position.on_hand),
            reserved: perhaps(position.reserved),
            available: perhaps(position.available),
            weight: perhaps(position.weight),
            weight_unit: position.weight_unit,
            as_of_sequence,
        }
    }
}

/// Empty for what nobody knows: the weight of goods that are not weighed, and what was promised at a time that is over.
fn perhaps(decimal: Option<Decimal>) -> String {
    decimal.map_or_else(String::new, |decimal| decimal.value)
}

/// An item over all locations of a warehouse.
#[derive(Debug, Serialize)]
pub(super) struct BalanceView {
    warehouse: String,
    sku: String,
    on_hand: String,
    reserved: String,
    available: String,
    /// Of an item of catch weight; empty for others.
    weight: String,
    weight_unit: String,
    as_of_sequence: u64,
}

impl View for BalanceView {
    const COLUMNS: &'static [&'static str] =
        &["warehouse", "sku", "on_hand", "reserved", "available", "weight", "weight_unit", "as_of_sequence"];
}

impl BalanceView {
    pub(super) fn new(balance: Balance, as_of_sequence: u64) -> Self {
        Self {
            warehouse: balance.warehouse,
            sku: balance.sku,
            on_hand: number(balance.on_hand),
            reserved: perhaps(balance.reserved),
            available: perhaps(balance.available),
            weight: perhaps(balance.weight),
            weight_unit: balance.weight_unit,
            as_of_sequence,
        }
    }
}

/// An open reservation.
#[derive(Debug, Serialize)]
pub(super) struct ReservationView {
    reservation_id: String,
    sku: String,
    location: String,
    quantity: String,
    /// `LOT QUANTITY`, in the order they were chosen.
    lots: Vec<String>,
    /// Empty for a hard one.
    expires_at: String,
    priority: u32,
    holder: String,
    channel: String,
    parts: Vec<PartView>,
    as_of_sequence: u64,
}

/// What a reservation holds of one position.
#[derive(Debug, Serialize)]
struct PartView {
    location: String,
    lot: String,
    status: String,
    quantity: String,
    serials: Vec<String>,
}

impl View for ReservationView {
    const COLUMNS: &'static [&'static str] = &[
        "reservation_id",
        "sku",
        "location",
        "quantity",
        "lots",
        "expires_at",
        "priority",
        "holder",
        "channel",
        "as_of_sequence",
    ];
}

impl ReservationView {
    pub(super) fn new(reservation: Reservation, as_of_sequence: u64) -> Self {
        let lots = reservation.lots.into_iter().map(|part| format!("{} {}", part.lot, number(part.quantity)));
        Self {
            reservation_id: reservation.reservation_id,
            sku: reservation.sku,
            location: reservation.location,
            quantity: number(reservation.quantity),
            lots: lots.collect(),
            expires_at: rfc3339(reservation.expires_at.as_ref()),
            priority: reservation.priority,
            holder: reservation.holder,
            channel: reservation.channel,
            parts: reservation.parts.into_iter().map(PartView::new).collect(),
            as_of_sequence,
        }
    }
}

impl PartView {
    fn new(part: ReservedPart) -> Self {
        let ReservedPart { location, lot, status, quantity, serials } = part;
        Self { location, lot, status, quantity: number(quantity), serials }
    }
}
