use std::io::{self, IsTerminal, Write};

use clap::ValueEnum;
use comfy_table::{Attribute, Cell, ContentArrangement, Table, presets};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Failure, Stream, cells};

/// How results are written to stdout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Columns for people.
    Table,
    /// One object or array; one object a line where results never end.
    Json,
    /// With a header line, quoted where needed, safe to open in a spreadsheet.
    Csv,
}

/// A result: its JSON object, and which of its fields are the columns of a table.
pub(crate) trait View: Serialize {
    /// Field names, in the order of the columns.
    const COLUMNS: &'static [&'static str];
}

/// Where results go, and how.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    format: Format,
}

impl Output {
    /// Writes to stdout in `format`.
    pub(crate) const fn new(format: Format) -> Self {
        Self { format }
    }

    /// The chosen format.
    pub(crate) const fn format(self) -> Format {
        self.format
    }

    /// One result: an object, or one line a field.
    pub(crate) fn one<V: View>(self, view: &V) -> Result<(), Failure> {
        match self.format {
            Format::Json => self.json(view),
            Format::Csv => self.many(std::slice::from_ref(view)),
            Format::Table => {
                let object = object(view)?;
                let rows = V::COLUMNS.iter().map(|name| vec![label(name), cells::text(object.get(name))]);
                self.print(&aligned(&[], rows.collect()))
            }
        }
    }

    /// Any number of results: an array, or one line each.
    pub(crate) fn many<V: View>(self, views: &[V]) -> Result<(), Failure> {
        match self.format {
            Format::Json => self.json(&views),
            Format::Csv => self.csv(views),
            Format::Table => {
                let rows: Result<Vec<_>, Failure> = views.iter().map(row).collect();
                self.print(&aligned(V::COLUMNS, rows?))
            }
        }
    }

    /// Results as they come.
    pub(crate) fn stream<V: View>(self) -> Stream<V> {
        Stream::new(self.format)
    }

    /// Raw text, for results that are a document of their own (CSV exports, completions).
    pub(crate) fn raw(self, bytes: &[u8]) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        out.write_all(bytes)?;
        Ok(out.flush()?)
    }

    /// Something that a person should know beside the result: a line on stderr.
    pub(crate) fn note(self, text: &str) {
        let line = match self.format {
            Format::Json => json!({ "note": text }).to_string(),
            Format::Table | Format::Csv => format!("note: {text}"),
        };
        // Without a stderr there is nobody to tell.
        let _unwritable = writeln!(io::stderr().lock(), "{line}");
    }

    fn json(self, value: &impl Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string(value).map_err(|e| Failure::fault(e.to_string()))?;
        self.print(&text)
    }

    fn csv<V: View>(self, views: &[V]) -> Result<(), Failure> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(V::COLUMNS).map_err(csv_fault)?;
        for view in views {
            writer.write_record(row(view)?.into_iter().map(cells::harmless)).map_err(csv_fault)?;
        }
        let bytes = writer.into_inner().map_err(|e| Failure::fault(e.to_string()))?;
        self.raw(&bytes)
    }

    fn print(self, text: &str) -> Result<(), Failure> {
        self.raw(format!("{text}\n").as_bytes())
    }
}

/// The cells of a view's columns.
pub(super) fn row<V: View>(view: &V) -> Result<Vec<String>, Failure> {
    let object = object(view)?;
    Ok(V::COLUMNS.iter().map(|name| cells::text(object.get(name))).collect())
}

pub(super) fn csv_fault(error: csv::Error) -> Failure {
    // As an I/O error it keeps its kind: a closed pipe is recognised.
    io::Error::from(error).into()
}

fn object<V: View>(view: &V) -> Result<Value, Failure> {
    serde_json::to_value(view).map_err(|e| Failure::fault(e.to_string()))
}

fn label(name: &str) -> String {
    name.to_uppercase().replace('_', " ")
}

fn aligned(columns: &[&str], rows: Vec<Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    if coloured() {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    if !columns.is_empty() {
        table.set_header(columns.iter().map(|name| Cell::new(label(name)).add_attribute(Attribute::Bold)));
    }
    table.add_rows(rows);
    table.column_iter_mut().for_each(|column| {
        column.set_padding((0, 2));
    });
    let lines: Vec<_> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    lines.join("\n")
}

/// Bold headers only for people, and not for those who set NO_COLOR (to anything but nothing, <https://no-color.org>).
fn coloured() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
