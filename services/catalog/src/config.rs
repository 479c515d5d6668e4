use database::DatabaseConfig;
use serde::{Deserialize, Serialize};

/// How the catalog service runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CatalogConfig {
    /// Where the catalog is kept.
    pub database: DatabaseConfig,
    /// How often the relay looks for changes that another process committed, in milliseconds. Its own wake it at once.
    pub relay_poll_ms: u64,
    /// The most changes the relay publishes at once.
    pub relay_batch_max: u32,
}

impl Default for CatalogConfig {
    fn default() -> Self {
        Self {
            database: DatabaseConfig::new("sqlite://data/catalog.db"),
            relay_poll_ms: 500,
            relay_batch_max: 1_000,
        }
    }
}
