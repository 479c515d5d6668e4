use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use eventlog::{Batch, EventLog, LogFault, Reader};
use futures::future::join_all;
use rpc::Backoff;
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tracing::Instrument;
use vocabulary::WarehouseCode;

use super::decode::{Broken, Group, decode};
use super::{RebuildRequest, TOPIC};
use crate::config::VisibilityConfig;
use crate::engine::{Board, Track};
use crate::fault::VisibilityFault;
use crate::metrics::{Metrics, Trouble};
use crate::store::{Applied, Cache, CacheFault, Resume, Stop};

const RETRY_FIRST: Duration = Duration::from_millis(50);
const RETRY_MAX: Duration = Duration::from_secs(2);
/// Warehouses that are applied at the same time.
const APPLIED_AT_ONCE: usize = 8;

/// What the feed works with.
#[derive(Debug, Clone)]
pub(crate) struct FeedParts {
    pub(crate) config: VisibilityConfig,
    pub(crate) cache: Cache,
    pub(crate) board: Arc<Board>,
    pub(crate) log: EventLog,
    pub(crate) metrics: Metrics,
    pub(crate) rebuilds: mpsc::Sender<RebuildRequest>,
}

/// The task that keeps the view as the log says.
#[derive(Debug)]
pub(crate) struct Feed {
    pub(super) parts: FeedParts,
    /// The partition of every warehouse that was read of.
    pub(super) partitions: BTreeMap<WarehouseCode, i32>,
    pub(super) noted: BTreeMap<WarehouseCode, i64>,
    pub(super) looked_at: Instant,
    pub(super) noted_at: Instant,
    pub(super) cache_away: bool,
    log_away: bool,
}

impl Feed {
    pub(crate) fn new(parts: FeedParts) -> Self {
        let now = Instant::now();
        let (partitions, noted) = (BTreeMap::new(), BTreeMap::new());
        Self { parts, partitions, noted, looked_at: now, noted_at: now, cache_away: false, log_away: false }
    }

    /// Runs until `cancel`. Outages are waited for.
    ///
    /// # Errors
    /// What no waiting can help: a cache or a log that is set up wrongly.
    pub(crate) async fn run(mut self, cancel: CancellationToken) -> Result<(), VisibilityFault> {
        // Dropping the work at any point is safe: an apply is one step in the cache, and is repeated from the log.
        tokio::select! {
            () = cancel.cancelled() => Ok(()),
            fault = self.work() => Err(fault),
        }
    }

    async fn work(&mut self) -> VisibilityFault {
        let mut backoff = Backoff::new(RETRY_FIRST, RETRY_MAX);
        loop {
            let fault = match self.open().await {
                Ok(mut reader) => {
                    backoff.reset();
                    self.follow(&mut reader).await.into()
                }
                Err(fault) => fault,
            };
            match fault {
                VisibilityFault::Cache(CacheFault::Unavailable { reason }) => self.cache_is_away(&reason),
                VisibilityFault::Log(LogFault::Unavailable { reason }) => self.log_is_away(&reason),
                // The topic was cut or made anew: from the start again, which changes nothing that is right.
                VisibilityFault::Log(LogFault::Truncated { reason }) => self.log_is_away(&reason),
                VisibilityFault::Log(LogFault::UnknownTopic { topic }) => self.log_is_away(&topic),
                fatal @ (VisibilityFault::Cache(_)
                | VisibilityFault::Log(_)
                | VisibilityFault::Stopped(_)) => {
                    return fatal;
                }
            }
            backoff.wait().await;
        }
    }

    /// Finds out where the view stands, and reads the log from there.
    async fn open(&mut self) -> Result<Reader, VisibilityFault> {
        self.parts.cache.prepare().await?;
        self.parts.log.ensure_topic(&TOPIC).await?;
        let known = self.parts.cache.resume().await?;
        for Resume { warehouse, head, next } in &known {
            let track = self.parts.board.track_or_new(warehouse);
            track.see(head.sequence);
            track.publish(&mut Applied::at(*head));
            if let Some(next) = next {
                self.partitions.insert(warehouse.clone(), next.partition);
            }
        }
        let offsets = offsets(&known);
        match self.parts.log.read_from(TOPIC.name, &offsets).await {
            Err(LogFault::Truncated { reason }) => {
                tracing::warn!(
                    reason,
                    "the journal topic ends before the place the view was at: reading it from its start"
                );
                Ok(self.parts.log.read_from_start(TOPIC.name).await?)
            }
            opened => Ok(opened?),
        }
    }

    /// Reads on until the reader is of no more use.
    async fn follow(&mut self, reader: &mut Reader) -> LogFault {
        let mut backoff = Backoff::new(RETRY_FIRST, RETRY_MAX);
        let wait = Duration::from_millis(self.parts.config.poll_ms.max(1));
        let board = Arc::clone(&self.parts.board);
        loop {
            let next = tokio::select! {
                next = reader.next_batch(self.parts.config.batch_records_max.max(1), wait) => next,
                () = board.doubted() => {
                    self.look_after(reader, Instant::now()).await;
                    continue;
                }
            };
            match next {
                Ok(batch) => {
                    backoff.reset();
                    self.log_is_back();
                    self.take(&batch).await;
                    self.oversee(reader, &batch).await;
                }
                Err(LogFault::Unavailable { reason }) => {
                    self.log_is_away(&reason);
                    self.oversee(reader, &Batch::default()).await;
                    backoff.wait().await;
                }
                Err(fault) => return fault,
            }
        }
    }

    /// Applies a batch, however long the cache is away.
    async fn take(&mut self, batch: &Batch) {
        let decoded = decode(&batch.records, |_| true);
        decoded.broken.iter().for_each(|broken| self.note_broken(broken));
        self.register(&decoded.groups).await;
        for group in &decoded.groups {
            let track = self.parts.board.track_or_new(&group.warehouse);
            track.note_logged(group.last());
            if let Some(last) = group.entries.last() {
                self.partitions.insert(group.warehouse.clone(), last.next.partition);
            }
        }
        for groups in decoded.groups.chunks(APPLIED_AT_ONCE) {
            join_all(groups.iter().map(|group| self.parts.apply_traced(group))).await;
        }
        if !decoded.groups.is_empty() {
            self.parts.board.tick();
        }
    }

    /// Before anything of a new warehouse is applied, all that are known are registered together: a process that finds only some of
    /// them must not begin to read the log behind the others.
    async fn register(&self, groups: &[Group]) {
        let is_new = |group: &&Group| self.parts.board.track(group.warehouse.as_str()).is_none();
        let new: Vec<_> = groups.iter().filter(is_new).map(|group| group.warehouse.clone()).collect();
        if new.is_empty() {
            return;
        }
        let all: BTreeSet<_> = self.parts.board.warehouses().into_iter().chain(new).collect();
        let mut backoff = Backoff::new(RETRY_FIRST, RETRY_MAX);
        while let Err(fault) = self.parts.cache.register(&all).await {
            tracing::warn!(%fault, "cannot register new warehouses in the view: trying again");
            self.parts.metrics.trouble(Trouble::CacheAway);
            self.parts.board.standing().note_cache_away(&fault.to_string());
            backoff.wait().await;
        }
        self.parts.board.standing().note_cache_back();
    }

    fn note_broken(&self, broken: &Broken) {
        let Broken { warehouse, sequence, position, reason } = broken;
        tracing::error!(
            ?warehouse,
            ?sequence,
            ?position,
            reason,
            "a record of the journal topic cannot be read"
        );
        self.parts.metrics.trouble(Trouble::Malformed);
        if let (Some(warehouse), Some(sequence)) = (warehouse, sequence) {
            // The view can never contain it, and says so by its age.
            self.parts.board.track_or_new(warehouse).note_logged(*sequence);
        }
    }

    fn log_is_away(&mut self, reason: &str) {
        self.parts.metrics.trouble(Trouble::LogAway);
        if !std::mem::replace(&mut self.log_away, true) {
            tracing::warn!(
                reason,
                "cannot read the journals: the view grows old until the event log is back"
            );
        }
    }

    fn log_is_back(&mut self) {
        if std::mem::replace(&mut self.log_away, false) {
            tracing::info!("reading the journals again");
        }
    }
}

impl FeedParts {
    /// Under the trace of the request that made the entries, when it is recorded.
    async fn apply_traced(&self, group: &Group) {
        let Some(traceparent) = &group.traceparent else { return self.apply(group).await };
        let span = tracing::info_span!(
            "apply to view",
            warehouse = group.warehouse.as_str(),
            entries = group.entries.len(),
            sequence = group.last().get(),
        );
        telemetry::set_parent(&span, traceparent);
        self.apply(group).instrument(span).await;
    }

    async fn apply(&self, group: &Group) {
        let track = self.board.track_or_new(&group.warehouse);
        let mut backoff = Backoff::new(RETRY_FIRST, RETRY_MAX);
        let mut is_away = false;
        loop {
            let started = Instant::now();
            match self.cache.apply(&group.warehouse, &group.entries, track.published()).await {
                Ok(applied) => {
                    if is_away {
                        self.board.standing().note_cache_back();
                    }
                    self.metrics.applied(group.entries.len(), applied.entries, started.elapsed());
                    self.settle(&track, applied);
                    return;
                }
                Err(fault @ CacheFault::Damaged { .. }) => {
                    tracing::error!(%fault, "the view cannot be read");
                    self.metrics.trouble(Trouble::Lost);
                    track.damage();
                    return;
                }
                Err(fault) => {
                    self.metrics.trouble(Trouble::CacheAway);
                    self.board.standing().note_cache_away(&fault.to_string());
                    if !std::mem::replace(&mut is_away, true) {
                        tracing::warn!(%fault, warehouse = %group.warehouse, "cannot write the view: trying again until it works");
                    }
                    backoff.wait().await;
                }
            }
        }
    }

    fn settle(&self, track: &Track, mut applied: Applied) {
        let is_news = applied.entries > 0 && self.board.caught_up_at().is_some();
        if is_news {
            let micros = rpc::clock::now().micros().saturating_sub(applied.head.recorded_at.micros());
            self.metrics.visible(Duration::from_micros(u64::try_from(micros).unwrap_or(0)));
        }
        track.publish(&mut applied);
        track.see(applied.head.sequence);
        let warehouse = track.code();
        match applied.stop {
            None => {}
            // A view that is already being repaired says so once.
            Some(_) if track.is_in_repair() => {}
            Some(Stop::Gap { expected, found }) => {
                tracing::error!(%warehouse, %expected, %found, "journal entries are missing between the view and the log");
                self.metrics.trouble(Trouble::Gap);
            }
            Some(Stop::Malformed { sequence, malformed }) => {
                tracing::error!(%warehouse, %sequence, %malformed, "a journal entry cannot be applied");
                self.metrics.trouble(Trouble::Malformed);
            }
        }
    }
}

/// Where to begin in every partition: at the first record that some warehouse may lack. One warehouse whose place is not
/// known makes it the start of everything, for its partition is not known either.
fn offsets(known: &[Resume]) -> BTreeMap<i32, i64> {
    let mut offsets = BTreeMap::new();
    for Resume { next, .. } in known {
        let Some(next) = next else { return BTreeMap::new() };
        let offset = offsets.entry(next.partition).or_insert(next.offset);
        *offset = next.offset.min(*offset);
    }
    offsets
}
