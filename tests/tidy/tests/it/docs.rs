//! Documents point to what is there.

use tidy::{Findings, Repository, anchors, links};

#[test]
fn links_resolve() {
    let repository = Repository::open();
    let mut findings = Findings::new("links in documents resolve", &[]);
    for (path, text) in repository.ending_in(".md") {
        findings.checked();
        for link in links(text).into_iter().filter(|link| !link.target.contains("://")) {
            let (file, anchor) = link.target.split_once('#').unwrap_or((&link.target, ""));
            let file = if file.is_empty() { path.to_owned() } else { resolve(path, file) };
            if !repository.has(&file) {
                findings.found(path, format!("line {}: there is no {file}", link.line));
            } else if !anchor.is_empty() && !anchors(repository.text(&file)).contains(anchor) {
                findings.found(path, format!("line {}: {file} has no heading #{anchor}", link.line));
            }
        }
    }
    findings.finish();
}

#[test]
fn the_index_lists_every_decision() {
    const INDEX: &str = "docs/adr/README.md";
    let repository = Repository::open();
    let listed: Vec<_> = links(repository.text(INDEX)).into_iter().map(|link| link.target).collect();
    let mut findings = Findings::new("docs/adr/README.md lists every decision, and each has a status", &[]);
    for (path, text) in
        repository.ending_in(".md").filter(|(path, _)| path.starts_with("docs/adr/") && *path != INDEX)
    {
        findings.checked();
        let name = path.trim_start_matches("docs/adr/");
        if !listed.iter().any(|target| target == name) {
            findings.found(INDEX, format!("does not list {name}"));
        }
        if !text.lines().any(|line| line.starts_with("Status: ")) {
            findings.found(path, "has no line `Status: …`");
        }
    }
    findings.finish();
}

/// `target`, as it is meant in the file `from`.
fn resolve(from: &str, target: &str) -> String {
    let mut parts: Vec<_> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
