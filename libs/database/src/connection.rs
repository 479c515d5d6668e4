//! The open database.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sea_orm::{DatabaseConnection, SqlxPostgresConnector, SqlxSqliteConnector};
use sqlx::postgres::PgConnectOptions;
use sqlx::{PgPool, SqlitePool};

use crate::{Backend, DatabaseConfig, DatabaseFault, postgres, sqlite};

/// One open SQLite file or PostgreSQL schema. Cloning shares the pool.
#[derive(Clone)]
pub struct Database {
    orm: DatabaseConnection,
    link: Arc<Link>,
}

/// What the ORM's connection does not tell.
pub(crate) enum Link {
    Sqlite { pool: SqlitePool, file: PathBuf },
    Postgres { pool: PgPool, options: Box<PgConnectOptions>, schema: Option<String> },
}

impl Database {
    /// Opens the database of `config`. A SQLite file and its folder, or a PostgreSQL schema, are created when absent.
    ///
    /// # Errors
    /// `Unavailable` when nobody answers within 5 s, `Rejected` when the configuration or the credentials are wrong.
    pub async fn connect(config: &DatabaseConfig) -> Result<Self, DatabaseFault> {
        match config.backend()? {
            Backend::Sqlite => {
                let (pool, file) = sqlite::open(config).await?;
                let orm = SqlxSqliteConnector::from_sqlx_sqlite_pool(pool.clone());
                Ok(Self { orm, link: Arc::new(Link::Sqlite { pool, file }) })
            }
            Backend::Postgres => {
                let (pool, options) = postgres::open(config).await?;
                let orm = SqlxPostgresConnector::from_sqlx_postgres_pool(pool.clone());
                let schema = config.schema.clone();
                Ok(Self { orm, link: Arc::new(Link::Postgres { pool, options: Box::new(options), schema }) })
            }
        }
    }

    /// Which kind of database this is.
    #[must_use]
    pub fn backend(&self) -> Backend {
        match *self.link {
            Link::Sqlite { .. } => Backend::Sqlite,
            Link::Postgres { .. } => Backend::Postgres,
        }
    }

    /// The ORM's connection, for use in `store/` only.
    ///
    /// On SQLite begin writing transactions as `IMMEDIATE` (`begin_with_options`, or `pool.begin_with`): a transaction
    /// that reads first and writes later fails as busy, without waiting, when another writer came between.
    #[must_use]
    pub const fn orm(&self) -> &DatabaseConnection {
        &self.orm
    }

    /// The pool beneath, when this is SQLite.
    #[must_use]
    pub fn sqlite_pool(&self) -> Option<&SqlitePool> {
        match &*self.link {
            Link::Sqlite { pool, .. } => Some(pool),
            Link::Postgres { .. } => None,
        }
    }

    /// The pool beneath, when this is PostgreSQL.
    #[must_use]
    pub fn postgres_pool(&self) -> Option<&PgPool> {
        match &*self.link {
            Link::Postgres { pool, .. } => Some(pool),
            Link::Sqlite { .. } => None,
        }
    }

    /// The database file, when this is SQLite.
    #[must_use]
    pub fn sqlite_file(&self) -> Option<&Path> {
        match &*self.link {
            Link::Sqlite { file, .. } => Some(file),
            Link::Postgres { .. } => None,
        }
    }

    /// Whether the database answers right now (readiness).
    ///
    /// # Errors
    /// `Unavailable` when it does not.
    pub async fn ping(&self) -> Result<(), DatabaseFault> {
        Ok(self.orm.ping().await?)
    }

    /// Closes every connection, after the statements that run now. On SQLite this folds the WAL into the file.
    pub async fn close(&self) {
        match &*self.link {
            Link::Sqlite { pool, .. } => pool.close().await,
            Link::Postgres { pool, .. } => pool.close().await,
        }
    }

    pub(crate) fn link(&self) -> &Link {
        &self.link
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.link {
            Link::Sqlite { file, .. } => {
                f.debug_struct("Database").field("file", file).finish_non_exhaustive()
            }
            Link::Postgres { options, schema, .. } => f
                .debug_struct("Database")
                .field("host", &options.get_host())
                .field("database", &options.get_database())
                .field("schema", schema)
                .finish_non_exhaustive(),
        }
    }
}
