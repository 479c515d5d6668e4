use std::sync::Arc;
use std::time::Duration;

use catalog_view::CatalogView;
use eventlog::EventLog;
use rpc::{ApiError, Backoff, Reason};
use rustc_hash::FxHashMap;
use tokio::sync::{Notify, Semaphore, mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use vocabulary::{Sequence, WarehouseCode};

use super::batch::DueCheckpoint;
use super::committer::Committer;
use super::doubles::Doubles;
use super::expiry::{Bell, Expiry};
use super::holder::Holder;
use super::inspector::Inspector;
use super::load::{Loaded, load};
use super::metrics::PartitionMetrics;
use super::owner::{Owner, Wiring};
use super::queue::{NotQueued, Queue, queue};
use super::remembered::Remembered;
use super::{Answer, Job, KnownIds, Request, Tail};
use crate::config::Limits;
use crate::feed::Relay;
use crate::store::{CheckpointStore, JournalReader, PartitionStore, StoreFault, StoreRoot};

/// How long a caller should wait before it asks a partition again that is not running.
const RETRY_AFTER: Duration = Duration::from_millis(200);
/// A partition that ran so long, or wrote something, is opened again without delay.
const PROVEN_AFTER: Duration = Duration::from_secs(10);
/// Request ids read at once in the background.
const IDS_PAGE: u64 = 50_000;

/// Whether a partition takes requests.
#[derive(Debug, Clone)]
pub(crate) enum Status {
    /// It does.
    Running(Queue, JournalReader),
    /// It does not, at the moment.
    Down(Reason, String),
}

/// A partition, as its callers see it.
#[derive(Debug, Clone)]
pub(crate) struct Handle {
    pub(crate) warehouse: WarehouseCode,
    pub(crate) tail: Arc<Tail>,
    status: watch::Receiver<Status>,
}

/// One life of a partition, from its opening to its next fault.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) partition: Handle,
    jobs: Queue,
}

/// What a partition's supervisor needs.
#[derive(Debug, Clone)]
pub(super) struct Supervisor {
    pub(super) warehouse: WarehouseCode,
    pub(super) root: StoreRoot,
    pub(super) log: EventLog,
    pub(super) catalog: CatalogView,
    pub(super) doubles: Doubles,
    pub(super) limits: Limits,
    /// Told when the partition starts or stops.
    pub(super) moved: Arc<Notify>,
    pub(super) cancel: CancellationToken,
}

impl Handle {
    /// Posts without waiting for room in the queue.
    pub(crate) async fn try_post(&self, requests: Vec<Request>) -> Result<Vec<Answer>, ApiError> {
        let (reply, answer) = oneshot::channel();
        self.try_send(Job::Post { requests, reply })?;
        answer.await.map_err(|_| self.interrupted())
    }

    /// Judges without recording anything.
    pub(crate) async fn judge(&self, request: Request) -> Result<Answer, ApiError> {
        let (reply, answer) = oneshot::channel();
        self.try_send(Job::Judge { request, reply })?;
        answer.await.map_err(|_| self.interrupted())
    }

    fn try_send(&self, job: Job) -> Result<(), ApiError> {
        self.jobs()?.try_send(job).map_err(|refused| match refused {
            NotQueued::Full => {
                let code = &self.warehouse;
                let message = format!("warehouse {code} has as much waiting as it can take: send slower");
                ApiError::unavailable(Reason::QueueFull, message, RETRY_AFTER)
            }
            NotQueued::Closed => self.interrupted(),
        })
    }

    /// The partition as it runs now, for requests that must keep their order.
    pub(crate) fn session(&self) -> Result<Session, ApiError> {
        Ok(Session { partition: self.clone(), jobs: self.jobs()? })
    }

    /// Looks at the state; answers when everything the look saw is durable.
    pub(crate) async fn look<T, F>(&self, look: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce(&stock_core::State) -> T + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = Job::Look(Box::new(move |state| {
            let seen = look(state);
            Box::new(move || drop(reply.send(seen)))
        }));
        self.jobs()?.send(job).await.map_err(|_| self.interrupted())?;
        answer.await.map_err(|_| self.interrupted())
    }

    /// The journal, if the partition is running.
    pub(crate) fn journal(&self) -> Result<JournalReader, ApiError> {
        match &*self.status.borrow() {
            Status::Running(_, journal) => Ok(journal.clone()),
            Status::Down(reason, why) => Err(self.down(*reason, why)),
        }
    }

    /// Whether it is being opened for the first time.
    pub(crate) fn is_opening(&self) -> bool {
        matches!(*self.status.borrow(), Status::Down(Reason::OwnerStarting, _))
    }

    /// Why it does not run now; nothing when it does, or when no waiting helps.
    pub(crate) fn waits_for(&self) -> Option<String> {
        match &*self.status.borrow() {
            Status::Running(..) => None,
            // A damaged journal waits for a person; the other warehouses must not wait with it.
            Status::Down(Reason::JournalDamaged, _) => None,
            Status::Down(_, why) => Some(why.clone()),
        }
    }

    /// The error of a request whose outcome is unknown: the same request may be sent again.
    pub(crate) fn interrupted(&self) -> ApiError {
        let message = format!(
            "warehouse {} was interrupted before it could answer: send the same request again",
            self.warehouse
        );
        let reason = match &*self.status.borrow() {
            Status::Down(reason, _) => *reason,
            Status::Running(..) => Reason::DatabaseUnavailable,
        };
        ApiError::unavailable(reason, message, RETRY_AFTER)
    }

    fn jobs(&self) -> Result<Queue, ApiError> {
        match &*self.status.borrow() {
            Status::Running(jobs, _) => Ok(jobs.clone()),
            Status::Down(reason, why) => Err(self.down(*reason, why)),
        }
    }

    fn down(&self, reason: Reason, why: &str) -> ApiError {
        let message = format!("warehouse {} does not take requests now: {why}", self.warehouse);
        ApiError::unavailable(reason, message, RETRY_AFTER)
    }
}

impl Session {
    /// Posts when there is room in the queue; the answer comes through the receiver. Fails for ever once the partition was
    /// interrupted: what follows an unanswered request must not overtake it when the partition is back.
    pub(crate) async fn post(
        &self,
        requests: Vec<Request>,
    ) -> Result<oneshot::Receiver<Vec<Answer>>, ApiError> {
        let (reply, answer) = oneshot::channel();
        let posted = self.jobs.send(Job::Post { requests, reply }).await;
        posted.map_err(|_| self.partition.interrupted())?;
        Ok(answer)
    }
}

impl Supervisor {
    /// Starts the partition's task, which opens the partition again after every fault until it is cancelled.
    pub(super) fn spawn(self) -> (Handle, JoinHandle<()>) {
        let tail = Arc::new(Tail::new(self.limits.tail_bytes_max));
        let (status, seen) = watch::channel(Status::Down(Reason::OwnerStarting, "it is starting".to_owned()));
        let handle = Handle { warehouse: self.warehouse.clone(), tail: Arc::clone(&tail), status: seen };
        (handle, tokio::spawn(async move { self.keep_running(tail, status).await }))
    }

    async fn keep_running(self, tail: Arc<Tail>, status: watch::Sender<Status>) {
        let mut backoff = Backoff::new(Duration::from_millis(100), Duration::from_secs(5));
        let mut logged = String::new();
        while !self.cancel.is_cancelled() {
            match self.run(&tail, &status, &mut backoff).await {
                Ok(()) => break,
                Err(fault) => {
                    let text = fault.to_string();
                    // One line an outage, not one an attempt.
                    if text != logged {
                        tracing::warn!(warehouse = %self.warehouse, fault = %text, "the partition does not run: opening it until it does");
                    }
                    self.tell(&status, Status::Down(reason(&fault), text.clone()));
                    logged = text;
                }
            }
            tokio::select! {
                () = backoff.wait() => {}
                () = self.cancel.cancelled() => break,
            }
        }
        self.tell(&status, Status::Down(Reason::ShuttingDown, "the server is stopping".to_owned()));
    }

    fn tell(&self, status: &watch::Sender<Status>, now: Status) {
        status.send_replace(now);
        self.moved.notify_one();
    }

    /// One life of the partition: open, load, run until cancelled or broken.
    async fn run(
        &self,
        tail: &Arc<Tail>,
        status: &watch::Sender<Status>,
        backoff: &mut Backoff,
    ) -> Result<(), StoreFault> {
        let PartitionStore { appender, journal, checkpoints } = self.root.partition(&self.warehouse).await?;
        let began = Instant::now();
        let loaded = load(&self.warehouse, &journal, &checkpoints).await?;
        let (sequence, replayed) = (loaded.head.sequence, loaded.request_ids.len());
        let seconds = began.elapsed().as_secs_f64();
        tracing::info!(warehouse = %self.warehouse, %sequence, replayed, seconds, "the partition is loaded");
        tail.reset(loaded.head);
        let metrics = PartitionMetrics::new(&self.warehouse);
        let stop = self.cancel.child_token();
        let (jobs, waiting) = queue(&self.limits);
        let (batches, written) = mpsc::channel(1);
        let (changes, due) = mpsc::channel(1);
        let durable = loaded.head.sequence;
        let committer = Committer {
            appender,
            tail: Arc::clone(tail),
            checkpoints: changes,
            metrics: metrics.clone(),
            durable,
        };
        let committer = tokio::spawn(committer.run(written));
        let written_checkpoint = Arc::new(Notify::new());
        let checkpointer =
            keep_checkpoints(checkpoints.clone(), due, Arc::clone(&written_checkpoint), stop.clone());
        let checkpointer = tokio::spawn(checkpointer);
        let inspector =
            Inspector::new(&self.warehouse, journal.clone(), Arc::clone(tail), metrics.clone(), &self.limits);
        let inspector = tokio::spawn(inspector.run(written_checkpoint, stop.clone()));
        let published = CancellationToken::new();
        let relay = Relay::new(
            &self.warehouse,
            self.log.clone(),
            Arc::clone(tail),
            journal.clone(),
            self.limits.relay_entries_max,
        );
        let relay = tokio::spawn(relay.run(metrics.clone(), published.clone()));
        let known_ids = read_known_ids(journal.clone(), loaded.checkpoint);
        let holder = tokio::spawn(self.holder(jobs.clone(), metrics.clone()).run(stop.clone()));
        let (expiry, bell) = Expiry::new(jobs.clone(), loaded.state.next_expiry());
        let expiry = tokio::spawn(expiry.run(stop.clone()));
        let owner = self.owner(loaded, &journal, (metrics, bell));
        self.tell(status, Status::Running(jobs, journal));
        let opened = Instant::now();
        let ended = owner.run(Wiring { jobs: waiting, batches, known_ids, stop: stop.clone() }).await;
        stop.cancel();
        // One that opens and cannot write is not opened again and again at once: a full disk lasts.
        if tail.durable().borrow().sequence > durable || opened.elapsed() >= PROVEN_AFTER {
            backoff.reset();
        }
        let committed = joined(committer.await);
        // Callers and probes are told now: what follows may take a while.
        if let Some(fault) = committed.as_ref().err().or_else(|| ended.as_ref().err()) {
            self.tell(status, Status::Down(reason(fault), fault.to_string()));
        }
        published.cancel();
        let _finished = (holder.await, inspector.await, checkpointer.await, expiry.await);
        let _finished = relay.await;
        // The claim is held until here: nobody else may write the checkpoint before.
        let _claim = committed?;
        let last = ended?;
        if last.head.sequence > last.base {
            checkpoints.advance(&last).await?;
        }
        if self.cancel.is_cancelled() { Ok(()) } else { Err(StoreFault::Fenced) }
    }

    fn holder(&self, jobs: Queue, metrics: PartitionMetrics) -> Holder {
        let (warehouse, catalog) = (self.warehouse.clone(), self.catalog.clone());
        let doubles = self.doubles.clone();
        let every = Duration::from_millis(self.limits.hold_look_ms.max(1));
        Holder { warehouse, catalog, doubles, jobs, metrics, every }
    }

    fn owner(
        &self,
        loaded: Loaded,
        journal: &JournalReader,
        (metrics, expiry): (PartitionMetrics, Bell),
    ) -> Owner {
        let answers_max =
            self.limits.remembered_answers_max.max(self.limits.batch_documents_max.saturating_mul(8));
        let mut remembered = Remembered::new(answers_max);
        loaded.request_ids.iter().for_each(|id| remembered.note(*id));
        Owner {
            state: loaded.state,
            head: loaded.head,
            remembered,
            checkpoint: loaded.checkpoint,
            journal: journal.clone(),
            limits: self.limits.clone(),
            metrics,
            checkpoint_slot: Arc::new(Semaphore::new(1)),
            looked_up: FxHashMap::default(),
            expiry,
        }
    }
}

/// Writes the checkpoints that come. An outage delays one; one that does not follow what is stored ends this life of the
/// partition, and the next start replays from the last one that was written.
async fn keep_checkpoints(
    checkpoints: CheckpointStore,
    mut due: mpsc::Receiver<DueCheckpoint>,
    written: Arc<Notify>,
    stop: CancellationToken,
) {
    while let Some(DueCheckpoint { change, _slot }) = due.recv().await {
        let mut backoff = Backoff::new(Duration::from_millis(200), Duration::from_secs(5));
        while let Err(fault) = checkpoints.advance(&change).await {
            tracing::warn!(%fault, sequence = %change.head.sequence, "a checkpoint could not be written");
            if matches!(fault, StoreFault::Fenced) {
                // What is stored is not what this owner builds on: it has to start from what is.
                stop.cancel();
            }
            if stop.is_cancelled() {
                return;
            }
            backoff.wait().await;
        }
        written.notify_one();
    }
}

/// Reads the ids of all requests up to a checkpoint, in the background: the owner asks the store about every id until this
/// has ended.
fn read_known_ids(journal: JournalReader, until: Sequence) -> mpsc::Receiver<KnownIds> {
    let (pages, receiver) = mpsc::channel(2);
    tokio::spawn(async move {
        let mut after = Sequence::START;
        let mut backoff = Backoff::new(Duration::from_millis(200), Duration::from_secs(5));
        while after < until && !pages.is_closed() {
            let Ok(page) = journal.request_ids(after, IDS_PAGE).await else {
                backoff.wait().await;
                continue;
            };
            // The checkpoint's own entry is in the journal, so a page before it is never empty.
            let Some((last, _)) = page.last() else { return };
            after = *last;
            let page = KnownIds::Page(page.into_iter().map(|(_, id)| id).collect());
            if pages.send(page).await.is_err() {
                return;
            }
        }
        let _ended = pages.send(KnownIds::Complete).await;
    });
    receiver
}

fn joined<T>(result: Result<Result<T, StoreFault>, tokio::task::JoinError>) -> Result<T, StoreFault> {
    result.unwrap_or_else(|error| Err(StoreFault::Damaged { what: "committer", detail: error.to_string() }))
}

const fn reason(fault: &StoreFault) -> Reason {
    match fault {
        StoreFault::Database(_) => Reason::DatabaseUnavailable,
        StoreFault::Held(_) | StoreFault::Fenced => Reason::OwnershipLost,
        StoreFault::Damaged { .. } => Reason::JournalDamaged,
    }
}
