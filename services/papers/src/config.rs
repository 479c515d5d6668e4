use std::collections::BTreeMap;

use database::DatabaseConfig;
use paper_core::Language;
use serde::{Deserialize, Serialize};

/// How the papers service runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PapersConfig {
    /// Where papers are kept.
    pub database: DatabaseConfig,
    /// Where the `catalog` service answers. A process that has the role itself asks itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub catalog: Option<String>,
    /// Where the `stock` service answers. A process that has the role itself asks itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stock: Option<String>,
    /// Where the `visibility` service answers, for certificates of traces. A process that has the role itself asks itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visibility: Option<String>,
    /// The language of papers of a legal entity that has none of its own: en, de, fr or es.
    pub language: Language,
    /// What is known of legal entities, by the name that their warehouses have in the catalog.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub entities: BTreeMap<String, Entity>,
}

/// A legal entity, as it issues papers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Entity {
    /// As it stands on papers; as the catalog calls it when empty.
    pub name: String,
    /// Its address, line by line.
    pub address: Vec<String>,
    /// The language of its papers: en, de, fr or es.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The last year that is closed: it issues no papers of that year any more, nor of one before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_through: Option<u16>,
}

impl Default for PapersConfig {
    fn default() -> Self {
        Self {
            database: DatabaseConfig::new("sqlite://data/papers.db"),
            catalog: None,
            stock: None,
            visibility: None,
            language: Language::En,
            entities: BTreeMap::new(),
        }
    }
}
