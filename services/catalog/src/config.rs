use database::DatabaseConfig;
use serde::{Deserialize, Serialize};

/// How the catalog service runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CatalogConfig {
    /// Where the catalog is kept.
    pub database: DatabaseConfig,
    /// Where the `visibility` service answers, to ask whether a warehouse has any of an item before its tracking or its weighing
    /// changes, or it is retired. Nobody is asked, and nothing refused for it, when it is absent; a process that has the role itself asks
    /// itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visibility: Option<String>,
    /// How often the relay looks for changes that another process committed, in milliseconds. Its own wake it at once.
    pub relay_poll_ms: u64,
    /// The most changes the relay publishes at once.
    pub relay_batch_max: u32,
}

impl Default for CatalogConfig {
    fn default() -> Self {
        Self {
            database: DatabaseConfig::new("sqlite://data/catalog.db"),
            visibility: None,
            relay_poll_ms: 500,
            relay_batch_max: 1_000,
        }
    }
}
