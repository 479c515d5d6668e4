//! Availability as it is shown.

use proto::visibility::v1::{Availability, Freshness, WatchAvailabilityResponse};
use serde::Serialize;

use crate::cli::text::{number, rfc3339};
use crate::output::View;

/// An item in a warehouse, and how fresh that is.
#[derive(Debug, Serialize)]
pub(super) struct AvailabilityView {
    sku: String,
    warehouse: String,
    on_hand: String,
    reserved: String,
    available: String,
    inbound: String,
    in_transit: String,
    expected_demand: String,
    as_of_sequence: u64,
    recorded_at: String,
    age_ms: i64,
}

impl View for AvailabilityView {
    const COLUMNS: &'static [&'static str] = &[
        "sku",
        "warehouse",
        "on_hand",
        "reserved",
        "available",
        "inbound",
        "in_transit",
        "expected_demand",
        "as_of_sequence",
        "age_ms",
    ];
}

/// Puts the freshness of its warehouse to every row.
pub(super) fn joined(
    rows: Vec<Availability>,
    freshness: &[Freshness],
) -> impl Iterator<Item = AvailabilityView> {
    rows.into_iter().map(|row| {
        let fresh =
            freshness.iter().find(|fresh| fresh.warehouse == row.warehouse).cloned().unwrap_or_default();
        AvailabilityView {
            sku: row.sku,
            warehouse: row.warehouse,
            on_hand: number(row.on_hand),
            reserved: number(row.reserved),
            available: number(row.available),
            inbound: number(row.inbound),
            in_transit: number(row.in_transit),
            expected_demand: number(row.expected_demand),
            as_of_sequence: fresh.as_of_sequence,
            recorded_at: rfc3339(fresh.recorded_at.as_ref()),
            age_ms: fresh.age_ms,
        }
    })
}

/// A change of the view.
#[derive(Debug, Serialize)]
pub(super) struct ChangeView {
    warehouse: String,
    sequence: u64,
    sku: String,
    on_hand: String,
    reserved: String,
    available: String,
    inbound: String,
    in_transit: String,
    expected_demand: String,
}

impl View for ChangeView {
    const COLUMNS: &'static [&'static str] = &[
        "warehouse",
        "sequence",
        "sku",
        "on_hand",
        "reserved",
        "available",
        "inbound",
        "in_transit",
        "expected_demand",
    ];
}

impl From<WatchAvailabilityResponse> for ChangeView {
    fn from(change: WatchAvailabilityResponse) -> Self {
        let row = change.availability.unwrap_or_default();
        Self {
            warehouse: row.warehouse,
            sequence: change.sequence,
            sku: row.sku,
            on_hand: number(row.on_hand),
            reserved: number(row.reserved),
            available: number(row.available),
            inbound: number(row.inbound),
            in_transit: number(row.in_transit),
            expected_demand: number(row.expected_demand),
        }
    }
}

/// How fresh the view of a warehouse is.
#[derive(Debug, Serialize)]
pub(super) struct FreshnessView {
    warehouse: String,
    as_of_sequence: u64,
    recorded_at: String,
    age_ms: i64,
}

impl View for FreshnessView {
    const COLUMNS: &'static [&'static str] = &["warehouse", "as_of_sequence", "recorded_at", "age_ms"];
}

impl From<Freshness> for FreshnessView {
    fn from(fresh: Freshness) -> Self {
        Self {
            recorded_at: rfc3339(fresh.recorded_at.as_ref()),
            warehouse: fresh.warehouse,
            as_of_sequence: fresh.as_of_sequence,
            age_ms: fresh.age_ms,
        }
    }
}
