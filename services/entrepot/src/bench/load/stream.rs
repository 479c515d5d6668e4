use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use proto::stock::v1::document_result::Outcome;
use proto::stock::v1::{PostDocumentsRequest, PostDocumentsResponse};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_stream::wrappers::ReceiverStream;

use super::Items;
use crate::bench::process::Server;
use crate::bench::random::Random;
use crate::bench::world::WAREHOUSE;
use crate::client::Client;
use crate::output::Failure;

/// Streams at once, each on a connection of its own.
const STREAMS: usize = 4;
/// One-line documents of a message.
const DOCUMENTS: usize = 100;
/// Unanswered messages of a stream.
const WINDOW: usize = 16;
/// Not measured: connections, caches and batches find their pace.
const WARM_UP: Duration = Duration::from_secs(1);

/// Streams that post one-line documents until they are stopped.
#[derive(Debug)]
pub(in crate::bench) struct Streams {
    posted: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
    tasks: JoinSet<Result<(), Failure>>,
}

impl Streams {
    /// What a row says about it.
    pub(in crate::bench) const SHAPE: &'static str = "one-line documents, 100 a message, 4 streams";

    /// Starts them and waits until they have their pace.
    pub(in crate::bench) async fn start(server: &Server, items: Items) -> Result<Self, Failure> {
        let mut streams = Self { posted: Arc::default(), stop: Arc::default(), tasks: JoinSet::new() };
        for _ in 0..STREAMS {
            let (client, posted, stop) =
                (server.client().await?, Arc::clone(&streams.posted), Arc::clone(&streams.stop));
            streams.tasks.spawn(async move { post(&client, items, &posted, &stop).await });
        }
        tokio::time::sleep(WARM_UP).await;
        Ok(streams)
    }

    /// Documents answered so far.
    pub(in crate::bench) fn posted(&self) -> u64 {
        self.posted.load(Ordering::Relaxed)
    }

    /// Documents a second, over a span from now.
    pub(in crate::bench) async fn rate(&self, span: Duration) -> f64 {
        let (before, started) = (self.posted(), Instant::now());
        tokio::time::sleep(span).await;
        (self.posted() - before) as f64 / started.elapsed().as_secs_f64()
    }

    /// Waits until so many have been answered, or a stream has failed.
    pub(in crate::bench) async fn reach(&self, documents: u64) {
        while self.posted() < documents && !self.tasks.is_empty() && !self.stop.load(Ordering::Relaxed) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Stops sending and takes the last answers.
    pub(in crate::bench) async fn stop(mut self) -> Result<(), Failure> {
        self.stop.store(true, Ordering::Relaxed);
        while let Some(ended) = self.tasks.join_next().await {
            ended.map_err(|e| Failure::fault(e.to_string()))??;
        }
        Ok(())
    }
}

async fn post(client: &Client, items: Items, posted: &AtomicU64, stop: &AtomicBool) -> Result<(), Failure> {
    let ended = converse(client, items, posted, stop).await;
    // One stream that fails ends the load: a rate without it would be another measurement.
    stop.store(true, Ordering::Relaxed);
    ended
}

async fn converse(
    client: &Client,
    items: Items,
    posted: &AtomicU64,
    stop: &AtomicBool,
) -> Result<(), Failure> {
    let mut random = Random::unrepeated();
    let mut message = || PostDocumentsRequest {
        warehouse: WAREHOUSE.to_owned(),
        documents: (0..DOCUMENTS).map(|_| items.document(&mut random)).collect(),
        catalog_revision: 0,
    };
    let (sender, receiver) = mpsc::channel(WINDOW);
    let mut sender = Some(sender);
    for _ in 0..WINDOW {
        send(sender.as_ref(), message()).await;
    }
    let answers = client.stock().post_documents(ReceiverStream::new(receiver)).await;
    let mut answers = answers.map_err(|e| Failure::from(&e))?.into_inner();
    while let Some(answer) = answers.message().await.map_err(|e| Failure::from(&e))? {
        posted.fetch_add(accepted(&answer)?, Ordering::Relaxed);
        if stop.load(Ordering::Relaxed) {
            sender = None;
        }
        send(sender.as_ref(), message()).await;
    }
    Ok(())
}

async fn send(sender: Option<&mpsc::Sender<PostDocumentsRequest>>, message: PostDocumentsRequest) {
    if let Some(sender) = sender {
        // A broken stream says so in its answers.
        let _broken = sender.send(message).await;
    }
}

/// The number of documents in an answer; all must have been accepted.
pub(in crate::bench) fn accepted(answer: &PostDocumentsResponse) -> Result<u64, Failure> {
    for result in &answer.results {
        match &result.outcome {
            Some(Outcome::Receipt(_)) => {}
            Some(Outcome::Error(error)) => {
                return Err(Failure::fault(format!(
                    "a document was refused: {} {}",
                    error.reason, error.message
                )));
            }
            None => return Err(Failure::fault("an answer says neither yes nor no")),
        }
    }
    Ok(u64::try_from(answer.results.len()).unwrap_or(u64::MAX))
}
