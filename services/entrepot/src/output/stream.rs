use std::io::{self, Write};
use std::marker::PhantomData;

use super::render::{csv_fault, row};
use super::{Failure, Format, View, cells};

/// Results that are written as they come: JSON one object a line, CSV with one header, a table with columns of fixed width.
#[derive(Debug)]
pub(crate) struct Stream<V> {
    format: Format,
    begun: Begun,
    view: PhantomData<V>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begun {
    No,
    Yes,
}

const COLUMN_WIDTH: usize = 16;

impl<V: View> Stream<V> {
    pub(super) const fn new(format: Format) -> Self {
        Self { format, begun: Begun::No, view: PhantomData }
    }

    /// Writes one result and flushes: a reader of the pipe sees it at once.
    pub(crate) fn push(&mut self, view: &V) -> Result<(), Failure> {
        self.header()?;
        let line = match self.format {
            Format::Json => {
                serde_json::to_string(view).map_err(|e| Failure::fault(e.to_string()))?.into_bytes()
            }
            Format::Csv => record(row(view)?.into_iter().map(cells::harmless))?,
            Format::Table => padded(row(view)?.iter().map(String::as_str)).into_bytes(),
        };
        write_line(&line)
    }

    /// The header stands there even when no result came.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        self.header()
    }

    fn header(&mut self) -> Result<(), Failure> {
        if self.begun == Begun::Yes {
            return Ok(());
        }
        self.begun = Begun::Yes;
        match self.format {
            Format::Json => Ok(()),
            Format::Csv => write_line(&record(V::COLUMNS.iter().map(|name| (*name).to_owned()))?),
            Format::Table => {
                let labels: Vec<_> = V::COLUMNS.iter().map(|name| name.to_uppercase()).collect();
                write_line(padded(labels.iter().map(String::as_str)).as_bytes())
            }
        }
    }
}

fn record(cells: impl Iterator<Item = String>) -> Result<Vec<u8>, Failure> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    writer.write_record(cells).map_err(csv_fault)?;
    let mut bytes = writer.into_inner().map_err(|e| Failure::fault(e.to_string()))?;
    bytes.pop();
    Ok(bytes)
}

fn padded<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let columns: Vec<_> = cells.map(|cell| format!("{cell:<COLUMN_WIDTH$}")).collect();
    columns.join("  ").trim_end().to_owned()
}

fn write_line(line: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(line)?;
    out.write_all(b"\n")?;
    Ok(out.flush()?)
}
