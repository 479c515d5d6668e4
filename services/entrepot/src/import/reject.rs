//! Lines that did not become movements, and the file that lists them.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

use super::cells::is_formula;

/// Longest value that the rejects file repeats.
const VALUE_CHARS_MAX: usize = 80;

/// Why a line was rejected before anything was sent. (A line that the server refused carries the server's reason.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum RejectReason {
    /// More or fewer cells than the header.
    WrongColumnCount,
    /// A quote that does not end on its line, or has text behind it.
    BadQuotes,
    /// Bytes that are not UTF-8.
    NotUtf8,
    /// A cell that a spreadsheet would run as a formula.
    FormulaCell,
    /// The line's own number is not a number.
    BadLineNumber,
    /// Not a time in the map's format.
    BadTimestamp,
    /// Not a number, or too large.
    BadQuantity,
    /// More decimals than the map allows.
    TooManyDecimals,
    /// Nothing was moved.
    ZeroQuantity,
    /// Below zero, and the map rejects that.
    NegativeQuantity,
    /// Not a number.
    BadPrice,
    /// Below zero.
    NegativePrice,
    /// No item is named.
    ItemMissing,
    /// The text cannot be the key of an item.
    BadItem,
    /// Money or service, not goods.
    NotStock,
    /// The text explains something, or was never sold: it does not say which item.
    ItemUnknown,
    /// No warehouse lists the text.
    WarehouseUnknown,
}

impl RejectReason {
    /// Every reason.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 17] = [
        Self::WrongColumnCount,
        Self::BadQuotes,
        Self::NotUtf8,
        Self::FormulaCell,
        Self::BadLineNumber,
        Self::BadTimestamp,
        Self::BadQuantity,
        Self::TooManyDecimals,
        Self::ZeroQuantity,
        Self::NegativeQuantity,
        Self::BadPrice,
        Self::NegativePrice,
        Self::ItemMissing,
        Self::BadItem,
        Self::NotStock,
        Self::ItemUnknown,
        Self::WarehouseUnknown,
    ];

    /// The stable name.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::WrongColumnCount => "WRONG_COLUMN_COUNT",
            Self::BadQuotes => "BAD_QUOTES",
            Self::NotUtf8 => "NOT_UTF8",
            Self::FormulaCell => "FORMULA_CELL",
            Self::BadLineNumber => "BAD_LINE_NUMBER",
            Self::BadTimestamp => "BAD_TIMESTAMP",
            Self::BadQuantity => "BAD_QUANTITY",
            Self::TooManyDecimals => "TOO_MANY_DECIMALS",
            Self::ZeroQuantity => "ZERO_QUANTITY",
            Self::NegativeQuantity => "NEGATIVE_QUANTITY",
            Self::BadPrice => "BAD_PRICE",
            Self::NegativePrice => "NEGATIVE_PRICE",
            Self::ItemMissing => "ITEM_MISSING",
            Self::BadItem => "BAD_ITEM",
            Self::NotStock => "NOT_STOCK",
            Self::ItemUnknown => "ITEM_UNKNOWN",
            Self::WarehouseUnknown => "WAREHOUSE_UNKNOWN",
        }
    }
}

/// One rejected line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reject {
    /// The line's own number, or its place in the file.
    pub(crate) line: u64,
    /// The column, or the field of the document that the server named.
    pub(crate) field: String,
    /// The reason.
    pub(crate) reason: Cow<'static, str>,
    /// What stood there, shortened.
    pub(crate) value: String,
}

impl Reject {
    /// A line that the import itself rejects.
    pub(crate) fn new(line: u64, field: &str, reason: RejectReason, value: &str) -> Self {
        Self { line, field: field.to_owned(), reason: Cow::Borrowed(reason.as_str()), value: shorten(value) }
    }

    /// A line of a document that the server refused.
    pub(crate) fn refused(line: u64, field: &str, reason: &str, message: &str) -> Self {
        let reason = Cow::Owned(reason.to_owned());
        Self { line, field: field.to_owned(), reason, value: shorten(message) }
    }
}

fn shorten(value: &str) -> String {
    value.chars().take(VALUE_CHARS_MAX).collect()
}

/// Where the rejects of `file` go when nobody says: its name without `.gz` and `.csv`, in the current directory.
pub(crate) fn default_path(file: &Path) -> PathBuf {
    let name = file.file_name().map_or_else(|| "orders".into(), |name| name.to_string_lossy());
    let stem = name.strip_suffix(".gz").unwrap_or(&name);
    let stem = stem.strip_suffix(".csv").unwrap_or(stem);
    PathBuf::from(format!("{stem}.rejects.csv"))
}

/// Writes the rejects as CSV, whole or not at all: to a file beside `path` that then takes its name.
pub(crate) fn write(path: &Path, rejects: &[Reject]) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.part", std::process::id()));
    let beside = PathBuf::from(beside);
    write_all(&beside, rejects).and_then(|()| std::fs::rename(&beside, path)).inspect_err(|_| {
        drop(std::fs::remove_file(&beside));
    })
}

fn write_all(path: &Path, rejects: &[Reject]) -> io::Result<()> {
    let mut writer = csv::Writer::from_path(path).map_err(io::Error::other)?;
    writer.write_record(["line", "field", "reason", "value"]).map_err(io::Error::other)?;
    for reject in rejects {
        let (line, value) = (reject.line.to_string(), guard(&reject.value));
        writer.write_record([&line, &reject.field, &*reject.reason, &*value]).map_err(io::Error::other)?;
    }
    writer.into_inner().map_err(|e| io::Error::other(e.to_string()))?.sync_all()
}

/// The values are what was wrong in the file, so one may be a formula: an apostrophe makes a spreadsheet show it instead.
fn guard(value: &str) -> Cow<'_, str> {
    if is_formula(value) { Cow::Owned(format!("'{value}")) } else { Cow::Borrowed(value) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn reasons_are_distinct() {
        let names: BTreeSet<_> = RejectReason::ALL.iter().map(|r| r.as_str()).collect();
        assert_eq!(names.len(), RejectReason::ALL.len());
    }

    #[test]
    fn the_default_name_is_the_files_own() {
        for (file, expected) in [
            ("/data/orders.csv.gz", "orders.rejects.csv"),
            ("orders.csv", "orders.rejects.csv"),
            ("orders.txt", "orders.txt.rejects.csv"),
        ] {
            assert_eq!(default_path(Path::new(file)), PathBuf::from(expected));
        }
    }

    #[test]
    fn formulas_are_disarmed_and_nothing_is_left_over() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("r.csv");
        write(&path, &[Reject::new(7, "item", RejectReason::FormulaCell, "=cmd|' /C calc'!A0")]).unwrap();
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            "line,field,reason,value\n7,item,FORMULA_CELL,'=cmd|' /C calc'!A0\n"
        );
        assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 1);
        assert!(write(&directory.path().join("no/r.csv"), &[]).is_err());
    }
}
