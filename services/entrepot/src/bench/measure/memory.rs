use crate::bench::deployment::{Deployment, Parts};
use crate::bench::load::{Items, Streams};
use crate::bench::report::{Beside, Row};
use crate::bench::run::Bench;
use crate::bench::world::ITEMS;
use crate::bench::{usage, world};
use crate::output::Failure;

/// Of all items, at each: 1,000,000 positions.
const LOCATIONS: usize = 10;
const REQUESTS: u64 = 10_000_000;
const MEGABYTES: f64 = 800.0;

/// Resident memory of the process of stock on PostgreSQL, after it took so many documents.
pub(super) async fn measure(bench: &mut Bench) -> Result<Vec<Row>, Failure> {
    let scale = usize::try_from(bench.scale).unwrap_or(100);
    let (locations, requests) = ((LOCATIONS * scale).div_ceil(100), REQUESTS * bench.scale / 100);
    let deployment = Deployment::start(Parts::Servers, &bench.servers).await?;
    world::build(&deployment, locations).await?;
    let streams = Streams::start(deployment.stock()?, Items::Uniform).await?;
    streams.reach(requests).await;
    streams.stop().await?;
    let megabytes = usage::resident_bytes(deployment.stock()?.id()) as f64 / 1e6;
    deployment.end().await?;
    let name = format!(
        "memory of stock, {} positions, {requests} remembered requests (--scale {})",
        locations * ITEMS,
        bench.scale
    );
    Ok(vec![Row::new(name, megabytes, "MB", Beside::limit(MEGABYTES))])
}
