//! Bringing the schema up to date, one process at a time, and accepting one that is newer.

use std::marker::PhantomData;
use std::time::Duration;

use sea_orm::sea_query::Query;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbErr, DynIden, SqliteTransactionMode, SqlxPostgresConnector,
    TransactionOptions, TransactionTrait,
};
use sea_orm_migration::{MigrationTrait, MigratorTrait, SchemaManager, async_trait, seaql_migrations};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use tokio::time::Instant;

use crate::connection::Link;
use crate::lock_key::lock_key;
use crate::{Database, DatabaseFault};

/// How long a migration waits for another process that migrates the same schema, or for a table that somebody reads.
const TURN_WAIT_MAX: Duration = Duration::from_secs(600);
/// How long one attempt waits for a table: whoever wants the table after it waits as long.
const TABLE_WAIT_MAX: &str = "SET lock_timeout = '1s'";
/// How long others get the table between two attempts.
const BETWEEN_ATTEMPTS: Duration = Duration::from_secs(1);

impl Database {
    /// Applies the migrations of `M` that are missing. Safe to call from many processes at once, and again.
    ///
    /// * PostgreSQL: the run happens on one connection that holds an advisory lock for its whole life; each migration
    ///   is a transaction. A migration that does not get a table within a second (a long read holds it, and writers would
    ///   wait behind the migration) lets go of it and tries again, for ten minutes.
    /// * SQLite: the whole run is one immediate transaction, so a crash leaves no half of it behind.
    ///
    /// Migrations the database has and `M` does not know are left alone: during a rolling upgrade, and after a roll
    /// back, the older program runs on the newer schema.
    ///
    /// # Errors
    /// `Unavailable` when the database went away, `Rejected` when a migration fails.
    pub async fn migrate<M: MigratorTrait>(&self) -> Result<(), DatabaseFault> {
        // Cheap when there is nothing to do, and tells quickly when the database is gone.
        if self.pending::<M>().await?.is_empty() {
            return Ok(());
        }
        match self.link() {
            Link::Sqlite { .. } => self.migrate_sqlite::<M>().await,
            Link::Postgres { options, schema, .. } => migrate_postgres::<M>(options, schema.as_deref()).await,
        }
    }

    /// The migrations of `M` that are not applied yet, oldest first; ready means there are none. Only reads.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn pending<M: MigratorTrait>(&self) -> Result<Vec<String>, DatabaseFault> {
        let mut pending = names::<M>();
        let table = M::migration_table_name();
        if !SchemaManager::new(self.orm()).has_table(table.to_string()).await? {
            return Ok(pending);
        }
        let versions = Query::select().column(seaql_migrations::Column::Version).from(table).take();
        for row in self.orm().query_all(&versions).await? {
            let applied: String = row.try_get("", "version")?;
            pending.retain(|name| *name != applied);
        }
        Ok(pending)
    }

    async fn migrate_sqlite<M: MigratorTrait>(&self) -> Result<(), DatabaseFault> {
        let immediate = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.orm().begin_with_options(immediate).await?;
        AcceptNewer::<M>::up(&transaction, None).await?;
        Ok(transaction.commit().await?)
    }
}

/// The lock belongs to the connection that migrates, not to one beside it: taken when the connection is made, it is held
/// whenever a statement runs, even if the pool had to make a second connection after the first broke.
async fn migrate_postgres<M: MigratorTrait>(
    options: &PgConnectOptions,
    schema: Option<&str>,
) -> Result<(), DatabaseFault> {
    let key = lock_key(&format!("entrepot.migrate.{}", schema.unwrap_or_default()));
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .acquire_timeout(TURN_WAIT_MAX)
        .idle_timeout(None)
        .max_lifetime(None)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                sqlx::query("SELECT pg_advisory_lock($1)").bind(key).execute(&mut *connection).await?;
                sqlx::query(TABLE_WAIT_MAX).execute(connection).await?;
                Ok(())
            })
        })
        .connect_with(options.clone())
        .await?;
    let orm = SqlxPostgresConnector::from_sqlx_postgres_pool(pool.clone());
    let outcome = up_when_free::<M>(&orm).await;
    pool.close().await;
    outcome
}

async fn up_when_free<M: MigratorTrait>(orm: &DatabaseConnection) -> Result<(), DatabaseFault> {
    let begin = Instant::now();
    loop {
        let fault = match AcceptNewer::<M>::up(orm, None).await {
            Ok(()) => return Ok(()),
            Err(error) => DatabaseFault::from(error),
        };
        if !fault.is_lock_timeout() || begin.elapsed() > TURN_WAIT_MAX {
            return Err(fault);
        }
        tracing::info!("a migration waits for a table that is in use");
        tokio::time::sleep(BETWEEN_ATTEMPTS).await;
    }
}

/// `M`, blind to applied migrations that it does not know. The migrator itself refuses those as lost files.
struct AcceptNewer<M>(PhantomData<fn() -> M>);

#[async_trait::async_trait]
impl<M: MigratorTrait> MigratorTrait for AcceptNewer<M> {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        M::migrations()
    }

    fn migration_table_name() -> DynIden {
        M::migration_table_name()
    }

    async fn get_migration_models<C: ConnectionTrait>(db: &C) -> Result<Vec<seaql_migrations::Model>, DbErr> {
        let known = names::<M>();
        let mut applied = M::get_migration_models(db).await?;
        applied.retain(|model| known.contains(&model.version));
        Ok(applied)
    }
}

fn names<M: MigratorTrait>() -> Vec<String> {
    M::migrations().iter().map(|migration| migration.name().to_owned()).collect()
}
