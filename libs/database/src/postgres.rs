//! Opening a schema of a PostgreSQL server.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::{AssertSqlSafe, Connection};

use crate::{DatabaseConfig, DatabaseFault};

/// How long a task waits for a connection before it answers that the database is not available.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);
/// Connections that rested longer are tried before they are handed out; busier ones save the round trip.
const TRUSTED_IDLE: Duration = Duration::from_secs(1);
/// SQLSTATE `unique_violation` and `duplicate_schema`: somebody else created the schema at the same moment.
const CREATED_MEANWHILE: [&str; 2] = ["23505", "42P06"];

/// Opens the server of `config`, creates the schema when it is absent and makes it the search path of every connection.
pub(crate) async fn open(config: &DatabaseConfig) -> Result<(PgPool, PgConnectOptions), DatabaseFault> {
    let options = connect_options(config)?;
    let pool = PgPoolOptions::new()
        .max_connections(config.connections_max.max(1))
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move { Ok(meta.idle_for < TRUSTED_IDLE || connection.ping().await.is_ok()) })
        })
        .connect_with(options.clone())
        .await?;
    if let Some(schema) = config.schema_checked()? {
        let mut connection = pool.acquire().await?;
        create_schema(&mut connection, schema).await?;
    }
    Ok((pool, options))
}

fn connect_options(config: &DatabaseConfig) -> Result<PgConnectOptions, DatabaseFault> {
    let mut options = PgConnectOptions::from_str(&config.url)
        .map_err(|error| DatabaseFault::rejected(format!("the postgres url is not valid: {error}")))?
        // The server finds out within seconds that the machine of a claim's holder is gone, and frees the claim.
        // What is committed is durable, whatever the server's or the role's default says.
        .options([
            ("synchronous_commit", "on"),
            ("tcp_keepalives_idle", "5"),
            ("tcp_keepalives_interval", "2"),
            ("tcp_keepalives_count", "3"),
        ]);
    if options.get_application_name().is_none() {
        options = options.application_name(&format!("entrepot-{}", std::process::id()));
    }
    if let Some(schema) = config.schema_checked()? {
        options = options.options([("search_path", schema)]);
    }
    Ok(options)
}

async fn create_schema(connection: &mut PgConnection, schema: &str) -> Result<(), DatabaseFault> {
    // Asked first: a role without the right to create schemas may use one that an administrator made.
    let exists: bool = sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)")
        .bind(schema)
        .fetch_one(&mut *connection)
        .await?;
    if exists {
        return Ok(());
    }
    // Safe to splice: `schema_checked` allows nothing that needs quoting.
    let create = AssertSqlSafe(format!("CREATE SCHEMA IF NOT EXISTS \"{schema}\""));
    match sqlx::query(create).execute(connection).await.map_err(DatabaseFault::from) {
        Err(fault) if !is_created_meanwhile(&fault) => Err(fault),
        _ => Ok(()),
    }
}

fn is_created_meanwhile(fault: &DatabaseFault) -> bool {
    fault.cause().code.as_deref().is_some_and(|code| CREATED_MEANWHILE.contains(&code))
}
