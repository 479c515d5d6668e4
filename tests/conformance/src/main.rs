//! Tests: runs files of acceptance cases through the product's own code and compares the answers. It computes no expected
//! value: it maps the names in a case to the product's, calls it, and compares.
//!
//! `conformance DIRECTORY [KIND]` reads every `*.json` below the directory whose `format` it knows; with a kind (`forecasting`,
//! `gs1`, `policy` or `valuation`) only files of that. A line per failing case; the last line is `N passed, N failed`. Exit status 0
//! only if none failed, 1 if one did, 2 if the cases cannot be read.

mod case;
mod files;
mod gs1;
mod report;
mod verdict;

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use crate::case::Format;

const USAGE: &str = "usage: conformance DIRECTORY [forecasting|gs1|policy|valuation]";

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let (directory, kind) = match arguments.as_slice() {
        [directory] => (directory, None),
        [directory, kind] => match kind.to_str().and_then(Format::of_kind) {
            Some(format) => (directory, Some(format)),
            None => return complain(USAGE),
        },
        _ => return complain(USAGE),
    };
    match files::read(Path::new(directory), kind) {
        Ok(cases) => finish(&report::run(cases)),
        Err(fault) => complain(&fault.to_string()),
    }
}

fn finish(report: &report::Report) -> ExitCode {
    match write!(io::stdout().lock(), "{report}") {
        Ok(()) if report.failed() == 0 => ExitCode::SUCCESS,
        Ok(()) => ExitCode::FAILURE,
        Err(_) => ExitCode::from(2),
    }
}

fn complain(message: &str) -> ExitCode {
    // Nobody is left to tell when standard error is closed.
    let _unheard = writeln!(io::stderr().lock(), "conformance: {message}");
    ExitCode::from(2)
}
