use std::collections::BTreeMap;

use serde::Deserialize;

/// Where a crate stands. Arrows go down only: a tier may use the ones after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Rules and values: no I/O.
    Pure,
    /// The wire's generated types: usable by all.
    Wire,
    /// I/O: no rules of the domain.
    Shell,
    /// What only tests may use.
    TestSupport,
    /// A service.
    Service,
    /// The one binary.
    Binary,
    /// The crates in `tests/`.
    Tests,
}

/// A crate's `Cargo.toml`.
#[derive(Debug, Clone)]
pub struct Manifest {
    /// Its name.
    pub name: String,
    /// Its folder, from the repository's root.
    pub folder: String,
    /// Where it stands.
    pub tier: Tier,
    /// Names of the crates it uses.
    pub dependencies: Vec<String>,
    /// Names of the crates that only its tests use.
    pub dev_dependencies: Vec<String>,
}

#[derive(Deserialize)]
struct Toml {
    package: Package,
    #[serde(default)]
    dependencies: BTreeMap<String, toml::Value>,
    #[serde(default, rename = "dev-dependencies")]
    dev_dependencies: BTreeMap<String, toml::Value>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    #[serde(default)]
    description: String,
}

impl Manifest {
    /// Reads a crate's `Cargo.toml`. A library says with the first word of its description where it stands.
    ///
    /// # Panics
    /// When it is not a package's TOML, or a library does not say where it stands.
    #[must_use]
    pub fn read(folder: &str, text: &str) -> Self {
        let Toml { package, dependencies, dev_dependencies } = match toml::from_str(text) {
            Ok(parsed) => parsed,
            Err(error) => unreachable!("{folder}/Cargo.toml cannot be read: {error}"),
        };
        Self {
            tier: tier(folder, &package.description),
            name: package.name,
            folder: folder.to_owned(),
            dependencies: dependencies.into_keys().collect(),
            dev_dependencies: dev_dependencies.into_keys().collect(),
        }
    }
}

fn tier(folder: &str, description: &str) -> Tier {
    match folder.split('/').next() {
        Some("proto") => Tier::Wire,
        Some("tests") => Tier::Tests,
        Some("services") if folder == "services/entrepot" => Tier::Binary,
        Some("services") => Tier::Service,
        Some(_) | None => match description.split(':').next() {
            Some("Pure") => Tier::Pure,
            Some("Shell") => Tier::Shell,
            Some("Test support") => Tier::TestSupport,
            Some(_) | None => unreachable!(
                "{folder}: its description must begin with \"Pure:\", \"Shell:\" or \"Test support:\""
            ),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_says_its_tier_and_what_it_uses() {
        let text = "[package]\nname = \"laws\"\ndescription = \"Pure: the laws\"\n[dependencies]\nb.workspace = true\n[dev-dependencies]\nc = \"1\"";
        let manifest = Manifest::read("libs/laws", text);
        assert_eq!((manifest.name.as_str(), manifest.tier), ("laws", Tier::Pure));
        assert_eq!(
            (manifest.dependencies, manifest.dev_dependencies),
            (vec!["b".to_owned()], vec!["c".to_owned()])
        );
        assert_eq!(tier("services/stock", "Pure: no"), Tier::Service);
        assert_eq!(tier("services/entrepot", ""), Tier::Binary);
    }
}
