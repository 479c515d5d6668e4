use std::collections::HashMap;
use std::time::Duration;

use proto::stock::v1::PostDocumentRequest;
use proto::visibility::v1::{AtLeast, WatchAvailabilityRequest, WatchAvailabilityResponse};
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior};
use tonic::Streaming;

use super::availability::complete;
use crate::bench::deployment::{Deployment, Parts, View};
use crate::bench::load::{Items, Latencies};
use crate::bench::random::Random;
use crate::bench::report::{Beside, Row};
use crate::bench::run::Bench;
use crate::bench::world::{self, WAREHOUSE};
use crate::client::Client;
use crate::output::Failure;

/// Writes a second.
const RATE: u32 = 500;
const P99_MS: f64 = 100.0;
const OPENINGS: u64 = 100;
/// How long the last changes may take to arrive.
const PATIENCE: Duration = Duration::from_secs(30);

/// From the answer of a write until a watcher of the view has its change, while writes come at a steady rate.
pub(super) async fn measure(bench: &mut Bench) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    let deployment = Deployment::start(Parts::Servers, &bench.servers).await?;
    world::build(&deployment, 1).await?;
    let view = deployment.start_view(View::Redis).await?;
    let through = "PostgreSQL, Kafka, Redis";
    rows.extend(both(bench, (&deployment.stock()?.client().await?, &view.client().await?), through).await?);
    view.kill().await?;
    deployment.end().await?;
    let deployment = Deployment::start(Parts::Embedded, &bench.servers).await?;
    world::build(&deployment, 1).await?;
    let client = deployment.stock()?.client().await?;
    rows.extend(both(bench, (&client, &client), "embedded").await?);
    deployment.end().await?;
    Ok(rows)
}

async fn both(bench: &Bench, (stock, view): (&Client, &Client), through: &str) -> Result<Vec<Row>, Failure> {
    complete(view, OPENINGS).await?;
    let mut lags = lags(stock, view, bench.span).await?;
    Ok([50, 99]
        .map(|percent| {
            let name = format!("commit to visible, {through}, {RATE} writes/s, p{percent}");
            Row::new(name, lags.percentile_ms(percent), "ms", Beside::limit(P99_MS))
        })
        .into())
}

async fn lags(stock: &Client, view: &Client, span: Duration) -> Result<Latencies, Failure> {
    let after = vec![AtLeast { warehouse: WAREHOUSE.to_owned(), sequence: OPENINGS }];
    let watch =
        WatchAvailabilityRequest { warehouses: vec![WAREHOUSE.to_owned()], after, ..Default::default() };
    let changes =
        view.open(watch, async |request| view.availability().watch_availability(request).await).await?;
    let writes = usize::try_from(span.as_secs() * u64::from(RATE)).unwrap_or(usize::MAX);
    let seen =
        tokio::spawn(async move { tokio::time::timeout(span + PATIENCE, arrivals(changes, writes)).await });
    let written = write(stock, writes).await?;
    let seen = seen.await.map_err(|e| Failure::fault(e.to_string()))?;
    let seen = seen.map_err(|_| Failure::fault("the view did not show every write in time"))??;
    let mut lags = Latencies::default();
    for (sequence, answered) in written {
        // Seen before its own answer arrived: as good as at once.
        lags.add(seen.get(&sequence).map_or(PATIENCE, |seen| seen.saturating_duration_since(answered)));
    }
    Ok(lags)
}

/// Posts documents, evenly spaced, whether the ones before have been answered or not.
async fn write(stock: &Client, writes: usize) -> Result<HashMap<u64, Instant>, Failure> {
    let (mut random, mut tasks) = (Random::unrepeated(), JoinSet::new());
    let mut clock = tokio::time::interval(Duration::from_secs(1) / RATE);
    clock.set_missed_tick_behavior(MissedTickBehavior::Burst);
    for _ in 0..writes {
        clock.tick().await;
        let document = Some(Items::Uniform.document(&mut random));
        let request = PostDocumentRequest {
            warehouse: WAREHOUSE.to_owned(),
            document,
            ..PostDocumentRequest::default()
        };
        let mut stock = stock.stock();
        tasks.spawn(async move {
            let answer = stock.post_document(request).await.map_err(|e| Failure::from(&e))?.into_inner();
            Ok::<_, Failure>((answer.receipt.map_or(0, |receipt| receipt.sequence), Instant::now()))
        });
    }
    let mut answered = HashMap::new();
    while let Some(ended) = tasks.join_next().await {
        answered.extend([ended.map_err(|e| Failure::fault(e.to_string()))??]);
    }
    Ok(answered)
}

/// When each sequence arrived.
async fn arrivals(
    mut changes: Streaming<WatchAvailabilityResponse>,
    writes: usize,
) -> Result<HashMap<u64, Instant>, Failure> {
    let mut seen = HashMap::new();
    while seen.len() < writes
        && let Some(change) = changes.message().await.map_err(|e| Failure::from(&e))?
    {
        seen.insert(change.sequence, Instant::now());
    }
    Ok(seen)
}
