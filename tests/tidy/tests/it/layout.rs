//! Know one place, know all.

use tidy::{Exception, Findings, Repository, Tier};

/// Names at the top level. Everything else goes below one of them.
const TOP_LEVEL: &[&str] = &[
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "Makefile",
    "NOTICE",
    "README.md",
    "docs",
    "helm",
    "k8s",
    "libs",
    "proto",
    "services",
    "tests",
];

/// What may stand in a service's `src`.
const SKELETON: &[&str] =
    &["app.rs", "config.rs", "core", "engine", "fault.rs", "feed", "lib.rs", "metrics.rs", "rpc", "store"];

/// What must stand there.
const REQUIRED: &[&str] = &["app.rs", "config.rs", "feed", "lib.rs", "rpc", "store"];

/// Parts of a service's skeleton that stand elsewhere.
const SKELETON_EXCEPTIONS: &[Exception] = &[];

#[test]
fn the_top_level_is_fixed() {
    let repository = Repository::open();
    let mut findings = Findings::new("the top level holds only the fixed set", &[]);
    for name in repository.top_level() {
        findings.checked();
        let is_setting = !name.contains('/') && name.ends_with(".toml");
        if !(TOP_LEVEL.contains(&name) || name.starts_with('.') || is_setting) {
            findings.found(name, "is not one of the names of the top level");
        }
    }
    findings.finish();
}

#[test]
fn every_service_has_the_same_skeleton() {
    let repository = Repository::open();
    let mut findings = Findings::new("every service has the same skeleton", SKELETON_EXCEPTIONS);
    for service in repository.manifests().into_iter().filter(|manifest| manifest.tier == Tier::Service) {
        findings.checked();
        let root = format!("{}/src", service.folder);
        for name in REQUIRED.iter().filter(|name| !repository.has(&format!("{root}/{name}"))) {
            findings.found(&format!("{root}/{name}"), "is missing");
        }
        let files = repository.files().filter_map(|file| file.path.strip_prefix(&root)?.strip_prefix('/'));
        for name in files.filter_map(|below| below.split('/').next()).filter(|name| !SKELETON.contains(name))
        {
            findings.found(&format!("{root}/{name}"), "is not part of the skeleton");
        }
    }
    findings.finish();
}

#[test]
fn ci_runs_the_test_command_of_the_readme() {
    let repository = Repository::open();
    assert!(
        repository.text("README.md").lines().any(|line| line == "make test"),
        "README.md does not show `make test`"
    );
    let steps = repository.text(".ci/run");
    assert!(steps.trim_end().lines().last() == Some("make test"), ".ci/run does not end with `make test`");
    for path in [".ci/run", "tests/servers/servers"] {
        assert!(repository.is_executable(path), "{path} is not executable");
    }
}
