use std::fmt;
use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, FromRedisValue, Pipeline, RedisError, ScriptInvocation};

use super::RedisConfig;
use crate::store::CacheFault;

/// One connection that all calls share, made anew when it breaks.
#[derive(Clone)]
pub(super) struct Connection(ConnectionManager);

impl Connection {
    pub(super) fn open(config: &RedisConfig) -> Result<Self, CacheFault> {
        let timeout = Duration::from_millis(config.timeout_ms.max(1));
        let settings = ConnectionManagerConfig::new()
            .set_response_timeout(Some(timeout))
            .set_connection_timeout(Some(timeout))
            .set_number_of_retries(1);
        // The URL may contain a password: nothing of it goes into an error.
        let unreadable = |_| CacheFault::Rejected {
            reason: "the URL cannot be read: write redis://[user:password@]host:port[/database]".into(),
        };
        let client = Client::open(config.url.as_str()).map_err(unreadable)?;
        ConnectionManager::new_lazy_with_config(client, settings).map(Self).map_err(|e| fault(&e))
    }

    /// Runs commands in one round trip. They must be safe to repeat: a connection that breaks is tried once more.
    pub(super) async fn query<T: FromRedisValue>(&self, commands: &Pipeline) -> Result<T, CacheFault> {
        let mut connection = self.0.clone();
        let first = commands.query_async(&mut connection).await;
        match first {
            Err(error) if is_broken(&error) => {
                commands.query_async(&mut connection).await.map_err(|e| fault(&e))
            }
            other => other.map_err(|e| fault(&e)),
        }
    }

    /// Runs a script by its hash, loading it when Redis does not have it. It must be safe to repeat.
    pub(super) async fn invoke<T: FromRedisValue>(
        &self,
        script: &ScriptInvocation<'_>,
    ) -> Result<T, CacheFault> {
        let mut connection = self.0.clone();
        let first = script.invoke_async(&mut connection).await;
        match first {
            Err(error) if is_broken(&error) => {
                script.invoke_async(&mut connection).await.map_err(|e| fault(&e))
            }
            other => other.map_err(|e| fault(&e)),
        }
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connection")
    }
}

fn is_broken(error: &RedisError) -> bool {
    error.is_io_error() && !error.is_timeout()
}

fn fault(error: &RedisError) -> CacheFault {
    CacheFault::Unavailable { reason: format!("redis: {error}") }
}
