use std::time::Duration;

use proto::common::v1::Decimal;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{DocumentLine, Expect, ExpectationDirection, SupplyKind};
use proto::visibility::v1::{AvailabilityKey, BatchGetAtpRequest};
use tokio::time::Instant;
use vocabulary::Date;

use super::availability::complete;
use crate::bench::deployment::{Deployment, Parts, View};
use crate::bench::load::Latencies;
use crate::bench::process::Server;
use crate::bench::report::{Beside, Row};
use crate::bench::run::Bench;
use crate::bench::world::{self, WAREHOUSE};
use crate::output::Failure;

const KEYS: usize = 100;
const DAYS: u32 = 180;
const MS: f64 = 5.0;
/// Not measured.
const WARM_UP: Duration = Duration::from_secs(1);

/// Items of which something is expected on some of the days, from the first of these items on.
#[derive(Debug, Clone, Copy)]
struct Plans {
    name: &'static str,
    first: usize,
    /// One day, and then the one so many days later.
    every: usize,
}

const SPARSE: Plans = Plans { name: "every ninth day", first: 0, every: 9 };
const DENSE: Plans = Plans { name: "every day", first: KEYS, every: 1 };

/// What can be promised of 100 keys on each of 180 days, one call after the other, from a view in process and from one in Redis.
pub(super) async fn measure(bench: &mut Bench) -> Result<Vec<Row>, Failure> {
    let deployment = Deployment::start(Parts::Servers, &bench.servers).await?;
    world::build(&deployment, 1).await?;
    let mut lines = Vec::new();
    for plans in [SPARSE, DENSE] {
        lines.extend(expectations(plans)?);
    }
    let newest = world::post(&deployment, lines.into_iter(), 0).await?;
    let mut rows = Vec::new();
    for (view, place) in [(View::Memory, "in process"), (View::Redis, "in Redis")] {
        let server = deployment.start_view(view).await?;
        complete(&server.client().await?, newest).await?;
        for plans in [SPARSE, DENSE] {
            let mut taken = ask(&server, plans, bench.span).await?;
            rows.extend([50, 99].map(|percent| {
                let name = format!(
                    "what can be promised of {KEYS} keys on {DAYS} days, expected {}, view {place}, p{percent}",
                    plans.name
                );
                Row::new(name, taken.percentile_ms(percent), "ms", Beside::limit(MS))
            }));
        }
        server.kill().await?;
    }
    deployment.end().await?;
    Ok(rows)
}

async fn ask(server: &Server, plans: Plans, span: Duration) -> Result<Latencies, Failure> {
    let (client, mut taken) = (server.client().await?, Latencies::default());
    let mut view = client.availability();
    let key = |n| AvailabilityKey { sku: world::sku(plans.first + n), warehouse: WAREHOUSE.to_owned() };
    let request = BatchGetAtpRequest { keys: (0..KEYS).map(key).collect(), days: DAYS, ..Default::default() };
    let from = Instant::now() + WARM_UP;
    while Instant::now() < from + span {
        let sent = Instant::now();
        view.batch_get_atp(request.clone()).await.map_err(|e| Failure::from(&e))?;
        if sent >= from {
            taken.add(sent.elapsed());
        }
    }
    Ok(taken)
}

/// Demand and supply by turns.
fn expectations(plans: Plans) -> Result<Vec<DocumentLine>, Failure> {
    let today = Date::of(rpc::clock::now());
    let mut lines = Vec::new();
    for (offset, turn) in (0..DAYS).step_by(plans.every).zip(0..) {
        let day = today.plus_days(offset).ok_or_else(|| Failure::fault("the calendar ends"))?.to_string();
        lines.extend((0..KEYS).map(|n| expectation(plans.first + n, (offset, &day), turn % 2 == 0)));
    }
    Ok(lines)
}

fn expectation(item: usize, (offset, day): (u32, &str), is_demand: bool) -> DocumentLine {
    let (direction, supply_kind) = if is_demand {
        (ExpectationDirection::Demand, SupplyKind::Unspecified)
    } else {
        (ExpectationDirection::Supply, SupplyKind::Purchase)
    };
    let expect = Expect {
        expectation: format!("E-{item}/{offset}"),
        direction: direction.into(),
        supply_kind: supply_kind.into(),
        sku: world::sku(item),
        quantity: Some(Decimal { value: (10 + offset % 7).to_string() }),
        day: day.to_owned(),
        ..Expect::default()
    };
    DocumentLine { action: Some(Action::Expect(expect)) }
}
