//! Files stay small enough to read.

use tidy::{Exception, Findings, Repository};

const LINES_MAX: usize = 400;

/// Files that are one long list of the same kind of thing.
const LONG: &[Exception] = &[];

/// Files at the root of a module that do more than declare.
const ROOTS: &[Exception] = &[];

#[test]
fn files_are_short() {
    let mut findings = Findings::new("a file has at most 400 lines of production code", LONG);
    for source in Repository::open().sources() {
        findings.checked();
        let lines = if source.is_test { source.lines().count() } else { source.production().count() };
        if lines > LINES_MAX {
            findings.found(&source.path, format!("has {lines} lines"));
        }
    }
    findings.finish();
}

#[test]
fn roots_declare() {
    let mut findings = Findings::new("lib.rs has no functions, and mod.rs none that decide", ROOTS);
    for source in Repository::open().sources() {
        let decides: fn(&str) -> bool = match source.path.rsplit('/').next() {
            Some("lib.rs") => |code| has_word(code, "fn"),
            Some("mod.rs") => |code| {
                ["if", "for", "while", "loop"].iter().any(|word| has_word(code, word)) && !declares(code)
            },
            Some(_) | None => continue,
        };
        findings.checked();
        for line in source.production().filter(|line| decides(&line.code)) {
            findings.found(&source.path, format!("line {}: {}", line.number, line.code.trim()));
        }
    }
    findings.finish();
}

fn has_word(code: &str, word: &str) -> bool {
    code.split(|c: char| !c.is_alphanumeric() && c != '_').any(|other| other == word)
}

/// `impl Trait for Type` and a guard in a `match` have the word, and decide nothing.
fn declares(code: &str) -> bool {
    code.trim_start().starts_with("impl") || code.contains("for<") || code.contains("=>")
}
