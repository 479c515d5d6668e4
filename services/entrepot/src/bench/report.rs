//! What was measured, as a table and as a file.

use std::fmt;
use std::path::Path;

use serde::Serialize;

use crate::output::{Failure, Format, Output, View};

/// One number, and the one it stands beside.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Row {
    /// What was measured, and with what.
    name: String,
    value: f64,
    unit: &'static str,
    baseline: Beside,
    /// `value` by the baseline's; whether more is better depends on the unit.
    ratio: f64,
}

/// What a number is compared with.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Beside {
    /// What it is.
    pub(super) name: String,
    /// In the row's unit.
    pub(super) value: f64,
}

impl Beside {
    /// Measured in the same job.
    pub(super) fn new(name: impl Into<String>, value: f64) -> Self {
        Self { name: name.into(), value: rounded(value) }
    }

    /// Not measured: what the row has to reach, at least or at most.
    pub(super) fn limit(value: f64) -> Self {
        Self::new("limit", value)
    }
}

impl Row {
    pub(super) fn new(name: impl Into<String>, value: f64, unit: &'static str, baseline: Beside) -> Self {
        let ratio = if baseline.value > 0.0 { rounded(value / baseline.value) } else { 0.0 };
        Self { name: name.into(), value: rounded(value), unit, baseline, ratio }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, value, unit, baseline, ratio } = self;
        write!(f, "{name}: {value} {unit} ({}: {}, ratio {ratio})", baseline.name, baseline.value)
    }
}

/// A row of the table.
#[derive(Debug, Serialize)]
struct Line<'a> {
    name: &'a str,
    value: f64,
    unit: &'a str,
    baseline: &'a str,
    baseline_value: f64,
    ratio: f64,
}

impl View for Line<'_> {
    const COLUMNS: &'static [&'static str] =
        &["name", "value", "unit", "baseline", "baseline_value", "ratio"];
}

/// Writes the rows as a JSON list; the folder is made when it is not there.
pub(super) fn write(path: &Path, rows: &[Row]) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(rows).map_err(|e| Failure::fault(e.to_string()))?;
    let folder = path.parent().map_or(Ok(()), std::fs::create_dir_all);
    folder.and_then(|()| std::fs::write(path, text + "\n")).map_err(|e| Failure::file(path, &e))
}

/// Prints the rows; as JSON exactly what [`write`] writes.
pub(super) fn print(rows: &[Row], output: Output) -> Result<(), Failure> {
    if output.format() == Format::Json {
        let text = serde_json::to_string(rows).map_err(|e| Failure::fault(e.to_string()))?;
        return output.raw(format!("{text}\n").as_bytes());
    }
    let lines: Vec<_> = rows
        .iter()
        .map(|row| Line {
            name: &row.name,
            value: row.value,
            unit: row.unit,
            baseline: &row.baseline.name,
            baseline_value: row.baseline.value,
            ratio: row.ratio,
        })
        .collect();
    output.many(&lines)
}

/// Three digits after the point below 100, none above: more would only look exact.
fn rounded(value: f64) -> f64 {
    if value.abs() < 100.0 { (value * 1000.0).round() / 1000.0 } else { value.round() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_its_ratio() {
        let row = Row::new("stream", 50_000.4, "movements/s", Beside::new("pgbench", 2_000.0));
        let json = serde_json::to_value(&row).unwrap();
        let expected = serde_json::json!({
            "name": "stream", "value": 50_000.0, "unit": "movements/s",
            "baseline": {"name": "pgbench", "value": 2_000.0}, "ratio": 25.0,
        });
        assert_eq!(json, expected);
    }
}
