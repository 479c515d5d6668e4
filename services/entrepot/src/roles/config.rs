use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use catalog::CatalogConfig;
use database::{Backend, DatabaseConfig};
use eventlog::EventLogConfig;
use papers::PapersConfig;
use rpc::Reason;
use rpc::server::ServerConfig;
use serde::{Deserialize, Serialize};
use settings::{Settings, SettingsError};
use stock::{StockConfig, StockStore};
use telemetry::TelemetryConfig;
use visibility::{CacheConfig, VisibilityConfig};

use crate::output::Failure;

/// Environment variables of the configuration: `ENTREPOT_SERVER__LISTEN` is `listen` in `[server]`.
const ENV_PREFIX: &str = "ENTREPOT_";
/// What `up` logs when nothing else is said: people want to see the line with `ready`.
const UP_LOG_FILTER: &str = "warn";

/// Everything that can be configured: the file's sections are these fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    /// The directory of `up`.
    pub(crate) data: PathBuf,
    /// The port.
    pub(crate) server: ServerConfig,
    /// Logs, traces and metrics.
    pub(crate) telemetry: TelemetryConfig,
    /// Where services publish, and read what others published.
    pub(crate) eventlog: EventLogConfig,
    /// The catalog service.
    pub(crate) catalog: CatalogConfig,
    /// The stock service.
    pub(crate) stock: StockConfig,
    /// The visibility service.
    pub(crate) visibility: VisibilityConfig,
    /// The papers service.
    pub(crate) papers: PapersConfig,
}

impl Default for Config {
    fn default() -> Self {
        let data = PathBuf::from("entrepot-data");
        let base = Self {
            eventlog: EventLogConfig::Embedded { path: PathBuf::new() },
            server: ServerConfig::default(),
            telemetry: TelemetryConfig::default(),
            catalog: CatalogConfig::default(),
            stock: StockConfig::default(),
            visibility: VisibilityConfig::default(),
            papers: PapersConfig::default(),
            data: data.clone(),
        };
        base.with_embedded_parts(&data)
    }
}

impl Config {
    /// Reads the file, the environment over it, and `flags` (a JSON object; nulls are flags that were not given) over both.
    pub(crate) fn load(file: Option<&PathBuf>, flags: serde_json::Value) -> Result<Self, Failure> {
        let loaded: Self =
            Settings::load(file.map(PathBuf::as_path), ENV_PREFIX, flags).map_err(|e| refused(&e))?;
        Ok(loaded.with_data().with_schemas())
    }

    /// Whatever is embedded and was not placed by name is in the data directory.
    fn with_data(mut self) -> Self {
        let (default, here) = (Self::default(), Self::default().with_embedded_parts(&self.data));
        if self.eventlog == default.eventlog {
            self.eventlog = here.eventlog;
        }
        if self.catalog.database == default.catalog.database {
            self.catalog.database = here.catalog.database;
        }
        if self.stock.store == default.stock.store {
            self.stock.store = here.stock.store;
        }
        if self.papers.database == default.papers.database {
            self.papers.database = here.papers.database;
        }
        self
    }

    /// As TOML, without secrets.
    pub(crate) fn shown(&self) -> String {
        Settings::show(self)
    }

    /// For `up`: every part embedded in the data directory, metrics on the port after the server's, quiet logs. Of what is configured the
    /// rest stays, such as which warehouses it owns.
    #[must_use]
    pub(crate) fn for_up(self) -> Self {
        let data = self.data.clone();
        let mut config = self.with_embedded_parts(&data);
        if config.telemetry.metrics_listen.is_none() {
            config.telemetry.metrics_listen = Some(port_after(config.server.listen));
        }
        if config.telemetry.log_filter == TelemetryConfig::default().log_filter {
            UP_LOG_FILTER.clone_into(&mut config.telemetry.log_filter);
        }
        config
    }

    /// On PostgreSQL every service works in a schema of its own, called like the service when nothing else is said: two of them
    /// in one schema would take each other's tables.
    fn with_schemas(mut self) -> Self {
        in_schema_of_its_own(&mut self.catalog.database, "catalog");
        in_schema_of_its_own(&mut self.papers.database, "papers");
        if let StockStore::Postgres(database) = &mut self.stock.store {
            in_schema_of_its_own(database, "stock");
        }
        self
    }

    fn with_embedded_parts(mut self, data: &Path) -> Self {
        self.eventlog = EventLogConfig::Embedded { path: data.join("events.db") };
        self.catalog.database = DatabaseConfig::sqlite(&data.join("catalog.db"));
        self.stock.store = StockStore::Embedded { directory: data.join("stock") };
        self.visibility.cache = CacheConfig::Memory;
        self.papers.database = DatabaseConfig::sqlite(&data.join("papers.db"));
        self
    }
}

fn in_schema_of_its_own(database: &mut DatabaseConfig, service: &str) {
    if database.backend().is_ok_and(|backend| backend == Backend::Postgres) {
        database.schema.get_or_insert_with(|| service.to_owned());
    }
}

/// Port 0, which the system chooses, stays 0.
fn port_after(listen: SocketAddr) -> SocketAddr {
    let port = if listen.port() == 0 { 0 } else { listen.port().saturating_add(1) };
    SocketAddr::new(listen.ip(), port)
}

fn refused(error: &SettingsError) -> Failure {
    match error {
        SettingsError::UnknownKey { key, .. } => {
            Failure::new(Reason::UnknownConfigKey, error.to_string()).at(key)
        }
        SettingsError::BadValue { key, .. }
        | SettingsError::Missing { key, .. }
        | SettingsError::SecretFile { key, .. }
        | SettingsError::SetTwice { key, .. } => Failure::new(Reason::BadConfig, error.to_string()).at(key),
        SettingsError::Unreadable { .. } | SettingsError::Syntax { .. } => {
            Failure::new(Reason::BadConfig, error.to_string())
        }
        SettingsError::Bug { .. } => Failure::fault(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use stock::Warehouses;

    use super::*;

    #[test]
    fn up_keeps_everything_in_its_directory() {
        let config = Config { data: PathBuf::from("/d"), ..Config::default() }.for_up();
        assert_eq!(config.eventlog, EventLogConfig::Embedded { path: PathBuf::from("/d/events.db") });
        assert_eq!(config.stock.store, StockStore::Embedded { directory: PathBuf::from("/d/stock") });
        assert!(config.catalog.database.url.ends_with("/d/catalog.db"), "{}", config.catalog.database.url);
        assert!(config.papers.database.url.ends_with("/d/papers.db"), "{}", config.papers.database.url);
        assert_eq!(config.telemetry.metrics_listen, Some(SocketAddr::from(([127, 0, 0, 1], 7701))));
    }

    #[test]
    fn up_serves_the_warehouses_that_are_named() {
        let flags = serde_json::json!({ "stock": { "warehouses": ["BER"] } });
        let config = Config::load(None, flags).unwrap().for_up();
        assert_eq!(config.stock.warehouses, Warehouses::Named(vec!["BER".to_owned()]));
        assert_eq!(Config::default().for_up().stock.warehouses, Warehouses::All);
    }

    #[test]
    fn warehouses_are_written_in_several_ways() {
        let named = |codes: &[&str]| Warehouses::Named(codes.iter().map(|code| (*code).to_owned()).collect());
        for (text, expected) in [
            (r#""all""#, Warehouses::All),
            (r#"["BER", "HAM"]"#, named(&["BER", "HAM"])),
            (r#""BER, HAM""#, named(&["BER", "HAM"])),
            (r#"{"named": ["BER"]}"#, named(&["BER"])),
            ("[]", named(&[])),
        ] {
            let read: Warehouses = serde_json::from_str(text).unwrap();
            assert_eq!(read, expected, "{text}");
            let again = serde_json::to_string(&read).unwrap();
            assert_eq!(serde_json::from_str::<Warehouses>(&again).unwrap(), expected, "{again}");
        }
        for text in ["7", r#"{"name": ["BER"]}"#, "[1]"] {
            let error = serde_json::from_str::<Warehouses>(text).unwrap_err().to_string();
            assert!(error.contains(r#"give "all", or codes: ["BER", "HAM"]"#), "{error}");
        }
    }

    #[test]
    fn services_on_one_server_have_a_schema_each() {
        let mut config = Config::default();
        config.catalog.database = DatabaseConfig::new("postgres://h/d");
        config.stock.store = StockStore::Postgres(DatabaseConfig::new("postgres://h/d").with_schema("mine"));
        let config = config.with_schemas();
        assert_eq!(config.catalog.database.schema.as_deref(), Some("catalog"));
        assert_eq!(
            config.stock.store,
            StockStore::Postgres(DatabaseConfig::new("postgres://h/d").with_schema("mine"))
        );
        assert_eq!(Config::default().with_schemas(), Config::default());
    }

    #[test]
    fn every_default_can_be_written_and_read() {
        let text = serde_json::to_string(&Config::default()).unwrap();
        assert_eq!(serde_json::from_str::<Config>(&text).unwrap(), Config::default());
    }
}
