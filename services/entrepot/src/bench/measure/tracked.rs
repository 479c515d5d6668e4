use crate::bench::deployment::{Deployment, Parts};
use crate::bench::load::{Items, Streams};
use crate::bench::report::{Beside, Row};
use crate::bench::run::Bench;
use crate::bench::world;
use crate::output::Failure;

const PLAIN: &str = "the same with plain goods, just before";

/// Streams on PostgreSQL of goods that are told apart, beside the same of plain ones.
pub(super) async fn measure(bench: &mut Bench) -> Result<Vec<Row>, Failure> {
    let deployment = Deployment::start(Parts::Servers, &bench.servers).await?;
    world::build(&deployment, 1).await?;
    world::add_tracked(&deployment).await?;
    let mut rows = Vec::new();
    for (items, what) in [
        (Items::Lots, "issues of 100,000 items with two lots each, first to expire first"),
        (Items::Tracked, "a third each: such issues, promises of them anywhere, receipts of units by number"),
    ] {
        let plain = rate(bench, &deployment, Items::Uniform).await?;
        let tracked = rate(bench, &deployment, items).await?;
        let name = format!("stream, {what}, PostgreSQL ({})", Streams::SHAPE);
        rows.push(Row::new(name, tracked, "movements/s", Beside::new(PLAIN, plain)));
    }
    deployment.end().await?;
    Ok(rows)
}

async fn rate(bench: &Bench, deployment: &Deployment, items: Items) -> Result<f64, Failure> {
    let streams = Streams::start(deployment.stock()?, items).await?;
    let rate = streams.rate(bench.span).await;
    streams.stop().await?;
    Ok(rate)
}
