use std::time::Duration;

use crate::bench::baseline::pgbench;
use crate::bench::deployment::{Deployment, Parts};
use crate::bench::load::{Items, Streams};
use crate::bench::report::{Beside, Row};
use crate::bench::run::Bench;
use crate::bench::{usage, world};
use crate::output::Failure;

/// Processor microseconds of a movement that PostgreSQL and the service may take.
const POSTGRES_MICROS: f64 = 12.0;
const SERVICE_MICROS: f64 = 5.0;

/// Processor time, from one moment to another.
struct Meter {
    process: u32,
    before: Duration,
}

impl Meter {
    fn start(process: u32) -> Self {
        Self { process, before: usage::processor_time(process) }
    }

    fn micros_a_movement(&self, movements: u64) -> f64 {
        let used = usage::processor_time(self.process).saturating_sub(self.before);
        used.as_secs_f64() * 1e6 / movements.max(1) as f64
    }
}

/// Streams on PostgreSQL, with the relay publishing to Kafka at the same time.
pub(super) async fn measure(bench: &mut Bench) -> Result<Vec<Row>, Failure> {
    let (uniform, one_row) = (pgbench::uniform(bench).await?, pgbench::one_row(bench).await?);
    let deployment = Deployment::start(Parts::Servers, &bench.servers).await?;
    world::build(&deployment, 1).await?;
    let mut rows = uniform_load(bench, &deployment, uniform).await?;
    let streams = Streams::start(deployment.stock()?, Items::One).await?;
    let rate = streams.rate(bench.span).await;
    streams.stop().await?;
    let name = format!("stream, one hot item, PostgreSQL ({})", Streams::SHAPE);
    rows.insert(1, Row::new(name, rate, "movements/s", Beside::new(pgbench::ONE_ROW, one_row)));
    deployment.end().await?;
    Ok(rows)
}

async fn uniform_load(bench: &Bench, deployment: &Deployment, baseline: f64) -> Result<Vec<Row>, Failure> {
    let streams = Streams::start(deployment.stock()?, Items::Uniform).await?;
    let service = Meter::start(deployment.stock()?.id());
    let postgres = port(bench.servers.postgres()?).and_then(usage::listener).map(Meter::start);
    let before = streams.posted();
    let rate = streams.rate(bench.span).await;
    let movements = streams.posted() - before;
    let name = format!("stream, uniform over 100,000 items, PostgreSQL ({})", Streams::SHAPE);
    let mut rows = vec![Row::new(name, rate, "movements/s", Beside::new(pgbench::UNIFORM, baseline))];
    if let Some(postgres) = postgres {
        let micros = postgres.micros_a_movement(movements);
        let limit = Beside::limit(POSTGRES_MICROS);
        rows.push(Row::new("processor time a movement, PostgreSQL, in that stream", micros, "µs", limit));
    }
    let micros = service.micros_a_movement(movements);
    let limit = Beside::limit(SERVICE_MICROS);
    rows.push(Row::new(
        "processor time a movement, stock with its relay, in that stream",
        micros,
        "µs",
        limit,
    ));
    streams.stop().await?;
    Ok(rows)
}

/// The port in `postgres://user@host:port/database`.
fn port(url: &str) -> Option<u16> {
    let (_, address) = url.split_once("://")?;
    let host = address.rsplit_once('@').map_or(address, |(_, host)| host);
    host.split(['/', '?']).next()?.rsplit_once(':')?.1.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports() {
        assert_eq!(port("postgres://u:p@127.0.0.1:5433/d"), Some(5433));
        assert_eq!(port("postgres://h/d"), None);
    }
}
