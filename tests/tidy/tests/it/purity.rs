//! Pure crates hold rules: no clock, no I/O, no randomness, no floats.

use tidy::{Findings, Manifest, Repository, Source, Tier};

/// Crates with I/O, time or randomness in them.
const CRATES: &[&str] = &[
    "axum",
    "chrono",
    "fastrand",
    "figment",
    "futures",
    "getrandom",
    "opentelemetry",
    "rand",
    "rdkafka",
    "redis",
    "rpc",
    "sea-orm",
    "sea-orm-migration",
    "sqlx",
    "tempfile",
    "tokio",
    "tokio-stream",
    "tokio-util",
    "tonic",
    "tower",
    "tracing",
];

/// Words of code that reach outside.
const WORDS: &[&str] = &[
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant",
    "Uuid::new_v4",
    "Uuid::now_v7",
    "thread_rng",
    "println!",
    "eprintln!",
];

const DENIED: &str = "#![deny(clippy::float_arithmetic, clippy::arithmetic_side_effects)]";

#[test]
fn pure_crates_use_no_crate_that_reaches_outside() {
    let mut findings = Findings::new("pure crates use no crate with I/O, time or randomness", &[]);
    for manifest in pure(&Repository::open()) {
        findings.checked();
        for name in manifest.dependencies.iter().filter(|name| CRATES.contains(&name.as_str())) {
            findings.found(&manifest.folder, format!("uses {name}"));
        }
    }
    findings.finish();
}

#[test]
fn pure_code_does_not_reach_outside() {
    let repository = Repository::open();
    let mut findings = Findings::new("pure code has no clock, no I/O and no randomness", &[]);
    for source in sources_of(&repository, &pure(&repository)) {
        findings.checked();
        for line in source.production() {
            for word in WORDS.iter().filter(|word| line.code.contains(**word)) {
                findings.found(&source.path, format!("line {}: {word}", line.number));
            }
        }
    }
    findings.finish();
}

#[test]
fn pure_crates_deny_floats_and_unchecked_arithmetic() {
    let repository = Repository::open();
    let mut findings = Findings::new("pure crates deny floats and unchecked arithmetic", &[]);
    for manifest in pure(&repository) {
        findings.checked();
        let path = format!("{}/src/lib.rs", manifest.folder);
        if !repository.text(&path).contains(DENIED) {
            findings.found(&path, format!("lacks {DENIED}"));
        }
    }
    findings.finish();
}

fn pure(repository: &Repository) -> Vec<Manifest> {
    repository.manifests().into_iter().filter(|manifest| manifest.tier == Tier::Pure).collect()
}

/// All but the programs in `examples`, which stand outside: they measure and try what is pure.
fn sources_of(repository: &Repository, crates: &[Manifest]) -> Vec<Source> {
    let folder = |part| crates.iter().map(move |manifest| format!("{}/{part}", manifest.folder));
    let (folders, programs): (Vec<_>, Vec<_>) = (folder("").collect(), folder("examples/").collect());
    let stands_in =
        |source: &Source, folders: &[String]| folders.iter().any(|folder| source.path.starts_with(folder));
    let mut sources = repository.sources();
    sources.retain(|source| stands_in(source, &folders) && !stands_in(source, &programs));
    sources
}
