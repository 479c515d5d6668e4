use crate::bench::deployment::{Deployment, Parts};
use crate::bench::load::{Items, Streams};
use crate::bench::report::{Beside, Row};
use crate::bench::run::Bench;
use crate::bench::world;
use crate::output::Failure;

const PLAIN: &str = "the same with plain goods, by turns";
/// A journal that grows, its checkpoints and the server's own make every load slower or faster by the minute: each has as many turns,
/// first or second by turns, too. A turn lasts as long as any other load: what is shorter measures the warming up of its streams.
const TURNS: u32 = 4;

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
        let (plain, tracked) = by_turns(bench, &deployment, items).await?;
        let name = format!("stream, {what}, PostgreSQL ({})", Streams::SHAPE);
        rows.push(Row::new(name, tracked, "movements/s", Beside::new(PLAIN, plain)));
    }
    deployment.end().await?;
    Ok(rows)
}

/// The mean rates of plain goods and of these.
async fn by_turns(bench: &Bench, deployment: &Deployment, items: Items) -> Result<(f64, f64), Failure> {
    let (mut plain, mut tracked) = (0.0, 0.0);
    for turn in 0..TURNS {
        let order = if turn % 2 == 0 { [Items::Uniform, items] } else { [items, Items::Uniform] };
        for of_turn in order {
            let sum = if of_turn == items { &mut tracked } else { &mut plain };
            *sum += rate(bench, deployment, of_turn).await? / f64::from(TURNS);
        }
    }
    Ok((plain, tracked))
}

async fn rate(bench: &Bench, deployment: &Deployment, items: Items) -> Result<f64, Failure> {
    let streams = Streams::start(deployment.stock()?, items).await?;
    let rate = streams.rate(bench.span).await;
    streams.stop().await?;
    Ok(rate)
}
