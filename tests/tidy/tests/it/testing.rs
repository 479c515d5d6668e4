//! Tests wait for facts, and all of them run.

use tidy::{Findings, Line, Repository};

#[test]
fn tests_do_not_sleep() {
    check("tests do not sleep: they wait for a fact, or time is paused", |line| {
        line.is_test && calls_sleep(&line.code)
    });
}

#[test]
fn no_test_is_ignored() {
    check("no test is ignored", |line| line.code.contains("#[ignore"));
}

#[test]
fn nothing_is_left_to_do() {
    check("nothing is left to do", |line| {
        ["todo!", "unimplemented!"].iter().any(|word| line.code.contains(word))
    });
}

#[test]
fn an_integration_test_is_one_program_a_crate() {
    let repository = Repository::open();
    let mut findings = Findings::new("a crate's integration tests are one program, tests/it/main.rs", &[]);
    for manifest in repository.manifests() {
        findings.checked();
        let folder = format!("{}/tests/", manifest.folder);
        for file in repository.files().filter(|file| file.path.starts_with(&folder)) {
            let below = &file.path[folder.len()..];
            if below.ends_with(".rs")
                && (!below.contains('/') || (below.ends_with("/main.rs") && below != "it/main.rs"))
            {
                findings.found(&file.path, "is a program of its own");
            }
        }
    }
    findings.finish();
}

fn calls_sleep(code: &str) -> bool {
    code.match_indices("sleep(")
        .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

fn check(rule: &'static str, breaks: impl Fn(&Line) -> bool) {
    let mut findings = Findings::new(rule, &[]);
    for source in Repository::open().sources() {
        findings.checked();
        for line in source.lines().filter(|line| breaks(line)) {
            findings.found(&source.path, format!("line {}: {}", line.number, line.code.trim()));
        }
    }
    findings.finish();
}
