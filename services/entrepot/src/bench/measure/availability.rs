use std::time::Duration;

use proto::visibility::v1::{AtLeast, AvailabilityKey, BatchGetAvailabilityRequest};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::bench::baseline::redis;
use crate::bench::deployment::{Deployment, Parts, View};
use crate::bench::process::Server;
use crate::bench::random::Random;
use crate::bench::report::{Beside, Row};
use crate::bench::run::Bench;
use crate::bench::world::{self, ITEMS, WAREHOUSE};
use crate::client::Client;
use crate::output::Failure;

const KEYS: usize = 100;
const CONNECTIONS: usize = 4;
const CALLS_A_CONNECTION: usize = 8;
/// The opening receipts: the view is complete when it has them.
const OPENINGS: u64 = 100;

/// Batches of 100 keys over all items, from a view in process and from one in Redis.
pub(super) async fn measure(bench: &mut Bench) -> Result<Vec<Row>, Failure> {
    let mget = redis::keys_a_second(bench.servers.redis()?, bench.span).await?;
    let deployment = Deployment::start(Parts::Servers, &bench.servers).await?;
    world::build(&deployment, 1).await?;
    let mut rows = Vec::new();
    for (view, name) in [(View::Memory, "in process"), (View::Redis, "in Redis")] {
        let server = deployment.start_view(view).await?;
        let rate = read(&server, bench.span).await?;
        server.kill().await?;
        let name = format!("availability, view {name}, batches of 100 keys, 32 calls in flight");
        rows.push(Row::new(name, rate, "keys/s", Beside::new(redis::NAME, mget)));
    }
    deployment.end().await?;
    Ok(rows)
}

async fn read(server: &Server, span: Duration) -> Result<f64, Failure> {
    complete(&server.client().await?, OPENINGS).await?;
    let (mut tasks, started) = (JoinSet::new(), Instant::now());
    for _ in 0..CONNECTIONS {
        let client = server.client().await?;
        for _ in 0..CALLS_A_CONNECTION {
            tasks.spawn(call(client.clone(), started + span));
        }
    }
    let mut keys = 0;
    while let Some(ended) = tasks.join_next().await {
        keys += ended.map_err(|e| Failure::fault(e.to_string()))??;
    }
    Ok(keys as f64 / started.elapsed().as_secs_f64())
}

async fn call(client: Client, until: Instant) -> Result<usize, Failure> {
    let (mut view, mut random, mut read) = (client.availability(), Random::unrepeated(), 0);
    while Instant::now() < until {
        let keys = (0..KEYS).map(|_| key(random.below(ITEMS))).collect();
        let request = BatchGetAvailabilityRequest { keys, ..Default::default() };
        let answer = view.batch_get_availability(request).await.map_err(|e| Failure::from(&e))?;
        read += answer.into_inner().availabilities.len();
    }
    Ok(read)
}

/// Waits until the view has everything up to a sequence.
pub(super) async fn complete(client: &Client, sequence: u64) -> Result<(), Failure> {
    let at_least = vec![AtLeast { warehouse: WAREHOUSE.to_owned(), sequence }];
    let request = BatchGetAvailabilityRequest { keys: vec![key(0)], at_least, ..Default::default() };
    client
        .call(&request, async |request| client.availability().batch_get_availability(request).await)
        .await?;
    Ok(())
}

fn key(item: usize) -> AvailabilityKey {
    AvailabilityKey { sku: world::sku(item), warehouse: WAREHOUSE.to_owned() }
}
