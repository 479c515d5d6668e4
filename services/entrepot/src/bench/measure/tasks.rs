use std::collections::BTreeSet;

use proto::catalog::v1::Tracking;
use proto::events::v1::TaskKind;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::stock_service_client::StockServiceClient;
use proto::stock::v1::{ClaimNextTask, CreateTask, Document, DocumentLine, FinishTask, PostDocumentRequest};
use tokio::task::JoinSet;
use tokio::time::Instant;
use tonic::transport::Channel;

use crate::bench::deployment::{Deployment, Parts};
use crate::bench::report::{Beside, Row};
use crate::bench::run::Bench;
use crate::bench::world::{self, WAREHOUSE};
use crate::client::{Client, request_id_or_new};
use crate::output::Failure;

const WORKERS: usize = 64;
/// Connections of all workers.
const CONNECTIONS: usize = 4;
const OPEN: usize = 100_000;
/// Each worker is given so many, and does each before the next.
const EACH: usize = 300;
const LOCATIONS: usize = 100;
const CLAIMS: f64 = 2_000.0;

/// 64 people who ask for their next task, do it, and ask again, while 100,000 are open.
pub(super) async fn measure(bench: &mut Bench) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    for (parts, name) in [(Parts::Servers, "PostgreSQL"), (Parts::Embedded, "embedded")] {
        let deployment = Deployment::start(parts, &bench.servers).await?;
        world::warehouse(&deployment, LOCATIONS).await?;
        // What is created last is known when all of it is.
        let revision = world::create(&deployment, vec![world::item(&world::sku(0), Tracking::None)]).await?;
        world::post(&deployment, (0..OPEN).map(create), revision).await?;
        let mut connections = Vec::new();
        for _ in 0..CONNECTIONS {
            connections.push(deployment.stock()?.client().await?);
        }
        let started = Instant::now();
        let mut workers = JoinSet::new();
        for (number, client) in connections.iter().cycle().take(WORKERS).enumerate() {
            workers.spawn(work(client.clone(), number));
        }
        let mut given = BTreeSet::new();
        while let Some(ended) = workers.join_next().await {
            given.extend(ended.map_err(|e| Failure::fault(e.to_string()))??);
        }
        let taken = started.elapsed().as_secs_f64();
        deployment.end().await?;
        if given.len() != WORKERS * EACH {
            return Err(Failure::fault(format!("{} tasks were given, some of them twice", given.len())));
        }
        let what = format!("tasks claimed and done by {WORKERS} people, {OPEN} open, none twice, {name}");
        rows.push(Row::new(what, given.len() as f64 / taken, "claims/s", Beside::limit(CLAIMS)));
    }
    Ok(rows)
}

fn create(number: usize) -> DocumentLine {
    let create = CreateTask {
        task: format!("T-{number:06}"),
        kind: TaskKind::Pick.into(),
        from_location: world::location(number % LOCATIONS),
        reference: number.to_string(),
        priority: u32::try_from(number % 3).unwrap_or_default(),
        zone: format!("Z-{}", number % 10),
        ..CreateTask::default()
    };
    DocumentLine { action: Some(Action::CreateTask(create)) }
}

/// The tasks that somebody was given.
async fn work(client: Client, number: usize) -> Result<Vec<String>, Failure> {
    let worker = format!("W-{number}");
    let (mut stock, mut given) = (client.stock(), Vec::new());
    for n in 0..EACH {
        let next = ClaimNextTask {
            worker: worker.clone(),
            zones: vec![format!("Z-{}", number % 10), format!("Z-{}", (number + 1) % 10)],
            at_location: world::location((number + n) % LOCATIONS),
            ..ClaimNextTask::default()
        };
        let tasks = post(&mut stock, Action::ClaimNextTask(next)).await?;
        for task in &tasks {
            let (task, worker) = (task.clone(), worker.clone());
            post(&mut stock, Action::FinishTask(FinishTask { task, worker, quantity: None })).await?;
        }
        given.extend(tasks);
    }
    Ok(given)
}

/// The tasks that a document gave to somebody.
async fn post(stock: &mut StockServiceClient<Channel>, action: Action) -> Result<Vec<String>, Failure> {
    let (request_id, lines) = (request_id_or_new(None), vec![DocumentLine { action: Some(action) }]);
    let document = Some(Document { request_id, lines, ..Document::default() });
    let request = PostDocumentRequest { warehouse: WAREHOUSE.to_owned(), document, ..Default::default() };
    let answer = stock.post_document(request).await.map_err(|e| Failure::from(&e))?.into_inner();
    Ok(answer.receipt.unwrap_or_default().tasks)
}
