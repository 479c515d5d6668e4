//! What Redis answers at most: the same keys with MGET, pipelined.

use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{Client, RedisError, cmd, pipe};
use tokio::task::JoinSet;
use tokio::time::Instant;
use uuid::Uuid;

use crate::bench::random::Random;
use crate::bench::world::ITEMS;
use crate::output::Failure;

/// What a row says about it.
pub(in crate::bench) const NAME: &str = "Redis, MGET of 100 keys, pipelined by 10";

const KEYS: usize = 100;
const COMMANDS: usize = 10;
const CONNECTIONS: usize = 2;
/// As long as what a view keeps of an item in a warehouse.
const VALUE: &str = "1000000 1000000 12";

/// Keys a second.
pub(in crate::bench) async fn keys_a_second(url: &str, span: Duration) -> Result<f64, Failure> {
    measure(url, span).await.map_err(|e| Failure::fault(format!("the Redis baseline: {e}")))
}

async fn measure(url: &str, span: Duration) -> Result<f64, RedisError> {
    let (client, prefix) = (Client::open(url)?, format!("bench-{}", Uuid::new_v4().simple()));
    let mut connection = client.get_multiplexed_async_connection().await?;
    let keys: Vec<String> = (0..ITEMS).map(|n| format!("{prefix}:{n}")).collect();
    for chunk in keys.chunks(1000) {
        let mut set = cmd("MSET");
        chunk.iter().for_each(|key| {
            set.arg(key).arg(VALUE);
        });
        set.query_async::<()>(&mut connection).await?;
    }
    let (mut tasks, started) = (JoinSet::new(), Instant::now());
    for _ in 0..CONNECTIONS {
        let connection = client.get_multiplexed_async_connection().await?;
        tasks.spawn(read(connection, prefix.clone(), started + span));
    }
    let mut read = 0;
    while let Some(ended) = tasks.join_next().await {
        read += ended.unwrap_or(Ok(0))?;
    }
    let rate = read as f64 / started.elapsed().as_secs_f64();
    for chunk in keys.chunks(1000) {
        cmd("DEL").arg(chunk).query_async::<()>(&mut connection).await?;
    }
    Ok(rate)
}

async fn read(
    mut connection: MultiplexedConnection,
    prefix: String,
    until: Instant,
) -> Result<usize, RedisError> {
    let (mut random, mut read) = (Random::unrepeated(), 0);
    while Instant::now() < until {
        let mut pipe = pipe();
        for _ in 0..COMMANDS {
            let keys: Vec<_> = (0..KEYS).map(|_| format!("{prefix}:{}", random.below(ITEMS))).collect();
            pipe.cmd("MGET").arg(keys);
        }
        let values: Vec<Vec<Option<String>>> = pipe.query_async(&mut connection).await?;
        read += values.iter().flatten().flatten().count();
    }
    Ok(read)
}
