//! Items in CSV files: reading with every problem named by its line, and writing.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use catalog_core::Record;
use catalog_core::item_csv::{self, COLUMNS, Columns};
use clap::Args;
use csv::ByteRecord;
use proto::catalog::v1::Item;
use rpc::Reason;

use super::args::List;
use super::item;
use crate::cli::Context;
use crate::output::Failure;

/// Problems that are named one by one; more are only counted.
const PROBLEMS_SHOWN: usize = 20;

/// `entrepot catalog item export`
#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// The file to write; stdout when absent.
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    #[command(flatten)]
    list: List,
}

/// An item and the line of the file it stands in.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) item: Item,
    /// The columns that its file has: of the others it says nothing.
    pub(super) columns: Arc<[&'static str]>,
}

/// What is wrong with a line.
#[derive(Debug)]
struct Problem {
    line: u64,
    field: String,
    message: String,
}

pub(super) async fn export(args: ExportArgs, context: &Context) -> Result<(), Failure> {
    let items = item::fetch(&context.client().await?, &args.list).await?;
    let broken = |e: &dyn std::fmt::Display| Failure::fault(format!("cannot write CSV: {e}"));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS).map_err(|e| broken(&e))?;
    for item in &items {
        writer.write_record(item_csv::write(item)).map_err(|e| broken(&e))?;
    }
    let bytes = writer.into_inner().map_err(|e| broken(&e))?;
    match args.to {
        None => context.output().raw(&bytes),
        Some(path) => std::fs::write(&path, bytes).map_err(|e| Failure::file(&path, &e)),
    }
}

/// Reads and checks a whole file; `-` is stdin. Every line must be good.
pub(super) fn read(path: &Path) -> Result<Vec<Row>, Failure> {
    let mut bytes = Vec::new();
    let done = if path == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    done.map_err(|e| Failure::file(path, &e))?;
    parse(&bytes).map_err(|problems| refuse(path, &problems))
}

fn parse(bytes: &[u8]) -> Result<Vec<Row>, Vec<Problem>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(bytes);
    let mut record = ByteRecord::new();
    let columns = header(&mut reader, &mut record).map_err(|problem| vec![problem])?;
    let present: Arc<[&'static str]> = columns.present().into();
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    let mut lines = BTreeMap::new();
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                problems.push(Problem { line: 0, field: String::new(), message: error.to_string() });
                break;
            }
        }
        let line = record.position().map_or(0, |position| line_of(bytes, position));
        match row(&columns, &record, line) {
            Ok(item) => match lines.insert(item.sku.clone(), line) {
                None => rows.push(Row { line, item, columns: Arc::clone(&present) }),
                Some(before) => {
                    let message = format!("sku {:?} is in line {before} too: keep one", item.sku);
                    problems.push(Problem { line, field: "sku".to_owned(), message });
                }
            },
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(rows) } else { Err(problems) }
}

/// The reader's position is right behind the record before: a second byte of its line end, and empty lines, are still to come.
fn line_of(bytes: &[u8], position: &csv::Position) -> u64 {
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let ends = bytes.iter().skip(start).take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let lines = ends.filter(|byte| **byte == b'\n').count();
    position.line().saturating_add(u64::try_from(lines).unwrap_or(u64::MAX))
}

fn header<R: Read>(reader: &mut csv::Reader<R>, record: &mut ByteRecord) -> Result<Columns, Problem> {
    let problem = |message: String| Problem { line: 1, field: String::new(), message };
    match reader.read_byte_record(record) {
        Ok(true) => {}
        Ok(false) => {
            return Err(problem(format!(
                "the file is empty: it starts with the columns {}",
                COLUMNS.join(", ")
            )));
        }
        Err(error) => return Err(problem(error.to_string())),
    }
    let cells = texts(record, 1)?;
    Columns::parse(&cells).map_err(|e| problem(e.to_string()))
}

fn row(columns: &Columns, record: &ByteRecord, line: u64) -> Result<Item, Problem> {
    let cells = texts(record, line)?;
    let item = columns.read(&cells).map_err(|error| {
        let field = match &error {
            item_csv::CsvError::BadCell { column, .. } => (*column).to_owned(),
            item_csv::CsvError::BadUnit(_) => "unit_conversions".to_owned(),
            item_csv::CsvError::UnknownColumn(_)
            | item_csv::CsvError::DuplicateColumn(_)
            | item_csv::CsvError::MissingColumn(_)
            | item_csv::CsvError::WrongLength { .. } => String::new(),
        };
        Problem { line, field, message: error.to_string() }
    })?;
    item.normalised().map_err(|refusal| Problem { line, field: refusal.field, message: refusal.message })
}

fn texts(record: &ByteRecord, line: u64) -> Result<Vec<&str>, Problem> {
    let text = |(position, cell)| {
        std::str::from_utf8(cell).map_err(|_| Problem {
            line,
            field: String::new(),
            message: format!("cell {} is not UTF-8: save the file as UTF-8", position + 1),
        })
    };
    record.iter().enumerate().map(text).collect()
}

fn refuse(path: &Path, problems: &[Problem]) -> Failure {
    let Some((first, others)) = problems.split_first() else { return Failure::fault("no problem to report") };
    let message = format!("`{}`, line {}: {}", path.display(), first.line, first.message);
    let mut failure = Failure::new(Reason::BadCsv, message)
        .at(&first.field)
        .with("line", first.line)
        .with("problems", problems.len());
    for problem in others.iter().take(PROBLEMS_SHOWN) {
        failure = failure.with(&format!("line {:>6}", problem.line), &problem.message);
    }
    failure
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str) {
        let got = match parse(bytes) {
            Ok(rows) => rows.iter().map(|r| format!("{}:{}/{}", r.line, r.item.sku, r.item.name)).collect(),
            Err(problems) => {
                problems.iter().map(|p| format!("{}! {}", p.line, p.message)).collect::<Vec<_>>()
            }
        };
        assert!(got.join(", ").starts_with(expected), "{got:?}");
    }

    #[test]
    fn good_files() {
        check(b"sku,name,base_unit\nA,Oak,EA\n", "2:A/Oak");
        check(
            b"\xef\xbb\xbfsku,name,base_unit\r\nA,\"O\"\"ak, old\",EA\r\nB,Elm,KG\r\n",
            "2:A/O\"ak, old, 3:B/Elm",
        );
        check(b"base_unit,sku,name\nEA,A,Oak", "2:A/Oak");
        check(b"sku,name,base_unit\n\n\nA,Oak,EA\n", "4:A/Oak");
        check(b"sku,name,base_unit\nA,'=Oak,EA\n", "2:A/=Oak");
    }

    #[test]
    fn broken_files() {
        check(b"", "1! the file is empty");
        check(b"sku,name\n", "1! column \"base_unit\" is missing");
        check(b"sku,name,base_unit,colour\n", "1! column \"colour\" is not known");
        check(b"sku,name,base_unit\nA,Oak\n", "2! the row has 2 cells and the header 3");
        check(b"sku,name,base_unit\nA,\xff,EA\n", "2! cell 2 is not UTF-8");
        check(b"sku,name,base_unit\nA,Oak,EA\nA,Oak,EA\n", "3! sku \"A\" is in line 2 too");
        check(b"sku,name,base_unit\n,Oak,EA\nB,Elm,ea\n", "2! sku \"\" is not valid");
        check(b"sku,name,base_unit\nA,\"Oak,EA\nB,Elm,EA\n", "2! the row has 2 cells");
    }
}
