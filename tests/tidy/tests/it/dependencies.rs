//! Arrows go down only: services → shell libs → pure libs.

use tidy::{Findings, Manifest, Repository, Tier};

#[test]
fn crates_use_only_what_stands_below_them() {
    let crates = Repository::open().manifests();
    let mut findings = Findings::new("a crate uses only crates that stand below it", &[]);
    for from in &crates {
        findings.checked();
        for (name, allowed) in arrows(from) {
            let to = crates.iter().find(|other| other.name == *name);
            if let Some(to) = to.filter(|to| !allowed.contains(&to.tier)) {
                findings.found(&from.folder, format!("{:?} uses {} ({:?})", from.tier, to.name, to.tier));
            }
        }
    }
    findings.finish();
}

/// The crates that it names, each with the tiers it may stand in.
fn arrows(from: &Manifest) -> impl Iterator<Item = (&String, &'static [Tier])> {
    let (built, tested) = may_use(from.tier);
    let dependencies = from.dependencies.iter().map(move |name| (name, built));
    dependencies.chain(from.dev_dependencies.iter().map(move |name| (name, tested)))
}

/// What a tier may be built with, and what its tests may use.
fn may_use(tier: Tier) -> (&'static [Tier], &'static [Tier]) {
    use Tier::{Binary, Pure, Service, Shell, TestSupport, Tests, Wire};
    match tier {
        Wire => (&[], &[]),
        Pure => (&[Pure, Wire], &[Pure, Wire]),
        Shell | Service => (&[Shell, Pure, Wire], &[Shell, Pure, Wire, TestSupport]),
        TestSupport => (&[Shell, Pure, Wire], &[Shell, Pure, Wire]),
        Binary => (&[Service, Shell, Pure, Wire], &[Service, Shell, Pure, Wire, TestSupport]),
        Tests => {
            (&[Service, Shell, Pure, Wire, TestSupport], &[Service, Shell, Pure, Wire, TestSupport, Binary])
        }
    }
}

#[test]
fn a_crate_is_named_after_its_folder() {
    let mut findings = Findings::new("a crate is named after its folder", &[]);
    for manifest in Repository::open().manifests() {
        findings.checked();
        if manifest.folder.rsplit('/').next() != Some(manifest.name.as_str()) {
            findings.found(&manifest.folder, format!("is called {}", manifest.name));
        }
    }
    findings.finish();
}

#[test]
fn every_crate_has_the_workspace_lints() {
    let repository = Repository::open();
    let mut findings = Findings::new("every crate has the workspace's lints", &[GENERATED]);
    for (path, text) in repository.ending_in("/Cargo.toml") {
        findings.checked();
        if !text.contains("[lints]\nworkspace = true") {
            findings.found(path, "lacks `[lints] workspace = true`");
        }
    }
    findings.finish();
}

const GENERATED: tidy::Exception =
    tidy::Exception { path: "proto/Cargo.toml", reason: "all of its code is generated" };
