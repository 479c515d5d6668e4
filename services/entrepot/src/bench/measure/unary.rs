use crate::bench::baseline::pgbench;
use crate::bench::deployment::{Deployment, Parts};
use crate::bench::load::Unary;
use crate::bench::report::{Beside, Row};
use crate::bench::run::Bench;
use crate::bench::world;
use crate::output::Failure;

/// Most that 99 % of the calls may take with 64 in flight.
const P99_MS: f64 = 8.0;

/// Unary calls on PostgreSQL; a document has one line.
pub(super) async fn measure(bench: &mut Bench) -> Result<Vec<Row>, Failure> {
    let (uniform, one_client) = (pgbench::uniform(bench).await?, pgbench::one_client(bench).await?);
    let deployment = Deployment::start(Parts::Servers, &bench.servers).await?;
    world::build(&deployment, 1).await?;
    let server = deployment.stock()?;
    let mut single = Unary::run(server, 1, bench.span).await?;
    let mut some = Unary::run(server, 64, bench.span).await?;
    let more = Unary::run(server, 256, bench.span).await?;
    let many = Unary::run(server, 1024, bench.span).await?;
    deployment.end().await?;
    let best = some.rate.max(more.rate).max(many.rate);
    Ok(vec![
        Row::new(
            "unary, 64 in flight, PostgreSQL",
            some.rate,
            "movements/s",
            Beside::new(pgbench::UNIFORM, uniform),
        ),
        Row::new("unary, 64 in flight, p99", some.latencies.percentile_ms(99), "ms", Beside::limit(P99_MS)),
        Row::new(
            "unary, 1 in flight, p50",
            single.latencies.percentile_ms(50),
            "ms",
            Beside::new(pgbench::ONE_CLIENT, one_client),
        ),
        Row::new(
            "unary, 1,024 in flight, PostgreSQL",
            many.rate,
            "movements/s",
            Beside::new("the best of 64, 256 and 1,024 in flight", best),
        ),
    ])
}
