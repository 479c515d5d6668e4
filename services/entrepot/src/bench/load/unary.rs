use std::time::Duration;

use proto::stock::v1::PostDocumentRequest;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::{Items, Latencies};
use crate::bench::process::Server;
use crate::bench::random::Random;
use crate::bench::world::WAREHOUSE;
use crate::client::Client;
use crate::output::Failure;

/// Connections at most.
const CONNECTIONS: usize = 4;
const WARM_UP: Duration = Duration::from_secs(1);

/// What callers saw who each post one document after the other.
#[derive(Debug)]
pub(in crate::bench) struct Unary {
    /// Documents a second.
    pub(in crate::bench) rate: f64,
    /// From the request to its answer.
    pub(in crate::bench) latencies: Latencies,
}

impl Unary {
    /// Runs so many callers for a span.
    pub(in crate::bench) async fn run(
        server: &Server,
        callers: usize,
        span: Duration,
    ) -> Result<Self, Failure> {
        let mut connections = Vec::new();
        for _ in 0..callers.min(CONNECTIONS) {
            connections.push(server.client().await?);
        }
        let from = Instant::now() + WARM_UP;
        let mut tasks = JoinSet::new();
        for client in connections.iter().cycle().take(callers) {
            tasks.spawn(call(client.clone(), from, from + span));
        }
        let mut latencies = Latencies::default();
        while let Some(ended) = tasks.join_next().await {
            latencies.merge(ended.map_err(|e| Failure::fault(e.to_string()))??);
        }
        Ok(Self { rate: latencies.count() as f64 / span.as_secs_f64(), latencies })
    }
}

async fn call(client: Client, from: Instant, until: Instant) -> Result<Latencies, Failure> {
    let (mut stock, mut random, mut latencies) = (client.stock(), Random::unrepeated(), Latencies::default());
    loop {
        let request = PostDocumentRequest {
            warehouse: WAREHOUSE.to_owned(),
            document: Some(Items::Uniform.document(&mut random)),
            ..PostDocumentRequest::default()
        };
        let sent = Instant::now();
        stock.post_document(request).await.map_err(|e| Failure::from(&e))?;
        let answered = Instant::now();
        if answered >= until {
            return Ok(latencies);
        }
        if sent >= from {
            latencies.add(answered - sent);
        }
    }
}
