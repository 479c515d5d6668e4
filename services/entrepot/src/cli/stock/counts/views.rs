//! Counts as they are shown.

use proto::events::v1::{Count, CountPlace, CountReading, CountedLine};
use proto::stock::v1::{
    CountSheetGoods, CountSheetPlace, CountSummary, GetCountFiguresResponse, GetCountResponse,
    GetCountSheetResponse,
};
use serde::Serialize;

use crate::cli::text::{number, rfc3339, short_name};
use crate::output::View;

/// A count, in a listing.
#[derive(Debug, Serialize)]
pub(super) struct SummaryView {
    count: String,
    plan: String,
    kind: String,
    state: String,
    places: u32,
    to_count: u32,
    lines: u32,
    outside: u32,
    waits_for_approval: bool,
    as_of_sequence: u64,
}

impl View for SummaryView {
    const COLUMNS: &'static [&'static str] = &[
        "count",
        "plan",
        "kind",
        "state",
        "places",
        "to_count",
        "lines",
        "outside",
        "waits_for_approval",
        "as_of_sequence",
    ];
}

/// A place on a sheet, or goods that should be there.
#[derive(Debug, Serialize)]
pub(super) struct SheetView {
    location: String,
    sku: String,
    lot: String,
    status: String,
    owner: String,
    /// What should be there; empty where the count does not show it.
    expected: String,
    /// Who counted it before, and does not count it now.
    not_by: String,
    read_at_sequence: u64,
}

impl View for SheetView {
    const COLUMNS: &'static [&'static str] =
        &["location", "sku", "lot", "status", "owner", "expected", "not_by", "read_at_sequence"];
}

/// Goods of a count; or a place of which nothing is known.
#[derive(Debug, Serialize)]
pub(super) struct LineView {
    count: String,
    state: String,
    location: String,
    sku: String,
    lot: String,
    status: String,
    owner: String,
    counted: String,
    expected: String,
    missing: Vec<String>,
    found: Vec<String>,
    /// What is missing was used up since the last count.
    usage: bool,
    counted_by: String,
    read_at_sequence: u64,
    as_of_sequence: u64,
}

impl View for LineView {
    const COLUMNS: &'static [&'static str] = &[
        "count",
        "state",
        "location",
        "sku",
        "lot",
        "status",
        "owner",
        "counted",
        "expected",
        "missing",
        "found",
        "usage",
        "counted_by",
        "read_at_sequence",
        "as_of_sequence",
    ];
}

/// Figures of counts.
#[derive(Debug, Serialize)]
pub(super) struct FiguresView {
    counts: u32,
    lines: u64,
    exact: u64,
    within: u64,
    found: String,
    missing: String,
    found_value: String,
    missing_value: String,
    unvalued: u64,
    used: String,
    known_from: String,
    as_of_sequence: u64,
}

impl View for FiguresView {
    const COLUMNS: &'static [&'static str] = &[
        "counts",
        "lines",
        "exact",
        "within",
        "found",
        "missing",
        "found_value",
        "missing_value",
        "unvalued",
        "used",
        "known_from",
        "as_of_sequence",
    ];
}

impl SummaryView {
    pub(super) fn new(row: CountSummary, as_of_sequence: u64) -> Self {
        let kind = short_name(row.kind().as_str_name(), "COUNT_KIND").to_lowercase();
        let state = short_name(row.state().as_str_name(), "COUNT_STATE").to_lowercase();
        let CountSummary { count, plan, places, to_count, lines, outside, waits_for_approval, .. } = row;
        Self {
            count,
            plan,
            kind,
            state,
            places,
            to_count,
            lines,
            outside,
            waits_for_approval,
            as_of_sequence,
        }
    }
}

impl SheetView {
    pub(super) fn of(sheet: GetCountSheetResponse) -> Vec<Self> {
        let read_at_sequence = sheet.as_of_sequence;
        let mut views = Vec::new();
        for CountSheetPlace { place, not_by, goods } in sheet.places {
            let CountPlace { location, sku } = place.unwrap_or_default();
            let blank = |sku: &str| Self {
                location: location.clone(),
                sku: sku.to_owned(),
                lot: String::new(),
                status: String::new(),
                owner: String::new(),
                expected: String::new(),
                not_by: not_by.clone(),
                read_at_sequence,
            };
            if goods.is_empty() {
                views.push(blank(&sku));
            }
            for CountSheetGoods { sku, lot, status, owner, quantity } in goods {
                views.push(Self { lot, status, owner, expected: number(quantity), ..blank(&sku) });
            }
        }
        views
    }
}

impl LineView {
    pub(super) fn of(answer: GetCountResponse) -> Vec<Self> {
        let (row, as_of_sequence) = (answer.count.unwrap_or_default(), answer.as_of_sequence);
        let state = short_name(row.state().as_str_name(), "COUNT_STATE").to_lowercase();
        let Count { planned, progress, .. } = row;
        let planned = planned.unwrap_or_default();
        let mut views = Vec::new();
        for place in planned.places {
            let known = progress.iter().find(|known| known.place.as_ref() == Some(&place));
            let reading = known.and_then(|known| known.reading.clone()).unwrap_or_default();
            let CountReading { by, sequence, lines, .. } = reading;
            let blank = || Self {
                count: planned.count.clone(),
                state: state.clone(),
                location: place.location.clone(),
                sku: place.sku.clone(),
                lot: String::new(),
                status: String::new(),
                owner: String::new(),
                counted: String::new(),
                expected: String::new(),
                missing: Vec::new(),
                found: Vec::new(),
                usage: false,
                counted_by: by.clone(),
                read_at_sequence: sequence,
                as_of_sequence,
            };
            if lines.is_empty() {
                views.push(blank());
            }
            views.extend(lines.into_iter().map(|line| Self::line(line, blank())));
        }
        views
    }

    fn line(line: CountedLine, blank: Self) -> Self {
        let CountedLine { sku, lot, status, owner, counted, expected, missing, found, usage } = line;
        let (counted, expected) = (number(counted), number(expected));
        Self { sku, lot, status, owner, counted, expected, missing, found, usage, ..blank }
    }
}

impl FiguresView {
    pub(super) fn new(figures: GetCountFiguresResponse) -> Self {
        let known_from = rfc3339(figures.known_from.as_ref());
        let GetCountFiguresResponse { counts, lines, exact, within, found, missing, .. } = figures;
        Self {
            counts,
            lines,
            exact,
            within,
            found,
            missing,
            found_value: figures.found_value,
            missing_value: figures.missing_value,
            unvalued: figures.unvalued,
            used: figures.used,
            known_from,
            as_of_sequence: figures.as_of_sequence,
        }
    }
}
