use std::time::Duration;

use proto::stock::v1::GetPositionRequest;

use crate::bench::deployment::{Deployment, Parts};
use crate::bench::load::{Items, Streams};
use crate::bench::report::{Beside, Row};
use crate::bench::run::Bench;
use crate::bench::world::{self, WAREHOUSE};
use crate::output::Failure;

const ROWS: u64 = 1_000_000;
const SECONDS: f64 = 2.0;
/// No checkpoint comes between.
const NEVER: u64 = 1_000_000_000;

/// Killed, started again, asked for a position until it answers: a view in memory may still be behind then.
pub(super) async fn measure(bench: &mut Bench) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    for (parts, name) in [(Parts::Servers, "PostgreSQL"), (Parts::Embedded, "SQLite")] {
        let mut deployment = Deployment::with_checkpoints(parts, &bench.servers, Some(NEVER)).await?;
        world::build(&deployment, 1).await?;
        let streams = Streams::start(deployment.stock()?, Items::Uniform).await?;
        streams.reach(ROWS).await;
        streams.stop().await?;
        let started = deployment.restart_stock().await?;
        answers(&deployment).await?;
        let taken = started.elapsed().as_secs_f64();
        deployment.end().await?;
        let name = format!("restart after kill -9, {name}, 1,000,000 journal rows after the checkpoint");
        rows.push(Row::new(name, taken, "s", Beside::limit(SECONDS)));
    }
    Ok(rows)
}

async fn answers(deployment: &Deployment) -> Result<(), Failure> {
    let mut stock = deployment.stock()?.client().await?.stock();
    let request = GetPositionRequest {
        warehouse: WAREHOUSE.to_owned(),
        sku: world::sku(0),
        location: world::location(0),
        as_of_sequence: 0,
        ..GetPositionRequest::default()
    };
    while let Err(status) = stock.get_position(request.clone()).await {
        // Before the master data has arrived again, nothing is known.
        if !rpc::client::is_retryable(&status) && status.code() != tonic::Code::NotFound {
            return Err(Failure::from(&status));
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Ok(())
}
