//! Nothing of the machine it was written on.

use tidy::{Findings, Repository};

/// Cargo writes the name of the public registry into it.
const WRITTEN_BY_CARGO: &str = "Cargo.lock";

#[test]
fn no_file_names_a_path_of_somebodys_machine() {
    let folders = ["work", "root", "home"].map(|name| format!("/{name}/"));
    check("no file names a path of somebody's machine", |line| {
        folders.iter().any(|folder| begins_path(line, folder))
    });
}

#[test]
fn no_file_names_a_registry() {
    check("no file names a package registry", |line| {
        line.split("://").skip(1).any(|rest| {
            let host = rest.split(['/', ' ', '"']).next().unwrap_or_default();
            ["registry", "artifactory", "proxy", "index.crates", "pypi.org"]
                .iter()
                .any(|word| host.contains(word))
        })
    });
}

fn check(rule: &'static str, leaks: impl Fn(&str) -> bool) {
    let mut findings = Findings::new(rule, &[]);
    let repository = Repository::open();
    for (path, text) in repository.texts().filter(|(path, _)| *path != WRITTEN_BY_CARGO) {
        findings.checked();
        for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| leaks(line)) {
            findings.found(path, format!("line {number}: {}", line.trim()));
        }
    }
    findings.finish();
}

/// Whether the folder begins a path there, rather than stand in the middle of one.
fn begins_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back().unwrap_or(' ');
        !(before.is_alphanumeric() || matches!(before, '.' | '_' | '-' | '}' | '*'))
    })
}
