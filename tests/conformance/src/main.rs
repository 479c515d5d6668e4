//! Tests: runs files of acceptance cases through the product's own code and compares the answers. It computes no expected
//! value: it maps the names in a case to the product's, calls it, and compares.
//!
//! `conformance DIRECTORY` reads every `*.json` below the directory whose `format` it knows. A line per failing case; the last
//! line is `N passed, N failed`. Exit status 0 only if none failed, 1 if one did, 2 if the cases cannot be read.

mod case;
mod files;
mod gs1;
mod report;
mod verdict;

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let [directory] = arguments.as_slice() else {
        return complain("usage: conformance DIRECTORY");
    };
    match files::read(Path::new(directory)) {
        Ok(files) => finish(&report::run(files)),
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
