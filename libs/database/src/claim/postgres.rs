//! The claim on PostgreSQL: an advisory lock, held by a connection that does nothing else.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgListener, PgPool, PgPoolOptions};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::ClaimFault;
use crate::connection::Link;
use crate::lock_key::lock_key;
use crate::{Database, DatabaseFault};

/// How long making the connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How often the connection is tried. A server that says good-bye is noticed at once; this finds the silent ones.
const HEARTBEAT: Duration = Duration::from_secs(3);
/// How long the server may take to answer a heartbeat before the claim counts as lost.
const HEARTBEAT_TIMEOUT: Duration = Duration::from_secs(5);

/// An advisory lock of a PostgreSQL server, keyed by a name within one schema. The server frees it when the connection
/// ends.
///
/// A task watches the connection: the claim counts as lost as soon as the server closes it, or when it does not answer
/// for a few seconds. Dropping the claim closes the connection.
#[derive(Debug)]
pub struct PostgresClaim {
    held: watch::Receiver<bool>,
    stop: Option<oneshot::Sender<()>>,
    keeper: Option<JoinHandle<()>>,
    backend_pid: i32,
}

impl PostgresClaim {
    /// Claims `name` in the schema of `database`.
    ///
    /// # Errors
    /// [`ClaimFault::Held`] when somebody else holds it; [`ClaimFault::Database`] when the server does not answer, or
    /// the database is not PostgreSQL.
    pub async fn acquire(database: &Database, name: &str) -> Result<Self, ClaimFault> {
        let Link::Postgres { options, schema, .. } = database.link() else {
            return Err(
                DatabaseFault::rejected("this claim needs PostgreSQL; use a file claim for SQLite").into()
            );
        };
        let key = lock_key(&format!("entrepot.claim.{}.{name}", schema.as_deref().unwrap_or_default()));
        let pool = claim_pool(options).await?;
        match lock(&pool, key, name).await {
            Ok((listener, backend_pid)) => Ok(Self::keep(pool, listener, backend_pid)),
            Err(fault) => {
                pool.close().await;
                Err(fault)
            }
        }
    }

    /// Whether the claim is still ours, as far as we know.
    #[must_use]
    pub fn is_held(&self) -> bool {
        *self.held.borrow()
    }

    /// Resolves when the claim was lost. Cancel safe.
    pub async fn lost(&mut self) {
        // An error means that the keeper is gone, and the connection with it.
        let _ = self.held.wait_for(|held| !held).await;
    }

    /// Gives the claim back and waits until the server has freed it.
    pub async fn release(mut self) {
        self.stop.take();
        if let Some(keeper) = self.keeper.take()
            && let Err(error) = keeper.await
        {
            tracing::warn!(%error, "the task that keeps a claim failed");
        }
    }

    /// The server's process that holds the lock (`pg_stat_activity.pid`).
    #[must_use]
    pub const fn backend_pid(&self) -> i32 {
        self.backend_pid
    }

    fn keep(pool: PgPool, listener: PgListener, backend_pid: i32) -> Self {
        let (held_sender, held) = watch::channel(true);
        let (stop, stopped) = oneshot::channel();
        let keeper = tokio::spawn(async move {
            let mut listener = listener;
            tokio::select! {
                () = connection_lost(&mut listener) => {
                    tracing::warn!(backend_pid, "lost the connection that holds a claim");
                }
                // The sender is only ever dropped: by `release`, or with the claim.
                _ = stopped => {}
            }
            let _ = held_sender.send(false);
            drop(listener);
            pool.close().await;
        });
        Self { held, stop: Some(stop), keeper: Some(keeper), backend_pid }
    }
}

/// A pool of one connection that is never recycled. It exists because the listener takes its connection from a pool.
async fn claim_pool(options: &PgConnectOptions) -> Result<PgPool, DatabaseFault> {
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .acquire_timeout(CONNECT_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.clone())
        .await?;
    Ok(pool)
}

async fn lock(pool: &PgPool, key: i64, name: &str) -> Result<(PgListener, i32), ClaimFault> {
    let mut listener = PgListener::connect_with(pool).await.map_err(DatabaseFault::from)?;
    // A new connection would come without the lock: losing this one must be final.
    listener.eager_reconnect(false);
    let (locked, backend_pid): (bool, i32) =
        sqlx::query_as("SELECT pg_try_advisory_lock($1), pg_backend_pid()")
            .bind(key)
            .fetch_one(&mut listener)
            .await
            .map_err(DatabaseFault::from)?;
    if locked {
        return Ok((listener, backend_pid));
    }
    let holder = holder(&mut listener, key).await.map_err(DatabaseFault::from)?;
    Err(ClaimFault::Held { name: name.to_owned(), holder })
}

/// Who holds the lock, in words. The key is split over two columns of `pg_locks`.
async fn holder(listener: &mut PgListener, key: i64) -> Result<String, sqlx::Error> {
    let found: Option<String> = sqlx::query_scalar(
        "SELECT format('%s at %s (server process %s, since %s)',
                       coalesce(nullif(a.application_name, ''), 'a program without a name'),
                       coalesce(host(a.client_addr), 'the server''s own machine'),
                       a.pid, to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'))
           FROM pg_locks l JOIN pg_stat_activity a USING (pid)
          WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND ((l.classid::bigint << 32) | l.objid::bigint) = $1",
    )
    .bind(key)
    .fetch_optional(listener)
    .await?;
    Ok(found.unwrap_or_else(|| "another connection".to_owned()))
}

/// Resolves when the server closes the connection or stops answering on it.
async fn connection_lost(listener: &mut PgListener) {
    let mut heartbeat = interval(HEARTBEAT);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            // Nobody notifies us: this waits on the socket, and ends when the connection does.
            message = listener.try_recv() => match message {
                Ok(Some(_)) => {}
                Ok(None) | Err(_) => return,
            },
            _ = heartbeat.tick() => {
                let beat = sqlx::query("SELECT 1").execute(&mut *listener);
                if !matches!(timeout(HEARTBEAT_TIMEOUT, beat).await, Ok(Ok(_))) {
                    return;
                }
            }
        }
    }
}
