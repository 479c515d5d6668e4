use std::collections::BTreeMap;

use serde::Serialize;

use crate::output::View;

/// The result of an import.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Report {
    /// The file.
    pub(crate) file: String,
    /// Data lines of the file: always `imported + rejected`.
    pub(crate) lines: u64,
    /// Lines whose document is in the system, whether it was posted now or before.
    pub(crate) imported: u64,
    /// Lines in the rejects file.
    pub(crate) rejected: u64,
    /// Of the imported lines, those whose document was there before.
    pub(crate) duplicates: u64,
    /// Documents in the system, openings included.
    pub(crate) documents: u64,
    /// Items among the lines that were sent.
    pub(crate) items: u64,
    /// Warehouses among them.
    pub(crate) warehouses: u64,
    /// Opening receipts that were refused; then some issues were probably refused too.
    pub(crate) openings_refused: u64,
    /// Rejected lines by reason.
    pub(crate) rejected_by_reason: BTreeMap<String, u64>,
    /// How long it took.
    pub(crate) seconds: f64,
    /// Lines by seconds.
    pub(crate) lines_per_second: f64,
    /// Where the rejected lines are listed.
    pub(crate) rejects_file: String,
    /// Whether nothing was sent.
    pub(crate) dry_run: bool,
    /// Heads of the journals afterwards, by warehouse.
    pub(crate) heads: BTreeMap<String, Head>,
}

/// The newest entry of a journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Head {
    /// Its sequence.
    pub(crate) sequence: u64,
    /// Its hash, in hex.
    pub(crate) hash: String,
}

impl View for Report {
    const COLUMNS: &'static [&'static str] = &[
        "file",
        "lines",
        "imported",
        "rejected",
        "duplicates",
        "documents",
        "items",
        "warehouses",
        "openings_refused",
        "rejected_by_reason",
        "seconds",
        "lines_per_second",
        "rejects_file",
    ];
}
