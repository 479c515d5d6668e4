//! The runner's contract, through the program itself.

#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its files has failed")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn run(folder: &Path) -> (Option<i32>, String) {
    let Output { status, stdout, .. } =
        Command::new(env!("CARGO_BIN_EXE_conformance")).arg(folder).output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap())
}

/// Runs one file of GS1 cases.
fn check(cases: &str, code: i32, lines: &str) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("below")).unwrap();
    let text = format!("{{\"format\": \"entrepot-gs1-cases/1\", \"cases\": [{cases}]}}");
    fs::write(folder.path().join("below/cases.json"), text).unwrap();
    fs::write(folder.path().join("a.schema.json"), "{\"type\": \"object\"}").unwrap();
    fs::write(
        folder.path().join("b.json"),
        "{\"format\": \"somebody-else/1\", \"cases\": [{\"id\": \"x\"}]}",
    )
    .unwrap();
    assert_eq!(run(folder.path()), (Some(code), lines.to_owned()));
}

#[test]
fn our_own_cases_pass() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    assert_eq!(run(&cases), (Some(0), "9 passed, 0 failed\n".to_owned()));
}

#[test]
fn a_wrong_answer_is_named() {
    let case = |digit| {
        format!(
            "{{\"id\": \"a-1\", \"kind\": \"check_digit\", \"key_type\": \"GTIN-8\", \"input\": \"96385074\", \"valid\": true, \"expect\": {{\"check_digit\": \"{digit}\"}}}}"
        )
    };
    check(&case(4), 0, "1 passed, 0 failed\n");
    check(&case(5), 1, "a-1: expected check_digit=5, got 4\n0 passed, 1 failed\n");
}

#[test]
fn nothing_is_skipped_silently() {
    check("{\"id\": \"a-1\", \"kind\": \"scan\"}", 1, "a-1: unsupported gs1 scan\n0 passed, 1 failed\n");
    check("{\"id\": \"a-1\"}", 1, "a-1: malformed case: it has no kind\n0 passed, 1 failed\n");
    let twice = "{\"id\": \"a-1\", \"kind\": \"scan\"}, {\"id\": \"a-1\", \"kind\": \"scan\"}";
    check(
        twice,
        1,
        "a-1: unsupported gs1 scan\na-1: malformed case: its id stands twice\n0 passed, 2 failed\n",
    );
}

#[test]
fn a_folder_that_cannot_be_read_is_an_error_of_its_own() {
    assert_eq!(run(Path::new("no-such-folder")), (Some(2), String::new()));
}
