//! `docs/errors.md` and the code name the same errors.

use std::collections::BTreeMap;

use rpc::Reason;
use tidy::{Findings, Repository};

const PAGE: &str = "docs/errors.md";

#[test]
fn every_reason_has_an_entry_with_its_code() {
    let listed = listed(Repository::open().text(PAGE));
    let mut findings = Findings::new("docs/errors.md lists every reason with its code", &[]);
    for reason in Reason::ALL {
        findings.checked();
        let code = code_name(reason.code());
        match listed.get(reason.as_str()) {
            None => findings.found(PAGE, format!("lacks {reason}")),
            Some(other) if *other != code => findings.found(PAGE, format!("{reason} is {code}, not {other}")),
            Some(_) => {}
        }
    }
    findings.finish();
}

#[test]
fn every_entry_is_a_reason() {
    let mut findings = Findings::new("docs/errors.md lists only reasons that exist", &[]);
    for name in listed(Repository::open().text(PAGE)).keys() {
        findings.checked();
        if Reason::parse(name).is_none() {
            findings.found(PAGE, format!("{name} does not exist"));
        }
    }
    findings.finish();
}

/// The rows of the page's tables: reason and code.
fn listed(page: &str) -> BTreeMap<String, String> {
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    rows.filter_map(|(reason, rest)| Some((reason.to_owned(), rest.split_once(" |")?.0.to_owned()))).collect()
}

/// As it stands in the gRPC specification: `NotFound` is `NOT_FOUND`.
fn code_name(code: impl std::fmt::Debug) -> String {
    tidy::snake_case(&format!("{code:?}")).to_uppercase()
}
