use crate::bench::baseline::sqlite;
use crate::bench::deployment::{Deployment, Parts};
use crate::bench::load::{Items, Streams};
use crate::bench::report::{Beside, Row};
use crate::bench::run::Bench;
use crate::bench::world;
use crate::output::Failure;

/// Streams on SQLite: one process with every role, so relay and view work at the same time.
pub(super) async fn measure(bench: &mut Bench) -> Result<Vec<Row>, Failure> {
    let limit = sqlite::rows_a_second(bench.span).await?;
    let deployment = Deployment::start(Parts::Embedded, &bench.servers).await?;
    world::build(&deployment, 1).await?;
    let streams = Streams::start(deployment.stock()?, Items::Uniform).await?;
    let rate = streams.rate(bench.span).await;
    streams.stop().await?;
    deployment.end().await?;
    let name = format!("stream, embedded, all roles in one process ({})", Streams::SHAPE);
    Ok(vec![Row::new(name, rate, "movements/s", Beside::new(sqlite::NAME, limit))])
}
