//! The runner's contract, through the program itself.

#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its files has failed")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn run(folder: &Path) -> (Option<i32>, String) {
    run_kind(folder, None)
}

fn run_kind(folder: &Path, kind: Option<&str>) -> (Option<i32>, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_conformance"));
    let Output { status, stdout, .. } = program.arg(folder).args(kind).output().unwrap();
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
    assert_eq!(run(&cases), (Some(0), "59 passed, 0 failed\n".to_owned()));
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
fn a_wrong_verdict_or_rule_is_named() {
    let case = |fields: &str| format!("{{\"id\": \"a-1\", \"kind\": \"content_rule\", {fields}}}");
    let month = "\"input\": \"(11)261301\"";
    check(
        &case(&format!("{month}, \"valid\": false, \"error\": \"ILLEGAL_MONTH\"")),
        0,
        "1 passed, 0 failed\n",
    );
    check(
        &case(&format!("{month}, \"valid\": false, \"error\": \"ILLEGAL_DAY\"")),
        1,
        "a-1: expected error=ILLEGAL_DAY, got ILLEGAL_MONTH\n0 passed, 1 failed\n",
    );
    check(
        &case(&format!("{month}, \"valid\": true")),
        1,
        "a-1: expected valid=true, got false\n0 passed, 1 failed\n",
    );
    check(
        &case("\"input\": \"(11)261231\", \"valid\": false, \"error\": \"ILLEGAL_DAY\""),
        1,
        "a-1: expected valid=false, got true\n0 passed, 1 failed\n",
    );
}

#[test]
fn both_verdicts_of_an_association_are_compared() {
    let case = |valid, overall| {
        format!(
            "{{\"id\": \"a-1\", \"kind\": \"association\", \"input\": \"(11)260101\", \"rule\": \"mutually_exclusive\", \"checks\": [\"syntax\", \"content\", \"association\"], \"valid\": {valid}, \"overall_valid\": {overall}}}"
        )
    };
    check(&case(true, false), 0, "1 passed, 0 failed\n");
    check(&case(false, false), 1, "a-1: expected valid=false, got true\n0 passed, 1 failed\n");
    check(&case(true, true), 1, "a-1: expected overall_valid=true, got false\n0 passed, 1 failed\n");
}

#[test]
fn decimals_are_compared_as_numbers() {
    let case = |decimal| {
        format!(
            "{{\"id\": \"a-1\", \"kind\": \"semantics\", \"input\": {{\"ai\": \"3922\", \"value\": \"0250\"}}, \"valid\": true, \"expect\": {{\"decimal\": \"{decimal}\"}}}}"
        )
    };
    check(&case("2.5"), 0, "1 passed, 0 failed\n");
    check(&case("2.51"), 1, "a-1: expected decimal=2.51, got 2.50\n0 passed, 1 failed\n");
}

#[test]
fn nothing_is_skipped_silently() {
    let unsupported = |fields: &str, what: &str| {
        let case = format!("{{\"id\": \"a-1\", \"valid\": true, \"input\": \"(90)A\", {fields}}}");
        check(&case, 1, &format!("a-1: unsupported {what}\n0 passed, 1 failed\n"));
    };
    unsupported("\"kind\": \"hologram\"", "gs1 hologram");
    unsupported("\"kind\": \"bracketed\", \"expect\": {\"colour\": 1}", "expectation colour of bracketed");
    unsupported("\"kind\": \"bracketed\", \"overall_valid\": true", "field overall_valid of bracketed");
    unsupported("\"kind\": \"bracketed\", \"checks\": [\"smell\"]", "check \"smell\"");
    unsupported("\"kind\": \"bracketed\", \"options\": {\"loud\": true}", "option loud");
    unsupported("\"kind\": \"association\", \"rule\": \"golden\"", "rule golden");
    check("{\"id\": \"a-1\"}", 1, "a-1: malformed case: it has no kind\n0 passed, 1 failed\n");
    let twice = "{\"id\": \"a-1\", \"kind\": \"x\"}, {\"id\": \"a-1\", \"kind\": \"x\"}";
    check(twice, 1, "a-1: unsupported gs1 x\na-1: malformed case: its id stands twice\n0 passed, 2 failed\n");
}

#[test]
fn a_kind_leaves_out_the_others() {
    let folder = tempfile::tempdir().unwrap();
    for kind in ["gs1", "policy"] {
        let text =
            format!("{{\"format\": \"entrepot-{kind}-cases/1\", \"cases\": [{{\"id\": \"{kind}-1\"}}]}}");
        fs::write(folder.path().join(format!("{kind}.json")), text).unwrap();
    }
    let failed = "gs1-1: malformed case: it has no kind\n0 passed, 1 failed\n";
    assert_eq!(run_kind(folder.path(), Some("gs1")), (Some(1), failed.to_owned()));
    assert_eq!(run_kind(folder.path(), Some("valuation")), (Some(0), "0 passed, 0 failed\n".to_owned()));
    assert_eq!(run_kind(folder.path(), Some("hologram")), (Some(2), String::new()));
}

#[test]
fn a_folder_that_cannot_be_read_is_an_error_of_its_own() {
    assert_eq!(run(Path::new("no-such-folder")), (Some(2), String::new()));
}
