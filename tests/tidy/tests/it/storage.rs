//! SQL has few homes.

use tidy::{Findings, Repository};

/// Besides the `store/` folders of the services.
const HOMES: &[&str] = &[
    "libs/database/src/",
    "libs/eventlog/src/",
    "libs/testkit/src/",
    "services/entrepot/src/bench/baseline/",
];

#[test]
fn only_stores_speak_sql() {
    let mut findings =
        Findings::new("sea_orm and sqlx are used in store/, libs/database and libs/eventlog only", &[]);
    for source in Repository::open().sources() {
        let at_home =
            source.path.contains("/src/store/") || HOMES.iter().any(|home| source.path.starts_with(home));
        if source.is_test || at_home {
            continue;
        }
        findings.checked();
        for line in source.production().filter(|line| speaks_sql(&line.code)) {
            findings.found(&source.path, format!("line {}: {}", line.number, line.code.trim()));
        }
    }
    findings.finish();
}

fn speaks_sql(code: &str) -> bool {
    ["sea_orm", "sqlx"]
        .iter()
        .any(|name| code.contains(&format!("{name}::")) || code.contains(&format!("use {name}")))
}
