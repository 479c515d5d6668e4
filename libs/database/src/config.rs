//! Which database to open.

use std::fmt;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::DatabaseFault;

/// Connections a pool may open when the configuration does not say.
const CONNECTIONS_MAX_DEFAULT: u32 = 8;
/// PostgreSQL cuts identifiers after this many bytes.
const SCHEMA_BYTES_MAX: usize = 63;

/// The kind of database behind a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Backend {
    /// A SQLite file in WAL mode.
    Sqlite,
    /// A PostgreSQL server.
    Postgres,
}

/// Where the database is. `Debug` never shows the password in the URL.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseConfig {
    /// `sqlite:///path/file.db` or `postgres://user:password@host:port/name`.
    pub url: String,
    /// PostgreSQL: the schema every connection works in; it is created if it is absent. Refused for SQLite.
    #[serde(default)]
    pub schema: Option<String>,
    /// Connections the pool may open. SQLite uses at most four of them: it has one writer at a time.
    #[serde(default = "connections_max_default")]
    pub connections_max: u32,
}

impl DatabaseConfig {
    /// The database at `url`, with everything else at its default.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), schema: None, connections_max: CONNECTIONS_MAX_DEFAULT }
    }

    /// A SQLite file, created when it is absent.
    #[must_use]
    pub fn sqlite(file: &Path) -> Self {
        Self::new(format!("sqlite://{}", escape_path(&file.to_string_lossy())))
    }

    /// The same database, working in `schema`.
    #[must_use]
    pub fn with_schema(self, schema: impl Into<String>) -> Self {
        Self { schema: Some(schema.into()), ..self }
    }

    /// Which kind of database the URL names.
    ///
    /// # Errors
    /// [`DatabaseFault::Rejected`] when the scheme is neither `sqlite` nor `postgres`.
    pub fn backend(&self) -> Result<Backend, DatabaseFault> {
        match self.url.split(':').next() {
            Some("sqlite") => Ok(Backend::Sqlite),
            Some("postgres" | "postgresql") => Ok(Backend::Postgres),
            _ => Err(DatabaseFault::rejected("the database url must begin with sqlite:// or postgres://")),
        }
    }

    /// The schema, if there is one, checked so that it needs no quoting anywhere.
    pub(crate) fn schema_checked(&self) -> Result<Option<&str>, DatabaseFault> {
        match self.schema.as_deref() {
            Some(schema) if !is_plain_identifier(schema) => Err(DatabaseFault::rejected(format!(
                "the schema `{schema}` must be 1 to {SCHEMA_BYTES_MAX} lower case letters, digits and \
                 underscores, and begin with a letter or an underscore"
            ))),
            other => Ok(other),
        }
    }
}

impl fmt::Debug for DatabaseConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DatabaseConfig")
            .field("url", &without_password(&self.url))
            .field("schema", &self.schema)
            .field("connections_max", &self.connections_max)
            .finish()
    }
}

const fn connections_max_default() -> u32 {
    CONNECTIONS_MAX_DEFAULT
}

fn is_plain_identifier(text: &str) -> bool {
    let starts_well = text.starts_with(|c: char| c.is_ascii_lowercase() || c == '_');
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    starts_well && text.len() <= SCHEMA_BYTES_MAX && text.chars().all(plain)
}

/// A path as it must stand in a URL: `?` begins the parameters and `%` an escape.
fn escape_path(path: &str) -> String {
    path.replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

/// The URL with everything that can hold a password cut out: user information and parameters.
fn without_password(url: &str) -> String {
    let plain = url.split_once('?').map_or(url, |(before, _)| before);
    match (plain.find("://"), plain.rfind('@')) {
        (Some(scheme), Some(at)) if scheme + 3 <= at => {
            let user = plain[scheme + 3..at].split(':').next().unwrap_or_default();
            format!("{}{user}:***{}", &plain[..scheme + 3], &plain[at..])
        }
        _ => plain.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_the_password() {
        for (url, shown) in [
            ("postgres://u:secret@h:5432/d", "postgres://u:***@h:5432/d"),
            ("postgres://u:se@cret@h/d", "postgres://u:***@h/d"),
            ("postgres://u@h/d?password=secret", "postgres://u:***@h/d"),
            ("postgres://h/d", "postgres://h/d"),
            ("sqlite:///a/b.db", "sqlite:///a/b.db"),
        ] {
            let debug = format!("{:?}", DatabaseConfig::new(url));
            assert!(debug.contains(&format!("{shown:?}")), "{debug}");
            assert!(!debug.contains("cret"), "{debug}");
        }
    }

    #[test]
    fn schemas() {
        for (schema, fine) in
            [("stock", true), ("_s1", true), ("1s", false), ("", false), ("a\"b", false), ("Stock", false)]
        {
            let config = DatabaseConfig::new("postgres://h/d").with_schema(schema);
            assert_eq!(config.schema_checked().is_ok(), fine, "{schema}");
        }
    }

    #[test]
    fn backends() {
        assert_eq!(DatabaseConfig::new("sqlite://a").backend().ok(), Some(Backend::Sqlite));
        assert_eq!(DatabaseConfig::new("postgresql://a").backend().ok(), Some(Backend::Postgres));
        assert!(DatabaseConfig::new("mysql://a").backend().is_err());
    }
}
